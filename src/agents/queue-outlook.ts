/** What those who wait, or think of it, have to expect: place, honest wait, and whether anybody is there. */
import { inQueueOrder } from '../contracts/console.ts';
import { type Agent, canServe, isPresent } from './agent.ts';
import type { Waiting } from './assignment.ts';
import { estimateWait, type Served } from './wait-estimate.ts';

export interface QueueOutlookDeps {
  readonly listWaiting: () => Promise<readonly Waiting[]>;
  readonly listAgents: () => Promise<readonly Agent[]>;
  /** How long the conversations closed of late had waited and took, in milliseconds. */
  readonly listServed: () => Promise<readonly Served[]>;
  /** The desk gives conversations to whoever is free. */
  readonly isAutomatic: () => boolean;
  /** By the duty calendar. */
  readonly dutyAt: (now: Date) => { readonly onDuty: boolean; readonly backAt: Date | null };
  readonly now?: () => Date;
}

export interface Outlook {
  readonly onDuty: boolean;
  /** When duty begins again; null while it is on. */
  readonly backAt: Date | null;
  /** Somebody is there to take it. */
  readonly staffed: boolean;
  /** 1: the next one. */
  readonly position: number;
  readonly wait: { readonly lowMs: number; readonly highMs: number } | null;
}

export interface QueueOutlook {
  /** @param waiting null: what a newcomer would have to expect */
  readonly of: (waiting: Waiting | null) => Promise<Outlook>;
  /** The same for several at once. */
  readonly ofAll: (waiting: readonly Waiting[]) => Promise<Map<string, Outlook>>;
}

export function createQueueOutlook(deps: QueueOutlookDeps): QueueOutlook {
  const { now = () => new Date() } = deps;

  const survey = async () => {
    const [waiting, agents, served] = await Promise.all([
      deps.listWaiting(),
      deps.listAgents(),
      deps.listServed(),
    ]);
    const at = now();
    const present = agents.filter((agent) => isPresent(agent, at));
    const queue = [...waiting].sort(inQueueOrder);
    const duty = deps.dutyAt(at);
    return (one: Waiting | null): Outlook => {
      const skill = one?.skill ?? null;
      const able = present.filter((agent) => canServe(agent, skill));
      // Those who wait for another skill wait for others.
      const rivals = queue.filter((other) => other.skill === null || other.skill === skill);
      const ahead =
        one === null
          ? rivals.length
          : rivals.filter((other) => other.id !== one.id && inQueueOrder(other, one) < 0).length;
      const position = ahead + 1;
      const slots = able.reduce((sum, { capacity }) => sum + capacity, 0);
      const free = able.reduce((sum, { capacity, load }) => sum + Math.max(0, capacity - load), 0);
      return {
        ...duty,
        staffed: able.length > 0,
        position,
        wait: estimateWait({ position, slots, free, served, isAutomatic: deps.isAutomatic() }),
      };
    };
  };

  return {
    of: async (waiting) => (await survey())(waiting),
    async ofAll(waiting) {
      const outlookOf = await survey();
      return new Map(waiting.map((one) => [one.id, outlookOf(one)]));
    },
  };
}
