import { describe, expect, it } from 'vitest';
import { decodeTelex, decodeVni } from '../../src/answering/text/keystrokes.ts';
import { canonicalSpelling, foldAccents, isSyllable } from '../../src/answering/text/syllables.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { asTelex, asVni } from '../../src/corpus/ways-of-typing.ts';
import { ROOT } from '../support/corpus.ts';

describe('raw Telex', () => {
  it.each([
    ['maatj', 'mật'],
    ['khaaur', 'khẩu'],
    ['mataj', 'mật'],
    ['ddieenj', 'điện'],
    ['dduwowcj', 'được'],
    ['duowcj', 'dược'],
    ['ddc', null],
    ['queen', 'quên'],
    ['nguwowif', 'người'],
    ['nguowif', 'người'],
    ['giuwx', 'giữ'],
    ['giaays', 'giấy'],
    ['cuwar', 'cửa'],
    ['thuws', 'thứ'],
    ['kys', 'ký'],
    ['huongs', 'huong'],
    ['pass', null],
    ['reset', 'rết'],
    ['app', null],
    ['sao', null],
    ['khau', null],
  ])('%s → %s', (keys, syllable) => {
    expect(decodeTelex(keys)).toBe(syllable);
  });
});

describe('raw VNI', () => {
  it.each([
    ['mat65', 'mật'],
    ['ma6t5', 'mật'],
    ['khau63', 'khẩu'],
    ['d9ie65n', 'điện'],
    ['d9u7o7c5', 'được'],
    ['nguoi72', 'người'],
    ['ky1', 'ký'],
    ['q6', null],
    ['ios15', null],
    ['8079', null],
  ])('%s → %s', (keys, syllable) => {
    expect(decodeVni(keys)).toBe(syllable);
  });
});

it('reads every Vietnamese syllable of the corpus back from both input methods', async () => {
  const corpus = await readCorpus(ROOT);
  const words = new Set(
    corpus.intents.flatMap(({ phrases }) =>
      phrases.flatMap(
        (phrase) =>
          phrase
            .normalize('NFC')
            .toLowerCase()
            .match(/\p{L}+/gu) ?? [],
      ),
    ),
  );
  const syllables = [...words]
    .map(canonicalSpelling)
    .filter((word) => isSyllable(word) && foldAccents(word) !== word);
  expect(syllables.length).toBeGreaterThan(1000);
  expect(syllables.filter((word) => decodeTelex(asTelex(word)) !== word)).toEqual([]);
  expect(syllables.filter((word) => decodeVni(asVni(word)) !== word)).toEqual([]);
});

describe('spelling', () => {
  it.each([
    ['hoà', 'hòa'],
    ['thuỷ', 'thủy'],
    ['khoẻ', 'khỏe'],
    ['quý', 'quý'],
    ['mật', 'mật'],
    ['toàn', 'toàn'],
  ])('%s is written %s', (old, today) => {
    expect(canonicalSpelling(old)).toBe(today);
  });
});
