/** What the directory of offices needs to know of Vietnamese letters, from the room that knows them. */
import { decodeTelex, decodeVni } from '../answering/text/keystrokes.ts';
import { isFoldedSyllable } from '../answering/text/syllables.ts';
import type { Spelling } from '../offices/spoken-words.ts';

export const OFFICE_SPELLING: Spelling = {
  isSyllable: isFoldedSyllable,
  readKeystrokes: (word) => decodeTelex(word) ?? decodeVni(word),
};
