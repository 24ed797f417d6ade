/** What an engine is trained on. */
import type { Place } from './entities/extract-entities.ts';
import type { Calibration } from './model/confidence.ts';
import type { Lexicon } from './reading/lexicon.ts';

/** The intent of what the desk does not answer. Its phrases teach what to refuse. */
export const NONE = 'none';

export type Platform = 'android' | 'ios';

/** The thresholds of the decision, set from cross-validated scores (docs/decisions/005-confidence.md). */
export interface Gates {
  /** At or above this confidence the bot answers. */
  readonly answer: number;
  /** Below this confidence even a choice would be guessing. */
  readonly clarify: number;
  /** At or above this probability of being out of scope nothing is offered. */
  readonly none: number;
  /** A further candidate is offered only with at least this share of the best one's confidence (for the other platform's entry: probability). */
  readonly offerShare: number;
}

export interface TrainingSet {
  readonly phrases: readonly { readonly text: string; readonly intent: string }[];
  readonly lexicon: Lexicon;
  readonly places: readonly Place[];
  /** Intents that are for one platform only. */
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly calibration: Calibration;
  readonly gates: Gates;
}

/** What is known beside the message. */
export interface AskOptions {
  readonly platform?: Platform | undefined;
  readonly lastIntent?: string | undefined;
}
