/** Small numbers in words: "hai", "mười lăm", "ba mươi". */
import { isTypedAs, type TextView } from './text-view.ts';

const UNITS: readonly (readonly [accented: string, value: number])[] = [
  ['một', 1],
  ['mốt', 1],
  ['hai', 2],
  ['ba', 3],
  ['bốn', 4],
  ['tư', 4],
  ['năm', 5],
  ['lăm', 5],
  ['sáu', 6],
  ['bảy', 7],
  ['bẩy', 7],
  ['tám', 8],
  ['chín', 9],
];
const ACCENTED: ReadonlyMap<string, number> = new Map(UNITS);

/** Forms without accents that are seldom anything else. Not "nam" (năm, year), "sau" (after), "tu" (từ, from). */
const UNACCENTED: ReadonlyMap<string, number> = new Map([
  ['mot', 1],
  ['bon', 4],
  ['bay', 7],
  ['tam', 8],
  ['chin', 9],
]);

export interface NumberWords {
  readonly value: number;
  /** How many words it takes. */
  readonly length: number;
}

/** Reads 1 to 99 at a word. null when no number stands there. "mười năm" is ten years: fifteen is "mười lăm". */
export function readNumberWords(view: TextView, at: number): NumberWords | null {
  if (isTen(view, at, 'mười')) {
    const unit = readUnitAfterTen(view, at + 1);
    return unit === null ? { value: 10, length: 1 } : { value: 10 + unit, length: 2 };
  }
  const first = readUnit(view, at);
  if (first === null) return null;
  if (!isTen(view, at + 1, 'mươi')) return { value: first, length: 1 };
  const unit = readUnitAfterTen(view, at + 2);
  return { value: 10 * first + (unit ?? 0), length: unit === null ? 2 : 3 };
}

function isTen(view: TextView, at: number, accented: string): boolean {
  const word = view.words[at];
  return word?.folded === 'muoi' && (isTypedAs(view, word, 'muoi') || isTypedAs(view, word, accented));
}

function readUnitAfterTen(view: TextView, at: number): number | null {
  return view.words[at]?.folded === 'nam' ? null : readUnit(view, at);
}

function readUnit(view: TextView, at: number): number | null {
  const word = view.words[at];
  if (word === undefined) return null;
  const typed = view.typed.slice(word.start, word.end);
  return ACCENTED.get(typed) ?? UNACCENTED.get(typed) ?? null;
}
