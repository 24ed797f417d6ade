/** A rise that the desk noticed by itself. */
import type { Subject } from './subject.ts';

export interface Suspicion {
  readonly id: string;
  readonly subject: Subject;
  /** Open: nobody has looked yet. Taken: there is an incident. Dismissed: somebody said that it is none. Over: it went by itself. */
  readonly state: 'open' | 'taken' | 'dismissed' | 'over';
  readonly since: Date;
  /** When it was last above what is usual. */
  readonly risingAt: Date;
  /** At its highest. */
  readonly asked: number;
  readonly usual: number;
  /** Of the questions, masked. */
  readonly samples: readonly string[];
  /** What was opened from it. */
  readonly incident: string | null;
}

/** What is seen of a rise in one look. */
export interface Rise {
  readonly subject: Subject;
  readonly asked: number;
  readonly usual: number;
  readonly samples: readonly string[];
}
