/** Between the store and the files in intents/ and faq/: what `npm run corpus:import` and `corpus:export` do. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Corpus } from '../corpus/corpus.ts';
import { type CorpusChange, changesOver, diffCorpora, standingOf } from '../corpus/corpus-changes.ts';
import { type CorpusFiles, exportCorpus } from '../corpus/export-corpus.ts';
import { readCorpus } from '../corpus/load-corpus.ts';
import type { Release } from '../corpus/release.ts';
import { createReleaseStore } from '../corpus/release-store.ts';
import { createReleases, fromFiles, type Releases } from '../corpus/releases.ts';
import { beginDraft, withChanges } from '../curation/draft.ts';
import { createDraftStore } from '../curation/draft-store.ts';
import { DRAFT_WORDS } from '../curation/draft-words.ts';
import { AppError } from '../kernel/app-error.ts';
import { asInVietnam } from '../kernel/vietnam-time.ts';

export interface CorpusExchangeDeps {
  /** Folder that holds intents/ and faq/. */
  readonly root: string;
  readonly connection: Parameters<typeof createDraftStore>[0];
  readonly now?: () => Date;
}

export type Imported =
  | { readonly kind: 'same'; readonly live: number }
  | {
      readonly kind: 'draft';
      readonly draft: { readonly id: string; readonly name: string };
      readonly live: number;
      readonly changes: readonly CorpusChange[];
      /** Units that somebody changed in the console, too. */
      readonly conflicts: readonly string[];
    };

export interface CorpusExchange {
  /**
   * Brings what the files changed since they last agreed with a release in as a draft. What others have published
   * meanwhile stays; where both changed the same thing the draft shows a conflict.
   * @throws AppError `bad_corpus` when the files are wrong
   */
  readonly importDraft: () => Promise<Imported>;
  /** Makes the files the live release at once, unchecked. @throws AppError `bad_corpus`, `release_conflict` */
  readonly publish: () => Promise<{ number: number; published: boolean; corpus: Corpus }>;
  /**
   * Writes what is live back to the files.
   * @returns the files that were written or removed
   * @throws AppError `bad_corpus` when the files are wrong: they would be lost; `unpublished_files` when they hold changes
   *   that are not live, unless `overwrite` is set
   */
  readonly exportFiles: (options: { readonly overwrite: boolean }) => Promise<{
    live: number;
    files: readonly string[];
  }>;
}

/** Who makes a draft out of the files. */
const FILES = { id: 'files', name: DRAFT_WORDS.files };
/** To be called before the store opens: it declares collections. */
export function createCorpusExchange({
  root,
  connection,
  now = () => new Date(),
}: CorpusExchangeDeps): CorpusExchange {
  const releases = createReleases({ store: createReleaseStore(connection), now });
  const drafts = createDraftStore(connection);

  const readLive = async (files: Corpus): Promise<Release> => {
    const number = (await releases.findLive())?.number ?? (await releases.seed(files));
    return releases.get(number);
  };

  return {
    async importDraft() {
      const files = await readCorpus(root);
      const live = await readLive(files);
      const base = await readBase(releases, live);
      const changes = changesOver(base.corpus, files, live.corpus);
      if (changes.length === 0) {
        // Only where nothing differs at all; else the files lag behind what others have published.
        if (diffCorpora(files, live.corpus).length === 0) await releases.noteFiles(live.number);
        return { kind: 'same', live: live.number };
      }
      const at = now();
      const name = `Tệp ${asInVietnam(at).toISOString().slice(0, 16).replace('T', ' ')}`;
      const begun = withChanges(beginDraft(name, FILES, at), changes, new Set(), { by: FILES, at });
      const draft = await drafts.insert(begun);
      const conflicts = changes
        .filter((change) => standingOf(change, live.corpus) === 'conflict')
        .map(({ unit }) => unit);
      return { kind: 'draft', draft: { id: draft.id, name }, live: live.number, changes, conflicts };
    },
    async publish() {
      const corpus = await readCorpus(root);
      const outcome = await releases.publish(corpus, fromFiles('Nhập từ các tệp intents/ và faq/'));
      await releases.noteFiles(outcome.number);
      return { ...outcome, corpus };
    },
    async exportFiles({ overwrite }) {
      const files = await readCorpus(root);
      const live = await readLive(files);
      const base = await readBase(releases, live);
      const unpublished = changesOver(base.corpus, files, live.corpus);
      if (unpublished.length > 0 && !overwrite) {
        const units = unpublished.slice(0, 10).map(({ unit }) => `  ${unit}`);
        throw new AppError({
          code: 'unpublished_files',
          message: `The files hold ${unpublished.length} changes that are not live:\n${units.join('\n')}\nBring them in first (npm run corpus:import), or lose them with: npm run corpus:export -- --overwrite`,
        });
      }
      const written = exportCorpus(live.corpus, await readCorpusFiles(root), files);
      for (const [file, text] of written) await writeOrRemove(path.join(root, file), text);
      await releases.noteFiles(live.number);
      return { live: live.number, files: [...written.keys()].sort() };
    },
  };
}

/** What the files and the console have both gone on from. A store that is older than this note had its corpus from the files. */
async function readBase(releases: Releases, live: Release): Promise<Release> {
  const number = await releases.findFilesNumber();
  return number === null || number === live.number ? live : releases.get(number);
}

async function readCorpusFiles(root: string): Promise<CorpusFiles> {
  const files = new Map<string, string>();
  for (const folder of ['intents', 'faq']) {
    for (const name of (await readdir(path.join(root, folder))).sort()) {
      const file = `${folder}/${name}`;
      if (/\.(yaml|md)$/.test(name)) files.set(file, await readFile(path.join(root, file), 'utf8'));
    }
  }
  return files;
}

async function writeOrRemove(file: string, text: string | null): Promise<void> {
  if (text === null) return rm(file);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** One line a change, for people at a terminal. */
export function describeChange(change: CorpusChange, conflicts: readonly string[]): string {
  const mark = conflicts.includes(change.unit) ? '!' : ' ';
  if ('add' in change) return `${mark} ${change.unit}  +${change.add.length} −${change.remove.length}`;
  const act = change.after === null ? 'removed' : change.before === null ? 'added' : 'changed';
  return `${mark} ${change.unit}  ${act}`;
}
