/** Tells conversations that an incident is over: in lots, each once, however often it breaks off. */
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import type { IncidentStore } from './incident-store.ts';
import type { TouchStore } from './touch-store.ts';

export interface TellingDeps {
  readonly store: Pick<IncidentStore, 'listTelling' | 'find' | 'replace'>;
  readonly touches: Pick<TouchStore, 'listUntold' | 'markTold'>;
  /** Says it in the desk's name, once for a name; where the conversation is gone it says nothing. */
  readonly announce: (conversation: string, name: string, text: string) => Promise<void>;
  /** Is it this node's turn? */
  readonly takeTurn: (now: Date) => Promise<boolean>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly lookEveryMs?: number;
}

export interface Telling {
  readonly tellWaiting: () => Promise<void>;
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

const LOOK_EVERY_MS = 2_000;
/** Between two lots the node lets others work, and says that it is still there. */
const LOT = 50;

export function createTelling(deps: TellingDeps): Telling {
  const { store, touches, isStoreUp, logger, now = () => new Date(), lookEveryMs = LOOK_EVERY_MS } = deps;

  const noteDone = async (id: string): Promise<void> => {
    for (;;) {
      const incident = await store.find(id);
      if (incident === null || incident.told === null || incident.told.doneAt !== null) return;
      const told = { ...incident.told, doneAt: now() };
      if (await store.replace({ ...incident, revision: incident.revision + 1, told })) return;
    }
  };

  /** @returns whether there may be more */
  const tellLot = async (incident: string, text: string): Promise<boolean> => {
    const lot = await touches.listUntold(incident, LOT);
    for (const conversation of lot) {
      await deps.announce(conversation, `incident:${incident}`, text);
      await touches.markTold(incident, conversation, now());
    }
    return lot.length > 0;
  };

  let stopped = false;
  const tellWaiting = async (): Promise<void> => {
    if (!isStoreUp()) return;
    for (const { id, told } of await store.listTelling()) {
      if (told === null) continue;
      let isMore = true;
      while (isMore && !stopped) {
        if (!(await deps.takeTurn(now()))) return;
        isMore = await tellLot(id, told.text);
      }
      if (!isMore) await noteDone(id);
    }
  };

  let repeating: ReturnType<typeof repeat> | undefined;
  return {
    tellWaiting,
    start() {
      repeating = repeat(tellWaiting, {
        everyMs: lookEveryMs,
        onError: ({ message: reason }) =>
          logger.warn({ reason }, 'conversations cannot be told now that an incident is over'),
      });
    },
    async stop() {
      stopped = true;
      await repeating?.stop();
    },
  };
}
