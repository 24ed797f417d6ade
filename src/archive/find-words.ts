/** Words in what was said in a conversation. Pure. */
import { searchWords } from '../kernel/search-words.ts';

const SPEAKERS: ReadonlySet<string> = new Set(['contact', 'agent']);

/**
 * @param said what was said, in order
 * @param words folded; all must occur, the last one may be the beginning of a word
 * @param known folded words that count as said, such as the contact's name
 * @returns the text with the most of the words, the newest of such; '' where they are known only; null: they do not occur
 */
export function findWords(
  said: readonly { readonly author: string; readonly text: string }[],
  words: readonly string[],
  known: readonly string[],
): string | null {
  const last = words.at(-1) ?? '';
  const missing = new Set(words);
  const note = (folded: readonly string[]): number => {
    let count = 0;
    for (const word of words) {
      const isThere = folded.some((other) => other === word || (word === last && other.startsWith(word)));
      if (!isThere) continue;
      missing.delete(word);
      count += 1;
    }
    return count;
  };
  note(known);
  let best = { text: '', count: 0 };
  for (const { author, text } of said) {
    if (!SPEAKERS.has(author)) continue;
    const count = note(searchWords(text));
    if (count > 0 && count >= best.count) best = { text, count };
  }
  return missing.size > 0 ? null : best.text;
}
