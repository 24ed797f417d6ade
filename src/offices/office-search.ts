/**
 * Finding offices by what people type. An office that is not in the directory is never answered with another one:
 * every word of a question has to be a name, a place it lies in, or one of the words said around.
 */
import type { Position } from '../contracts/offices.ts';
import { groupBy } from '../kernel/group-by.ts';
import { countSlips } from './edit-distance.ts';
import { distanceBetween, type FoundOffice, type Office } from './office.ts';
import {
  isSaidAround,
  keepLongest,
  type Match,
  type Name,
  overlaps,
  type Scored,
  scoreOffices,
} from './office-match.ts';
import { PROVINCES } from './provinces.ts';
import { joinKey, keyOf, readSpoken, type Spelling, soundOf, type Word } from './spoken-words.ts';

export interface OfficeSearch {
  /** Those that the words fit, best first; without words those near the position. */
  readonly find: (query: string, near: Position | null) => FoundOffice[];
}

const MOST_FOUND = 5;
/** Nobody goes farther: what is not nearer is not near. */
const NEAR_M = 100_000;
const LONGEST_NAME = 6;
/** Of so many words. */
const LONG_NAME = 3;
/** Stretches of a query that are looked at for slips, each of them against the names of its length. */
const MOST_STRETCHES = 60;
/** From here on a name may be meant with one slip, or with two. */
const ONE_SLIP_FROM = 4;
const TWO_SLIPS_FROM = 8;
const AGENCY = /^(?:bhxh|bao hiem xa hoi|co quan bao hiem xa hoi|co quan bhxh)\s+/;

export function createOfficeSearch(offices: readonly Office[], spelling: Spelling): OfficeSearch {
  const active = offices.filter(({ active }) => active);
  const names = active.flatMap((office) => namesOf(office, spelling));
  const byKey = groupBy(names, ({ key }) => key);
  const bySound = groupBy(names, ({ sound }) => sound);
  const byLength = groupBy(names, ({ key }) => key.length);
  const byInitials = groupBy(
    names.filter(({ typed }) => typed.length > 1),
    ({ typed }) => typed.map((word) => readSpoken(word, spelling)[0]?.text.charAt(0) ?? '').join(''),
  );
  const byCode = new Map(active.map((office) => [office.code.toLowerCase(), office]));
  const provinces = readProvinces(active, spelling);
  const provincesOf = new Map(
    active.map((office) => [office, provinces.get(keyOf(readSpoken(office.province, spelling))) ?? []]),
  );

  const findExact = (words: readonly Word[]): Match[] =>
    windowsOf(words).flatMap(({ start, end, key }): Match[] => {
      const kind = words[start - 1];
      const isShort = kind?.isKind === true && end === start + 1;
      const found = byKey.get(key) ?? (isShort ? byInitials.get(key) : undefined) ?? [];
      const named = provinces.get(key) ?? [];
      if (found.length + named.length === 0) return [];
      return [{ start, end, names: found, provinces: named, closeness: 'exact' }];
    });

  const findBySound = (words: readonly Word[]): Match[] =>
    windowsOf(words).flatMap(({ start, end, key }): Match[] => {
      const found = bySound.get(soundOf(key)) ?? [];
      return found.length === 0 ? [] : [{ start, end, names: found, provinces: [], closeness: 'sound' }];
    });

  /**
   * Only what is no word by itself is taken for a slip: "hội an" is not "hải an". In a longer name one word may be
   * another one: "hồ chí min".
   */
  const findWithSlips = (words: readonly Word[]): Match[] => {
    const windows = windowsOf(words).filter(({ key }) => key.length >= ONE_SLIP_FROM && !/\d/.test(key));
    return windows.slice(0, MOST_STRETCHES).flatMap(({ start, end, key }): Match[] => {
      const isOfWords = words
        .slice(start, end)
        .every(({ text, isKind }) => isKind || spelling.isSyllable(text));
      if (isOfWords && end - start < LONG_NAME) return [];
      const most = isOfWords || key.length < TWO_SLIPS_FROM ? 1 : 2;
      let least = most;
      let found: Name[] = [];
      for (let length = key.length - most; length <= key.length + most; length++)
        for (const name of byLength.get(length) ?? []) {
          const slips = countSlips(key, name.key, least);
          if (slips > least || (isOfWords && name.typed.length < LONG_NAME)) continue;
          found = slips < least ? [name] : [...found, name];
          least = slips;
        }
      return found.length === 0 ? [] : [{ start, end, names: found, provinces: [], closeness: 'slips' }];
    });
  };

  const findNamed = (words: readonly Word[]): Scored[] => {
    const exact = keepLongest(findExact(words));
    if (exact.some(({ names }) => names.length > 0)) {
      const found = scoreOffices(exact, words, provincesOf);
      if (found.length > 0) return found;
    }
    for (const find of [findBySound, findWithSlips]) {
      const others = find(words).filter((match) => !exact.some((known) => overlaps(known, match)));
      const found = scoreOffices(keepLongest([...exact, ...others]), words, provincesOf);
      if (found.length > 0) return found;
    }
    return [];
  };

  return {
    find(query, near) {
      const measure = (office: Office): FoundOffice => ({
        office,
        distanceM: near === null || office.location === null ? null : distanceBetween(near, office.location),
      });
      const words = readSpoken(query, spelling);
      const ofCode = [
        query.trim().toLowerCase(),
        ...words.map(({ text }) => text).filter(isLikeCode),
      ].flatMap((text) => byCode.get(text) ?? []);
      if (ofCode.length > 0) return [...new Set(ofCode)].slice(0, MOST_FOUND).map(measure);
      const named = findNamed(words);
      if (named.length === 0 && words.every(isSaidAround)) {
        const nearest =
          near === null ? findTheOnlyCity(words, active, spelling).map(measure) : nearTo(active.map(measure));
        return nearest.slice(0, MOST_FOUND);
      }
      return named
        .map(({ office, score }) => ({ ...measure(office), score }))
        .sort((a, b) => b.score - a.score || far(a) - far(b) || compareText(a.office.code, b.office.code))
        .slice(0, MOST_FOUND)
        .map(({ office, distanceM }) => ({ office, distanceM }));
    },
  };
}

