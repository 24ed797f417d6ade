import { describe, expect, it } from 'vitest';
import type { Classifier } from '../../src/answering/model/classifier.ts';
import type { NearestPhrases } from '../../src/answering/model/nearest-phrases.ts';
import { rankIntents } from '../../src/answering/ranking.ts';
import type { Reading } from '../../src/answering/reading/reading.ts';
import type { AskOptions, TrainingSet } from '../../src/answering/training-set.ts';

const PROBABILITIES = {
  'install.android': 0.3,
  'install.ios': 0.25,
  'login.how': 0.2,
  'login.otp': 0.1,
  'card.use': 0.08,
  'card.view': 0.05,
  none: 0.02,
};
const classifier: Classifier = {
  intents: Object.keys(PROBABILITIES),
  classify: () => Float32Array.from(Object.values(PROBABILITIES)),
  explain: () => [],
};
const nearest: NearestPhrases = {
  find: () => [
    { phrase: 0, similarity: 0.6 },
    { phrase: 1, similarity: 0.2 },
  ],
};
const training = {
  phrases: [
    { text: '', intent: 'install.android' },
    { text: '', intent: 'login.how' },
  ],
  platforms: new Map([
    ['install.android', 'android'],
    ['install.ios', 'ios'],
  ]),
} as unknown as TrainingSet;

function rank(asked: AskOptions = {}, words = 4) {
  const core = Array.from({ length: words }, () => ({ folded: 'a', accented: 'a', by: 'typed' as const }));
  const reading: Reading = { words: core, core, concepts: [], unknownShare: 0.25, repairedShare: 0.5 };
  return rankIntents(reading, classifier, nearest, training, asked);
}

const order = (asked?: AskOptions, words?: number) => rank(asked, words).ranked.map(({ intent }) => intent);

describe('the ranking', () => {
  it('holds the best five, and the out-of-scope intent wherever it stands', () => {
    expect(order()).toEqual(['install.android', 'install.ios', 'login.how', 'login.otp', 'card.use', 'none']);
  });

  it('puts the other platform’s intents down when the platform is known', () => {
    expect(order({ platform: 'ios' })[0]).toBe('install.ios');
    expect(order({ platform: 'ios' })).not.toContain('install.android');
  });

  it('lifts the last topic in a message of at most eight words', () => {
    expect(order({ lastIntent: 'login.otp' }, 8)[0]).toBe('login.how');
    expect(order({ lastIntent: 'login.otp' }, 9)[0]).toBe('install.android');
  });

  it('gathers what is known of the best intent', () => {
    const { evidence } = rank();
    expect(evidence).toMatchObject({ unknown: 0.25, repaired: 0.5, likeness: 0.6, brevity: 0.25 });
    expect(evidence.first).toBeCloseTo(0.3);
    expect(evidence.second).toBeCloseTo(0.25);
    expect(evidence.none).toBeCloseTo(0.02);
    expect(evidence.agreement).toBeCloseTo(0.75);
  });
});
