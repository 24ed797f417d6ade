/** How alike two questions are, by their words and pairs of words as the engine reads them. Pure. */

/** Term → weight. */
export type Terms = ReadonlyMap<string, number>;

/** Said around the matter in any question, folded: they tell questions apart a little, never together. */
const AROUND = new Set(
  `a ad ah ak anh ban bay bi biet cac cai cam can cau chi cho chu co con cua da dang dc de den di duoc em
  giup gi gio ha haizz hay hi hoi hoi ho jup khi khong ko la lai lam lau len luon ma minh moi mot muon nao nay nen neu
  nguoi nha nhe nhi nhieu nhu nhung nua o oi on phai qua ra roi rui sao sau se roi ta tai thay the thi thoi toi trong tu
  va vao vay ve vi viec vn voi xin y`.split(/\s+/),
);

/**
 * "quên mật khẩu" and "quên mật khẩu thì phải làm sao em nhỉ" are the same matter; "làm thế nào để" does not make two
 * matters one. What the whole comes to on 246 questions is measured in test/curation/unanswered-grouping.test.ts.
 */
const AROUND_WEIGHT = 0.2;
/** Pairs tell order, which says what is done to what; they are half as sure as words, being twice as rare. */
const PAIR_WEIGHT = 0.5;

/** @param words as read, folded, with synonyms taken as one */
export function termsOf(words: readonly string[]): Terms {
  const terms = new Map<string, number>();
  let before: string | null = null;
  for (const word of words) {
    const weight = weightOf(word);
    terms.set(word, weight);
    if (weight < 1) continue;
    if (before !== null) terms.set(`${before} ${word}`, PAIR_WEIGHT);
    before = word;
  }
  return terms;
}

function weightOf(word: string): number {
  return AROUND.has(word) || word.length === 1 ? AROUND_WEIGHT : 1;
}

/** What two have in common, of what either has on average: 0..1. */
export function likenessOf(one: Terms, other: Terms): number {
  let shared = 0;
  for (const [term, weight] of one) if (other.has(term)) shared += weight;
  const whole = sizeOf(one) + sizeOf(other);
  return whole === 0 ? 0 : (2 * shared) / whole;
}

const sizes = new WeakMap<Terms, number>();

function sizeOf(terms: Terms): number {
  const known = sizes.get(terms);
  if (known !== undefined) return known;
  let size = 0;
  for (const weight of terms.values()) size += weight;
  sizes.set(terms, size);
  return size;
}