/** "hn" in a question is Hà Nội, whatever office has it for a code. */
const isLikeCode = (text: string): boolean => /\d.*\d/.test(text);
const far = ({ distanceM }: FoundOffice): number => distanceM ?? Number.MAX_SAFE_INTEGER;
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function nearTo(measured: readonly FoundOffice[]): FoundOffice[] {
  return measured
    .filter((found) => far(found) <= NEAR_M)
    .sort((a, b) => far(a) - far(b) || compareText(a.office.code, b.office.code));
}

/** "bhxh thành phố": where the directory knows one city only. */
function findTheOnlyCity(words: readonly Word[], offices: readonly Office[], spelling: Spelling): Office[] {
  const kind = words.find(({ text, isKind }) => isKind && (text === 'thanhpho' || text === 'tinh'))?.text;
  if (kind === undefined) return [];
  const ofKind = offices.filter(
    ({ level, name }) => level === 'province' && readSpoken(name, spelling).some(({ text }) => text === kind),
  );
  return ofKind.length === 1 ? ofKind : [];
}

function namesOf(office: Office, spelling: Spelling): Name[] {
  const written = [office.name, ...office.aliases];
  const own = PROVINCES.find(
    ({ forms }) => office.level === 'province' && isNamedAfter(office, forms, spelling),
  );
  const names = [...written, ...(own?.forms ?? [])].flatMap((text): Name[] => {
    const words = withoutAgency(readSpoken(text, spelling));
    const key = keyOf(words);
    if (key === '') return [];
    const kind = words.find(({ isKind }) => isKind)?.text ?? null;
    const typed = words.filter(({ isKind }) => !isKind).map((word) => word.typed);
    return [{ key, sound: soundOf(key), typed, kind, office }];
  });
  return names.filter(({ key }, at) => names.findIndex((other) => other.key === key) === at);
}

function isNamedAfter(office: Office, forms: readonly string[], spelling: Spelling): boolean {
  const own = [office.name, ...office.aliases].map((text) =>
    keyOf(withoutAgency(readSpoken(text, spelling))),
  );
  return forms.some((form) => own.includes(keyOf(readSpoken(form, spelling))));
}

function withoutAgency(words: readonly Word[]): Word[] {
  const text = `${words.map((word) => word.text).join(' ')} `;
  const said = AGENCY.exec(text)?.[0].trim().split(' ').length ?? 0;
  return words.slice(said);
}

/** Every way to write a province, by key → what it is today. */
function readProvinces(offices: readonly Office[], spelling: Spelling): Map<string, string[]> {
  const provinces = new Map<string, string[]>();
  const add = (form: string, today: string): void => {
    const key = keyOf(readSpoken(form, spelling));
    const known = provinces.get(key) ?? [];
    if (key !== '' && !known.includes(today)) provinces.set(key, [...known, today]);
  };
  for (const { forms, today } of PROVINCES) for (const form of forms) add(form, today);
  // Whatever else the staff write there is a province of its own.
  for (const { province } of offices)
    if (!provinces.has(keyOf(readSpoken(province, spelling)))) add(province, province);
  return provinces;
}

/** Stretches that may be a name: with the kind of unit where it belongs to the name ("quan 6", "quan son"). */
function windowsOf(words: readonly Word[]): { start: number; end: number; key: string }[] {
  const windows: { start: number; end: number; key: string }[] = [];
  for (let start = 0; start < words.length; start++)
    for (let end = start + 1; end <= Math.min(words.length, start + LONGEST_NAME); end++) {
      const stretch = words.slice(start, end);
      if (!stretch.every(({ isKind }) => isKind)) windows.push({ start, end, key: joinKey(stretch) });
    }
  return windows;
}
