/** The conversations this process works on: one job at a time in each, and where each one stands. */
import { inConversation } from '../kernel/scope.ts';

export interface Threads<Thread> {
  /**
   * Runs a job when all earlier ones of the conversation are over. The thread is loaded when it is not at hand; after a
   * job that failed it is loaded anew, because nobody knows how far it came.
   */
  readonly run: <Result>(id: string, job: (thread: Thread) => Promise<Result>) => Promise<Result>;
  readonly forget: (id: string) => void;
  /** Resolves when no job is under way. */
  readonly settled: () => Promise<void>;
}

interface Slot<Thread> {
  thread: Thread | null;
  tail: Promise<unknown>;
  jobs: number;
  usedAt: number;
}

/** What was not used for longer may have changed in ways that nobody is told of: it may be in the archive. */
const FRESH_MS = 60 * 60 * 1_000;

/**
 * @param most threads kept at hand; beyond, those go that were idle longest
 * @param clock milliseconds
 */
export function createThreads<Thread>(
  load: (id: string) => Promise<Thread>,
  most: number,
  clock: () => number = Date.now,
): Threads<Thread> {
  // In the order of their last use.
  const slots = new Map<string, Slot<Thread>>();

  const makeRoom = (): void => {
    for (const [id, slot] of slots) {
      if (slots.size <= most) return;
      if (slot.jobs === 0) slots.delete(id);
    }
  };

  return {
    run(id, job) {
      const at = clock();
      const slot = slots.get(id) ?? { thread: null, tail: Promise.resolve(), jobs: 0, usedAt: at };
      if (slot.jobs === 0 && at - slot.usedAt > FRESH_MS) slot.thread = null;
      slot.usedAt = at;
      slots.delete(id);
      slots.set(id, slot);
      slot.jobs += 1;
      const result = slot.tail.then(() =>
        inConversation(id, async () => {
          try {
            slot.thread ??= await load(id);
            return await job(slot.thread);
          } catch (error) {
            slot.thread = null;
            throw error;
          } finally {
            slot.jobs -= 1;
          }
        }),
      );
      slot.tail = result.catch(() => undefined);
      if (slots.size > most) makeRoom();
      return result;
    },
    forget(id) {
      const slot = slots.get(id);
      if (slot !== undefined) slot.thread = null;
    },
    async settled() {
      await Promise.all([...slots.values()].map(({ tail }) => tail));
    },
  };
}
