/** The corpus: all that the bot knows, as its editors wrote it. Types only. */
import type { Calibration, Gates, Lexicon, Place } from '../answering/engine.ts';
import type { Platform } from '../answering/training-set.ts';

export type IntentKind = 'answer' | 'flow' | 'smalltalk';

export interface SourceDocument {
  readonly title: string;
  readonly publisher: string;
  /** "2021-11", "2021-05-12" or "2021". */
  readonly date: string;
}

/** What we say: one FAQ entry. */
export interface FaqEntry {
  readonly id: string;
  readonly kind: IntentKind;
  readonly title: string;
  /** Letters of the source documents, newest rule first, each with the date of the rule. */
  readonly sources: readonly { readonly doc: string; readonly date: string }[];
  readonly asOf: string;
  readonly related: readonly string[];
  /** Set where the whole entry is for one platform only. */
  readonly platform?: Platform | undefined;
  /** A person takes over behind the answer. */
  readonly handover?: boolean | undefined;
  /** Kept, but neither taught to the engine nor shown. */
  readonly archived?: boolean | undefined;
  /** "2026-11-29": when an editor last held it against its sources, and when it is to be looked at again. */
  readonly reviewedAt?: string | undefined;
  readonly reviewBy?: string | undefined;
  readonly markdown: string;
  /** The whole answer again where a platform's steps differ. */
  readonly variants: Readonly<Partial<Record<Platform, string>>>;
}

/** What people say: the phrases of one intent. */
export interface IntentPhrases {
  readonly intent: string;
  readonly phrases: readonly string[];
}

export interface Corpus {
  readonly intents: readonly IntentPhrases[];
  readonly faq: readonly FaqEntry[];
  /** Topic → its title, in the order shown. */
  readonly topics: ReadonlyMap<string, string>;
  readonly documents: ReadonlyMap<string, SourceDocument>;
  readonly lexicon: Lexicon;
  readonly places: readonly Place[];
  /** What the engine's scores are worth, and the thresholds set on them; written by `npm run calibrate`. */
  readonly calibration: Calibration;
  readonly gates: Gates;
}

/** Something wrong in a corpus file, for the one who edits it. */
export interface ContentProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}
