/** The list of answers with how each of them fares. */
import type { z } from 'zod';
import type { EntryList, EntryRow, EntryUse, entriesQuery } from '../contracts/curation.ts';
import type { FaqEntry, IntentPhrases } from '../corpus/corpus.ts';
import { searchWords } from '../kernel/search-words.ts';
import { dayAt } from '../kernel/vietnam-time.ts';
import type { CorpusRules } from './corpus-rules.ts';
import type { DraftOnLive } from './draft-edits.ts';
import type { PhraseDeltas } from './phrase-deltas.ts';

export type EntryFilter = Omit<z.output<typeof entriesQuery>, 'draft'>;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** An answer that nobody has looked at for so long, and that names no day of its own, is due. */
const REVIEW_AFTER_DAYS = 365;
/** Intents of the product have 134 phrases and more; one with fewer than these is young. */
const THIN = 30;
/** From this share of bad marks on an entry is shown as unhelpful, once so many marks are there. */
const UNHELPFUL_SHARE = 0.3;
const MARKS = 5;

export function createEntryLister(rules: CorpusRules, deltas: PhraseDeltas) {
  const folded = new WeakMap<readonly string[], string>();
  const fold = ({ phrases }: IntentPhrases): string => {
    const known = folded.get(phrases) ?? searchWords(phrases.join(' ')).join(' ');
    folded.set(phrases, known);
    return known;
  };

  return (
    on: DraftOnLive,
    use: ReadonlyMap<string, EntryUse>,
    { q, topic, show }: EntryFilter,
    now: Date,
  ): EntryList['entries'] => {
    const before = rules.unitsOf(on.live.corpus);
    const after = rules.unitsOf(on.corpus);
    const today = dayAt(now);
    const words = searchWords(q);
    const intents = new Map(on.corpus.intents.map((intent) => [intent.intent, intent]));
    const removed = on.live.corpus.faq.filter(({ id }) => !after.has(`faq:${id}`));

    const stateOf = (id: string): EntryRow['draft'] => {
      const was = before.get(`faq:${id}`) ?? null;
      const is = after.get(`faq:${id}`) ?? null;
      if (is === null) return 'removed';
      if (was === null) return 'added';
      const { add, remove } = deltas.of(on.changes, id);
      return rules.sameValue(was, is) && add.length + remove.length === 0 ? 'same' : 'changed';
    };
    const isFound = ({ id, title }: FaqEntry): boolean => {
      if (words.length === 0) return true;
      const intent = intents.get(id);
      const said = `${searchWords(`${id} ${title}`).join(' ')} ${intent === undefined ? '' : fold(intent)}`;
      return words.every((word) => said.includes(word));
    };
    const rows = [...on.corpus.faq, ...removed].filter(isFound).map((entry): EntryRow => {
      const { id, title, kind } = entry;
      return {
        id,
        topic: rules.topicOf(id),
        title,
        kind,
        phrases: intents.get(id)?.phrases.length ?? 0,
        use: use.get(id) ?? null,
        reviewAgeDays: daysSince(entry.reviewedAt ?? entry.asOf, today),
        reviewBy: entry.reviewBy ?? null,
        archived: entry.archived === true,
        draft: stateOf(id),
      };
    });
    const order = [...on.corpus.topics.keys()];
    return rows
      .filter((row) => (topic === undefined || row.topic === topic) && isShown(row, show, today))
      .sort(
        (one, other) =>
          (show === 'unhelpful' ? marksOf(other).bad - marksOf(one).bad : 0) ||
          order.indexOf(one.topic) - order.indexOf(other.topic) ||
          one.title.localeCompare(other.title, 'vi'),
      );
  };
}

function isShown(row: EntryRow, show: EntryFilter['show'], today: string): boolean {
  if (show === 'changed') return row.draft !== 'same';
  if (show === 'archived') return row.archived;
  if (row.archived) return false;
  switch (show) {
    case 'due':
      if (row.reviewBy !== null) return row.reviewBy <= today;
      return row.kind !== 'smalltalk' && row.reviewAgeDays > REVIEW_AFTER_DAYS;
    case 'unhelpful': {
      const { bad, all } = marksOf(row);
      return (row.use?.wrong ?? 0) > 0 || (all >= MARKS && bad / all >= UNHELPFUL_SHARE);
    }
    case 'thin':
      return row.phrases < THIN;
    default:
      return true;
  }
}

function marksOf({ use }: EntryRow): { bad: number; all: number } {
  const { helpful = 0, unhelpful = 0, wrong = 0 } = use ?? {};
  return { bad: unhelpful + wrong, all: helpful + unhelpful + wrong };
}

/** Of "2021" and "2021-11" the first day counts. */
function daysSince(date: string, today: string): number {
  const [year = '', month = '01', day = '01'] = date.split('-');
  const since = Date.parse(today) - Date.parse(`${year}-${month}-${day}`);
  return Math.max(0, Math.floor(since / DAY_MS));
}
