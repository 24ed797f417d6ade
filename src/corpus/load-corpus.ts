/** From the files in intents/ and faq/ to a corpus, or to a list of what is wrong with them. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';
import { UNCALIBRATED } from '../answering/model/confidence.ts';
import { AppError } from '../kernel/app-error.ts';
import { PICTURES_FOLDER } from './check-corpus.ts';
import { type ParsedFile, parseFrontMatter, parseYaml } from './content-file.ts';
import type { ContentProblem, Corpus, FaqEntry, IntentPhrases } from './corpus.ts';
import {
  calibrationFile,
  frontMatter,
  lexiconFile,
  officesFile,
  phraseFile,
  placesFile,
  sourcesFile,
  topicsFile,
} from './corpus-schema.ts';
import { withoutMissing } from './faq-entry.ts';
import { findFileProblems, type Located } from './file-problems.ts';

export type LoadedCorpus =
  | { readonly ok: true; readonly corpus: Corpus }
  | { readonly ok: false; readonly problems: readonly ContentProblem[] };

/** Stands in while the calibration is being measured. */
const NOT_CALIBRATED = { ...UNCALIBRATED, gates: { answer: 1, clarify: 0, none: 1, offerShare: 0 } };

const NOT_PHRASES = new Set(['calibration.yaml', 'lexicon.yaml', 'places.yaml']);

/**
 * Reads and checks a corpus.
 * @param root folder that holds `intents/`, `faq/` and the images of answers
 * @param options `calibrated: false` leaves intents/calibration.yaml unread, for measuring it anew
 * @returns the corpus, or every problem found, each with file, line and remedy
 * @throws when a file cannot be read
 */
export async function loadCorpus(root: string, { calibrated = true } = {}): Promise<LoadedCorpus> {
  const problems: ContentProblem[] = [];
  const readYaml = async <T>(file: string, schema: z.ZodType<T>): Promise<ParsedFile<T>> => {
    const source = await readFile(path.join(root, file), 'utf8').catch((cause: NodeJS.ErrnoException) => {
      const message = `${file} cannot be read (${cause.code}). Put the file back, or correct its rights.`;
      throw new AppError({ code: 'bad_corpus', message, cause });
    });
    const parsed = parseYaml(file, source, schema);
    problems.push(...parsed.problems);
    return parsed;
  };

  const lexicon = await readYaml('intents/lexicon.yaml', lexiconFile);
  const places = await readYaml('intents/places.yaml', placesFile);
  const calibration = calibrated
    ? (await readYaml('intents/calibration.yaml', calibrationFile)).value
    : NOT_CALIBRATED;
  const documents = await readYaml('faq/sources.yaml', sourcesFile);
  const topics = await readYaml('faq/topics.yaml', topicsFile);
  await readYaml('faq/offices.yaml', officesFile);

  const intents: Located<IntentPhrases>[] = [];
  for (const name of await listFiles(path.join(root, 'intents'), '.yaml')) {
    if (NOT_PHRASES.has(name)) continue;
    const file = `intents/${name}`;
    const parsed = await readYaml(file, phraseFile);
    parsed.value?.forEach((value, index) => {
      intents.push({ value, file, lineOf: (at) => parsed.lineOf([index, ...at]) });
    });
  }

  const faq: Located<FaqEntry>[] = [];
  for (const name of await listFiles(path.join(root, 'faq'), '.md')) {
    const file = `faq/${name}`;
    const parsed = parseFrontMatter(file, await readFile(path.join(root, file), 'utf8'), frontMatter);
    problems.push(...parsed.problems);
    if (parsed.value === null) continue;
    const value: FaqEntry = {
      ...parsed.value,
      variants: withoutMissing(parsed.value.variants),
      markdown: parsed.body,
    };
    faq.push({ value, file, lineOf: (at) => (at[0] === 'markdown' ? parsed.bodyLine : parsed.lineOf(at)) });
  }

  if (
    problems.length > 0 ||
    !lexicon.value ||
    !places.value ||
    !calibration ||
    !documents.value ||
    !topics.value
  ) {
    return { ok: false, problems };
  }
  const corpus: Corpus = {
    intents: intents.map(({ value }) => value),
    faq: faq.map(({ value }) => value),
    topics: new Map(Object.entries(topics.value)),
    documents: new Map(Object.entries(documents.value)),
    lexicon: lexicon.value,
    places: places.value,
    calibration: { bias: calibration.bias, weights: calibration.weights },
    gates: calibration.gates,
  };
  const found = findFileProblems(corpus, intents, faq, await listPictures(root));
  return found.length > 0 ? { ok: false, problems: found } : { ok: true, corpus };
}

async function listFiles(folder: string, extension: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(extension)).sort();
}

/** Names of the images that answers may show. A corpus without images needs no folder for them. */
export async function listPictures(root: string): Promise<ReadonlySet<string>> {
  const names = await readdir(path.join(root, PICTURES_FOLDER)).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  return new Set(names);
}

/** One line a problem: `faq/login.how.md:7 related names no entry: login.hwo. Remedy: …`. */
export function formatProblem({ file, line, message, remedy }: ContentProblem): string {
  return `${file}:${line} ${message}. Remedy: ${remedy}`;
}

/**
 * Reads a corpus that must be right.
 * @throws AppError `bad_corpus` with one line for every problem
 */
export async function readCorpus(root: string, options?: { readonly calibrated: boolean }): Promise<Corpus> {
  const loaded = await loadCorpus(root, options);
  if (loaded.ok) return loaded.corpus;
  const lines = loaded.problems.map((problem) => `  ${formatProblem(problem)}`);
  throw new AppError({ code: 'bad_corpus', message: `The corpus cannot be used:\n${lines.join('\n')}` });
}
