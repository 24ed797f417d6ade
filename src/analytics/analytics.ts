/**
 * Keeps the numbers up to date: what happens makes facts of a conversation anew, facts make the numbers of their hours
 * anew, hours those of their day. Each step is worked out from what is stored below it, so that doing it twice, or all
 * of it again, gives the same.
 */
import { AppError } from '../kernel/app-error.ts';
import { inTurn } from '../kernel/in-turn.ts';
import { createLeisure, type Leisure } from '../kernel/leisure.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import { createSettling } from '../kernel/settling.ts';
import { createDeriving, type DerivingDeps, idsOf } from './deriving.ts';
import type { Facts } from './facts.ts';
import { keyOf } from './facts-store.ts';
import type { Cursor, NumbersStore } from './numbers-store.ts';
import { dayOfHour, hoursOfDay, tallyDay, tallyHour } from './tally.ts';

/** What changed last, and when. */
export interface Moved {
  readonly id: string;
  readonly at: Date;
  readonly revision: number;
}
/** Behind this one; null: from the beginning. */
type Place = { readonly at: Date; readonly id: string };
/** With a leisure: chat goes first. */
type Paced = { readonly leisure?: Leisure };

export interface AnalyticsDeps extends DerivingDeps {
  readonly numbers: NumbersStore;
  /** What moved behind a place, the oldest movement first; empty: nothing. */
  readonly listMoved: {
    readonly conversations: (after: Place, most: number) => Promise<readonly Moved[]>;
    readonly tickets: (after: Place, most: number) => Promise<readonly Moved[]>;
  };
  /** All of them behind an id, in the order of their ids. */
  readonly listAll: {
    readonly conversations: (after: string, most: number) => Promise<readonly string[]>;
    readonly tickets: (after: string, most: number) => Promise<readonly string[]>;
  };
  /** After each counting, on the node that counts. */
  readonly onCounted?: () => Promise<void>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly everyMs?: { readonly derive: number; readonly count: number };
}

