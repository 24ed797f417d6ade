/** Answers that say different numbers of the same thing. Pure. */
import { foldAccents } from '../../answering/text/syllables.ts';
import type { FaqEntry } from '../corpus.ts';

/** A number of an answer, with what is said around it. */
interface Fact {
  readonly entry: FaqEntry;
  readonly unit: string;
  /** As compared: "1000". */
  readonly value: string;
  /** As written: "1.000 đồng". */
  readonly written: string;
  readonly sentence: string;
  readonly words: ReadonlySet<string>;
}

export interface NumberConflict {
  readonly unit: string;
  readonly places: readonly {
    readonly entry: FaqEntry;
    readonly value: string;
    readonly excerpt: string;
  }[];
}

/** What is counted, as it is written, and what it is called in a report. Numbers without one of these are not compared. */
const UNITS: readonly (readonly [pattern: string, unit: string])[] = [
  ['(?:nghìn |ngàn )?(?:đồng|đ)(?![\\p{L}])', 'đồng'],
  ['ngày(?: làm việc)?(?![\\p{L}])', 'ngày'],
  ['phút(?![\\p{L}])', 'phút'],
  ['giờ(?![\\p{L}])', 'giờ'],
  ['tháng(?![\\p{L}/ ]*\\d)', 'tháng'],
  ['tuổi(?![\\p{L}])', 'tuổi'],
  ['lần(?![\\p{L}])', 'lần'],
  ['ký tự(?![\\p{L}])', 'ký tự'],
  ['chữ số(?![\\p{L}])', 'chữ số'],
  ['MB(?![\\p{L}])', 'MB'],
];
const NUMBER = '(?<![\\p{L}\\p{N}/.,-])(\\d{1,3}(?:\\.\\d{3})+|\\d+)';
const MEASURES = UNITS.map(([pattern, unit]) => ({
  unit,
  pattern: new RegExp(`${NUMBER}\\s*(${pattern})`, 'gu'),
}));
/** Hotlines and numbers for messages: what stands in bold or behind a word that calls for one. */
const LINE =
  /(?<=(?:gọi|tổng đài|hotline|gửi|đầu số|số)\s+(?:đến\s+)?\**)(\d{4}(?:[ .]?\d{4})?)(?!\p{N}|\.\d)/giu;
const LINE_UNIT = 'đầu số';

/**
 * So much of what is said around two numbers must be the same for them to be numbers of the same thing. Measured on the
 * 66 entries of the corpus: nothing is found in them as they are, and 16 of 17 when each number that stands in several
 * entries is changed in one of them.
 */
const SAME_THING = 0.5;
/** "trong 3 phút" is too little to say what of. */
const LEAST_WORDS = 3;
/** Said in any sentence. */
const EMPTY = new Set(
  'anh chi va cua la co cho thi de den tu mot cac duoc trong voi khi neu hoac phai da se nay do o em ban thi vao ra'.split(
    ' ',
  ),
);

export function findContradictions(entries: readonly FaqEntry[]): NumberConflict[] {
  const facts = entries.flatMap(factsOf);
  const conflicts: NumberConflict[] = [];
  const seen = new Set<string>();
  facts.forEach((one, at) => {
    for (const other of facts.slice(at + 1)) {
      if (one.entry.id === other.entry.id || one.unit !== other.unit || one.value === other.value) continue;
      if (likeness(one.words, other.words) < SAME_THING) continue;
      const name = [one, other].map(({ entry, value }) => `${entry.id}=${value}`).join(' ');
      if (seen.has(name)) continue;
      seen.add(name);
      conflicts.push({
        unit: one.unit,
        places: [one, other].map(({ entry, written, sentence }) => ({
          entry,
          value: written,
          excerpt: sentence,
        })),
      });
    }
  });
  return conflicts;
}

function factsOf(entry: FaqEntry): Fact[] {
  return sentencesOf(entry.markdown).flatMap((sentence) => {
    const words = contentWords(`${sentence} ${/^\W*\d/.test(sentence) ? entry.title : ''}`);
    if (words.size < LEAST_WORDS) return [];
    const base = { entry, sentence, words };
    const measured = MEASURES.flatMap(({ unit, pattern }) =>
      [...sentence.matchAll(pattern)].map(([written, number = '', counted = '']) => ({
        ...base,
        unit,
        value: number.replaceAll('.', '') + (/^(?:nghìn|ngàn)/u.test(counted) ? '000' : ''),
        written,
      })),
    );
    const lines = [...sentence.matchAll(LINE)].map(([written]) => ({
      ...base,
      unit: LINE_UNIT,
      value: written.replace(/\D/g, ''),
      written,
    }));
    return [...measured, ...lines];
  });
}

function sentencesOf(markdown: string): string[] {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/\n+|(?<=[.;!?])\s+/)
    .map((line) =>
      line
        .replace(/^\s*(?:[-*]|\d+[.)])\s+/, '')
        .replaceAll('**', '')
        .trim(),
    )
    .filter((line) => line !== '');
}

function contentWords(sentence: string): ReadonlySet<string> {
  const words = foldAccents(sentence.normalize('NFC').toLowerCase())
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 1 && !EMPTY.has(word));
  return new Set(words);
}

/** What two have in common, of what the shorter has: one entry says in a clause what another says at length. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  const shorter = Math.min(one.size, other.size);
  const longer = Math.max(one.size, other.size);
  return shared < LEAST_WORDS ? 0 : (shared / shorter + shared / longer) / 2;
}
