/**
 * Gathers what was not served well, from what is stored: whatever a break left out is found by the next look. Every step
 * may be repeated.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createLeisure } from '../../kernel/leisure.ts';
import type { Logger } from '../../kernel/logger.ts';
import { type Repeating, repeat } from '../../kernel/repeat.ts';
import { createSettling } from '../../kernel/settling.ts';
import { findMisses, type Looked } from './find-misses.ts';
import type { GroupStore, Position, ProgressStore } from './group-store.ts';
import { createGrouping, MOST_LEADS } from './group-wordings.ts';
import { type Miss, questionKey, saysSomething } from './miss.ts';
import type { FreshMiss, KeptMiss, MissStore } from './miss-store.ts';
import { followDraft, hasReturned, type QuestionGroup, summarise, wordingsOf } from './question-group.ts';

/** What the live engine makes of a question. */
export interface EngineView {
  readonly read: (text: string) => { readonly words: readonly string[]; readonly understood: string };
  /** The best few, best first. */
  readonly rank: (text: string) => readonly { readonly intent: string; readonly confidence: number }[];
  readonly release: () => number | null;
}

/** A question asked over the API, which no conversation holds. */
export interface ApiQuestion {
  readonly id: string;
  readonly at: Date;
  readonly text: string;
}

export interface GatheringDeps {
  readonly misses: MissStore;
  readonly groups: GroupStore;
  readonly progress: ProgressStore;
  /** What was said in a conversation, and what happened to it; null: it is gone. */
  readonly look: (conversation: string) => Promise<Looked | null>;
  /** Conversations in which something happened behind a position and up to a time, in order. */
  readonly listActive: (after: Position | null, until: Date, most: number) => Promise<readonly Position[]>;
  /** Questions over the API that had no answer and were not taken yet, in order. */
  readonly listUnknown: (most: number) => Promise<readonly ApiQuestion[]>;
  readonly markTaken: (ids: readonly string[]) => Promise<void>;
  /** Conversations with wordings that staff proposed lately. */
  readonly listProposed: (most: number) => Promise<readonly string[]>;
  readonly markProposed: (conversation: string) => Promise<void>;
  /** What became of drafts; left out: nothing yet. */
  readonly fateOf: (drafts: readonly string[]) => Promise<ReadonlyMap<string, 'published' | 'discarded'>>;
  readonly engine: EngineView;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly everyMs?: number;
  /** How long a conversation has to be quiet before it is looked at, and how long it may go on at most. */
  readonly settled?: { readonly quietMs: number; readonly mostMs: number };
}

