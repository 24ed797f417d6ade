/** A question whose intent staff have confirmed. */
import type { Person } from '../../contracts/console.ts';

export interface ConfirmedQuestion {
  readonly id: string;
  readonly text: string;
  readonly key: string;
  readonly intent: string;
  /** An answer was marked as right, or a wording was held out when its group was taught. */
  readonly source: 'mark' | 'inbox';
  readonly by: Person;
  readonly at: Date;
  /** The marked answer; null: it came from the inbox, or the contact was erased. */
  readonly answer: { readonly conversation: string; readonly seq: number } | null;
}
