/**
 * Made-up intents of real syllables, as many as wanted: each has a few words of its own and says them
 * among words that every intent uses. Same seed, same intents.
 */
import { withSlips } from '../src/corpus/ways-of-typing.ts';
import { seededRandom } from '../src/kernel/random.ts';

export interface SyntheticIntents {
  readonly phrases: readonly { readonly text: string; readonly intent: string }[];
  /** New sentences of the same intents, typed with slips. */
  readonly questions: readonly { readonly text: string; readonly intent: string }[];
}

const PHRASES = 20;
/** The most frequent words of the corpus stand for what all intents have in common. */
const COMMON_WORDS = 200;
const FEWEST_OWN = 3;
const MOST_OWN = 5;
const FEWEST_COMMON = 3;
const MOST_COMMON = 8;

/**
 * @param texts where the words are taken from
 */
export function makeIntents(
  texts: readonly string[],
  intents: number,
  questions: number,
  seed = 1,
): SyntheticIntents {
  const random = seededRandom(seed);
  const words = countWords(texts);
  const common = words.slice(0, COMMON_WORDS);
  const rare = words.slice(COMMON_WORDS);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const own = Array.from({ length: intents }, () =>
    Array.from({ length: between(FEWEST_OWN, MOST_OWN) }, () => pick(rare)),
  );
  const sentence = (intent: number): string => {
    const said = (own[intent] ?? []).filter((_, at) => at === 0 || random() < 0.7);
    const filling = Array.from({ length: between(FEWEST_COMMON, MOST_COMMON) }, () => pick(common));
    const before = between(0, filling.length);
    return [...filling.slice(0, before), ...said, ...filling.slice(before)].join(' ');
  };
  const phrases = own.flatMap((_, intent) =>
    Array.from({ length: PHRASES }, () => ({ text: sentence(intent), intent: `synthetic.${intent}` })),
  );
  const asked = Array.from({ length: questions }, () => {
    const intent = Math.floor(random() * intents);
    return { text: withSlips(sentence(intent), random), intent: `synthetic.${intent}` };
  });
  return { phrases, questions: asked };
}

/** All words of two letters and more, most frequent first. */
function countWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const words = text
      .normalize('NFC')
      .toLowerCase()
      .match(/\p{L}{2,}/gu);
    for (const word of words ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([word]) => word);
}
