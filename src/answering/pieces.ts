/**
 * Long work in pieces: between two of them whoever drives it may let others go first. A server puts a new engine
 * together while it answers with the old one.
 */
export type Pieces<T> = Generator<void, T, void>;

/** So many small steps make a piece: a millisecond or two. */
export const PIECE = 500;

/** Does all pieces at once. */
export function doAtOnce<T>(pieces: Pieces<T>): T {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}

/** The place of each word in a list. */
export function* placesOf(words: readonly string[]): Pieces<Map<string, number>> {
  const places = new Map<string, number>();
  for (let at = 0; at < words.length; at++) {
    if (at % PIECE === 0) yield;
    places.set(words[at]!, at);
  }
  return places;
}

/** As `map`, in pieces. */
export function* mapInPieces<T, R>(items: readonly T[], change: (item: T, at: number) => R): Pieces<R[]> {
  const changed: R[] = [];
  for (let at = 0; at < items.length; at++) {
    if (at % PIECE === 0) yield;
    changed.push(change(items[at]!, at));
  }
  return changed;
}
