/** Questions that mean the same, and what became of them. Types and pure rules. */
import type { Person } from '../../contracts/console.ts';
import type { LexiconKind } from '../../contracts/curation.ts';
import { type GroupState, type MissKind, missKind, TREND_DAYS } from '../../contracts/unanswered.ts';
import { groupBy } from '../../kernel/group-by.ts';
import { addDays, dayAt } from '../../kernel/vietnam-time.ts';
import { costOf, type Miss } from './miss.ts';

export interface QuestionGroup {
  readonly id: string;
  /** The wordings that lead to it, the first one first. */
  readonly leads: readonly string[];
  readonly state: GroupState;
  /** It was ignored or done, and has come up again. */
  readonly returned: boolean;
  /** What was made of it and not taken back, oldest first. */
  readonly acts: readonly GroupAct[];
  /** Since when what was made of it is live; null: it is not. */
  readonly doneAt: Date | null;
  readonly summary: GroupSummary;
  /** Grows with every change: whoever changes it names the one that was read. */
  readonly revision: number;
}

export interface GroupAct {
  readonly kind: 'taught' | 'outOfScope' | 'entry' | 'lexicon' | 'ignored';
  readonly by: Person;
  readonly at: Date;
  readonly draft: string | null;
  /** The intent, or the word. */
  readonly target: { readonly id: string; readonly title: string } | null;
  readonly phrases: readonly string[];
  /** Those of `phrases` that were not there before: they go when it is taken back. */
  readonly added: readonly string[];
  readonly heldOut: readonly string[];
  /** Ids of the questions that it confirmed. */
  readonly confirmed: readonly string[];
  readonly lexicon: {
    readonly unit: string;
    readonly kind: LexiconKind;
    readonly before: { readonly word: string; readonly forms: readonly string[] } | null;
  } | null;
  readonly reason: string | null;
  /** Of one that is ignored: the people of the week before. */
  readonly weekly: number;
}

export interface GroupSummary {
  /** The wording asked most. */
  readonly head: string;
  readonly people: number;
  readonly misses: number;
  /** People by what happened to them. */
  readonly signals: Readonly<Partial<Record<MissKind, number>>>;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Day in Việt Nam → people; of the last month. */
  readonly days: Readonly<Record<string, number>>;
  /** What the trouble of all of them weighs together. */
  readonly weight: number;
  /** Best first. */
  readonly suggestions: readonly { readonly intent: string; readonly confidence: number }[];
  /** The release that suggested; null: files. */
  readonly release: number | null;
}

const KEPT_DAYS = 30;
/** What is ignored comes back when so many times as many people ask in a week as before. */
const GROWN = 3;
/** One person who is still not helped may be anybody; two are a sign that what was taught does not work. */
const STILL_MISSED = 2;

export function peopleIn(misses: readonly Miss[]): number {
  return new Set(misses.map(({ person }) => person)).size;
}

/** Wordings that differ in more than accents, capitals and punctuation, the one most people used first. */
export function wordingsOf(
  misses: readonly Miss[],
): { readonly text: string; readonly misses: readonly Miss[] }[] {
  return [...groupBy(misses, ({ key }) => key).values()]
    .map((same) => ({ text: [...new Set(same.map(({ text }) => text))].sort(mostAccents)[0]!, misses: same }))
    .sort((a, b) => peopleIn(b.misses) - peopleIn(a.misses) || mostAccents(a.text, b.text));
}

/** What has the most accents is read most easily. */
function mostAccents(a: string, b: string): number {
  const accents = (text: string): number => text.normalize('NFD').replace(/[^\p{M}đĐ]+/gu, '').length;
  return accents(b) - accents(a) || (a < b ? -1 : 1);
}

/** @param misses of one group, at least one */
export function summarise(misses: readonly Miss[], now: Date): Omit<GroupSummary, 'suggestions' | 'release'> {
  const times = misses.map(({ at }) => at.getTime());
  const signals = missKind.options.flatMap((kind) => {
    const count = peopleIn(misses.filter(({ kinds }) => kinds.includes(kind)));
    return count === 0 ? [] : [[kind, count] as const];
  });
  const since = addDays(dayAt(now), 1 - KEPT_DAYS);
  const byDay = [...groupBy(misses, ({ at }) => dayAt(at))].filter(([day]) => day >= since);
  const byPerson = [...groupBy(misses, ({ person }) => person).values()];
  return {
    head: wordingsOf(misses)[0]?.text ?? '',
    people: byPerson.length,
    misses: misses.length,
    signals: Object.fromEntries(signals),
    firstAt: new Date(Math.min(...times)),
    lastAt: new Date(Math.max(...times)),
    days: Object.fromEntries(byDay.map(([day, some]) => [day, peopleIn(some)])),
    weight: byPerson.reduce((sum, theirs) => sum + costOf(theirs.flatMap(({ kinds }) => kinds)), 0),
  };
}

/** The dearest first; of equals the one asked last. */
export function inOrderOfWeight(a: QuestionGroup, b: QuestionGroup): number {
  const weight = b.summary.weight - a.summary.weight;
  return weight || b.summary.lastAt.getTime() - a.summary.lastAt.getTime() || (a.id < b.id ? -1 : 1);
}

/** People on each of the last days, the oldest first. */
export function trendOf({ days }: GroupSummary, now: Date): number[] {
  const today = dayAt(now);
  return Array.from({ length: TREND_DAYS }, (_, back) => days[addDays(today, back + 1 - TREND_DAYS)] ?? 0);
}

/** Where a group stands by what was made of it. */
export function stateAfter(acts: readonly GroupAct[]): GroupState {
  const last = acts.at(-1);
  if (last === undefined) return 'open';
  return last.kind === 'ignored' ? 'ignored' : 'drafted';
}

const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;

/** Has what was ignored grown, or what was taught not helped? @param misses all of the group */
export function hasReturned(group: QuestionGroup, misses: readonly Miss[], now: Date): boolean {
  const { state, acts, doneAt } = group;
  if (state === 'done' && doneAt !== null)
    return peopleIn(misses.filter(({ at }) => at > doneAt)) >= STILL_MISSED;
  const last = acts.at(-1);
  if (state !== 'ignored' || last === undefined) return false;
  const from = Math.max(last.at.getTime(), now.getTime() - WEEK_MS);
  const people = peopleIn(misses.filter(({ at }) => at.getTime() > from));
  return people >= GROWN * Math.max(1, last.weekly);
}

/** People of the last week. */
export function weeklyPeople(misses: readonly Miss[], now: Date): number {
  return peopleIn(misses.filter(({ at }) => at.getTime() > now.getTime() - WEEK_MS));
}

/** What became of the draft that holds what was made of a group. null: nothing yet. */
export function followDraft(
  group: QuestionGroup,
  draft: string,
  became: 'published' | 'discarded',
  now: Date,
): QuestionGroup {
  if (became === 'published') return { ...group, state: 'done', doneAt: now, returned: false };
  const acts = group.acts.filter((act) => act.draft !== draft);
  return { ...group, acts, state: stateAfter(acts) };
}
