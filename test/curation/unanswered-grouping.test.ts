/** Questions that mean the same, put together as people type them; and which of them are worked on first. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { MissKind } from '../../src/contracts/unanswered.ts';
import { createGrouping, MOST_LEADS } from '../../src/curation/unanswered/group-wordings.ts';
import { type Miss, questionKey, saysSomething } from '../../src/curation/unanswered/miss.ts';
import {
  type GroupAct,
  hasReturned,
  inOrderOfWeight,
  type QuestionGroup,
  summarise,
  trendOf,
} from '../../src/curation/unanswered/question-group.ts';
import { ROOT, trainedCorpus } from '../support/corpus.ts';

const lists: readonly (readonly string[])[] = parse(
  readFileSync(path.join(ROOT, 'test/curation/wordings.yaml'), 'utf8'),
);
const NOW = new Date('2026-11-20T08:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1_000;
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);

let words: (text: string) => readonly string[];
beforeAll(async () => {
  const { engine } = await trainedCorpus();
  words = (text) => engine.rank(text).reading.concepts;
});

/** Question → group, as they come in: the first of every list, then the second … */
function groupAll(): Map<string, string> {
  const grouping = createGrouping([]);
  const groups = new Map<string, string>();
  const leads = new Map<string, number>();
  for (let at = 0; at < 12; at++)
    for (const list of lists) {
      const text = list[at];
      if (text === undefined) continue;
      const group = grouping.find(words(text)) ?? text;
      groups.set(text, group);
      if ((leads.get(group) ?? 0) >= MOST_LEADS) continue;
      grouping.add({ group, words: words(text) });
      leads.set(group, (leads.get(group) ?? 0) + 1);
    }
  return groups;
}

describe('grouping', () => {
  it('puts what means the same together, and little else', () => {
    const groups = [...groupAll()];
    const listOf = new Map(lists.flatMap((list, at) => list.map((text) => [text, at] as const)));
    let together = 0;
    let right = 0;
    let belonging = 0;
    for (const [one, group] of groups)
      for (const [other, otherGroup] of groups) {
        if (one >= other) continue;
        const same = listOf.get(one) === listOf.get(other);
        if (same) belonging += 1;
        if (group === otherGroup) together += 1;
        if (same && group === otherGroup) right += 1;
      }
    expect(right / together).toBeGreaterThan(0.83);
    expect(right / belonging).toBeGreaterThan(0.6);
  });

  it('gives the same groups for the same questions', () => {
    expect([...groupAll()]).toEqual([...groupAll()]);
  });

  it.each([
    ['quen mk', 'quên mật khẩu'],
    ['lương hưu tháng này khi nào có', 'luong huu thag nay khi nao nhan'],
    ['rut bhxh 1 lan', 'em muốn rút BHXH 1 lần thì làm sao ạ'],
  ])('reads %s as %s', (one, other) => {
    expect(createGrouping([{ group: 'g', words: words(one) }]).find(words(other))).toBe('g');
  });
  it.each([
    ['đổi bằng lái xe', 'đổi nơi nhận lương hưu'],
    ['làm thế nào để rút bảo hiểm một lần', 'làm thế nào để đổi bằng lái xe'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(createGrouping([{ group: 'g', words: words(one) }]).find(words(other))).toBeNull();
  });

  it.each([
    ['Quên MẬT KHẨU?!', 'quen mat khau', true],
    ['ok', 'ok', false],
    ['???', '', false],
    ['1 2 3', '1 2 3', false],
  ])('keeps %s as %s', (text, key, says) => {
    expect(questionKey(text)).toBe(key);
    expect(saysSomething(key)).toBe(says);
  });
});

const miss = (person: string, kinds: readonly MissKind[], at = NOW, text = 'lương hưu'): Miss => ({
  conversation: null,
  seq: null,
  text,
  key: questionKey(text),
  person,
  at,
  kinds,
  ratedWhy: null,
  proposed: null,
});
const groupOf = (misses: readonly Miss[], rest: Partial<QuestionGroup> = {}): QuestionGroup => ({
  id: 'a'.repeat(24),
  leads: [],
  state: 'open',
  returned: false,
  acts: [],
  doneAt: null,
  summary: { ...summarise(misses, NOW), suggestions: [], release: 1 },
  revision: 0,
  ...rest,
});

describe('what a group weighs', () => {
  it.each<[string, readonly Miss[], number]>([
    ['one person who was asked back', [miss('a', ['clarified'])], 1],
    ['the same one twice', [miss('a', ['unknown']), miss('a', ['unknown'])], 2],
    ['two people', [miss('a', ['unknown']), miss('b', ['unknown'])], 4],
    ['the dearest of what happened to a person', [miss('a', ['unknown', 'handedOver'])], 4],
    ['a wrong answer', [miss('a', ['wrong'])], 5],
  ])('%s', (_, misses, weight) => {
    expect(summarise(misses, NOW).weight).toBe(weight);
  });

  it('puts one handover before one question back, and three people before one handover', () => {
    const back = groupOf([miss('a', ['clarified'])]);
    const handover = groupOf([miss('a', ['handedOver'])]);
    const three = groupOf([miss('a', ['unknown']), miss('b', ['unknown']), miss('c', ['unknown'])]);
    expect([back, handover, three].sort(inOrderOfWeight)).toEqual([three, handover, back]);
  });

  it('counts people by signal and by day of Việt Nam, and shows the wording with its accents', () => {
    const misses = [
      miss('a', ['unknown'], new Date('2026-11-19T18:00:00Z'), 'luong huu'),
      miss('a', ['unhelpful'], NOW, 'lương hưu'),
      miss('b', ['unknown'], daysAgo(2)),
    ];
    const summary = summarise(misses, NOW);
    expect(summary).toMatchObject({
      head: 'lương hưu',
      people: 2,
      misses: 3,
      signals: { unknown: 2, unhelpful: 1 },
    });
    // 18:00 UTC is the next day in Việt Nam.
    expect(trendOf({ ...summary, suggestions: [], release: 1 }, NOW)).toEqual([0, 0, 0, 0, 1, 0, 1]);
  });
});

const act = (rest: Partial<GroupAct>): GroupAct => ({
  kind: 'ignored',
  by: { id: 'a', name: 'Lan' },
  at: daysAgo(3),
  draft: null,
  target: null,
  phrases: [],
  added: [],
  heldOut: [],
  confirmed: [],
  lexicon: null,
  reason: null,
  weekly: 2,
  ...rest,
});
const people = (count: number, at: Date): Miss[] =>
  Array.from({ length: count }, (_, one) => miss(`p${one}`, ['unknown'], at));

describe('what was ignored or done', () => {
  it.each<[string, Partial<QuestionGroup>, readonly Miss[], boolean]>([
    [
      'comes back when three times as many ask',
      { state: 'ignored', acts: [act({})] },
      people(6, daysAgo(1)),
      true,
    ],
    ['stays away while fewer do', { state: 'ignored', acts: [act({})] }, people(5, daysAgo(1)), false],
    [
      'stays away for those who asked before',
      { state: 'ignored', acts: [act({})] },
      people(9, daysAgo(4)),
      false,
    ],
    [
      'comes back when two people are still not helped',
      { state: 'done', doneAt: daysAgo(2) },
      people(2, daysAgo(1)),
      true,
    ],
    ['stays done for one', { state: 'done', doneAt: daysAgo(2) }, people(1, daysAgo(1)), false],
  ])('%s', (_, rest, misses, returned) => {
    expect(hasReturned(groupOf(misses, rest), misses, NOW)).toBe(returned);
  });
});
