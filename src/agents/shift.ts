/**
 * Keeps the queue moving: gives conversations of agents who vanished back, and, where the settings say so, those who
 * wait to the agents who are free. Looks at the store alone: any node may do it, and a restart forgets nothing.
 */
import { randomUUID } from 'node:crypto';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Agent, isPresent, stateOf } from './agent.ts';
import { planAssignments, type Waiting } from './assignment.ts';
import type { PresenceStore } from './presence-store.ts';

export interface ShiftDeps {
  readonly store: Pick<PresenceStore, 'lease' | 'release' | 'noteAssigned'>;
  readonly listAgents: () => Promise<readonly Agent[]>;
  readonly listWaiting: () => Promise<readonly Waiting[]>;
  /** Conversations that somebody has, with who has them. */
  readonly listHeld: () => Promise<readonly { readonly id: string; readonly agent: string }[]>;
  /** @throws AppError when it is too late */
  readonly assign: (conversation: string, agent: Agent) => Promise<void>;
  /** The agent is gone: back to the queue, in front. @throws AppError when it is too late */
  readonly giveBack: (conversation: string, agent: string) => Promise<void>;
  /** Tells one who waits that duty is over. @throws likewise */
  readonly tellDutyEnded: (conversation: string) => Promise<void>;
  readonly isAutomatic: () => boolean;
  readonly isOnDuty: (now: Date) => boolean;
  readonly graceMs: () => number;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly everyMs?: number;
}

export interface Shift {
  /** Something may have become possible: looks soon, not only when its time comes. */
  readonly wake: () => void;
  /** Looks now, and is done when everything that can be given is given. */
  readonly run: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 2_000;
/** Longer than a round takes; a node that dies in one holds the others up that long at most. */
const LEASE_MS = 10_000;
const LEASE = 'assignment';
/** When the grace time is made shorter, all nodes know by then, and give signs of life as often as it asks. */
const SETTLED_MS = 6_000;

export function createShift(deps: ShiftDeps): Shift {
  const { store, logger, now = () => new Date(), everyMs = EVERY_MS } = deps;
  const owner = randomUUID();

  /** What came too late is none of our business: somebody else has acted. */
  const unlessLate = async (act: Promise<void>): Promise<boolean> => {
    try {
      await act;
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  };

  /** The last time that nobody could give a sign of life; null: there was none. */
  let outage: { readonly from: number; readonly until: number } | null = null;
  let graceMs = deps.graceMs();
  let shorterSince: number | null = null;
  /** Not seen since then, an agent has lost what was held. */
  const deadline = (): number => {
    const at = now().getTime();
    const wanted = deps.graceMs();
    // Never ahead: clocks are set back, too.
    shorterSince = wanted < graceMs ? Math.min(shorterSince ?? at, at) : null;
    if (shorterSince === null || at - shorterSince >= SETTLED_MS) graceMs = wanted;
    // All have a grace time from its end on.
    const from = outage !== null && at - outage.until < graceMs ? outage.from : at;
    return Math.min(from, at) - graceMs;
  };

  /** Since when the store is out of reach; null: it is not. */
  let awaySince: number | null = null;
  const noteStore = (isUp: boolean): void => {
    const at = now().getTime();
    if (!isUp) {
      awaySince ??= at;
      return;
    }
    if (awaySince !== null) outage = { from: awaySince, until: at };
    awaySince = null;
  };

  /** Where nobody at all is there, there was no desk to give a sign of life to. */
  const noteStart = async (): Promise<void> => {
    const [at, agents] = [now(), await deps.listAgents()];
    if (agents.length === 0 || agents.some((agent) => stateOf(agent, at) !== 'offline')) return;
    const newest = Math.max(...agents.map(({ seenAt }) => seenAt.getTime()));
    outage = { from: newest, until: at.getTime() };
  };
  let hasBegun = false;

  const giveBackOrphans = async (): Promise<void> => {
    const held = await deps.listHeld();
    if (held.length === 0) return;
    const agents = new Map((await deps.listAgents()).map((agent) => [agent.id, agent]));
    const lastSign = deadline();
    const isGone = ({ agent }: { agent: string }) => (agents.get(agent)?.seenAt.getTime() ?? 0) < lastSign;
    await inGroups(held.filter(isGone), ({ id, agent }) => unlessLate(deps.giveBack(id, agent)));
  };

  const assign = async (): Promise<void> => {
    const waiting = await deps.listWaiting();
    if (waiting.length === 0) return;
    if (!(await store.lease(LEASE, owner, now(), new Date(now().getTime() + LEASE_MS)))) return;
    const at = now();
    // Counted under the lease: what another node has given is seen here. With a short grace time somebody who is
    // shown as present yet would lose it again at once.
    const lastSign = deadline();
    const agents = (await deps.listAgents()).filter(
      (agent) => isPresent(agent, at) && agent.seenAt.getTime() >= lastSign,
    );
    await inGroups(planAssignments(await deps.listWaiting(), agents), async ({ conversation, agent }) => {
      if (await unlessLate(deps.assign(conversation, agent))) await store.noteAssigned(agent.id, now());
    });
  };

  const tellDutyEnded = async (): Promise<void> => {
    const untold = (await deps.listWaiting()).filter(({ knowsDutyEnded }) => !knowsDutyEnded);
    await inGroups(untold, ({ id }) => unlessLate(deps.tellDutyEnded(id)));
  };

  const round = async (): Promise<void> => {
    const isUp = deps.isStoreUp();
    noteStore(isUp);
    if (!isUp) return;
    if (!hasBegun) await noteStart();
    hasBegun = true;
    await giveBackOrphans();
    if (!deps.isOnDuty(now())) await tellDutyEnded();
    else if (deps.isAutomatic()) await assign();
  };

  let running: Promise<void> = Promise.resolve();
  let isQueued = false;
  /** One round at a time; any number of wishes for another make one more. */
  const run = (): Promise<void> => {
    if (!isQueued) {
      isQueued = true;
      running = running.then(() => {
        isQueued = false;
        return round().catch((error: Error) =>
          logger.warn({ reason: error.message }, 'the queue cannot be looked after now'),
        );
      });
    }
    return running;
  };
  const timer = setInterval(() => void run(), everyMs).unref();

  return {
    wake: () => void run(),
    run,
    async stop() {
      clearInterval(timer);
      await running;
      if (!deps.isStoreUp()) return;
      await store
        .release(LEASE, owner)
        .catch(({ message: reason }: Error) =>
          logger.warn({ reason }, 'the others wait until the lease runs out'),
        );
    },
  };
}

/** A round with hundreds of them is over well within the lease when several share the store's trips. */
const AT_ONCE = 20;

async function inGroups<Item>(items: readonly Item[], act: (item: Item) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE)
    await Promise.all(items.slice(at, at + AT_ONCE).map(act));
}
