/** The editors' inbox: what to work on first, what it looked like, what to make of it, and taking that back. */
import type { Person } from '../../contracts/console.ts';
import type { LexiconKind } from '../../contracts/curation.ts';
import {
  type EntryRequest,
  GROUPS_ON_A_PAGE,
  type GroupState,
  groupState,
  type LexiconRequest,
  type TeachRequest,
  type UnansweredQuery,
} from '../../contracts/unanswered.ts';
import { AppError } from '../../kernel/app-error.ts';
import { searchWords } from '../../kernel/search-words.ts';
import type { ConfirmedQuestions } from './confirmed.ts';
import type { SaidMessage } from './find-misses.ts';
import { type EngineView, JUDGED } from './gathering.ts';
import type { GroupStore } from './group-store.ts';
import type { KeptMiss, MissStore } from './miss-store.ts';
import {
  type GroupAct,
  inOrderOfWeight,
  type QuestionGroup,
  stateAfter,
  weeklyPeople,
  wordingsOf,
} from './question-group.ts';

/** What acts change: the drafts of the corpus. Adding what is there and taking out what is not changes nothing. */
export interface DraftDoor {
  /** The one given where it may still be changed, else this person's newest open one, else a new one. */
  readonly choose: (draft: string | undefined, by: Person) => Promise<string>;
  /** @returns those that were not there before */
  readonly addPhrases: (
    draft: string,
    intent: string,
    phrases: readonly string[],
    by: Person,
  ) => Promise<readonly string[]>;
  readonly removePhrases: (
    draft: string,
    intent: string,
    phrases: readonly string[],
    by: Person,
  ) => Promise<void>;
  /** @throws AppError when there is one of this id */
  readonly addEntry: (draft: string, entry: EntryRequest['entry'], by: Person) => Promise<void>;
  readonly removeEntry: (draft: string, id: string, by: Person) => Promise<void>;
  /** @returns how the word stood before; null: it is new */
  readonly saveWord: (
    draft: string,
    word: Pick<LexiconRequest, 'kind' | 'word' | 'forms'>,
    by: Person,
  ) => Promise<{
    readonly unit: string;
    readonly before: { readonly word: string; readonly forms: readonly string[] } | null;
  }>;
  readonly restoreWord: (
    draft: string,
    word: {
      readonly unit: string;
      readonly kind: LexiconKind;
      readonly before: { readonly word: string; readonly forms: readonly string[] } | null;
    },
    by: Person,
  ) => Promise<void>;
}

export interface UnansweredDeps {
  readonly groups: GroupStore;
  readonly misses: Pick<MissStore, 'listOf'>;
  readonly drafts: DraftDoor;
  readonly confirmed: Pick<ConfirmedQuestions, 'confirm' | 'removeAll'>;
  /** What was said around a place: so many before it, so many behind. */
  readonly readAround: (
    conversation: string,
    seq: number,
    before: number,
    behind: number,
  ) => Promise<readonly SaidMessage[]>;
  readonly titleOf: (intent: string) => string;
  readonly engine: EngineView;
  readonly now?: () => Date;
}

export interface OpenedGroup {
  readonly group: QuestionGroup;
  readonly wordings: readonly { readonly text: string; readonly misses: readonly KeptMiss[] }[];
  readonly samples: readonly { readonly miss: KeptMiss; readonly excerpt: readonly SaidMessage[] }[];
}

export interface Unanswered {
  readonly list: (query: UnansweredQuery) => Promise<{
    readonly groups: readonly QuestionGroup[];
    readonly total: number;
    readonly counts: Readonly<Record<GroupState, number>>;
    readonly topics: ReadonlyMap<string, number>;
  }>;
  readonly countOpen: () => Promise<number>;
  /** @throws AppError `group_not_found`, as all below */
  readonly open: (id: string) => Promise<OpenedGroup>;
  readonly teach: (id: string, request: TeachRequest, by: Person) => Promise<QuestionGroup>;
  readonly addEntry: (id: string, request: EntryRequest, by: Person) => Promise<QuestionGroup>;
  readonly addWord: (id: string, request: LexiconRequest, by: Person) => Promise<QuestionGroup>;
  readonly ignore: (id: string, reason: string, by: Person) => Promise<QuestionGroup>;
  /** Takes the last act back. @throws AppError `nothing_to_undo` */
  readonly undo: (id: string, by: Person) => Promise<QuestionGroup>;
}

/** Samples of a group that are shown with what was said around them. */
const SAMPLES = 6;
const BEFORE = 2;
const BEHIND = 3;
const DAY_MS = 24 * 60 * 60 * 1_000;
const OUT_OF_SCOPE = 'none';

