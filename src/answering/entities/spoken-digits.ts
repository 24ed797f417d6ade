/** Numbers said digit by digit: "không chín một hai ba bốn năm sáu bảy tám". */
import type { TextView } from './text-view.ts';

/** Every way to say a digit, in all regions, as typed with accents and without. */
const SPOKEN: ReadonlyMap<string, string> = new Map(
  [
    'không khong hông hong hổng khg kg zero o',
    'một mốt mot',
    'hai',
    'ba',
    'bốn bon tư tu',
    'năm nam lăm lam nhăm',
    'sáu sau',
    'bảy bẩy bay',
    'tám tam',
    'chín chin',
  ].flatMap((forms, digit) => forms.split(' ').map((form): [string, string] => [form, String(digit)])),
);

/** Shorter runs are ordinary speech ("hai ba ngày"); the shortest number that we know has nine digits. */
const SHORTEST = 9;
const GAP = /^[ ,.-]{1,3}$/;

export interface SpokenNumber {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Runs of at least nine digits, most of them spoken; figures may stand among them ("không chín 12 ba bốn …"). */
export function readSpokenNumbers(view: TextView): SpokenNumber[] {
  const { words } = view;
  const numbers: SpokenNumber[] = [];
  let first = 0;
  let spoken = 0;
  let digits: string[] = [];
  const finish = (): void => {
    if (spoken * 2 > SHORTEST && digits.join('').length >= SHORTEST)
      numbers.push(toNumber(view, first, digits));
    spoken = 0;
    digits = [];
  };
  words.forEach((word, at) => {
    const typed = view.typed.slice(word.start, word.end);
    const digit = SPOKEN.get(typed) ?? (/^\d{1,3}$/.test(typed) ? typed : null);
    const isJoined = at > 0 && GAP.test(view.folded.slice(words[at - 1]!.end, word.start));
    if (digits.length > 0 && (digit === null || !isJoined)) finish();
    if (digit === null) return;
    if (digits.length === 0) first = at;
    digits.push(digit);
    if (digit !== typed) spoken++;
  });
  finish();
  return numbers;
}

/** A "không" behind ten or twelve digits asks a question ("… bảy tám không?"), unless it ends a landline number. */
function toNumber(view: TextView, first: number, parts: readonly string[]): SpokenNumber {
  const digits = parts.join('');
  const isQuestion =
    parts.at(-1) === '0' && (digits.length === 13 || (digits.length === 11 && !digits.startsWith('02')));
  const length = isQuestion ? parts.length - 1 : parts.length;
  return {
    digits: parts.slice(0, length).join(''),
    start: view.words[first]!.start,
    end: view.words[first + length - 1]!.end,
  };
}
