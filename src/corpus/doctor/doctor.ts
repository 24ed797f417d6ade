/** Examines the live corpus when somebody asks, beside the answering of questions, and keeps the last report. */
import { randomUUID } from 'node:crypto';
import type { DoctorReport, DoctorStep, DoctorView } from '../../contracts/corpus-doctor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Logger } from '../../kernel/logger.ts';
import { repeat } from '../../kernel/repeat.ts';
import type { Corpus } from '../corpus.ts';
import type { CheckupStore } from './checkup-store.ts';
import { findContradictions } from './contradictions.ts';
import type { Examined } from './examine.ts';
import { type AskPage, checkPages, findMissing, findPages } from './links.ts';
import { ENOUGH_PHRASES, findThin, type Misread } from './phrase-faults.ts';

export interface DoctorDeps {
  readonly store: CheckupStore;
  readonly readLive: () => Promise<{ readonly release: number | null; readonly corpus: Corpus }>;
  readonly release: () => number | null;
  /** In a thread of its own. */
  readonly examine: (corpus: Corpus, onProgress: (share: number) => void) => Promise<Examined>;
  /** Names of the images that answers may show. */
  readonly listPictures: () => Promise<ReadonlySet<string>>;
  readonly askPage: AskPage;
  readonly logger: Logger;
  readonly now?: () => Date;
}

export interface Doctor {
  readonly view: () => Promise<DoctorView>;
  /** Begins an examination and returns. @throws AppError `doctor_busy` */
  readonly begin: (what: { readonly pages: boolean }) => Promise<DoctorView>;
  /** Resolves when nothing is under way any more. */
  readonly finished: () => Promise<void>;
  /** Breaks off what is under way. To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

const BROKEN_OFF = 'Lần khám bị ngắt giữa chừng.';
const ALIVE_EVERY_MS = 10_000;
/** Whoever examined has gone with its process. */
const DEAD_AFTER_MS = 60_000;
/** Enough for weeks of work; the rest is found by the next examination. */
const MOST_MISREAD = 200;
const MOST_PAIRS = 40;
const MOST_IN_A_PAIR = 15;
const MOST_NEAR = 100;

export function createDoctor(deps: DoctorDeps): Doctor {
  const { store, logger, now = () => new Date() } = deps;
  const owner = randomUUID();
  let running: Promise<void> = Promise.resolve();
  let breakOff: (error: Error) => void = () => undefined;
  const breaking = new Promise<never>((_, reject) => {
    breakOff = reject;
  });
  breaking.catch(() => undefined);

  const work = async (pages: boolean): Promise<void> => {
    const startedAt = now().getTime();
    const alive = repeat(() => store.report(owner, { aliveAt: now() }), {
      everyMs: ALIVE_EVERY_MS,
      onError: ({ message: reason }) => logger.warn({ reason }, 'an examination cannot say that it runs'),
    });
    let told: Promise<void> = Promise.resolve();
    const tell = (step: DoctorStep, progress: number): void => {
      told = told.then(() => store.report(owner, { step, progress })).catch(() => undefined);
    };
    try {
      const { release, corpus } = await Promise.race([deps.readLive(), breaking]);
      tell('training', 0);
      const examining = deps.examine(corpus, (share) => tell('training', share));
      const examined = await Promise.race([examining, breaking]);
      const missing = findMissing(corpus.faq, await deps.listPictures());
      const broken = pages
        ? await checkPages(findPages(corpus.faq), deps.askPage, (share) => tell('links', share))
        : [];
      await told;
      const report = presentReport(corpus, examined, {
        release,
        at: now().toISOString(),
        tookMs: now().getTime() - startedAt,
        links: [...missing, ...broken].map(({ entry, kind, target, problem, status }) => ({
          entry: entry.id,
          title: entry.title,
          kind,
          target,
          problem,
          status,
        })),
        pagesChecked: pages,
      });
      await store.report(owner, { state: 'done', step: null, progress: 1, report });
    } catch (error) {
      const problem = (error as Error).message;
      logger.error({ err: error }, 'the corpus cannot be examined');
      await told;
      await store.report(owner, { state: 'failed', step: null, problem });
    } finally {
      await alive.stop();
    }
  };

  const view = async (): Promise<DoctorView> => {
    const checkup = await store.find();
    if (checkup === null)
      return { state: 'none', step: null, progress: 0, problem: null, report: null, outdated: false };
    const { state, step, progress, problem, report, aliveAt } = checkup;
    const isDead = state === 'running' && now().getTime() - aliveAt.getTime() > DEAD_AFTER_MS;
    return {
      state: isDead ? 'failed' : state,
      step: isDead ? null : step,
      progress,
      problem: isDead ? BROKEN_OFF : problem,
      report,
      outdated: report !== null && report.release !== deps.release(),
    };
  };

  return {
    view,
    async begin({ pages }) {
      const at = now();
      if (!(await store.begin(owner, at, new Date(at.getTime() - DEAD_AFTER_MS))))
        throw new AppError({ code: 'doctor_busy', message: 'one is under way' });
      running = work(pages).catch((error: Error) =>
        logger.error({ reason: error.message }, 'an examination is lost'),
      );
      return view();
    },
    finished: () => running,
    stop() {
      breakOff(new Error(BROKEN_OFF));
      return running;
    },
  };
}

function presentReport(
  corpus: Corpus,
  { near, misread, confusable }: Examined,
  rest: Pick<DoctorReport, 'release' | 'at' | 'tookMs' | 'links' | 'pagesChecked'>,
): DoctorReport {
  const titles = new Map(corpus.faq.map(({ id, title }) => [id, title]));
  const titled = <T extends { readonly intent: string }>(one: T): T & { readonly title: string } => ({
    ...one,
    title: titles.get(one.intent) ?? one.intent,
  });
  const present = ({ read, ...phrase }: Misread) => ({ ...titled(phrase), read: titled(read) });
  return {
    ...rest,
    phrases: corpus.intents.reduce((sum, { phrases }) => sum + phrases.length, 0),
    entries: corpus.faq.length,
    near: near
      .slice(0, MOST_NEAR)
      .map(({ one, other, likeness }) => ({ one: titled(one), other: titled(other), likeness })),
    confusable: confusable.slice(0, MOST_PAIRS).map(({ one, other, share, phrases }) => ({
      one: titled({ intent: one }),
      other: titled({ intent: other }),
      share,
      phrases: phrases.slice(0, MOST_IN_A_PAIR).map(present),
    })),
    misread: misread.slice(0, MOST_MISREAD).map(present),
    thin: findThin(corpus.intents).map(titled),
    enough: ENOUGH_PHRASES,
    contradictions: findContradictions(corpus.faq).map(({ unit, places }) => ({
      unit,
      places: places.map(({ entry, value, excerpt }) => ({
        entry: entry.id,
        title: entry.title,
        value,
        excerpt,
      })),
    })),
  };
}
