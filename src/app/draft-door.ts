/** How the inbox of unanswered questions changes drafts: by the same use cases as their editors. */
import type { Person } from '../contracts/console.ts';
import type { LexiconKind, LexiconRow } from '../contracts/curation.ts';
import type { Drafts } from '../curation/drafts.ts';
import type { Entries } from '../curation/entries.ts';
import type { LexiconDesk } from '../curation/lexicon.ts';
import type { Phrases } from '../curation/phrases.ts';
import type { GatheringDeps } from '../curation/unanswered/gathering.ts';
import type { DraftDoor } from '../curation/unanswered/unanswered.ts';
import { AppError } from '../kernel/app-error.ts';
import { dayAt } from '../kernel/vietnam-time.ts';

export interface DraftDoorDeps {
  readonly drafts: Pick<Drafts, 'list' | 'create'>;
  readonly phrases: Pick<Phrases, 'change'>;
  readonly entries: Pick<Entries, 'get' | 'save'>;
  readonly lexicon: Pick<LexiconDesk, 'list' | 'save'>;
  /** Phrases with the same key are the same. */
  readonly phraseKey: (phrase: string) => string;
}

/** Of a draft that is made for whoever has none: the day is added. */
const NEW_DRAFT = 'Câu chưa trả lời được';

export function createDraftDoor(deps: DraftDoorDeps): DraftDoor & Pick<GatheringDeps, 'fateOf'> {
  const { drafts, phrases, entries, lexicon, phraseKey } = deps;

  const findWord = async (draft: string, kind: LexiconKind, word: string): Promise<LexiconRow | null> => {
    const { rows } = await lexicon.list(draft, { kind, q: word, page: 1 });
    return rows.find((row) => row.word === word && row.draft !== 'removed') ?? null;
  };
  const findEntry = async (draft: string, id: string) => {
    try {
      return await entries.get(draft, id);
    } catch (error) {
      if (error instanceof AppError && error.code === 'faq_not_found') return null;
      throw error;
    }
  };

  return {
    async choose(wanted, by: Person) {
      const open = await drafts.list('open');
      const given = open.find(({ id }) => id === wanted);
      if (given !== undefined) return given.id;
      const own = open
        .filter(({ status, createdBy }) => status === 'open' && createdBy.id === by.id)
        .sort((a, b) => (a.changedAt < b.changedAt ? 1 : -1));
      const [newest] = own;
      if (newest !== undefined) return newest.id;
      const day = dayAt(new Date()).split('-').reverse().join('/');
      return (await drafts.create(`${NEW_DRAFT} ${day}`, by)).id;
    },
    async addPhrases(draft, intent, added, by) {
      const view = await entries.get(draft, intent);
      const known = new Set(
        view.phrases.filter((phrase) => phrase.draft !== 'removed').map(({ text }) => phraseKey(text)),
      );
      await phrases.change(draft, intent, { add: added, remove: [] }, by);
      return added.filter((phrase) => !known.has(phraseKey(phrase)));
    },
    async removePhrases(draft, intent, removed, by) {
      await phrases.change(draft, intent, { add: [], remove: removed }, by);
    },
    async addEntry(draft, entry, by) {
      const found = await findEntry(draft, entry.id);
      if (found !== null && found.entry !== null)
        throw new AppError({ code: 'entry_exists', message: entry.id, details: [found.entry.title] });
      await entries.save(entry.id, { draft, revision: found?.revision ?? 0, entry }, by);
    },
    async removeEntry(draft, id, by) {
      const found = await findEntry(draft, id);
      if (found === null || found.entry === null) return;
      await entries.save(id, { draft, revision: found.revision, entry: null }, by);
    },
    async saveWord(draft, { kind, word, forms }, by) {
      const found = await findWord(draft, kind, word);
      const all = [...new Set([...(found?.forms ?? []), ...forms])];
      const { unit = null, revision = 0 } = found ?? {};
      const saved = await lexicon.save({ draft, unit, revision, kind, word, forms: all }, by);
      return {
        unit: saved?.unit ?? unit ?? word,
        before: found === null ? null : { word: found.word, forms: found.forms },
      };
    },
    async restoreWord(draft, { unit, kind, before }, by) {
      const word = before?.word ?? unit.slice(unit.indexOf(':') + 1);
      const found = await findWord(draft, kind, word);
      if (found === null) return;
      const { revision } = found;
      await lexicon.save({ draft, unit, revision, kind, word, forms: before?.forms.slice() ?? null }, by);
    },
    async fateOf(ids) {
      if (ids.length === 0) return new Map();
      const all = await drafts.list('all');
      return new Map(
        all.flatMap(({ id, status }) =>
          ids.includes(id) && (status === 'published' || status === 'discarded') ? [[id, status]] : [],
        ),
      );
    },
  };
}
