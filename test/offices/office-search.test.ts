import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OFFICE_SPELLING } from '../../src/app/office-spelling.ts';
import { readOffices } from '../../src/corpus/read-offices.ts';
import { createOfficeSearch, type OfficeSearch } from '../../src/offices/office-search.ts';
import { ROOT } from '../support/corpus.ts';
import { makeOffice, readTestDirectory } from './office-directory.ts';

const spellings = parse(readFileSync(path.join(import.meta.dirname, 'spellings.yaml'), 'utf8')) as readonly [
  string,
  string | null,
][];

let search: OfficeSearch;
let shipped: OfficeSearch;
beforeAll(async () => {
  search = createOfficeSearch(await readTestDirectory(), OFFICE_SPELLING);
  shipped = createOfficeSearch(await readOffices(ROOT), OFFICE_SPELLING);
});
const codesOf = (found: ReturnType<OfficeSearch['find']>): string[] => found.map(({ office }) => office.code);

describe('an office', () => {
  it.each(spellings)('is found by “%s”: %s', (query, code) => {
    const [first = null] = codesOf(search.find(query, null));
    expect(first).toBe(code);
  });

  it('is looked for in more than 150 spellings, each of them once', () => {
    expect(new Set(spellings.map(([query]) => query)).size).toBe(spellings.length);
    expect(spellings.length).toBeGreaterThan(150);
  });

  it.each(['quận 6', 'củ chi', 'sài gòn'])('comes alone when “%s” names no other', (query) => {
    expect(search.find(query, null)).toHaveLength(1);
  });

  it('is one of several of the same name, until its province is said', () => {
    expect(codesOf(search.find('tân phú', null)).sort()).toEqual(['DN-TP', 'HCM-TP']);
    expect(codesOf(search.find('tân phú biên hòa đồng nai', null))).not.toContain('HCM-TP');
  });

  it('is not asked for alone: each one named is answered', () => {
    expect(codesOf(search.find('quận 6 và củ chi', null)).sort()).toEqual(['07916', '07920']);
  });

  it.each([
    ['bhxh tp', '079'],
    ['bhxh thành phố', '079'],
    ['bhxh tỉnh', null],
  ])('of the only city is meant by “%s”: %s', (query, code) => {
    expect(codesOf(shipped.find(query, null))).toEqual(code === null ? [] : [code]);
    expect(search.find(query, null)).toEqual([]);
  });

  it('with accents typed is the one that has them', () => {
    const two = createOfficeSearch(
      [
        makeOffice({ code: 'A', name: 'BHXH huyện Bình Thành' }),
        makeOffice({ code: 'B', name: 'BHXH huyện Bình Thạnh' }),
      ],
      OFFICE_SPELLING,
    );
    expect(codesOf(two.find('bình thạnh', null))).toEqual(['B']);
    expect(codesOf(two.find('binh thanh', null))).toEqual(['A', 'B']);
  });
});

describe('the nearest offices', () => {
  const NEAR_BEN_THANH = { latitude: 10.772, longitude: 106.698 };

  it('come in order of their distance, which is told', () => {
    const found = search.find('', NEAR_BEN_THANH);
    expect(codesOf(found)).toEqual(['HCM-1', 'HCM-10', 'HCM-BT', 'HCM-GV', 'HCM-TD']);
    const [first] = found.map(({ distanceM }) => distanceM ?? 0);
    expect(first).toBeGreaterThan(300);
    expect(first).toBeLessThan(700);
  });

  it.each(['gần nhất', 'bhxh gần đây', 'cơ quan bảo hiểm gần em nhất ở đâu'])(
    'are meant by “%s”',
    (query) => {
      expect(codesOf(search.find(query, NEAR_BEN_THANH))[0]).toBe('HCM-1');
    },
  );

  it('are none where all are far away', () => {
    expect(search.find('', { latitude: 48.85, longitude: 2.35 })).toEqual([]);
  });

  it('do not come in the place of one that is named', () => {
    expect(codesOf(search.find('quận 6', NEAR_BEN_THANH))).toEqual(['07916']);
    expect(search.find('cà mau', NEAR_BEN_THANH)).toEqual([]);
  });
});

it('answers the longest and strangest query with what it knows, which is nothing', () => {
  const queries = [
    'q'.repeat(200),
    'zq '.repeat(66),
    '6 '.repeat(100),
    'quận '.repeat(40),
    '\u0301'.repeat(200),
    '🙂 quậ\u0323n',
  ];
  for (const query of queries) expect(search.find(query, null)).toEqual([]);
});
