/**
 * What the bot did not serve well, gathered and grouped for the editors: `/api/v1/staff/curation/unanswered…`; and what
 * the staff say of single answers: `/api/v1/staff/marks`, `/api/v1/staff/curation/confirmed`.
 */
import { z } from 'zod';
import type { author, ratingReason } from './chat.ts';
import { answerMark, conversationId } from './console.ts';
import { draftId, faqContent, intentId, lexiconKind, type PersonalKind, phraseText } from './curation.ts';

/** What went wrong with a question. Of one question several may be true. */
export const missKind = z.enum([
  /** The bot had no answer. */
  'unknown',
  /** It asked back, and nothing came of it. */
  'clarified',
  /** The answer was rated as no help. */
  'unhelpful',
  /** A person was asked for right after it. */
  'handedOver',
  /** Staff marked the answer as wrong. */
  'wrong',
  /** Staff proposed the wording as a phrase. */
  'proposed',
]);
export type MissKind = z.infer<typeof missKind>;

/** open: to be worked on; drafted: a draft holds what was made of it; done: that is live; ignored: not to be worked on. */
export const groupState = z.enum(['open', 'drafted', 'done', 'ignored']);
export type GroupState = z.infer<typeof groupState>;

export const groupId = z.string().regex(/^[0-9a-f]{24}$/);

/** `GET …/unanswered` */
export const unansweredQuery = z.strictObject({
  state: groupState.default('open'),
  signal: missKind.optional(),
  /** Of the intent that is suggested first. */
  topic: z.string().max(60).optional(),
  /** Asked within so many days. */
  days: z.enum(['1', '7', '30']).transform(Number).optional(),
  q: z.string().trim().max(200).default(''),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .default(1),
});
export type UnansweredQuery = z.infer<typeof unansweredQuery>;
export const GROUPS_ON_A_PAGE = 40;
/** The days that `days` of a group holds. */
export const TREND_DAYS = 7;

export interface SuggestedIntent {
  readonly intent: string;
  readonly title: string;
  /** 0..1, over the wordings of the group. */
  readonly confidence: number;
}

/** What was made of a group. */
export interface GroupActView {
  readonly kind: 'taught' | 'outOfScope' | 'entry' | 'lexicon' | 'ignored';
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
  /** The draft that holds it; null: none is needed. */
  readonly draft: string | null;
  /** The intent or the word. */
  readonly target: { readonly id: string; readonly title: string } | null;
  readonly phrases: readonly string[];
  /** Kept as questions that releases are judged by. */
  readonly heldOut: readonly string[];
  readonly reason: string | null;
}

export interface GroupRow {
  readonly id: string;
  /** The wording that stands for it: the one asked most. */
  readonly head: string;
  readonly people: number;
  readonly misses: number;
  /** How many people each happened to; what happened to nobody is left out. */
  readonly signals: Readonly<Partial<Record<MissKind, number>>>;
  readonly firstAt: string;
  readonly lastAt: string;
  /** People on each of the last seven days, the oldest first. */
  readonly days: readonly number[];
  readonly state: GroupState;
  /** It was ignored or done, and has come up again. */
  readonly returned: boolean;
  readonly suggestions: readonly SuggestedIntent[];
  readonly act: GroupActView | null;
}
export interface UnansweredPage {
  readonly groups: readonly GroupRow[];
  readonly total: number;
  readonly pages: number;
  readonly counts: Readonly<Record<GroupState, number>>;
  /** Topics of what is suggested in this state. */
  readonly topics: readonly { readonly id: string; readonly title: string; readonly count: number }[];
}

export interface ExcerptLine {
  readonly seq: number;
  readonly author: z.infer<typeof author>;
  readonly at: string;
  /** As stored: secrets are gone. */
  readonly text: string;
}
/** One time that it was asked. */
export interface MissSample {
  readonly text: string;
  readonly at: string;
  readonly kinds: readonly MissKind[];
  readonly ratedWhy: z.infer<typeof ratingReason> | null;
  /** null: asked over the API, or the contact was erased. */
  readonly conversation: string | null;
  readonly seq: number | null;
  /** Two messages before it, three behind it. */
  readonly excerpt: readonly ExcerptLine[];
}
export interface GroupWording {
  readonly text: string;
  readonly people: number;
  /** How the bot reads it. */
  readonly understood: string;
  /** The intent that staff proposed for it. */
  readonly proposed: string | null;
  /** What of it is of one person: it cannot be taught. null: nothing. */
  readonly personal: PersonalKind | null;
}
export interface GroupView extends GroupRow {
  /** The one asked most first. */
  readonly wordings: readonly GroupWording[];
  readonly samples: readonly MissSample[];
}

/** `POST …/unanswered/:id/teach` → GroupRow. Intent `none`: out of scope. Left out, the draft is the editor's newest open one, or a new one. */
export const teachRequest = z.strictObject({
  draft: draftId.optional(),
  intent: intentId,
  phrases: z.array(phraseText).min(1).max(100),
  /** Wordings that are not taught but asked before each release. */
  heldOut: z.array(phraseText).max(100).default([]),
});
export type TeachRequest = z.infer<typeof teachRequest>;
/** `POST …/unanswered/:id/entry` → GroupRow */
export const entryRequest = z.strictObject({
  draft: draftId.optional(),
  entry: faqContent,
  phrases: z.array(phraseText).min(1).max(100),
  heldOut: z.array(phraseText).max(100).default([]),
});
export type EntryRequest = z.infer<typeof entryRequest>;
/** `POST …/unanswered/:id/lexicon` → GroupRow */
export const lexiconRequest = z.strictObject({
  draft: draftId.optional(),
  kind: lexiconKind,
  word: z.string().trim().min(1).max(60),
  forms: z.array(z.string().trim().min(1).max(60)).max(40),
});
export type LexiconRequest = z.infer<typeof lexiconRequest>;
/** `POST …/unanswered/:id/ignore` → GroupRow; `POST …/unanswered/:id/undo` takes the last act back → GroupRow. */
export const ignoreRequest = z.strictObject({ reason: z.string().trim().min(1).max(300) });

/** `GET …/unanswered-count` */
export type UnansweredCount = { readonly open: number };

/* ————— What staff say of an answer ————— */

/** `PUT /marks`; mark null: taken back. */
export const markRequest = z.strictObject({
  conversation: conversationId,
  seq: z.int().min(1),
  mark: answerMark.nullable(),
});
export type MarkRequest = z.infer<typeof markRequest>;
/** `GET …/confirmed` */
export const confirmedQuery = z.strictObject({
  q: z.string().trim().max(200).default(''),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .default(1),
});
export const CONFIRMED_ON_A_PAGE = 50;
export interface ConfirmedRow {
  readonly id: string;
  readonly text: string;
  readonly intent: string;
  readonly title: string;
  readonly source: 'mark' | 'inbox';
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}
/** `DELETE …/confirmed/:id` takes one out. */
export type ConfirmedPage = {
  readonly questions: readonly ConfirmedRow[];
  readonly total: number;
  readonly pages: number;
};
