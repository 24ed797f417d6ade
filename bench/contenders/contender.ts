/** What every contender must do to be compared. */
import type { TrainingSet } from '../../src/answering/engine.ts';

export interface Trained {
  /** The best intent; `none` for what is out of scope. */
  readonly classify: (text: string) => string | Promise<string>;
  /** Everything that it says of a message, entities included; left out by those that know intents alone. */
  readonly decide?: (text: string) => unknown;
}

/** Learns from the phrases; what else is in the set is the product's own. */
export type Train = (training: TrainingSet) => Trained | Promise<Trained>;
