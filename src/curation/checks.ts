/** Checking drafts: a job in the workshop, whose progress and report every node can show. */
import { randomUUID } from 'node:crypto';
import type { CheckReport, CheckView } from '../contracts/corpus-releases.ts';
import type { Checked, CheckInput, RegressionQuestion } from '../corpus/check-release.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { Progress } from '../corpus/workshop-jobs.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { CHECK_GONE_MS, type Check, presentCheck } from './check.ts';
import type { CheckStore } from './check-store.ts';

/** What a check needs to know of a draft. */
export interface CheckedDraft {
  readonly corpus: Corpus;
  /** The release that it was put on. */
  readonly live: number;
  readonly revision: number;
}

export interface ChecksDeps {
  readonly store: CheckStore;
  /** @throws AppError `draft_not_found` */
  readonly corpusOf: (draft: string) => Promise<CheckedDraft>;
  readonly getRelease: (number: number) => Promise<{ readonly corpus: Corpus }>;
  /** Every question whose answer is known. */
  readonly listQuestions: () => Promise<readonly RegressionQuestion[]>;
  readonly runCheck: (
    input: Omit<CheckInput, 'liveImage'>,
    onProgress: (progress: Progress) => void,
  ) => Promise<Checked>;
  /** Keeps the trained engine of a corpus, so that publishing it trains nothing. */
  readonly keepEngine: (corpus: Corpus, image: Uint8Array) => Promise<void>;
  /** How a check ended; left out: nobody wants to know. */
  readonly onChecked?: ((verdict: 'passed' | 'blocked' | 'failed') => void) | undefined;
  readonly logger: Logger;
  readonly now?: () => Date;
}

export interface Checks {
  /** Begins a check; where one is under way, that one goes on. Resolves when it has begun. */
  readonly start: (draft: string, calibrate: boolean) => Promise<CheckView>;
  readonly view: (draft: string) => Promise<CheckView>;
  /** Begins a check and waits for its end. @throws what it failed with */
  readonly runNow: (draft: string) => Promise<void>;
  /** The finished check of the draft as it stands. @throws AppError `check_needed` */
  readonly demand: (draft: CheckedDraft, id: string) => Promise<{ report: CheckReport; corpus: Corpus }>;
  /** Waits for what is under way. */
  readonly stop: () => Promise<void>;
}

export function createChecks(deps: ChecksDeps): Checks {
  const { store, logger, now = () => new Date() } = deps;
  const running = new Map<string, Promise<void>>();

  const run = async (check: Check, draft: CheckedDraft, calibrate: boolean): Promise<void> => {
    let latest = check;
    let saving: Promise<unknown> = Promise.resolve();
    const save = (change: Partial<Check>): Promise<unknown> => {
      latest = { ...latest, ...change, at: now() };
      const next = latest;
      saving = saving.catch(() => undefined).then(() => store.save(next));
      return saving;
    };
    const beat = setInterval(() => save({}).catch(() => undefined), CHECK_GONE_MS / 4);
    try {
      const { corpus: live } = await deps.getRelease(draft.live);
      const questions = await deps.listQuestions();
      const input = { live, candidate: draft.corpus, questions, calibrate };
      const checked = await deps.runCheck(input, ({ step, share }) => {
        save({ step, progress: share }).catch(() => undefined);
      });
      const corpus = withMeasured(draft.corpus, checked.measured);
      await deps.keepEngine(corpus, checked.image);
      const report = reportOf(checked, draft, live, now());
      await save({ state: 'done', step: null, progress: 1, report, measured: checked.measured });
      deps.onChecked?.(report.blocks ? 'blocked' : 'passed');
    } catch (error) {
      const problem = (error as Error).message;
      logger.error({ err: error, draft: check.draft }, 'a draft could not be checked');
      deps.onChecked?.('failed');
      await save({ state: 'failed', step: null, problem: problem.split('\n')[0] ?? problem });
      throw error;
    } finally {
      clearInterval(beat);
    }
  };

  const begin = async (id: string, calibrate: boolean): Promise<void> => {
    if (running.has(id)) return;
    const draft = await deps.corpusOf(id);
    const check: Check = {
      draft: id,
      run: randomUUID(),
      state: 'running',
      step: 'training',
      progress: 0,
      problem: null,
      report: null,
      measured: null,
      at: now(),
    };
    if (!(await store.begin(check, new Date(now().getTime() - CHECK_GONE_MS)))) return;
    const done = run(check, draft, calibrate).finally(() => running.delete(id));
    running.set(id, done);
    done.catch(() => undefined);
  };

  const view = async (id: string): Promise<CheckView> => {
    const [check, draft] = await Promise.all([store.find(id), deps.corpusOf(id)]);
    return presentCheck(check, now(), draft);
  };

  return {
    async start(id, calibrate) {
      await begin(id, calibrate);
      return view(id);
    },
    view,
    async runNow(id) {
      await begin(id, false);
      await running.get(id);
    },
    async demand(draft, id) {
      const check = await store.find(id);
      const { state, report, outdated } = presentCheck(check, now(), draft);
      if (check === null || state !== 'done' || report === null || outdated)
        throw new AppError({ code: 'check_needed', message: id });
      return { report, corpus: withMeasured(draft.corpus, check.measured) };
    },
    async stop() {
      await Promise.allSettled(running.values());
    },
  };
}

function withMeasured(corpus: Corpus, measured: Checked['measured']): Corpus {
  return measured === null ? corpus : { ...corpus, ...measured };
}

function reportOf(checked: Checked, draft: CheckedDraft, live: Corpus, at: Date): CheckReport {
  const { totals, moves, calibration, leftOut, measured, trainMs, isWorse } = checked;
  return {
    at: at.toISOString(),
    revision: draft.revision,
    live: draft.live,
    phrases: { before: countPhrases(live), after: countPhrases(draft.corpus) },
    totals,
    moves,
    calibration,
    leftOut,
    calibratedAnew: measured !== null,
    trainMs,
    blocks: isWorse,
  };
}

function countPhrases({ intents }: Corpus): number {
  return intents.reduce((sum, { phrases }) => sum + phrases.length, 0);
}
