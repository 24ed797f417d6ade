/** Looks into the store all the time: nobody who is gone keeps a conversation for longer than the settings say. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from 'mongodb';
import type { Agent } from './agent.ts';

export interface HolderWatch {
  /** The faults found. */
  readonly kept: readonly string[];
  /** Looks in which every holder was there, or not gone for long. */
  readonly looks: () => number;
  /** With the store away nobody can give anything back. */
  readonly setStoreUp: (isUp: boolean) => void;
  readonly stop: () => Promise<void>;
}

const LOOK_EVERY_MS = 1_000;
/** Beside the grace time: signs of life lie apart, rounds of the shift too, and this machine is busy. */
const SLACK_MS = 12_000;

export function watchHolders(database: Db, agents: readonly Agent[], graceMs: number): HolderWatch {
  const kept = new Set<string>();
  let looks = 0;
  let upSince: number | null = performance.now();
  let stopped = false;
  const byAccount = new Map(agents.map((agent) => [agent.account.id, agent]));
  const look = async (): Promise<void> => {
    const at = performance.now();
    const held = await database
      .collection('conversations')
      .find({ status: 'active' }, { projection: { 'handling.agent.id': 1 }, maxTimeMS: 1_000 })
      .toArray();
    looks += 1;
    for (const { _id, handling } of held) {
      const goneSince = byAccount.get(handling?.agent?.id)?.goneSince() ?? null;
      if (goneSince === null || upSince === null) continue;
      if (at - Math.max(goneSince, upSince) > graceMs + SLACK_MS)
        kept.add(`${handling.agent.id} is gone and keeps ${_id}`);
    }
  };
  const watching = (async () => {
    while (!stopped) {
      // The store may be away just now.
      await look().catch(() => undefined);
      await pause(LOOK_EVERY_MS);
    }
  })();
  return {
    get kept() {
      return [...kept];
    },
    looks: () => looks,
    setStoreUp(isUp) {
      upSince = isUp ? (upSince ?? performance.now()) : null;
    },
    async stop() {
      stopped = true;
      await watching;
    },
  };
}
