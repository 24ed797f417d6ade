/** A wording of a contact that the staff propose as a phrase of an intent. */
import type { Person } from '../contracts/console.ts';

export interface PhraseProposal {
  readonly conversation: string;
  readonly seq: number;
  /** Secrets are gone. */
  readonly text: string;
  readonly intent: string;
  readonly by: Person;
  readonly at: Date;
}
