/** Links conversations with the incidents that concern them, behind the answers. */
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type Incident, isAffected } from './incident.ts';
import type { Touch, TouchStore } from './touch-store.ts';

export interface TouchesDeps {
  readonly store: Pick<TouchStore, 'link' | 'forgetConversation'>;
  readonly active: () => readonly Incident[];
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly writeEveryMs?: number;
}

export interface Touches {
  /**
   * Something was asked, or answered, in a conversation. Never throws and never waits.
   * @param intent null: nobody knows what
   */
  readonly note: (conversation: string, intent: string | null) => void;
  /** An incident has begun: it concerns also those who asked shortly before somebody noticed. */
  readonly catchUp: (incident: Incident) => void;
  readonly forgetConversation: (conversation: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const WRITE_EVERY_MS = 1_000;
/** Links that wait for the store; then the oldest make room. */
const MOST_WAITING = 20_000;
/** A rise is noticed within some minutes, and acted upon within some more. */
const LOOK_BACK_MS = 30 * 60_000;
const MOST_RECENT = 20_000;
/** Linked lately: not to be written with every message. */
const MOST_KNOWN = 50_000;

export function createTouches(deps: TouchesDeps): Touches {
  const { store, isStoreUp, logger, now = () => new Date(), writeEveryMs = WRITE_EVERY_MS } = deps;
  const waiting = new Map<string, Touch>();
  const known = new Set<string>();
  /** In order of time; of this node. */
  let recent: { readonly conversation: string; readonly intent: string | null; readonly at: Date }[] = [];
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    if (!isStoreUp() || waiting.size === 0) return;
    const touches = [...waiting];
    await store.link(touches.map(([, touch]) => touch));
    for (const [key] of touches) {
      waiting.delete(key);
      if (known.size >= MOST_KNOWN) known.clear();
      known.add(key);
    }
  };
  const run = (): Promise<void> => {
    writing = write();
    return writing;
  };
  const sayFailed = ({ message: reason }: Error): void =>
    logger.warn({ reason }, 'conversations cannot be linked with incidents now');
  const repeating = repeat(run, { everyMs: writeEveryMs, onError: sayFailed });

  const link = (
    incident: Incident,
    { conversation, intent, at }: { conversation: string; intent: string | null; at: Date },
  ): void => {
    const concerns = intent === null ? incident.affects.all : isAffected(incident, intent);
    const key = `${incident.id}:${conversation}`;
    if (!concerns || known.has(key) || waiting.has(key)) return;
    waiting.set(key, { incident: incident.id, conversation, at });
    const [oldest] = waiting.keys();
    if (waiting.size > MOST_WAITING && oldest !== undefined) {
      waiting.delete(oldest);
      logger.warn({}, 'a conversation is not linked with its incident: the store is away for too long');
    }
  };
  const isRecent = ({ at }: { readonly at: Date }): boolean => now().getTime() - at.getTime() <= LOOK_BACK_MS;

  return {
    note(conversation, intent) {
      const asked = { conversation, intent, at: now() };
      recent.push(asked);
      if (recent.length > 2 * MOST_RECENT) recent = recent.slice(-MOST_RECENT).filter(isRecent);
      for (const incident of deps.active()) link(incident, asked);
    },
    catchUp(incident) {
      for (const asked of recent.filter(isRecent)) link(incident, asked);
    },
    async forgetConversation(conversation) {
      recent = recent.filter((asked) => asked.conversation !== conversation);
      for (const [key, touch] of waiting) if (touch.conversation === conversation) waiting.delete(key);
      // One that is just being written would come back.
      await writing.catch(() => undefined);
      await store.forgetConversation(conversation);
    },
    async stop() {
      await repeating.stop();
      await run().catch(sayFailed);
    },
  };
}
