/** Which of the offered choices a typed message means: "cái thứ hai", "2", "ừ", a label or a part of one. */
import type { Choice } from '../contracts/chat.ts';
import { isWayOut, NONE_OF_THESE } from './choice-ids.ts';
import { isNo, isRejection, isYes } from './expressions.ts';
import { fold, type Said } from './said.ts';
import type { Offer } from './state.ts';

export interface TypedChoice {
  readonly id: string;
  /** Only a part of its label was typed: a message that is sure of something else may outweigh it. */
  readonly partial: boolean;
}

/** @param labelsOnly numbers and parts of labels choose nothing: they may be the answer to an open question. */
export function findTypedChoice(said: Said, offer: Offer, labelsOnly = false): TypedChoice | null {
  const { choices } = offer;
  if (said.words.length === 0 || choices.length === 0) return null;
  const labelled = choices.find(({ label }) => fold(label) === said.folded || fold(label) === said.core);
  if (labelled !== undefined) return { id: labelled.id, partial: false };
  if (labelsOnly)
    return pick((isYes(said) ? offer.yes : isNo(said) && offer.no !== null ? offer.no : null) ?? undefined);
  const ordinal = readOrdinal(said);
  if (ordinal !== null) return pick(atOrdinal(ordinal, choices));
  const answers = choices.filter((choice) => !isWayOut(choice));
  if (isYes(said)) return pick(offer.yes ?? (answers.length === 1 && offer.asked ? answers[0] : undefined));
  if (isNo(said) && offer.no !== null) return pick(offer.no);
  if ((isNo(said) && offer.asked) || isRejection(said))
    return pick(choices.find(({ id }) => id === NONE_OF_THESE));
  return findByPart(said, offer);
}

function pick(chosen: Choice | string | undefined): TypedChoice | null {
  if (chosen === undefined) return null;
  return { id: typeof chosen === 'string' ? chosen : chosen.id, partial: false };
}

/** A number counts the buttons as they are seen; "cuối" is the last that is no way out. */
function atOrdinal(ordinal: number | 'last', choices: readonly Choice[]): Choice | undefined {
  if (ordinal === 'last') return choices.filter((choice) => !isWayOut(choice)).at(-1) ?? choices.at(-1);
  return choices[ordinal - 1];
}

const LEADS: ReadonlySet<string> = new Set(
  `chon lay toi em minh tui muon cho cai y cau muc so thu lua la phuong an cach dong nut bam xem o tren dap an viec
  da a nhe nha oi anh chi di hoi thi phan tien nay do kia ay`.split(/\s+/),
);
/** By what is typed: "đâu" asks where, "bà" and "từ" are no numbers. */
const ORDINALS: ReadonlyMap<string, number | 'last'> = new Map<string, number | 'last'>([
  ...['một', 'mot', 'nhất', 'nhat', 'đầu', 'dau'].map((word): [string, number] => [word, 1]),
  ...['hai', 'nhì', 'nhi'].map((word): [string, number] => [word, 2]),
  ...['ba'].map((word): [string, number] => [word, 3]),
  ...['bốn', 'bon', 'tư'].map((word): [string, number] => [word, 4]),
  ...['năm', 'nam'].map((word): [string, number] => [word, 5]),
  ...['cuối', 'cuoi', 'chót', 'chot', 'cùng'].map((word): [string, 'last'] => [word, 'last']),
]);
const LONGEST_ORDINAL = 8;

export function readOrdinal({ words }: Said): number | 'last' | null {
  if (words.length > LONGEST_ORDINAL) return null;
  const rest = words.filter(({ folded }) => !LEADS.has(folded));
  const numbers = new Set(
    rest.map(({ typed, folded }) =>
      /^[1-9]$/.test(folded) ? Number(folded) : (ORDINALS.get(typed) ?? (typed === 'cung' ? 'last' : null)),
    ),
  );
  const [number] = numbers;
  return numbers.size === 1 && number !== undefined ? number : null;
}

/** Words that choose nothing between labels. */
const COMMON: ReadonlySet<string> = new Set(
  `cai y cau muc so thu chon lay toi em minh muon hoi cho la ve thi a nhe nha da oi anh chi duoc khong the nao lam sao
  o tren bang qua cach cua va hay vssid nhu co can gi tui di bac ad`.split(/\s+/),
);
/** Below a plain answer stands what might be next: nearly the whole label must be typed. */
const UNASKED_SHARE = 0.7;

function findByPart(said: Said, { choices, asked }: Offer): TypedChoice | null {
  const typed = distinct(said.folded);
  if (typed.size === 0 || (!asked && typed.size < 2)) return null;
  const fitting = choices.filter(({ id, label }) => {
    if (isWayOut({ id, label })) return false;
    const named = distinct(label);
    const shared = [...typed].filter((word) => named.has(word)).length;
    const isPart = shared === typed.size && (asked || shared >= named.size * UNASKED_SHARE);
    return isPart || (named.size > 1 && shared === named.size);
  });
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined ? { id: only.id, partial: true } : null;
}

function distinct(text: string): ReadonlySet<string> {
  return new Set(
    fold(text)
      .split(' ')
      .filter((word) => word !== '' && !COMMON.has(word)),
  );
}
