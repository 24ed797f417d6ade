/** What this room needs of the rules of the corpus. */
import type { findFaults, phraseKey, topicOf } from '../corpus/check-corpus.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { applyChanges, effectOf, phrasesOf, standingOf } from '../corpus/corpus-changes.ts';
import type { keyOf, sameValue, unitsOf } from '../corpus/corpus-units.ts';

export interface CorpusRules {
  readonly applyChanges: typeof applyChanges;
  readonly standingOf: typeof standingOf;
  readonly effectOf: typeof effectOf;
  readonly phrasesOf: typeof phrasesOf;
  readonly unitsOf: typeof unitsOf;
  readonly sameValue: typeof sameValue;
  readonly keyOf: typeof keyOf;
  readonly findFaults: typeof findFaults;
  readonly phraseKey: typeof phraseKey;
  readonly topicOf: typeof topicOf;
}

/** The release that answers, and what it says. */
export interface LiveContent {
  readonly number: number;
  readonly corpus: Corpus;
}
