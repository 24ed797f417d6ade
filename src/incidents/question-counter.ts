/** Counts what is asked, in memory, and adds it to the buckets of all nodes every other second. */
import { createHash } from 'node:crypto';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type BucketAddition, type BucketStore, bucketAt } from './bucket-store.ts';
import { BUCKET_MS } from './rise.ts';
import { ALL, type AskedQuestion, type Subject, subjectOf } from './subject.ts';

export interface QuestionCounterDeps {
  readonly store: Pick<BucketStore, 'add'>;
  /** Greetings and the like rise with the number of people. */
  readonly isQuestion: (intent: string) => boolean;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly writeEveryMs?: number;
}

export interface QuestionCounter {
  /** Never throws and never waits. */
  readonly note: (question: AskedQuestion) => void;
  /** Writes what is waiting, as far as the store lets. */
  readonly stop: () => Promise<void>;
}

interface Counting {
  readonly subject: Subject;
  readonly at: Date;
  readonly sample: string;
  /** Conversations that have been counted. */
  readonly counted: Set<string>;
  count: number;
  fresh: string[];
}

const WRITE_EVERY_MS = 2_000;
/** In five minutes. Wordings are without end; those of an incident are among the first of them. */
const MOST_SUBJECTS = 5_000;
/** Twice what a rise needs: more tokens would say nothing more. */
const MOST_TOKENS = 16;
const LONGEST_SAMPLE = 160;

/** A conversation counts once in a bucket: nobody makes a rise alone. */
export function createQuestionCounter(deps: QuestionCounterDeps): QuestionCounter {
  const { store, isStoreUp, logger, now = () => new Date(), writeEveryMs = WRITE_EVERY_MS } = deps;
  const countings = new Map<string, Counting>();

  const countingOf = (subject: Subject, sample: string): Counting | null => {
    const at = bucketAt(now());
    const key = `${at.getTime()}|${subject}`;
    const known = countings.get(key);
    if (known !== undefined) return known;
    if (countings.size >= MOST_SUBJECTS) return null;
    const made: Counting = { subject, at, sample, counted: new Set(), count: 0, fresh: [] };
    countings.set(key, made);
    return made;
  };

  const take = (): BucketAddition[] => {
    const oldest = bucketAt(now()).getTime() - BUCKET_MS;
    const taken: BucketAddition[] = [];
    for (const [key, counting] of countings) {
      const { subject, at, sample, count, fresh } = counting;
      if (count > 0) taken.push({ subject, at, sample, count, tokens: fresh });
      counting.count = 0;
      counting.fresh = [];
      if (at.getTime() < oldest) countings.delete(key);
    }
    return taken;
  };

  const write = async (): Promise<void> => {
    // What a failed write has added nobody knows: rather too few than twice as many.
    if (isStoreUp()) await store.add(take());
  };
  const sayFailed = ({ message: reason }: Error): void =>
    logger.warn({ reason }, 'what is being asked cannot be counted now');
  const writing = repeat(write, { everyMs: writeEveryMs, onError: sayFailed });

  return {
    note(question) {
      const subject = subjectOf(question);
      if (subject === null) return;
      if (question.intent !== null && !deps.isQuestion(question.intent)) return;
      const counting = countingOf(subject, question.text.slice(0, LONGEST_SAMPLE));
      const token = tokenOf(question.conversation);
      if (counting === null || counting.counted.has(token)) return;
      if (counting.counted.size < MOST_TOKENS) counting.fresh.push(token);
      counting.counted.add(token);
      counting.count += 1;
      const all = countingOf(ALL, '');
      if (all !== null) all.count += 1;
    },
    async stop() {
      await writing.stop();
      await write().catch(sayFailed);
    },
  };
}

/** Stands for a conversation without naming it. */
function tokenOf(conversation: string): string {
  return createHash('sha256').update(conversation).digest('base64url').slice(0, 8);
}
