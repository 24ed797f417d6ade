/** Child process: trains one contender and asks it every question. */
import type { TrainingSet } from '../src/answering/engine.ts';
import { CONTENDERS, type ContenderName } from './contenders/contenders.ts';
import { answerJob } from './job.ts';
import { type Cost, costOf, type Memory, type QueryTimes, readMemory, timeQueries } from './measure.ts';

export interface ContenderJob {
  readonly contender: ContenderName;
  readonly training: TrainingSet;
  readonly questions: readonly string[];
}

export interface ContenderResult {
  /** The intent it gives each question. */
  readonly intents: readonly string[];
  readonly training: Cost;
  /** Beyond a bare process with the same loaders. */
  readonly memory: Memory;
  readonly classify: QueryTimes;
  readonly decide: QueryTimes | null;
}

const WARM_UP = 300;
/** Every third question is enough for the whole decision, which takes NLP.js milliseconds. */
const DECIDE_EVERY = 3;

answerJob<ContenderJob, ContenderResult>(async ({ contender, training, questions }, report) => {
  const before = readMemory();
  const train = await CONTENDERS[contender]();
  const trained = await costOf(() => train(training));
  const after = readMemory();
  const { classify, decide } = trained.result;
  const warmUp = pickEvenly(training.phrases, WARM_UP).map(({ text }) => text);
  const classifyTimes = await timeQueries(classify, questions, warmUp);
  const intents: string[] = [];
  for (const text of questions) intents.push(await classify(text));
  const some = questions.filter((_, at) => at % DECIDE_EVERY === 0);
  report({
    intents,
    training: { wallMs: trained.wallMs, cpuMs: trained.cpuMs },
    memory: { rssMb: after.rssMb - before.rssMb, keptMb: after.keptMb - before.keptMb },
    classify: classifyTimes,
    decide: decide === undefined ? null : await timeQueries(decide, some, warmUp),
  });
});

function pickEvenly<T>(from: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(from.length / count));
  return from.filter((_, at) => at % step === 0).slice(0, count);
}