export interface Gathering {
  /** Something happened there: it is looked at with the next tick. */
  readonly note: (conversation: string) => void;
  /** Looks at once. */
  readonly lookAt: (conversation: string) => Promise<void>;
  readonly tick: () => Promise<void>;
  readonly start: () => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

/** Editors are not to wait long for what they just saw happen; looking costs as much as the messages there are. */
const EVERY_MS = 3_000;
const SETTLED = { quietMs: 8_000, mostMs: 2 * 60_000 };
const MOST_LOOKED_AT = 40;
/** Chat goes first. */
const SHARE = 0.1;
/** Groups whose wordings are read before others get their turn. */
const READ_AT_ONCE = 20;
const MOST_REMEMBERED = 20_000;
const LEASE_MS = 2 * 60_000;
const AT_ONCE = 200;
/** A group is judged by so many of its newest questions. */
export const JUDGED = 2_000;

/**
 * What is noted is looked at with the next tick. For what a break left out, and what only time tells, each conversation
 * is looked at again: when whoever was asked back has gone, and a day later, for late ratings.
 */
const LOOKS = [
  { name: 'settled', afterMs: 32 * 60_000 },
  { name: 'late', afterMs: 24 * 60 * 60_000 },
] as const;
const SUGGESTED = 3;
/** Below this a suggestion is a guess among sixty intents. */
const LEAST_SUGGESTED = 0.05;
/** Wordings that are asked for suggestions, and groups whose suggestions are renewed in a tick: 2 ms each at most. */
const ASKED_WORDINGS = 5;
const RENEWED = 10;

export function createGathering(deps: GatheringDeps): Gathering {
  const { misses, groups, progress, engine, logger, now = () => new Date(), everyMs = EVERY_MS } = deps;
  const owner = randomUUID();
  const noted = createSettling({ ...(deps.settled ?? SETTLED), now });
  const readWords = rememberWords(engine);
  const leisure = createLeisure({ share: SHARE });
  const isMine = (): Promise<boolean> => progress.take(owner, now(), new Date(now().getTime() + LEASE_MS));

  const lookAt = async (conversation: string): Promise<void> => {
    const looked = await deps.look(conversation);
    if (looked !== null) await misses.replaceIn(conversation, findMisses(looked, now()), now());
  };
  const lookAtNoted = async (): Promise<void> => {
    for (const conversation of noted.take(MOST_LOOKED_AT)) {
      try {
        await leisure.spend(() => lookAt(conversation));
      } catch (error) {
        noted.note(conversation);
        throw error;
      }
    }
  };
  const lookAgain = async (name: string, afterMs: number): Promise<void> => {
    const until = new Date(now().getTime() - afterMs);
    let position = await progress.find(name);
    for (;;) {
      const active = await deps.listActive(position, until, AT_ONCE);
      for (const { id } of active) await leisure.spend(() => lookAt(id));
      position = active.at(-1) ?? position;
      if (active.length > 0 && position !== null) await progress.save(name, position);
      if (active.length < AT_ONCE || !(await isMine())) return;
    }
  };
  const takeApiQuestions = async (): Promise<void> => {
    const questions = await deps.listUnknown(AT_ONCE);
    for (const { id, at, text } of questions) {
      const key = questionKey(text);
      if (saysSomething(key)) await misses.addAlone(id, aloneMiss(text, key, at), now());
    }
    if (questions.length > 0) await deps.markTaken(questions.map(({ id }) => id));
  };
  const takeProposals = async (): Promise<void> => {
    for (const conversation of await deps.listProposed(AT_ONCE)) {
      await lookAt(conversation);
      await deps.markProposed(conversation);
    }
  };

  const suggestFor = (all: readonly Miss[]): QuestionGroup['summary']['suggestions'] => {
    const wordings = wordingsOf(all).slice(0, ASKED_WORDINGS);
    const sums = new Map<string, number>();
    for (const { text, misses: same } of wordings) {
      const proposed = same.find((one) => one.proposed !== null)?.proposed;
      const ranked = proposed == null ? engine.rank(text) : [{ intent: proposed, confidence: 1 }];
      for (const { intent, confidence } of ranked) sums.set(intent, (sums.get(intent) ?? 0) + confidence);
    }
    return [...sums]
      .map(([intent, sum]) => ({ intent, confidence: Math.min(1, sum / wordings.length) }))
      .filter(({ confidence }) => confidence >= LEAST_SUGGESTED)
      .sort((a, b) => b.confidence - a.confidence || (a.intent < b.intent ? -1 : 1))
      .slice(0, SUGGESTED);
  };
  const summaryOf = (all: readonly Miss[]): QuestionGroup['summary'] => ({
    ...summarise(all, now()),
    suggestions: suggestFor(all),
    release: engine.release(),
  });

  /** Tells a group what it holds now. Somebody may work on it meanwhile: then once more. */
  const renew = async (id: string): Promise<void> => {
    for (;;) {
      const group = await groups.find(id);
      if (group === null) return;
      const all = await misses.listOf(id, JUDGED);
      if (all.length === 0 && group.acts.length === 0) return groups.remove(id);
      if (all.length === 0) return;
      const returned = hasReturned(group, all, now());
      const next: QuestionGroup = {
        ...group,
        summary: summaryOf(all),
        ...(returned ? { state: 'open', returned: true, acts: [], doneAt: null } : {}),
        revision: group.revision + 1,
      };
      if (await groups.replace(next)) return;
    }
  };

  const found = async (miss: KeptMiss): Promise<string> => {
    const id = createHash('sha256').update(miss.key).digest('hex').slice(0, 24);
    const made: QuestionGroup = {
      id,
      leads: [miss.text],
      state: 'open',
      returned: false,
      acts: [],
      doneAt: null,
      summary: summaryOf([miss]),
      revision: 0,
    };
    await groups.add(made);
    return id;
  };
  /** More of its wordings lead to it, up to a few. */
  const lead = async (id: string, text: string): Promise<void> => {
    const group = await groups.find(id);
    if (group === null || group.leads.length >= MOST_LEADS) return;
    const keys = new Set(group.leads.map(questionKey));
    if (keys.has(questionKey(text))) return;
    await groups.replace({ ...group, leads: [...group.leads, text], revision: group.revision + 1 });
  };

  const groupAll = async (fresh: readonly FreshMiss[]): Promise<ReadonlySet<string>> => {
    const touched = new Set(fresh.flatMap(({ group }) => (group === null ? [] : [group])));
    const alone = fresh.filter(({ group, kinds }) => group === null && kinds.length > 0);
    if (alone.length === 0) return touched;
    const known = await groups.listLeads();
    const grouping = createGrouping([]);
    for (const [at, { id, leads }] of known.entries()) {
      for (const text of leads) grouping.add({ group: id, words: readWords(text) });
      if (at % READ_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    const leadsOf = new Map(known.map(({ id, leads }) => [id, leads.length]));
    for (const miss of [...alone].sort((a, b) => a.at.getTime() - b.at.getTime())) {
      const read = readWords(miss.text);
      const group = grouping.find(read) ?? (await found(miss));
      await misses.putInto(miss.id, group);
      const leads = leadsOf.get(group) ?? 0;
      if (leads < MOST_LEADS) {
        grouping.add({ group, words: read });
        leadsOf.set(group, leads + 1);
        await lead(group, miss.text);
      }
      touched.add(group);
    }
    return touched;
  };
  const settleFresh = async (): Promise<void> => {
    for (;;) {
      const fresh = await misses.listFresh(AT_ONCE);
      for (const group of await groupAll(fresh)) await leisure.spend(() => renew(group));
      await misses.markKnown(fresh);
      if (fresh.length < AT_ONCE || !(await isMine())) return;
    }
  };

  const followDrafts = async (): Promise<void> => {
    const drafted = await groups.list('drafted');
    const draftsOf = (group: QuestionGroup) => group.acts.flatMap(({ draft }) => draft ?? []);
    const fates = await deps.fateOf([...new Set(drafted.flatMap(draftsOf))]);
    for (const group of drafted)
      for (const draft of new Set(draftsOf(group))) {
        const fate = fates.get(draft);
        if (fate === undefined) continue;
        await groups.replace({ ...followDraft(group, draft, fate, now()), revision: group.revision + 1 });
        break;
      }
  };
  const renewOutdated = async (): Promise<void> => {
    for (const { id } of await groups.listOutdated(engine.release(), RENEWED))
      await leisure.spend(() => renew(id));
  };

  const tick = async (): Promise<void> => {
    await lookAtNoted();
    if (!(await isMine())) return;
    for (const { name, afterMs } of LOOKS) await lookAgain(name, afterMs);
    await takeApiQuestions();
    await takeProposals();
    await settleFresh();
    await followDrafts();
    await renewOutdated();
  };

  let running: Repeating | undefined;
  return {
    note: noted.note,
    lookAt,
    tick,
    start() {
      running = repeat(async () => (deps.isStoreUp() ? tick() : undefined), {
        everyMs,
        onError: ({ message: reason }) => logger.warn({ reason }, 'unanswered questions are gathered later'),
      });
    },
    async stop() {
      leisure.hurry();
      await running?.stop();
    },
  };
}

/** The wordings that lead to groups are read again and again. */
function rememberWords(engine: EngineView): (text: string) => readonly string[] {
  const remembered = new Map<string, readonly string[]>();
  let release: number | null = null;
  return (text) => {
    if (engine.release() !== release || remembered.size >= MOST_REMEMBERED) remembered.clear();
    release = engine.release();
    const words = remembered.get(text) ?? engine.read(text).words;
    remembered.set(text, words);
    return words;
  };
}

/** The same words over the API on one day count as one person: programs ask again. */
function aloneMiss(text: string, key: string, at: Date): Miss {
  const person = `api:${at.toISOString().slice(0, 10)}:${key.slice(0, 60)}`;
  return {
    conversation: null,
    seq: null,
    text,
    key,
    person,
    at,
    kinds: ['unknown'],
    ratedWhy: null,
    proposed: null,
  };
}
