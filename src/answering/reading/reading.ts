/** What reading a message yields. */

export type ReadBy = 'typed' | 'lexicon' | 'keystrokes' | 'repaired' | 'split' | 'joined';

/** One word as understood. */
export interface ReadWord {
  readonly folded: string;
  /** With accents, when the person typed them or the reading is sure of them; else the same as `folded`. */
  readonly accented: string;
  readonly by: ReadBy;
}

/** The part of a message that says what is wanted. */
export interface Question {
  /** Its words, without greetings and thanks around them. */
  readonly core: readonly ReadWord[];
  /** The same, folded, with every synonym replaced by the mark of its group. */
  readonly concepts: readonly string[];
}

export interface Reading extends Question {
  /** All words, for showing what was understood. */
  readonly words: readonly ReadWord[];
  /** Share of the core words that the corpus does not know, after repair, 0..1. */
  readonly unknownShare: number;
  /** Share of the core words that had to be repaired or cut apart, 0..1. */
  readonly repairedShare: number;
}

/** Does the word carry an accent that the person typed or the reading is sure of? */
export function isAccented(word: ReadWord): boolean {
  return word.accented !== word.folded;
}
