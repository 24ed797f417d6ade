/** Leaving out politeness around a question: "ad ơi cho hỏi quên mật khẩu, cảm ơn nhiều" asks about a password. */
import type { ReadWord } from './reading.ts';

/** With fewer words left the politeness is the message itself. */
const MIN_LEFT = 4;

/**
 * Takes courtesies off both ends, again and again, as long as a question is left.
 * @param courtesies each as folded words
 */
export function withoutCourtesies(
  words: readonly ReadWord[],
  courtesies: readonly (readonly string[])[],
): readonly ReadWord[] {
  let from = 0;
  let to = words.length;
  for (;;) {
    const most = to - from - MIN_LEFT;
    const head = longestMatch(words, courtesies, most, () => from);
    const tail = head > 0 ? 0 : longestMatch(words, courtesies, most, (length) => to - length);
    if (head + tail === 0) return from === 0 && to === words.length ? words : words.slice(from, to);
    from += head;
    to -= tail;
  }
}

/** Length of the longest courtesy of at most `most` words that stands where `startOf` says; 0 when none does. */
function longestMatch(
  words: readonly ReadWord[],
  courtesies: readonly (readonly string[])[],
  most: number,
  startOf: (length: number) => number,
): number {
  let longest = 0;
  for (const courtesy of courtesies) {
    if (courtesy.length <= longest || courtesy.length > most) continue;
    const start = startOf(courtesy.length);
    if (courtesy.every((word, offset) => words[start + offset]?.folded === word)) longest = courtesy.length;
  }
  return longest;
}
