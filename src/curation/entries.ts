/** Answers as editors change them, with topics and source documents: one unit each. */
import type { Person } from '../contracts/console.ts';
import type { EntryList, EntryUse, EntryView, FaqContent } from '../contracts/curation.ts';
import type { UnitValue } from '../corpus/corpus-units.ts';
import { AppError } from '../kernel/app-error.ts';
import type { CorpusRules, LiveContent } from './corpus-rules.ts';
import { editedMeanwhile, findChange } from './draft.ts';
import type { DraftEdits, DraftOnLive } from './draft-edits.ts';
import type { DraftStore } from './draft-store.ts';
import { createEntryLister, type EntryFilter } from './list-entries.ts';
import { createPhraseDeltas } from './phrase-deltas.ts';
import { presentEntry, toEntry } from './present-entry.ts';

export interface EntriesDeps {
  readonly edits: DraftEdits;
  readonly listOpen: DraftStore['listOpen'];
  readonly rules: CorpusRules;
  /** Intent → what people made of it lately; an intent that is missing was not asked for. */
  readonly listUse: () => Promise<ReadonlyMap<string, EntryUse>>;
  readonly listPictures: () => Promise<ReadonlySet<string>>;
  /** A release that was live. @throws AppError `bad_release` */
  readonly getRelease: (number: number) => Promise<LiveContent>;
  readonly now?: () => Date;
}

export interface EntrySave {
  readonly draft: string;
  readonly revision: number;
  readonly release?: number | undefined;
  /** null: taken out. */
  readonly entry: FaqContent | null;
}

export interface Entries {
  /** @throws AppError `draft_not_found` */
  readonly list: (draft: string | undefined, filter: EntryFilter) => Promise<EntryList>;
  /** @throws AppError `faq_not_found`, `draft_not_found` */
  readonly get: (draft: string | undefined, id: string) => Promise<EntryView>;
  /** @throws AppError `edited_meanwhile`, and of DraftEdits.edit */
  readonly save: (id: string, save: EntrySave, by: Person) => Promise<EntryView>;
  /** Of two who change a topic or a document the last one's stands. @throws of DraftEdits.edit */
  readonly saveUnit: (draft: string, unit: string, after: UnitValue | null, by: Person) => Promise<void>;
}

export function createEntries(deps: EntriesDeps): Entries {
  const { edits, rules, now = () => new Date() } = deps;
  const deltas = createPhraseDeltas(rules);
  const listEntries = createEntryLister(rules, deltas);

  const liveValue = ({ live }: DraftOnLive, unit: string): UnitValue | null =>
    rules.unitsOf(live.corpus).get(unit) ?? null;

  const listElsewhere = async (draft: string | undefined, id: string): Promise<EntryView['elsewhere']> => {
    const units = new Set([`faq:${id}`, `phrases:${id}`]);
    return (await deps.listOpen()).flatMap((other) => {
      const found = other.changes.find(({ change }) => units.has(change.unit));
      return other.id === draft || found === undefined
        ? []
        : [{ draft: other.id, name: other.name, by: found.by.name }];
    });
  };

  const view = async (on: DraftOnLive, id: string): Promise<EntryView> => {
    const unit = `faq:${id}`;
    const found = findChange(on.changes, unit);
    const entry = rules.unitsOf(on.corpus).get(unit);
    const live = liveValue(on, unit);
    if (entry === undefined && live === null && found === null && id !== 'none')
      throw new AppError({ code: 'faq_not_found', message: id });
    const [elsewhere, use] = await Promise.all([listElsewhere(on.draft?.id, id), deps.listUse()]);
    return {
      entry: entry?.kind === 'faq' ? presentEntry(entry.entry) : null,
      live: live?.kind === 'faq' ? presentEntry(live.entry) : null,
      release: on.live.number,
      revision: found?.revision ?? 0,
      changedBy: found?.by.name ?? null,
      changedAt: found?.at.toISOString() ?? null,
      conflict: on.conflicts.has(unit),
      phrases: deltas.view(on, id),
      use: use.get(id) ?? null,
      elsewhere,
    };
  };

  return {
    async list(draft, filter) {
      const [on, use, pictures] = await Promise.all([edits.read(draft), deps.listUse(), deps.listPictures()]);
      return {
        entries: listEntries(on, use, filter, now()),
        topics: [...on.corpus.topics].map(([id, title]) => ({ id, title })),
        documents: [...on.corpus.documents].map(([letter, { title, publisher, date }]) => ({
          letter,
          title,
          publisher,
          date,
        })),
        pictures: [...pictures].sort(),
      };
    },
    async get(draft, id) {
      return view(await edits.read(draft), id);
    },
    async save(id, { draft, revision, release, entry }, by) {
      if (entry !== null && entry.id !== id)
        throw new AppError({ code: 'invalid_request', message: 'entry.id' });
      const unit = `faq:${id}`;
      const after: UnitValue | null = entry === null ? null : { kind: 'faq', entry: toEntry(entry) };
      const on = await edits.edit(draft, by, async (before) => {
        const found = findChange(before.changes, unit);
        if ((found?.revision ?? 0) !== revision)
          throw editedMeanwhile(unit, found ?? { by: before.draft!.changedBy, at: before.draft!.changedAt });
        if (found !== null && !('add' in found.change)) {
          const isSame = rules.sameValue(found.change.after, after);
          return isSame ? [] : [{ unit, before: found.change.before, after }];
        }
        // Who read it when another release was live is not to put that one's words back unseen.
        const isLive = release === undefined || release === before.live.number;
        const read = isLive ? before.live : await deps.getRelease(release);
        const was = rules.unitsOf(read.corpus).get(unit) ?? null;
        const changesNothing = rules.sameValue(was, after) || rules.sameValue(liveValue(before, unit), after);
        return changesNothing ? [] : [{ unit, before: was, after }];
      });
      return view(on, id);
    },
    async saveUnit(draft, unit, after, by) {
      await edits.edit(draft, by, (on) => {
        const found = findChange(on.changes, unit)?.change;
        const live = liveValue(on, unit);
        const [is, before] =
          found !== undefined && !('add' in found) ? [found.after, found.before] : [live, live];
        return rules.sameValue(is, after) ? [] : [{ unit, before, after }];
      });
    },
  };
}
