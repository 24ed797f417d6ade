import { expect, it } from 'vitest';
import { createSettling } from '../../src/kernel/settling.ts';

let at = 0;
const open = () => createSettling({ quietMs: 10, mostMs: 100, now: () => new Date(at) });

it('gives what has been quiet for long enough, once, the longest waiting first', () => {
  at = 0;
  const settling = open();
  settling.note('first');
  at = 5;
  settling.note('second');
  expect(settling.take(10)).toEqual([]);
  at = 15;
  expect(settling.take(1)).toEqual(['first']);
  expect(settling.take(10)).toEqual(['second']);
  expect(settling.take(10)).toEqual([]);
});

it('leaves alone what goes on, but not for ever', () => {
  at = 0;
  const settling = open();
  for (; at < 100; at += 5) {
    settling.note('busy');
    expect(settling.take(10)).toEqual([]);
  }
  settling.note('busy');
  expect(settling.take(10)).toEqual(['busy']);
});

it('forgets, and gives all at once when it is to end', () => {
  at = 0;
  const settling = open();
  for (const key of ['a', 'b', 'c']) settling.note(key);
  settling.forget('b');
  expect(settling.takeAll()).toEqual(['a', 'c']);
  expect(settling.takeAll()).toEqual([]);
});
