/**
 * The corpus as its editors keep it: `/api/v1/staff/curation/…`. What they change gathers in drafts; a draft is always
 * read on top of the live release. Checking and publishing are in corpus-releases.ts.
 */
import { z } from 'zod';
import { platform } from './answers.ts';
import { isRuleDate } from './rule-date.ts';

/** Seven topics and what an editor adds: topic.name in small letters. */
export const entryId = z
  .string()
  .max(60)
  .regex(/^[a-z]+\.[a-z0-9-]+$/);
/** `none`: what the desk does not answer. */
export const intentId = z.union([z.literal('none'), entryId]);
export const topicId = z
  .string()
  .max(30)
  .regex(/^[a-z]+$/);
export const documentLetter = z.string().regex(/^[A-Z]$/);
/** "2021", "2021-11" or "2021-11-09". */
export const ruleDate = z.string().max(10).refine(isRuleDate);
export const draftId = z.string().regex(/^[0-9a-f]{24}$/);

const line = (longest: number) => z.string().trim().min(1).max(longest);
const answer = z.string().trim().min(1).max(8_000);

/** The whole of a FAQ entry, as it is edited and as a file in faq/ holds it. */
export const faqContent = z.strictObject({
  id: entryId,
  kind: z.enum(['answer', 'flow', 'smalltalk']),
  title: line(150),
  sources: z.array(z.strictObject({ doc: documentLetter, date: ruleDate })).max(10),
  asOf: ruleDate.describe('Of the newest rule that the answer rests on'),
  related: z.array(entryId).max(10),
  platform: platform.optional().describe('Set where the whole entry is for one platform only'),
  handover: z.boolean().optional().describe('A person takes over behind the answer'),
  archived: z.boolean().optional().describe('Kept, but neither taught to the bot nor shown'),
  reviewedAt: z.iso.date().optional().describe('When an editor last held it against its sources'),
  reviewBy: z.iso.date().optional().describe('When it is to be looked at again'),
  markdown: answer,
  variants: z.strictObject({ android: answer.optional(), ios: answer.optional() }),
});
export type FaqContent = z.infer<typeof faqContent>;

export const phraseText = line(300);
/** What a phrase must not hold, being of one person: no new phrase with it is taken. `cover`: it was covered in the chat. */
export const personalKind = z.enum(['secret', 'phone', 'number', 'email', 'cover']);
export type PersonalKind = z.infer<typeof personalKind>;
export const sourceDocument = z.strictObject({ title: line(200), publisher: line(150), date: ruleDate });

/* ————— Units: what is changed as one piece. A unit has a name, and null where it is taken out. ————— */

export const lexiconKind = z.enum(['abbreviation', 'misspelling', 'synonyms', 'courtesy']);
export type LexiconKind = z.infer<typeof lexiconKind>;

/**
 * `faq:ID`, `phrases:INTENT`, `topic:ID`, `document:LETTER`, `abbreviation:WORD`, `misspelling:WORD`,
 * `synonyms:FIRST WORD`, `courtesy:WORDS`, `place:NAME`, `calibration`.
 */
export const unitName = z.string().min(1).max(200);
export type UnitKind = 'faq' | 'phrases' | 'topic' | 'document' | LexiconKind | 'place' | 'calibration';

