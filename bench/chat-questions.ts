/** Questions as people type them, no two alike for as long as there are phrases: what a benchmark of the chat asks. */
import path from 'node:path';
import { readCorpus } from '../src/corpus/load-corpus.ts';
import { withoutAccents, withSlips } from '../src/corpus/ways-of-typing.ts';
import { seededRandom, shuffle } from '../src/kernel/random.ts';

/** Asking for a person or a form would stop the flow of questions. */
const LEFT_OUT = /^(?:support\.|lookup\.office$)/;

/** Every phrase of the corpus in three ways of typing, in an order of chance that is always the same. */
export async function makeQuestions(): Promise<string[]> {
  const { intents } = await readCorpus(path.resolve(import.meta.dirname, '..'));
  const random = seededRandom(7);
  const texts = intents
    .filter(({ intent }) => !LEFT_OUT.test(intent))
    .flatMap(({ phrases }) => phrases)
    .flatMap((text) => [text, withoutAccents(text), withSlips(text, random)]);
  const distinct = [...new Set(texts)];
  const order = Int32Array.from(distinct.keys());
  shuffle(order, order.length, random);
  return Array.from(order, (at) => distinct[at]!);
}
