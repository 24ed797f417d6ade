import { describe, expect, it } from 'vitest';
import { findSubject, judge } from '../../src/answering/decision.ts';
import type { Ranking } from '../../src/answering/ranking.ts';
import type { TrainingSet } from '../../src/answering/training-set.ts';

/** Confidence is the best probability here, so that each case can be read off its numbers. */
const training = {
  platforms: new Map([
    ['install.android', 'android'],
    ['install.ios', 'ios'],
  ]),
  calibration: {
    bias: 0,
    weights: { first: 1, margin: 0, none: 0, unknown: 0, repaired: 0, likeness: 0, agreement: 0, brevity: 0 },
  },
  gates: { answer: 0.7, clarify: 0.2, none: 0.5, offerShare: 0.1 },
} as unknown as TrainingSet;

function ranking(probabilities: Record<string, number>): Ranking {
  const ranked = Object.entries(probabilities)
    .map(([intent, probability]) => ({ intent, probability }))
    .sort((a, b) => b.probability - a.probability);
  const evidence = {
    first: ranked[0]?.probability ?? 0,
    second: ranked[1]?.probability ?? 0,
    none: probabilities['none'] ?? 0,
    unknown: 0,
    repaired: 0,
    likeness: 0,
    agreement: 0,
    brevity: 0,
  };
  return {
    ranked,
    evidence,
    reading: { words: [], core: [], concepts: [], unknownShare: 0, repairedShare: 0 },
  };
}

function decide(whole: Ranking, parts: Ranking[] = [], anyPlatform = true) {
  const { decision, intent, candidates } = judge(
    findSubject(whole, parts, training),
    parts,
    training,
    anyPlatform,
  );
  return [decision, intent ?? candidates.map((other) => other.intent).join(' ')];
}

describe('the gates', () => {
  it.each([
    ['answers what is sure', { a: 0.8, b: 0.1 }, ['answer', 'a']],
    ['answers exactly at the gate', { a: 0.7, b: 0.1 }, ['answer', 'a']],
    ['asks back below it', { a: 0.6, b: 0.3 }, ['clarify', 'a b']],
    ['offers only what is worth offering', { a: 0.6, b: 0.3, c: 0.05 }, ['clarify', 'a b']],
    ['never offers more than three', { a: 0.4, b: 0.2, c: 0.2, d: 0.2 }, ['clarify', 'a b c']],
    ['does not know below the lowest gate', { a: 0.19, b: 0.15, c: 0.1 }, ['unknown', 'a b c']],
    ['refuses what is out of scope', { none: 0.6, a: 0.4 }, ['unknown', 'a']],
    ['never answers with the out-of-scope intent', { none: 0.45, a: 0.4, b: 0.15 }, ['clarify', 'a b']],
    [
      'does not offer small talk as a choice',
      { a: 0.6, 'smalltalk.thanks': 0.3, b: 0.1 },
      ['clarify', 'a b'],
    ],
    [
      'does not offer one unlikely choice alone',
      { a: 0.25, 'smalltalk.thanks': 0.2 },
      ['unknown', 'a smalltalk.thanks'],
    ],
  ])('%s', (_name, probabilities, expected) => {
    expect(decide(ranking(probabilities))).toEqual(expected);
  });
});

describe('platforms', () => {
  const both = ranking({ 'install.ios': 0.75, 'install.android': 0.2, a: 0.05 });

  it('are asked for when the steps of both fit', () => {
    expect(decide(both)).toEqual(['clarify', 'install.ios install.android']);
  });

  it('are not asked for when known', () => {
    expect(decide(both, [], false)).toEqual(['answer', 'install.ios']);
  });

  it('are offered together, however far apart', () => {
    expect(decide(ranking({ 'install.ios': 0.6, a: 0.35, 'install.android': 0.05 }))).toEqual([
      'clarify',
      'install.ios install.android a',
    ]);
  });
});

describe('a message of several parts', () => {
  const unsure = ranking({ a: 0.4, b: 0.3, c: 0.3 });
  const sure = (intent: string) => ranking({ [intent]: 0.9, z: 0.1 });

  it('offers two sure questions', () => {
    expect(decide(unsure, [sure('a'), sure('b')])).toEqual(['clarify', 'a b c']);
  });

  it('names the sure questions in the order asked, and no question where only one is sure', () => {
    const questionsOf = (parts: Ranking[]) => judge(unsure, parts, training, true).questions;
    const surer = ranking({ b: 0.95, z: 0.05 });
    expect(questionsOf([sure('a'), surer])).toEqual(['a', 'b']);
    expect(judge(unsure, [sure('a'), surer], training, true).candidates[0]?.intent).toBe('b');
    expect(questionsOf([sure('a'), unsure])).toEqual([]);
    expect(questionsOf([sure('a'), sure('a')])).toEqual([]);
  });

  it('is one question when both parts ask the same', () => {
    expect(decide(sure('a'), [sure('a'), sure('a')])).toEqual(['answer', 'a']);
  });

  it('goes by the matter beside small talk', () => {
    expect(decide(sure('smalltalk.thanks'), [sure('a'), sure('smalltalk.thanks')])).toEqual(['answer', 'a']);
    expect(decide(sure('smalltalk.thanks'), [unsure, sure('smalltalk.thanks')])).toEqual([
      'clarify',
      'a b c',
    ]);
  });

  it('goes by the only sure part when the whole is unsure, and by the whole when that is sure', () => {
    expect(decide(unsure, [unsure, sure('b')])).toEqual(['answer', 'b']);
    expect(decide(sure('c'), [unsure, sure('b')])).toEqual(['answer', 'c']);
  });

  it('does not take an out-of-scope part for a question', () => {
    expect(decide(unsure, [sure('none'), unsure])).toEqual(['clarify', 'a b c']);
  });
});
