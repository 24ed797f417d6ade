/**
 * The known phrases most like a question: cosine over words and word pairs, synonyms taken as one, by
 * inverted index. An independent second view: where it disagrees with the classifier, the classifier is
 * less to be trusted.
 */

export interface NearPhrase {
  /** Number of the phrase in the training set. */
  readonly phrase: number;
  /** 0..1 */
  readonly similarity: number;
}

export interface NearestPhrases {
  /** The `most` nearest phrases, nearest first; of equals the one with the lower number. */
  readonly find: (words: readonly string[], most: number) => NearPhrase[];
}

interface Term {
  readonly phrases: number[];
  /** Squared rarity: what a shared term adds to the dot product. */
  weight: number;
}

/** Phrases looked at for one question: its rarest terms first, until so many stand in their lists. */
const MOST_LOOKED_AT = 1500;

/** Builds the index over phrases whose words are folded and whose synonyms are replaced by their group's mark. */
export function indexPhrases(phrases: readonly (readonly string[])[]): NearestPhrases {
  const terms = new Map<string, Term>();
  const termsOf = phrases.map((words, phrase) =>
    namesOf(words).map((name) => {
      let term = terms.get(name);
      if (term === undefined) {
        term = { phrases: [], weight: 0 };
        terms.set(name, term);
      }
      term.phrases.push(phrase);
      return term;
    }),
  );
  for (const term of terms.values()) term.weight = Math.log(1 + phrases.length / term.phrases.length) ** 2;
  const lengths = Float32Array.from(termsOf, (own) =>
    Math.sqrt(own.reduce((sum, { weight }) => sum + weight, 0)),
  );
  const unknownWeight = Math.log(1 + phrases.length) ** 2;
  /** Number of the last question that looked at a phrase, so that it is looked at once. */
  const lookedAt = new Int32Array(phrases.length);
  let question = 0;

  return {
    find(words, most) {
      question += 1;
      const asked = new Set<Term>();
      let squares = 0;
      for (const name of namesOf(words)) {
        const term = terms.get(name);
        squares += term?.weight ?? unknownWeight;
        if (term !== undefined) asked.add(term);
      }
      const length = Math.sqrt(squares);
      const nearest: NearPhrase[] = [];
      let looked = 0;
      for (const term of [...asked].sort((a, b) => a.phrases.length - b.phrases.length)) {
        if (looked > 0 && looked + term.phrases.length > MOST_LOOKED_AT) break;
        looked += term.phrases.length;
        for (const phrase of term.phrases) {
          if (lookedAt[phrase] === question) continue;
          lookedAt[phrase] = question;
          let dot = 0;
          for (const own of termsOf[phrase]!) if (asked.has(own)) dot += own.weight;
          insert(nearest, { phrase, similarity: Math.min(1, dot / (length * lengths[phrase]!)) }, most);
        }
      }
      return nearest;
    },
  };
}

/** Words and pairs of words, each once. */
function namesOf(words: readonly string[]): string[] {
  const names = new Set<string>();
  let previous = '^';
  for (const word of words) {
    names.add(word);
    names.add(`${previous} ${word}`);
    previous = word;
  }
  return [...names];
}

/** Keeps the list sorted and at most `most` long. */
function insert(nearest: NearPhrase[], found: NearPhrase, most: number): void {
  const last = nearest[most - 1];
  if (last !== undefined && !isNearer(found, last)) return;
  const at = nearest.findIndex((other) => isNearer(found, other));
  nearest.splice(at < 0 ? nearest.length : at, 0, found);
  if (nearest.length > most) nearest.pop();
}

function isNearer(a: NearPhrase, b: NearPhrase): boolean {
  return a.similarity > b.similarity || (a.similarity === b.similarity && a.phrase < b.phrase);
}
