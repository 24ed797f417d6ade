/** Checking a draft, publishing it, and going back: `/api/v1/staff/curation/…`. */
import { z } from 'zod';

/** How a question fared: answered rightly, offered among choices, refused or asked back, answered wrongly. */
export const outcome = z.enum(['right', 'offered', 'missed', 'wrong']);
export type QuestionOutcome = z.infer<typeof outcome>;

export interface OutcomeTotals {
  readonly n: number;
  readonly right: number;
  readonly offered: number;
  readonly missed: number;
  readonly wrong: number;
}

/** One question that fares otherwise than with the live release. */
export interface QuestionMove {
  readonly text: string;
  readonly expected: string;
  /** gained: better than before; lost: worse; flipped: wrong before and after, otherwise. */
  readonly move: 'gained' | 'lost' | 'flipped';
  readonly before: {
    readonly outcome: QuestionOutcome;
    readonly intent: string | null;
    readonly confidence: number;
  };
  readonly after: {
    readonly outcome: QuestionOutcome;
    readonly intent: string | null;
    readonly confidence: number;
  };
  /** Labelled for the desk's measure, or confirmed by its staff. */
  readonly source: 'measure' | 'staff';
}

export interface CalibrationRow {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** What the engine said, and what came true; 0..1. */
  readonly said: number;
  readonly right: number;
}

export interface CheckReport {
  readonly at: string;
  /** Of the draft when it was checked: another revision has to be checked again. */
  readonly revision: number;
  readonly live: number;
  readonly phrases: { readonly before: number; readonly after: number };
  readonly totals: { readonly before: OutcomeTotals; readonly after: OutcomeTotals };
  readonly moves: readonly QuestionMove[];
  readonly calibration: {
    readonly before: readonly CalibrationRow[];
    readonly after: readonly CalibrationRow[];
  };
  /** Questions left out because what they ask for is archived or gone. */
  readonly leftOut: number;
  /** What the engine's scores are worth was measured anew. */
  readonly calibratedAnew: boolean;
  readonly trainMs: number;
  /** Fewer questions are answered than by the live release: only an admin may publish it, by name. */
  readonly blocks: boolean;
}

/** `GET …/drafts/:id/check`, `POST` starts one (again). */
export interface CheckView {
  readonly state: 'none' | 'running' | 'done' | 'failed';
  /** Of a running one: what is being done, and how far it is, 0..1. */
  readonly step: 'training' | 'asking' | 'calibrating' | null;
  readonly progress: number;
  readonly problem: string | null;
  readonly report: CheckReport | null;
  /** The draft is another one now. */
  readonly outdated: boolean;
}
/** `POST …/drafts/:id/check` */
export const checkRequest = z.strictObject({ calibrate: z.boolean().default(false) });

/**
 * `POST …/drafts/:id/publish` → Published. @throws 409 `check_needed`, `publish_blocked` (a loss nobody answers for),
 * `draft_conflicts`, `approval_needed`, `release_conflict`
 */
export const publishRequest = z.strictObject({
  revision: z.int().min(0),
  notes: z.string().trim().max(4_000).describe('Empty: written from the changes'),
  /** An admin's own name, typed, where the check found losses. */
  answersFor: z.string().trim().max(100).optional(),
});
export type PublishRequest = z.infer<typeof publishRequest>;
export type Published = { readonly release: number };

export interface ReleaseRow {
  readonly number: number;
  readonly at: string;
  readonly by: string | null;
  /** Who gave its draft the time at which it was published by itself. */
  readonly scheduledBy: string | null;
  readonly live: boolean;
  readonly notes: string;
  readonly entries: number;
  readonly phrases: number;
  readonly draft: string | null;
  /** Who answered for its losses. */
  readonly answeredFor: string | null;
  readonly totals: OutcomeTotals | null;
}
/** `GET …/releases` newest first */
export const releasesQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .optional(),
});
export type ReleaseList = { readonly releases: readonly ReleaseRow[]; readonly hasMore: boolean };
/** `GET …/drafts/:id/notes`: release notes written from its changes. */
export type DraftNotes = { readonly notes: string };
/** `POST …/releases/:number/live`: goes back (or forward) to it. @throws 409 `release_conflict` when `live` is not live any more */
export const goLiveRequest = z.strictObject({ live: z.int().min(1) });

/** Told to everybody of the staff when another release answers: socket fact `corpus:released`. */
export type CorpusReleased = { readonly release: number };
