import { expect, test } from 'vitest';
import { judgeRise, median, poissonTail, usualOf, type Window } from '../../src/incidents/rise.ts';
import { subjectOf, wordingKey } from '../../src/incidents/subject.ts';

const QUIET = { asked: 40, usual: 40 };
const window = (part: Partial<Window>): Window => ({
  asked: 8,
  conversations: 8,
  usual: 0,
  all: QUIET,
  ...part,
});

test.each<[string, Partial<Window>, boolean]>([
  ['eight conversations ask what is never asked', {}, true],
  ['seven do', { asked: 7, conversations: 7 }, false],
  ['many questions of few conversations', { asked: 21, conversations: 7 }, false],
  [
    'three times what is usual, of which chance explains a part',
    { asked: 12, conversations: 12, usual: 4 },
    false,
  ],
  ['so many more that chance does not explain it', { asked: 18, conversations: 18, usual: 4 }, true],
  ['twice what is usual, of very many', { asked: 80, conversations: 48, usual: 40 }, false],
  ['three times what is usual, of very many', { asked: 120, conversations: 48, usual: 40 }, true],
  ['just below three times', { asked: 119, conversations: 48, usual: 40 }, false],
  ['nobody knows what is usual', { asked: 100, conversations: 48, usual: null }, false],
  [
    'a morning in which everything is asked four times as much',
    { asked: 24, conversations: 24, usual: 6, all: { asked: 184, usual: 46 } },
    false,
  ],
  [
    'a morning with one question above all the others',
    { asked: 120, conversations: 48, usual: 6, all: { asked: 280, usual: 46 } },
    true,
  ],
  [
    'all that is asked is this',
    { asked: 30, conversations: 30, usual: 1, all: { asked: 30, usual: 3 } },
    true,
  ],
])('a rise is judged: %s', (_name, part, isRise) => {
  expect(judgeRise(window(part)) !== null).toBe(isRise);
});

test('a rise names what was to be expected', () => {
  expect(judgeRise(window({ asked: 120, conversations: 48, usual: 40 }))).toEqual({ expected: 40 });
});

test.each([
  [0, 3, 1],
  [1, 1, 1 - Math.exp(-1)],
  [8, 1, 1.0249e-5],
  [17, 4, 1.1328e-6],
  [60, 20, 4.232e-13],
  [5, 0, 0],
  [900, 1_000, 0.9994],
  [3_000, 1_000, 0],
])('of a Poisson variable: P(X ≥ %d), mean %d', (count, mean, tail) => {
  expect(poissonTail(count, mean)).toBeCloseTo(tail, tail < 0.01 ? 8 : 3);
  if (tail > 0 && tail < 0.01) expect(poissonTail(count, mean) / tail).toBeCloseTo(1, 3);
});

test.each<[string, number[], number[], number | null]>([
  ['the middle of the same time on other days', [4, 90, 5], [1, 1, 1, 1, 1, 1, 1, 1], 5],
  ['the day before, while few days are known', [4, 5], [0, 2, 2, 3, 9, 2, 2, 0], 2],
  ['unknown in the first hours', [], [0, 3, 2], null],
])('what is usual is %s', (_name, sameTime, lastDay, usual) => {
  expect(usualOf({ sameTime, lastDay })).toBe(usual);
});

test('the median of an even number lies between the two in the middle', () => {
  expect([median([1, 4, 2, 3]), median([])]).toEqual([2.5, 0]);
});

test.each<[string, string, boolean]>([
  ['Cổng dịch vụ bị lỗi kết nối', 'cong dich vu bi loi ket noi', true],
  ['Anh chị ơi cho em hỏi lỗi kết nối cổng dịch vụ bị sao vậy ạ', 'cổng dịch vụ bị lỗi kết nối', true],
  ['lỗi 1034 khi kết nối', 'lỗi 2077 khi kết nối', true],
  ['lỗi kết nối [phone]', 'lỗi kết nối', true],
  ['lỗi kết nối', 'lỗi đăng nhập', false],
])('wordings are alike or not: %s / %s', (one, other, isAlike) => {
  expect(wordingKey(one)).not.toBeNull();
  expect(wordingKey(one) === wordingKey(other)).toBe(isAlike);
});

test.each([
  [{ decision: 'answer', intent: 'card.view', candidates: [] }, 'intent:card.view'],
  [{ decision: 'clarify', intent: null, candidates: [{ intent: 'card.view' }] }, 'intent:card.view'],
  [{ decision: 'unknown', intent: null, candidates: [{ intent: 'card.view' }] }, 'wording:cong loi'],
  [{ decision: 'unknown', intent: null, candidates: [], text: 'alo' }, null],
] as const)('a question is counted with its like: %o', (asked, subject) => {
  expect(subjectOf({ conversation: 'c', text: 'cổng lỗi', ...asked })).toBe(subject);
});
