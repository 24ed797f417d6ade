/** What the desk knows of its own work: the numbers of `GET /api/v1/staff/analytics/…`, and what narrows them down. */
import { z } from 'zod';
import { platform } from './answers.ts';
import type { ConversationRow } from './console.ts';

/** What is counted. Its words stand in analytics-definitions.ts. */
export const countName = z.enum([
  'asked',
  'answered',
  'answeredByChoice',
  'clarified',
  'unknown',
  'helpful',
  'unhelpful',
  'wrong',
  'askedAgain',
  'visits',
  'resolved',
  'unresolved',
  'abandoned',
  'handedOver',
  'ticketed',
  'noQuestion',
  'requested',
  'claimed',
  'lost',
]);
export type CountName = z.infer<typeof countName>;
export type Counts = Readonly<Partial<Record<CountName, number>>>;

/** How long things took. */
export const timeName = z.enum(['wait', 'firstResponse', 'handling', 'resolution']);
export type TimeName = z.infer<typeof timeName>;

export const ticketCountName = z.enum(['created', 'closed', 'inTime', 'late', 'breached', 'reopened']);
export type TicketCountName = z.infer<typeof ticketCountName>;
export const ticketTimeName = z.enum(['ticketFirstResponse', 'ticketResolution']);
export type TicketTimeName = z.infer<typeof ticketTimeName>;

/** Exact: of all single times, in whole seconds. null: there is none. */
export interface Spread {
  readonly count: number;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
}

export interface Scores {
  readonly count: number;
  /** Of 1 to 5; null: nobody gave one. */
  readonly mean: number | null;
  /** How often 1, 2, 3, 4, 5 was given. */
  readonly each: readonly number[];
}

const MOST_DAYS = 400;
const DAY_MS = 24 * 60 * 60 * 1_000;
const daysIn = ({ from, to }: { readonly from: string; readonly to: string }): number =>
  (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;

const range = {
  /** Days in Việt Nam, both included. */
  from: z.iso.date(),
  to: z.iso.date(),
  /** `none`: the app did not say. */
  platform: z.union([platform, z.literal('none')]).optional(),
  appVersion: z.string().min(1).max(60).optional(),
};
const isRange = (query: { readonly from: string; readonly to: string }): boolean =>
  daysIn(query) >= 1 && daysIn(query) <= MOST_DAYS;
const BAD_RANGE = { error: 'analytics_range' };

export const numbersQuery = z.strictObject(range).refine(isRange, BAD_RANGE);
export type NumbersQuery = z.infer<typeof numbersQuery>;
const key = z.string().min(1).max(200);
export const overviewQuery = z.strictObject({ ...range, intent: key.optional() }).refine(isRange, BAD_RANGE);
export type OverviewQuery = z.infer<typeof overviewQuery>;
export const staffNumbersQuery = z
  .strictObject({ ...range, agent: key.optional(), office: key.optional() })
  .refine(isRange, BAD_RANGE);
export type StaffNumbersQuery = z.infer<typeof staffNumbersQuery>;

/** A number and what it was in as many days before. */
export interface Change {
  readonly now: number;
  readonly before: number;
}

export interface Period {
  readonly from: string;
  readonly to: string;
}

export interface Overview {
  readonly period: Period;
  readonly before: Period;
  /** When the numbers were last brought up to date; null: never yet. */
  readonly updatedAt: string | null;
  readonly counts: Readonly<Record<CountName, Change>>;
  readonly times: Readonly<Record<TimeName, { readonly now: Spread; readonly before: Spread }>>;
  readonly scores: { readonly now: Scores; readonly before: Scores };
  /** Every day of the period, in order. */
  readonly days: readonly { readonly day: string; readonly counts: Counts }[];
  /** Monday first, hours 0 to 23. */
  readonly heat: Readonly<Record<'visits' | 'asked' | 'requested', readonly (readonly number[])[]>>;
  readonly editions: readonly Edition[];
}
/** One version of the app on one kind of phone. */
export interface Edition {
  readonly platform: string;
  readonly appVersion: string;
  readonly counts: Counts;
}

export interface IntentNumbers {
  readonly intent: string;
  readonly title: string;
  /** Questions that were answered with it. */
  readonly asked: number;
  readonly askedBefore: number;
  readonly helpful: number;
  readonly unhelpful: number;
  readonly wrong: number;
  readonly askedAgain: number;
}
/** What was asked and not answered, by the topic it came nearest to. */
export interface Gap {
  readonly intent: string;
  readonly title: string;
  readonly unknown: number;
  readonly clarified: number;
  /** Of these the ones whose askers left without an answer. */
  readonly abandoned: number;
}
export interface ContentNumbers {
  readonly period: Period;
  readonly intents: readonly IntentNumbers[];
  readonly gaps: readonly Gap[];
}

export interface AgentNumbers {
  readonly agent: string;
  readonly name: string;
  readonly handled: number;
  readonly activeSeconds: number;
  readonly firstResponse: Spread;
  readonly handling: Spread;
  readonly scores: Scores;
}
export interface OfficeNumbers {
  /** Empty: the ticket names none. */
  readonly office: string;
  readonly counts: Readonly<Record<TicketCountName, number>>;
  readonly firstResponse: Spread;
  readonly resolution: Spread;
}
export interface StaffNumbers {
  readonly period: Period;
  readonly agents: readonly AgentNumbers[];
  readonly tickets: {
    readonly counts: Readonly<Record<TicketCountName, Change>>;
    readonly times: Readonly<Record<TicketTimeName, { readonly now: Spread; readonly before: Spread }>>;
  };
  readonly offices: readonly OfficeNumbers[];
}

/** The conversations behind a number. */
export const behindQuery = z
  .strictObject({
    ...range,
    count: z.union([countName, z.literal('handled')]),
    intent: key.optional(),
    agent: key.optional(),
    cursor: z
      .string()
      .regex(/^\d{1,8}\.\d{1,6}$/)
      .optional(),
  })
  .refine(isRange, BAD_RANGE);
export type BehindQuery = z.infer<typeof behindQuery>;
export interface ConversationsBehind {
  readonly conversations: readonly (Pick<
    ConversationRow,
    'id' | 'contactName' | 'contactLabel' | 'status' | 'openedAt' | 'lastMessage' | 'closeReason' | 'agent'
  > & {
    /** What was asked, as stored; of visits the first question. null: nothing was said in words. */
    readonly question: string | null;
  })[];
  /** For the next page; null: there is none. */
  readonly cursor: string | null;
}

export const analyticsTable = z.enum(['days', 'intents', 'gaps', 'editions', 'agents', 'offices', 'hours']);
export type AnalyticsTable = z.infer<typeof analyticsTable>;
export const tableQuery = z
  .strictObject({ ...range, table: analyticsTable, intent: key.optional() })
  .refine(isRange, BAD_RANGE);

/** The mail that sums a day or a week up. */
export const analyticsSettings = z.strictObject({
  summary: z.enum(['off', 'daily', 'weekly']),
  /** Of the day in Việt Nam; weekly: of Monday. */
  hour: z.int().min(0).max(23),
  recipients: z.array(z.email({ error: 'email_malformed' }).max(200)).max(20),
});
export type AnalyticsSettings = z.infer<typeof analyticsSettings>;
export const DEFAULT_ANALYTICS_SETTINGS: AnalyticsSettings = { summary: 'off', hour: 7, recipients: [] };