export interface Analytics {
  /** Something happened in it. Neither waits nor throws. */
  readonly noteConversation: (id: string) => void;
  readonly noteTicket: (code: string) => void;
  /** It is deleted: it counts no more. */
  readonly forgetConversation: (id: string) => Promise<void>;
  /** It goes into the archive: what was counted of it stays as it is, whatever is counted anew. */
  readonly freezeConversation: (id: string) => Promise<void>;
  /** It is back. */
  readonly thawConversation: (id: string) => Promise<void>;
  /** Makes facts of all that was noted. */
  readonly derive: () => Promise<void>;
  /** Finds what nobody noted, and brings the numbers up to date, unless another node does. */
  readonly count: () => Promise<void>;
  /**
   * All of it anew, from conversations and tickets. Each number is there all the time: the new one takes the place of
   * the old one.
   * @throws AppError `analytics_busy` while another node counts, which takes it moments
   */
  readonly rebuild: (onProgress: (done: number) => void) => Promise<void>;
  readonly start: () => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

/** A chat goes on for minutes; numbers that are a minute old are young enough. */
const EVERY_MS = { derive: 4_000, count: 20_000 };
const LEASE_MS = 2 * 60_000;
/** Reading a conversation anew costs as much as the messages in it: chat goes first. */
const SHARE = 0.1;
const SETTLED = { quietMs: 10_000, mostMs: 2 * 60_000 };
const MOST_DERIVED = 40;
/** While only the bot speaks, `activeAt` is up to a minute behind, and clocks of nodes differ. */
const OVERLAP_MS = 3 * 60_000;
const LEFT_TO_ITS_NODE_MS = SETTLED.mostMs + 15_000;
const PAGE = 500;
/** One counting looks at so much that nobody noted; the next one goes on. */
const MOST_PAGES = 20;
const MOST_DIRTY = 5_000;
const AT_ONCE = 8;
/** A process that ends waits no longer for its numbers: whoever comes next finds what is missing. */
const STOP_WITHIN_MS = 2_000;
const BEGINNING: Place = { at: new Date(0), id: '' };

export function createAnalytics(deps: AnalyticsDeps): Analytics {
  const { facts: store, numbers, listMoved, isStoreUp, logger, now = () => new Date() } = deps;
  const { derive: deriveEveryMs, count: countEveryMs } = deps.everyMs ?? EVERY_MS;
  const noted = createSettling({ ...SETTLED, now });

  const leisure = createLeisure({ share: SHARE });
  let stopAt = Number.POSITIVE_INFINITY;
  const goOn = (): void => {
    if (performance.now() > stopAt)
      throw new AppError({ code: 'interrupted', message: 'the desk stops; what is missing is found later' });
  };
  const { derive: deriveKeys, forget, freeze } = createDeriving({ ...deps, goOn });

  const deriveSome = async (keys: readonly string[], options: Paced = {}): Promise<void> => {
    await deriveKeys(keys, options).catch((error: Error) => {
      for (const key of keys) noted.note(key);
      logger.warn({ reason: error.message }, 'what happened is counted later');
    });
  };
  const deriveNoted = inTurn(async () => {
    if (isStoreUp()) await deriveSome(noted.takeAll());
  });
  const deriveSettled = inTurn(async () => {
    if (isStoreUp()) await deriveSome(noted.take(MOST_DERIVED), { leisure });
  });

  /** What changed and nobody noted here: another node may have died before it did. */
  const sweep = async (kind: Facts['kind'], paced: Paced): Promise<void> => {
    const cursor: Cursor = kind === 'ticket' ? 'tickets' : 'conversations';
    const beganAt = now();
    const known = await numbers.findCursor(cursor);
    let place: Place = known === null ? BEGINNING : { at: new Date(known.getTime() - OVERLAP_MS), id: '' };
    for (let page = 0; page < MOST_PAGES; page++) {
      const moved = await listMoved[cursor](place, PAGE);
      const keyed = moved.map((one) => ({ ...one, key: keyOf({ kind, id: one.id }) }));
      const stored = await store.findMany(keyed.map(({ key }) => key));
      const stale = keyed.filter(({ key, at, revision }) => {
        // Where something still happens it is noted, if its node lives; if not, a later sweep finds it.
        if (beganAt.getTime() - at.getTime() < LEFT_TO_ITS_NODE_MS) return false;
        const facts = stored.get(key)?.facts;
        return facts == null || facts.activeAt < at || facts.revision !== revision;
      });
      await deriveKeys(
        stale.map(({ key }) => key),
        paced,
      );
      const last = moved.at(-1);
      if (last === undefined) {
        await numbers.setCursor(cursor, beganAt);
        return;
      }
      place = last;
      await numbers.setCursor(cursor, new Date(last.at.getTime() + OVERLAP_MS));
      if (!(await lease())) return;
    }
  };

  const lease = (): Promise<boolean> => {
    const at = now();
    return numbers.takeLease(at, new Date(at.getTime() + LEASE_MS));
  };

  const countHour = async (hour: number): Promise<void> => {
    goOn();
    const facts = await store.listInHour(hour);
    await numbers.putHour(hour, facts.length === 0 ? null : tallyHour(hour, facts));
  };
  const countDay = async (day: string): Promise<void> => {
    goOn();
    const { from, to } = hoursOfDay(day);
    await numbers.putDay(day, tallyDay(day, await numbers.listHours(from, to)));
  };
  const countHours = async (
    hours: Iterable<number>,
    { moreDays = [], leisure }: Paced & { moreDays?: Iterable<string> } = {},
  ): Promise<void> => {
    const all = [...new Set(hours)];
    await inLots(all, countHour, leisure);
    await inLots([...new Set([...all.map(dayOfHour), ...moreDays])], countDay, leisure);
  };

  /** @returns the hours that were counted */
  const countDirty = async (paced: Paced = {}): Promise<ReadonlySet<number>> => {
    const counted = new Set<number>();
    for (;;) {
      const dirty = await store.listDirty(MOST_DIRTY);
      const hours = dirty.flatMap((one) => one.hours);
      await countHours(hours, paced);
      await store.markCounted(dirty);
      for (const hour of hours) counted.add(hour);
      if (dirty.length < MOST_DIRTY || !(await lease())) return counted;
    }
  };

  const bringUpToDate = async (paced: Paced): Promise<void> => {
    try {
      if (!isStoreUp() || !(await lease())) return;
      await sweep('conversation', paced);
      await sweep('ticket', paced);
      for (let page = 0; page < MOST_PAGES; page++) {
        const due = await store.listDue(now(), PAGE);
        await deriveKeys(due, paced);
        if (due.length < PAGE || !(await lease())) break;
      }
      if (!(await lease())) return;
      await countDirty(paced);
      await numbers.setCursor('counted', now());
      await deps.onCounted?.();
      await numbers.releaseLease();
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'the numbers are brought up to date later');
    }
  };

