/**
 * Who of the staff is there. Each node says in the store, again and again, whose browsers it is connected to: true
 * across nodes, and a node that dies says nothing more.
 */
import { EventEmitter } from 'node:events';
import type { AgentOnDuty, Person } from '../contracts/console.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type Agent, BEAT_MS, type Presence, stateOf } from './agent.ts';
import type { PresenceStore } from './presence-store.ts';

export interface PresenceDeps {
  readonly store: Pick<PresenceStore, 'list' | 'find' | 'enter' | 'setState' | 'beat' | 'leave'>;
  /** Conversations that somebody has, with who has them. */
  readonly listHeld: () => Promise<readonly { readonly agent: string }[]>;
  /** How long an agent may be gone before it has consequences. */
  readonly graceMs: () => number;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
}

export interface AgentPresence {
  /** Somebody came, went, or chose another state, on this node. */
  readonly events: EventEmitter<{ changed: [] }>;
  /** A browser of the agent has connected. @param coming the state of one who was not there before */
  readonly enter: (
    agent: Person & Pick<Presence, 'capacity' | 'skills'>,
    coming?: Presence['state'],
  ) => Promise<void>;
  /** One of the agent's connections to this node is gone. */
  readonly exit: (id: string) => void;
  /** The agent signs off: nobody needs to wait for the connection to come back. */
  readonly leave: (id: string) => Promise<void>;
  readonly setState: (id: string, state: Presence['state']) => Promise<void>;
  readonly list: () => Promise<Agent[]>;
  /** Those who were there of late. */
  readonly listOnDuty: () => Promise<AgentOnDuty[]>;
  readonly stop: () => Promise<void>;
}

/** Longer gone than this, people are not shown any more. */
const FORGOTTEN_AFTER_MS = 12 * 60 * 60 * 1000;
/** Signs of life in a grace time: two may be lost. */
const BEATS_IN_GRACE = 3;
/** How often it is looked whether a sign is due. */
const LOOK_EVERY_MS = 200;

export function createPresence(deps: PresenceDeps): AgentPresence {
  const { store, logger, now = () => new Date() } = deps;
  const events: AgentPresence['events'] = new EventEmitter();
  /** Connections to this node. */
  const here = new Map<string, number>();
  let beatenAt = now().getTime();
  const beat = async (): Promise<void> => {
    const at = now();
    // Looked up each time: a grace time that is made shorter wants signs sooner.
    const sinceMs = at.getTime() - beatenAt;
    // A clock that was ahead is set back, as when the database's time takes the place of this machine's.
    const isDue = sinceMs < 0 || sinceMs >= Math.min(BEAT_MS, deps.graceMs() / BEATS_IN_GRACE);
    if (!isDue || here.size === 0 || !deps.isStoreUp()) return;
    beatenAt = at.getTime();
    await store.beat([...here.keys()], at);
  };
  const beating = repeat(beat, {
    everyMs: LOOK_EVERY_MS,
    onError: ({ message: reason }) => logger.warn({ reason }, 'signs of life cannot be given now'),
  });

  const list = async (): Promise<Agent[]> => {
    const [all, held] = await Promise.all([store.list(), deps.listHeld()]);
    const loads = new Map<string, number>();
    for (const { agent } of held) loads.set(agent, (loads.get(agent) ?? 0) + 1);
    return all.map((presence) => ({ ...presence, load: loads.get(presence.id) ?? 0 }));
  };

  return {
    events,
    async enter({ id, name, capacity, skills }, coming = 'online') {
      const before = await store.find(id);
      const isBack = before !== null && now().getTime() - before.seenAt.getTime() <= deps.graceMs();
      const state = isBack ? before.state : coming;
      await store.enter({ id, name, capacity, skills, state, seenAt: now() });
      here.set(id, (here.get(id) ?? 0) + 1);
      events.emit('changed');
    },
    exit(id) {
      const left = (here.get(id) ?? 1) - 1;
      if (left > 0) here.set(id, left);
      else here.delete(id);
      events.emit('changed');
    },
    async leave(id) {
      here.delete(id);
      await store.leave(id);
      events.emit('changed');
    },
    async setState(id, state) {
      await store.setState(id, state, now());
      events.emit('changed');
    },
    list,
    async listOnDuty() {
      const at = now();
      const agents = await list();
      return agents
        .filter(({ seenAt, load }) => load > 0 || at.getTime() - seenAt.getTime() < FORGOTTEN_AFTER_MS)
        .map((agent) => presentAgent(agent, at))
        .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    },
    stop: beating.stop,
  };
}

export function presentAgent(agent: Agent, now: Date): AgentOnDuty {
  const { id, name, capacity, load, skills } = agent;
  return { id, name, state: stateOf(agent, now), capacity, load, skills };
}
