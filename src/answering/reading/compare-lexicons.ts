/** What another lexicon would make of texts. Trains nothing. */
import { doAtOnce, type Pieces } from '../pieces.ts';
import { type Lexicon, openLexicon } from './lexicon.ts';
import { createReader, readText } from './read-text.ts';
import { restoreAccents } from './restore-accents.ts';
import { countVocabulary, openVocabulary } from './vocabulary.ts';

export type { Lexicon };

export interface ReadTwice {
  readonly before: string;
  readonly after: string;
}

export type CompareLexicons = (before: Lexicon, after: Lexicon) => (text: string) => ReadTwice;

/**
 * Prepares the vocabulary of a training set for comparisons: that takes a while, comparing two lexicons does not.
 * @returns for two lexicons a function that reads a text with both
 */
export function* prepareComparison(phrases: readonly string[]): Pieces<CompareLexicons> {
  const vocabulary = yield* openVocabulary(yield* countVocabulary(phrases));
  return (before, after) => {
    const readers = [before, after].map((lexicon) =>
      createReader(vocabulary, doAtOnce(openLexicon(lexicon))),
    );
    return (text) => {
      const [one = '', other = ''] = readers.map((reader) =>
        restoreAccents(readText(text, reader).words, vocabulary),
      );
      return { before: one, after: other };
    };
  };
}
