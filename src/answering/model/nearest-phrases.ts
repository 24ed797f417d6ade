/**
 * The known phrases most like a question: cosine over words and word pairs, synonyms taken as one, by inverted index.
 * An independent second view: where it disagrees with the classifier, the classifier is less to be trusted.
 */
export interface NearPhrase {
  /** Number of the phrase in the training set. */
  readonly phrase: number;
  /** 0..1 */
  readonly similarity: number;
}

export interface NearestPhrases {
  /** The `most` nearest phrases, nearest first; ties by number. */
  readonly find: (words: readonly string[], most: number) => NearPhrase[];
}

/** Words that stand in more than this share of all phrases tell nothing apart and would cost most of the time. */
const COMMON_SHARE = 0.03;
const MIN_COMMON = 40;

/** Builds the index over phrases whose words are folded and whose synonyms are replaced by their group's mark. */
export function indexPhrases(phrases: readonly (readonly string[])[]): NearestPhrases {
  const postings = new Map<string, number[]>();
  phrases.forEach((words, phrase) => {
    for (const term of termsOf(words)) {
      const list = postings.get(term);
      if (list === undefined) postings.set(term, [phrase]);
      else list.push(phrase);
    }
  });
  const rarity = new Map<string, number>();
  for (const [term, list] of postings) rarity.set(term, Math.log(1 + phrases.length / list.length) ** 2);
  const lengths = Float32Array.from(phrases, (words) => {
    let squares = 0;
    for (const term of termsOf(words)) squares += rarity.get(term)!;
    return Math.sqrt(squares);
  });
  const tooCommon = Math.max(MIN_COMMON, phrases.length * COMMON_SHARE);
  const dots = new Float32Array(phrases.length);

  return {
    find(words, most) {
      const touched: number[] = [];
      let squares = 0;
      const unseen = Math.log(1 + phrases.length) ** 2;
      for (const term of termsOf(words)) {
        const weight = rarity.get(term) ?? unseen;
        squares += weight;
        const list = postings.get(term);
        if (list === undefined || list.length > tooCommon) continue;
        for (const phrase of list) {
          if (dots[phrase] === 0) touched.push(phrase);
          dots[phrase]! += weight;
        }
      }
      const length = Math.sqrt(squares);
      const found = takeNearest(touched, (phrase) => dots[phrase]! / (length * lengths[phrase]!), most);
      for (const phrase of touched) dots[phrase] = 0;
      return found;
    },
  };
}

function termsOf(words: readonly string[]): Set<string> {
  const terms = new Set<string>();
  let previous = '^';
  for (const word of words) {
    terms.add(word);
    terms.add(`${previous} ${word}`);
    previous = word;
  }
  return terms;
}

function takeNearest(
  phrases: readonly number[],
  similarityOf: (phrase: number) => number,
  most: number,
): NearPhrase[] {
  const nearest: NearPhrase[] = [];
  for (const phrase of phrases) {
    const similarity = similarityOf(phrase);
    const last = nearest[most - 1];
    if (last !== undefined && similarity <= last.similarity) continue;
    let at = nearest.findIndex((other) => similarity > other.similarity);
    if (at < 0) at = nearest.length;
    nearest.splice(at, 0, { phrase, similarity });
    if (nearest.length > most) nearest.pop();
  }
  return nearest;
}