export function createUnanswered(deps: UnansweredDeps): Unanswered {
  const { groups, misses, drafts, confirmed, titleOf, now = () => new Date() } = deps;

  const get = async (id: string): Promise<QuestionGroup> => {
    const group = await groups.find(id);
    if (group === null) throw new AppError({ code: 'group_not_found', message: id });
    return group;
  };
  /** Somebody else, or the gathering, may write it meanwhile. */
  const change = async (
    id: string,
    next: (group: QuestionGroup) => Partial<QuestionGroup>,
  ): Promise<QuestionGroup> => {
    for (;;) {
      const group = await get(id);
      const changed = { ...group, ...next(group), revision: group.revision + 1 };
      if (await groups.replace(changed)) return changed;
    }
  };
  const record = (id: string, act: GroupAct): Promise<QuestionGroup> =>
    change(id, ({ acts }) => {
      const all = [...acts, act];
      return { acts: all, state: stateAfter(all), returned: false, doneAt: null };
    });
  const actOf = (kind: GroupAct['kind'], by: Person, what: Partial<GroupAct>): GroupAct => ({
    kind,
    by: { id: by.id, name: by.name },
    at: now(),
    draft: null,
    target: null,
    phrases: [],
    added: [],
    heldOut: [],
    confirmed: [],
    lexicon: null,
    reason: null,
    weekly: 0,
    ...what,
  });
  /** What is held out must not be taught too: then it would say nothing. */
  const withoutTaught = (heldOut: readonly string[], taught: readonly string[]): string[] =>
    heldOut.filter((text) => !taught.includes(text));

  return {
    async list(query) {
      const { state, signal, topic, days, q, page } = query;
      const words = searchWords(q);
      const since = days === undefined ? null : now().getTime() - days * DAY_MS;
      const [all, counted] = await Promise.all([
        groups.list(state),
        Promise.all(groupState.options.map(async (one) => [one, await groups.count(one)] as const)),
      ]);
      const chosen = all.filter(
        ({ leads, summary }) =>
          (signal === undefined || (summary.signals[signal] ?? 0) > 0) &&
          (since === null || summary.lastAt.getTime() >= since) &&
          isSaidIn(words, [summary.head, ...leads]),
      );
      const topics = new Map<string, number>();
      for (const group of chosen) {
        const own = topicOf(group);
        if (own !== null) topics.set(own, (topics.get(own) ?? 0) + 1);
      }
      const found = chosen.filter((group) => topic === undefined || topicOf(group) === topic);
      found.sort(inOrderOfWeight);
      return {
        groups: found.slice((page - 1) * GROUPS_ON_A_PAGE, page * GROUPS_ON_A_PAGE),
        total: found.length,
        counts: Object.fromEntries(counted) as Record<GroupState, number>,
        topics,
      };
    },
    countOpen: () => groups.count('open'),
    async open(id) {
      const group = await get(id);
      const all = await misses.listOf(id, JUDGED);
      const shown = all.filter(({ conversation }) => conversation !== null).slice(0, SAMPLES);
      const alone = all.filter(({ conversation }) => conversation === null).slice(0, SAMPLES - shown.length);
      const samples = await Promise.all(
        [...shown, ...alone].map(async (miss) => ({
          miss,
          excerpt:
            miss.conversation === null || miss.seq === null
              ? []
              : await deps.readAround(miss.conversation, miss.seq, BEFORE, BEHIND),
        })),
      );
      const wordings = wordingsOf(all).map(({ text, misses: same }) => ({
        text,
        misses: same as readonly KeptMiss[],
      }));
      return { group, wordings, samples };
    },
    async teach(id, { draft: wanted, intent, phrases, heldOut }, by) {
      await get(id);
      const draft = await drafts.choose(wanted, by);
      const added = await drafts.addPhrases(draft, intent, phrases, by);
      const kept = withoutTaught(heldOut, phrases);
      const ids = await confirmed.confirm(kept, intent, by);
      const title = intent === OUT_OF_SCOPE ? OUT_OF_SCOPE : titleOf(intent);
      return record(
        id,
        actOf(intent === OUT_OF_SCOPE ? 'outOfScope' : 'taught', by, {
          draft,
          target: { id: intent, title },
          phrases,
          added,
          heldOut: kept,
          confirmed: ids,
        }),
      );
    },
    async addEntry(id, { draft: wanted, entry, phrases, heldOut }, by) {
      await get(id);
      const draft = await drafts.choose(wanted, by);
      await drafts.addEntry(draft, entry, by);
      const added = await drafts.addPhrases(draft, entry.id, phrases, by);
      const kept = withoutTaught(heldOut, phrases);
      const ids = await confirmed.confirm(kept, entry.id, by);
      return record(
        id,
        actOf('entry', by, {
          draft,
          target: { id: entry.id, title: entry.title },
          phrases,
          added,
          heldOut: kept,
          confirmed: ids,
        }),
      );
    },
    async addWord(id, { draft: wanted, kind, word, forms }, by) {
      await get(id);
      const draft = await drafts.choose(wanted, by);
      const { unit, before } = await drafts.saveWord(draft, { kind, word, forms }, by);
      return record(
        id,
        actOf('lexicon', by, { draft, target: { id: unit, title: word }, lexicon: { unit, kind, before } }),
      );
    },
    async ignore(id, reason, by) {
      await get(id);
      const weekly = weeklyPeople(await misses.listOf(id, JUDGED), now());
      return record(id, actOf('ignored', by, { reason, weekly }));
    },
    async undo(id, by) {
      const act = (await get(id)).acts.at(-1);
      if (act === undefined) throw new AppError({ code: 'nothing_to_undo', message: id });
      const { draft, target, added, lexicon } = act;
      if (draft !== null) {
        if (added.length > 0 && target !== null) await drafts.removePhrases(draft, target.id, added, by);
        if (act.kind === 'entry' && target !== null) await drafts.removeEntry(draft, target.id, by);
        if (lexicon !== null) await drafts.restoreWord(draft, lexicon, by);
      }
      await confirmed.removeAll(act.confirmed);
      return change(id, ({ acts }) => {
        const left = acts.filter(({ at, kind }) => at.getTime() !== act.at.getTime() || kind !== act.kind);
        return { acts: left, state: stateAfter(left), doneAt: null };
      });
    },
  };
}

/** What is suggested first says what it is about. */
export function topicOf({ summary }: QuestionGroup): string | null {
  return summary.suggestions[0]?.intent.split('.')[0] ?? null;
}

function isSaidIn(words: readonly string[], texts: readonly string[]): boolean {
  if (words.length === 0) return true;
  const said = searchWords(texts.join(' '));
  return words.every((word) => said.some((other) => other.startsWith(word)));
}
