/** The corpus doctor: what is amiss in the live corpus, found on demand. `/api/v1/staff/curation/doctor`. */
import { z } from 'zod';

/** The same words lead to two intents: the bot can only guess. */
export interface NearDuplicate {
  readonly one: DoctorPhrase;
  readonly other: DoctorPhrase;
  /** 0..1: 1 is read as the very same. */
  readonly likeness: number;
}
export interface DoctorPhrase {
  readonly text: string;
  readonly intent: string;
  readonly title: string;
}

/** A phrase that the model, trained without it, takes for another intent. */
export interface MisreadPhrase extends DoctorPhrase {
  readonly read: { readonly intent: string; readonly title: string; readonly confidence: number };
  /** The bot would not ask back but give the wrong answer. */
  readonly answered: boolean;
}

/** Two intents that are taken for each other. */
export interface ConfusablePair {
  readonly one: { readonly intent: string; readonly title: string };
  readonly other: { readonly intent: string; readonly title: string };
  /** Of all phrases of both, 0..1. */
  readonly share: number;
  readonly phrases: readonly MisreadPhrase[];
}

export interface ThinIntent {
  readonly intent: string;
  readonly title: string;
  readonly phrases: number;
}

/** Two entries that say different numbers of the same thing. */
export interface Contradiction {
  readonly unit: string;
  readonly places: readonly {
    readonly entry: string;
    readonly title: string;
    readonly value: string;
    /** The sentence it stands in. */
    readonly excerpt: string;
  }[];
}

export interface DeadLink {
  readonly entry: string;
  readonly title: string;
  readonly kind: 'image' | 'page' | 'related';
  readonly target: string;
  /** missing: there is no such thing here; or what the site answered. */
  readonly problem: 'missing' | 'unreachable' | 'refused';
  readonly status: number | null;
}

export interface DoctorReport {
  readonly release: number | null;
  readonly at: string;
  readonly phrases: number;
  readonly entries: number;
  readonly tookMs: number;
  readonly near: readonly NearDuplicate[];
  readonly confusable: readonly ConfusablePair[];
  readonly misread: readonly MisreadPhrase[];
  readonly thin: readonly ThinIntent[];
  /** Phrases an intent should have at least. */
  readonly enough: number;
  readonly contradictions: readonly Contradiction[];
  readonly links: readonly DeadLink[];
  /** Pages on the web were looked up too. */
  readonly pagesChecked: boolean;
}

export const doctorStep = z.enum(['reading', 'training', 'links']);
export type DoctorStep = z.infer<typeof doctorStep>;

/** `GET …/doctor`, `POST` starts an examination. @throws 409 `doctor_busy` */
export interface DoctorView {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  readonly step: DoctorStep | null;
  /** 0..1 */
  readonly progress: number;
  readonly problem: string | null;
  readonly report: DoctorReport | null;
  /** Another release is live now. */
  readonly outdated: boolean;
}
/** `POST …/doctor`. `pages`: also asks the sites that answers link to. */
export const doctorRequest = z.strictObject({ pages: z.boolean().default(false) });
