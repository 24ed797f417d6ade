/** Stretches of a question that are names of offices or places, and which offices they mean together. */
import type { Office } from './office.ts';
import { compareAccents, SAID_AROUND, type Word } from './spoken-words.ts';

/** One way to write an office or a province. */
export interface Name {
  readonly key: string;
  readonly sound: string;
  /** As written, without the kind: accents are compared by it. */
  readonly typed: readonly string[];
  /** The unit's kind; null: not said. */
  readonly kind: string | null;
  readonly office: Office;
}
/** A stretch of the query that is a name. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly names: readonly Name[];
  /** The provinces, as they are today, that it names. */
  readonly provinces: readonly string[];
  readonly closeness: keyof typeof CLOSENESS;
}

/** These and the points below are set on test/offices/spellings.yaml. */
const CLOSENESS = { exact: 300, sound: 200, slips: 100 } as const;
export interface Scored {
  readonly office: Office;
  readonly score: number;
}

export const isSaidAround = ({ text, isKind }: Word): boolean => isKind || SAID_AROUND.has(text);
export const overlaps = (one: Match, other: Match): boolean => one.start < other.end && other.start < one.end;

/** Of stretches that overlap the longest: "Vĩnh Long" is not Vinh. */
export function keepLongest(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  const byLength = [...matches].sort(
    (a, b) => b.end - b.start - (a.end - a.start) || CLOSENESS[b.closeness] - CLOSENESS[a.closeness],
  );
  for (const match of byLength) if (!kept.some((known) => overlaps(known, match))) kept.push(match);
  return kept;
}

/** The offices named, as far as everything else that was said goes with them. */
export function scoreOffices(
  matches: readonly Match[],
  words: readonly Word[],
  provincesOf: ReadonlyMap<Office, readonly string[]>,
): Scored[] {
  const best = new Map<Office, Scored & { readonly match: Match }>();
  const isExplained = (at: number): boolean =>
    isSaidAround(words[at]!) || matches.some(({ start, end }) => start <= at && at < end);
  const isAllExplained = words.every((_word, at) => isExplained(at));
  for (const match of matches) {
    const elsewhere = matches.filter((other) => other !== match && other.provinces.length > 0);
    for (const name of keepSameAccents(match, words)) {
      const { office, typed, key } = name;
      const own = provincesOf.get(office) ?? [];
      const isThere = elsewhere.every(({ provinces }) => provinces.some((one) => own.includes(one)));
      const isDistinct =
        match.closeness === 'exact' && (typed.length > 1 || /\d/.test(key)) && office.level !== 'province';
      if (!isThere || (!isAllExplained && !isDistinct)) continue;
      // A province is not meant where something in it, or not in it, is named.
      const isAround = matches.some((other) => other !== match && other.provinces.length === 0);
      if (office.level === 'province' && isAround) continue;
      const kind = words[match.start - 1]?.isKind ? words[match.start - 1]!.text : null;
      const points =
        CLOSENESS[match.closeness] +
        (match.end - match.start) * 5 +
        (elsewhere.length > 0 ? 20 : 0) +
        (kind === null ? (office.level === 'province' ? 5 : 0) : kind === name.kind ? 10 : 0);
      if ((best.get(office)?.score ?? 0) < points) best.set(office, { office, score: points, match });
    }
  }
  const found = [...best.values()];
  // The province that an office lies in was said to find it by.
  const isInner = found.some(({ office }) => office.level !== 'province' && office.level !== 'central');
  return found.filter(
    ({ office, match }) => !isInner || office.level !== 'province' || isNamedWithOthers(match, found),
  );
}

/** A province and a district of one name are both meant. */
function isNamedWithOthers(match: Match, found: readonly { office: Office; match: Match }[]): boolean {
  return found.some((other) => other.office.level !== 'province' && other.match === match);
}

/** Who types accents means the name that has them; a name of one syllable is told by them alone. */
function keepSameAccents({ names, start, end }: Match, words: readonly Word[]): readonly Name[] {
  const typed = words.slice(start, end).flatMap((word) => (word.isKind ? [] : [word.typed]));
  const compared = names.map((name) => ({ name, accents: compareAccents(typed, name.typed) }));
  const isSaidSo = compared.some(({ accents }) => accents === 'same');
  return compared
    .filter(
      ({ name, accents }) =>
        accents !== 'other' || (!isSaidSo && (name.typed.length > 1 || /\d/.test(name.key))),
    )
    .map(({ name }) => name);
}