  const rederive = async (kind: Facts['kind'], onProgress: (done: number) => void): Promise<void> => {
    const list = deps.listAll[kind === 'ticket' ? 'tickets' : 'conversations'];
    for (let after = ''; ; ) {
      const ids = await list(after, PAGE);
      await deriveKeys(
        ids.map((id) => keyOf({ kind, id })),
        { onProgress },
      );
      await lease();
      const last = ids.at(-1);
      if (last === undefined || ids.length < PAGE) return;
      after = last;
    }
  };

  /** Facts of what is not there any more. */
  const dropOrphans = async (): Promise<void> => {
    for (let after = ''; ; ) {
      const keys = await store.listKeys(after, PAGE);
      const [conversations, tickets] = await Promise.all([
        deps.readStories(idsOf(keys, 'conversation')),
        deps.readTickets(idsOf(keys, 'ticket')),
      ]);
      const there = new Set([
        ...conversations.map(({ id }) => keyOf({ kind: 'conversation', id })),
        ...tickets.map(({ code }) => keyOf({ kind: 'ticket', id: code })),
      ]);
      await deriveKeys(keys.filter((key) => !there.has(key)));
      const last = keys.at(-1);
      if (last === undefined || keys.length < PAGE) return;
      after = last;
    }
  };

  let running: readonly Repeating[] = [];
  return {
    noteConversation: (id) => noted.note(keyOf({ kind: 'conversation', id })),
    noteTicket: (id) => noted.note(keyOf({ kind: 'ticket', id })),
    async forgetConversation(id) {
      const key = keyOf({ kind: 'conversation', id });
      noted.forget(key);
      await forget(key);
    },
    freezeConversation: (id) => freeze(keyOf({ kind: 'conversation', id })),
    thawConversation: (id) => store.thaw(keyOf({ kind: 'conversation', id })),
    derive: deriveNoted,
    count: () => bringUpToDate({}),
    async rebuild(onProgress) {
      // While it works no other node counts: what that would write is written here.
      if (!(await lease()))
        throw new AppError({ code: 'analytics_busy', message: 'the numbers are being counted just now' });
      await rederive('conversation', onProgress);
      await rederive('ticket', onProgress);
      await dropOrphans();
      await lease();
      const counted = await countDirty();
      const others = (await numbers.listHourKeys()).filter((hour) => !counted.has(hour));
      await countHours(others, { moreDays: await numbers.listDayKeys() });
      await numbers.setCursor('counted', now());
      await numbers.releaseLease();
    },
    start() {
      const onError = ({ message: reason }: Error): void => logger.warn({ reason }, 'numbers wait');
      running = [
        repeat(deriveSettled, { everyMs: deriveEveryMs, onError }),
        repeat(() => bringUpToDate({ leisure }), { everyMs: countEveryMs, now: true, onError }),
      ];
    },
    async stop() {
      leisure.hurry();
      stopAt = performance.now() + STOP_WITHIN_MS;
      await Promise.all(running.map(({ stop }) => stop()));
      await deriveNoted();
    },
  };
}

/** A few at a time, as each waits for the store most of the time; at leisure one after the other. */
async function inLots<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  leisure: Leisure | undefined,
): Promise<void> {
  if (leisure !== undefined) for (const item of items) await leisure.spend(() => work(item));
  else
    for (let at = 0; at < items.length; at += AT_ONCE)
      await Promise.all(items.slice(at, at + AT_ONCE).map(work));
}
