/** Keeps every question that was asked, without ever holding up or failing an answer. */
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type AnsweredQuestion, maskSuspects, maskText, type Question } from './question.ts';

export interface QuestionLogDeps {
  readonly store: {
    readonly newId: () => string;
    /** Writing again what was written is harmless. @returns how many the database refused for good */
    readonly write: (questions: readonly Question[]) => Promise<number>;
  };
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly limits?: Partial<QuestionLogLimits>;
}

export interface QuestionLogLimits {
  /** Questions kept in memory while they cannot be written; then the oldest make room. */
  readonly most: number;
  /** Questions written at once. */
  readonly batch: number;
  readonly writeEveryMs: number;
}

/**
 * 5,000 of the usual 60 characters are 2 MB, of the longest allowed 20 MB. A second is what a kill loses of
 * the log; at 200 questions a second a batch of 500 keeps up with it.
 */
const LIMITS: QuestionLogLimits = { most: 5_000, batch: 500, writeEveryMs: 1_000 };

export interface QuestionLog {
  /** Notes a question; never throws and never waits. */
  readonly note: (question: AnsweredQuestion) => void;
  readonly counts: () => { readonly waiting: number; readonly written: number; readonly dropped: number };
  /** Writes what is waiting, as far as the store lets, and notes nothing any more. */
  readonly close: () => Promise<void>;
}

/** A queue in memory, written in batches in the background. */
export function createQuestionLog(deps: QuestionLogDeps): QuestionLog {
  const { store, isStoreUp, logger, now = () => new Date() } = deps;
  const { most, batch, writeEveryMs } = { ...LIMITS, ...deps.limits };
  let waiting: Question[] = [];
  let written = 0;
  let dropped = 0;
  let saidDropped = 0;
  let closed = false;

  const drop = (count: number): void => {
    waiting.splice(0, count);
    dropped += count;
  };

  const writeWaiting = async (): Promise<void> => {
    while (waiting.length > 0 && isStoreUp()) {
      const questions = waiting.slice(0, batch);
      const refused = await store.write(questions);
      const done = new Set(questions);
      // Meanwhile the oldest may have been dropped, and new ones have come.
      waiting = waiting.filter((question) => !done.has(question));
      written += questions.length - refused;
      dropped += refused;
    }
  };

  const sayDropped = (): void => {
    if (dropped === saidDropped) return;
    logger.warn(
      { dropped: dropped - saidDropped, waiting: waiting.length },
      'questions not kept for curation',
    );
    saidDropped = dropped;
  };

  const writing = repeat(() => writeWaiting().finally(sayDropped), {
    everyMs: writeEveryMs,
    onError: ({ message: reason }) => logger.warn({ reason }, 'questions cannot be written now'),
  });

  return {
    note(asked) {
      if (closed) return;
      waiting.push({
        id: store.newId(),
        at: now(),
        text: maskSuspects(maskText(asked.text, asked.redactions)),
        platform: asked.platform,
        decision: asked.decision,
        intent: asked.intent,
        confidence: asked.confidence,
        candidates: asked.candidates,
        release: asked.release,
        place: asked.place,
      });
      if (waiting.length > most) drop(waiting.length - most);
    },
    counts: () => ({ waiting: waiting.length, written, dropped }),
    async close() {
      if (closed) return;
      closed = true;
      await writing.stop();
      await writeWaiting().catch(() => undefined);
      drop(waiting.length);
      sayDropped();
    },
  };
}
