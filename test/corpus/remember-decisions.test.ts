/** Deciding once what many people ask. */
import { beforeAll, expect, it } from 'vitest';
import { type Engine, trainEngine } from '../../src/answering/engine.ts';
import { rememberDecisions } from '../../src/corpus/remember-decisions.ts';
import { toTrainingSet } from '../../src/corpus/train-corpus.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';

let engine: Engine;
let decided: string[];
const decide: Engine['decide'] = (text, asked) => {
  decided.push(text);
  return engine.decide(text, asked);
};
beforeAll(async () => {
  engine = trainEngine(toTrainingSet(await readTinyCorpus()));
});

it('decides the same words once, as long as all that counts is the same', () => {
  decided = [];
  const ask = rememberDecisions(decide);
  const first = ask('quên mật khẩu');
  expect(ask('quên mật khẩu')).toEqual(first);
  expect(first).toEqual(engine.decide('quên mật khẩu'));
  expect(decided).toEqual(['quên mật khẩu']);
  ask('quên mật khẩu', { platform: 'ios' });
  ask('quên mật khẩu', { lastIntent: 'card.view' });
  ask('Quên mật khẩu');
  expect(decided).toHaveLength(4);
});

it('keeps those that were asked for last, and no more than it may', () => {
  decided = [];
  const ask = rememberDecisions(decide, 2);
  for (const text of ['một', 'hai', 'một', 'ba', 'một', 'hai']) ask(text);
  expect(decided).toEqual(['một', 'hai', 'ba', 'hai']);
});

it('keeps nothing personal, nothing long and no explanation', () => {
  decided = [];
  const ask = rememberDecisions(decide);
  for (let time = 0; time < 2; time++) {
    ask('số điện thoại của tôi là 0912 345 678');
    ask(`quên mật khẩu ${'rồi '.repeat(40)}`);
    expect(ask('quên mật khẩu', { explain: true }).explain).toBeDefined();
  }
  expect(decided).toHaveLength(6);
});
