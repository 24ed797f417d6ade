/** Child process: one engine over made-up intents, what it costs to train and to ask. */
import { type TrainingSet, trainEngine } from '../src/answering/engine.ts';
import { answerJob } from './job.ts';
import { type Cost, costOf, type Memory, type QueryTimes, readMemory, timeQueries } from './measure.ts';
import { makeIntents } from './synthetic-intents.ts';

export interface GrowthJob {
  readonly intents: number;
  /** Of the product: its lexicon, places and calibration are used, its phrases give the words. */
  readonly training: TrainingSet;
}

export interface GrowthResult {
  readonly intents: number;
  readonly phrases: number;
  readonly training: Cost;
  readonly memory: Memory;
  readonly accuracy: number;
  readonly classify: QueryTimes;
  readonly decide: QueryTimes;
}

const QUESTIONS = 500;
const WARM_UP = 300;

answerJob<GrowthJob, GrowthResult>(async ({ intents, training }, report) => {
  const bare = process.memoryUsage().rss / 1e6;
  const texts = training.phrases.map(({ text }) => text);
  const { phrases, questions } = makeIntents(texts, intents, QUESTIONS);
  const trained = await costOf(() => trainEngine({ ...training, phrases, platforms: new Map() }));
  const { rssMb, keptMb } = readMemory();
  const engine = trained.result;
  const asked = questions.map(({ text }) => text);
  const warmUp = phrases.slice(0, WARM_UP).map(({ text }) => text);
  const decide = await timeQueries((text) => engine.decide(text), asked, warmUp);
  const classify = await timeQueries((text) => engine.classify(text), asked, warmUp);
  const right = questions.filter(({ text, intent }) => engine.classify(text).intent === intent).length;
  report({
    intents,
    phrases: phrases.length,
    training: { wallMs: trained.wallMs, cpuMs: trained.cpuMs },
    memory: { rssMb: rssMb - bare, keptMb },
    accuracy: right / questions.length,
    classify,
    decide,
  });
});