/** One unit as a draft changes it, for reading: before is what is live, after what the draft makes of it. */
export interface ChangeView {
  readonly unit: string;
  readonly kind: UnitKind;
  /** What it is called on screen: the entry's title, the word … */
  readonly title: string;
  readonly act: 'added' | 'changed' | 'removed';
  /** Field by field, in the order shown; texts as they are written. Of phrases: one row each, `field` is `phrase`. */
  readonly fields: readonly {
    readonly field: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
  readonly by: string;
  readonly at: string;
  readonly revision: number;
  /** What is live was changed by another release since; the editor decides whose stands. */
  readonly conflict: boolean;
}

export interface CommentView {
  readonly id: string;
  /** null: on the draft as a whole. */
  readonly unit: string | null;
  readonly text: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: string;
}

/** open → inReview → approved → publishing → published; or discarded. */
export const draftStatus = z.enum(['open', 'inReview', 'approved', 'published', 'discarded']);
export type DraftStatus = z.infer<typeof draftStatus>;

export interface DraftRow {
  readonly id: string;
  readonly name: string;
  readonly status: DraftStatus;
  readonly changes: number;
  readonly conflicts: number;
  readonly comments: number;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly createdAt: string;
  readonly changedAt: string;
  /** Grows with every change in it; its name, its time and its review do not count. */
  readonly revision: number;
  /** When it is to be published by itself; null: by hand. */
  readonly publishAt: string | null;
  /** Who gave it that time; null: it has none, or nobody knows. */
  readonly scheduledBy: { readonly id: string; readonly name: string } | null;
  readonly approvedBy: { readonly id: string; readonly name: string } | null;
  /** Why publishing at its time did not come about. */
  readonly held: string | null;
  /** The release that it became. */
  readonly release: number | null;
}

/** Something that must be mended before the draft can be published. */
export interface DraftProblem {
  readonly unit: string;
  readonly message: string;
  readonly remedy: string;
}

export interface DraftView extends DraftRow {
  readonly list: readonly ChangeView[];
  readonly remarks: readonly CommentView[];
  readonly problems: readonly DraftProblem[];
}
export type DraftList = { readonly drafts: readonly DraftRow[] };

/** `GET …/drafts` */
export const draftsQuery = z.strictObject({ status: z.enum(['open', 'all']).default('open') });
/** `POST …/drafts` */
export const newDraft = z.strictObject({ name: line(80) });
/** `PATCH …/drafts/:id`. @throws 409 `edited_meanwhile` when `revision` is not the newest */
export const draftChange = z.strictObject({
  revision: z.int().min(0),
  name: line(80).optional(),
  publishAt: z.iso.datetime({ offset: true }).nullable().optional(),
  /** ask: to a second pair of eyes; approve: by somebody else than who changed it last; back: to editing. */
  review: z.enum(['ask', 'approve', 'back']).optional(),
});
/** `DELETE …/drafts/:id` discards; `POST …/drafts/:id/restore` takes that back. */

/** `POST …/drafts/:id/comments` → CommentView */
export const newComment = z.strictObject({ unit: unitName.nullable(), text: line(2_000) });

/** `POST …/drafts/:id/revert` {unit, revision}: the unit is as it is live again; `POST …/drafts/:id/keep` settles a conflict for the draft's side. */
export const unitAct = z.strictObject({ unit: unitName, revision: z.int().min(1) });

/* ————— Entries ————— */

/** What people made of an entry in the last 30 days; null: nothing is known yet. */
export interface EntryUse {
  readonly asked: number;
  readonly helpful: number;
  readonly unhelpful: number;
  /** Marked as wrong by staff. */
  readonly wrong: number;
}

export interface EntryRow {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly kind: FaqContent['kind'];
  readonly phrases: number;
  readonly use: EntryUse | null;
  /** Days since an editor looked at it; since its rule's date where nobody has. */
  readonly reviewAgeDays: number;
  readonly reviewBy: string | null;
  readonly archived: boolean;
  /** In this draft: nothing, new, or other than live. */
  readonly draft: 'same' | 'added' | 'changed' | 'removed';
}
/** `GET …/entries` */
export const entriesQuery = z.strictObject({
  draft: draftId.optional(),
  q: z.string().max(200).default(''),
  topic: topicId.optional(),
  show: z.enum(['active', 'archived', 'changed', 'due', 'unhelpful', 'thin']).default('active'),
});
export type EntryList = {
  readonly entries: readonly EntryRow[];
  readonly topics: readonly { readonly id: string; readonly title: string }[];
  readonly documents: readonly ({ readonly letter: string } & z.infer<typeof sourceDocument>)[];
  /** Names of the images that answers may show, at /media/NAME. */
  readonly pictures: readonly string[];
};

export interface EntryView {
  /** As the draft has it; null: taken out. */
  readonly entry: FaqContent | null;
  readonly live: FaqContent | null;
  /** The release that is live; to be given when it is saved. */
  readonly release: number;
  /** Of the unit `faq:ID` in the draft; 0: not changed there. To be given when it is saved. */
  readonly revision: number;
  /** Who changed it last in this draft. */
  readonly changedBy: string | null;
  readonly changedAt: string | null;
  readonly conflict: boolean;
  readonly phrases: readonly PhraseView[];
  readonly use: EntryUse | null;
  /** Other open drafts that change it too. */
  readonly elsewhere: readonly { readonly draft: string; readonly name: string; readonly by: string }[];
}
export interface PhraseView {
  readonly text: string;
  readonly draft: 'same' | 'added' | 'removed';
}
/** `GET …/entries/:id?draft=` */
export const inDraftQuery = z.strictObject({ draft: draftId.optional() });
/** `PUT …/entries/:id`; entry null: taken out. @throws 409 `edited_meanwhile` (details: who, when) */
export const entrySave = z.strictObject({
  draft: draftId,
  revision: z.int().min(0),
  release: z.int().min(1).optional().describe('What was live when it was read: a later one is a conflict'),
  entry: faqContent.nullable(),
});
/** `POST …/intents/:intent/phrases` → PhraseList. Adding what is there and taking out what is not changes nothing. @throws 409 `phrase_taken` (details: the intent that has it), 400 `phrase_has_…` (details: the phrase) */
export const phraseChange = z.strictObject({
  draft: draftId,
  add: z.array(phraseText).max(500).default([]),
  remove: z.array(phraseText).max(2_000).default([]),
});
export type PhraseList = { readonly phrases: readonly PhraseView[] };
/** `POST …/phrases/move` */
export const phraseMove = z.strictObject({
  draft: draftId,
  phrases: z.array(phraseText).min(1).max(500),
  from: intentId,
  to: intentId,
});
/** `PUT …/topics/:id`, `PUT …/documents/:letter` */
export const topicSave = z.strictObject({ draft: draftId, title: line(80).nullable() });
export const documentSave = z.strictObject({ draft: draftId, document: sourceDocument.nullable() });

/** `POST …/feedback`: what a phrase would do to an intent, told at once by the live release. */
export const feedbackRequest = z.strictObject({
  draft: draftId.optional(),
  intent: intentId.optional(),
  text: phraseText,
});
export interface PhraseFeedback {
  /** What the bot says to it now. */
  readonly decision: 'answer' | 'clarify' | 'unknown';
  readonly intent: string | null;
  readonly confidence: number;
  readonly candidates: readonly {
    readonly intent: string;
    readonly title: string;
    readonly confidence: number;
  }[];
  readonly understood: string;
  /** The words that were read otherwise than typed, and by what. */
  readonly readings: readonly { readonly word: string; readonly by: string }[];
  /** The known phrases most like it; the draft's own included where they are the same but for accents. */
  readonly nearest: readonly {
    readonly text: string;
    readonly intent: string;
    readonly title: string;
    readonly likeness: number;
  }[];
  /** The intent that has this very phrase already, in the draft. */
  readonly takenBy: string | null;
  /** It is one of the questions that releases are judged by: taught, it says nothing any more. */
  readonly isTestQuestion: boolean;
  /** What of it is of one person: it is not taken. null: nothing. */
  readonly personal: PersonalKind | null;
}

/* ————— Lexicon, in a draft ————— */

export interface LexiconRow {
  readonly unit: string;
  readonly kind: LexiconKind;
  /** The typed form, the right word, the group's first word, or the courtesy. */
  readonly word: string;
  /** Readings, miswritten forms, or the whole group; of courtesies none. */
  readonly forms: readonly string[];
  readonly draft: 'same' | 'added' | 'changed' | 'removed';
  readonly revision: number;
}
/** `GET …/lexicon` */
export const lexiconQuery = z.strictObject({
  draft: draftId.optional(),
  kind: lexiconKind,
  q: z.string().max(100).default(''),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/)
    .transform(Number)
    .default(1),
});
export const LEXICON_ON_A_PAGE = 50;
export type LexiconPage = { readonly rows: readonly LexiconRow[]; readonly total: number };
/** `PUT …/lexicon` → {row: LexiconRow | null}; forms null: taken out. `unit` null: a new word. @throws 409 `edited_meanwhile`, `word_exists` */
export const lexiconSave = z.strictObject({
  draft: draftId,
  unit: unitName.nullable(),
  revision: z.int().min(0),
  kind: lexiconKind,
  word: line(60),
  forms: z.array(line(60)).max(40).nullable(),
});
/** `POST …/lexicon/preview` {same as saving}: which questions asked lately, and which phrases, are read otherwise then. */
export interface LexiconPreview {
  readonly looked: number;
  readonly changed: readonly { readonly text: string; readonly before: string; readonly after: string }[];
}

/* ————— Tables: phrases as CSV or XLSX, with a dry run ————— */

export const PHRASE_TABLE_FIELD = 'file';
export const LARGEST_PHRASE_TABLE = 5 * 1024 * 1024;
/** `POST …/phrase-table?draft=` (form): the plan; nothing is changed. @throws 400 `phrase_table_without_columns` (details: `intent`, `phrase`). `POST …/phrase-table/lots` applies a part of it. */
export interface PhraseTablePlan {
  readonly rows: number;
  readonly add: readonly { readonly intent: string; readonly phrase: string }[];
  readonly known: number;
  readonly problems: readonly { readonly row: number; readonly message: string; readonly remedy: string }[];
}
export const phraseTableLot = z.strictObject({
  draft: draftId,
  add: z
    .array(z.strictObject({ intent: intentId, phrase: phraseText }))
    .min(1)
    .max(500),
});
