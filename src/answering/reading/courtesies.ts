/** Leaving out politeness around a question: "ad ơi cho hỏi quên mật khẩu, cảm ơn nhiều" asks about a password. */
import { groupBy } from '../../kernel/group-by.ts';
import type { ReadWord } from './reading.ts';

/** With fewer words left the politeness is the message itself. */
const MIN_LEFT = 3;

/** Courtesies under the word they begin with and under the word they end with. */
export interface Courtesies {
  readonly byFirst: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly byLast: ReadonlyMap<string, readonly (readonly string[])[]>;
}

/** @param courtesies each as folded words */
export function compileCourtesies(courtesies: readonly (readonly string[])[]): Courtesies {
  const longestFirst = [...courtesies].sort((a, b) => b.length - a.length);
  return {
    byFirst: groupBy(longestFirst, (words) => words[0] ?? ''),
    byLast: groupBy(longestFirst, (words) => words.at(-1) ?? ''),
  };
}

/** Takes courtesies off both ends, again and again, as long as a question is left. */
export function withoutCourtesies(
  words: readonly ReadWord[],
  { byFirst, byLast }: Courtesies,
): readonly ReadWord[] {
  let from = 0;
  let to = words.length;
  for (;;) {
    const most = to - from - MIN_LEFT;
    if (most <= 0) break;
    const fits = (courtesy: readonly string[], start: number): boolean =>
      courtesy.length <= most && courtesy.every((word, offset) => words[start + offset]?.folded === word);
    const head = byFirst.get(words[from]?.folded ?? '')?.find((courtesy) => fits(courtesy, from));
    const tail = byLast
      .get(words[to - 1]?.folded ?? '')
      ?.find((courtesy) => fits(courtesy, to - courtesy.length));
    if (head !== undefined) from += head.length;
    else if (tail !== undefined) to -= tail.length;
    else break;
  }
  return from === 0 && to === words.length ? words : words.slice(from, to);
}
