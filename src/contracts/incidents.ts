/** Incidents: many people ask the same at once. What the desk noticed, what it tells everybody, whom it concerned. */
import { z } from 'zod';

/** Of the banner that contacts see: something to know, or something that does not work. */
export const bannerLevel = z.enum(['info', 'warning']);
export type BannerLevel = z.infer<typeof bannerLevel>;

/** What everybody who is online is told above the conversation. Whoever closed it sees it again when it was changed. */
export const banner = z.object({
  id: z.string().describe('Of the incident'),
  revision: z
    .int()
    .min(1)
    .describe('Grows when text or level change: a banner that was closed is shown again'),
  level: bannerLevel,
  text: z.string(),
});
export type BannerView = z.infer<typeof banner>;
/** `GET /api/v1/banners` */
export const bannerList = z.object({ banners: z.array(banner) });
export type BannerList = z.infer<typeof bannerList>;

export const LONGEST_BANNER = 300;
export const LONGEST_PIN = 2_000;
export const LONGEST_TOLD = 1_000;

const words = (most: number) => z.string().trim().min(1).max(most);

export const affected = z.strictObject({
  /** Every question there is. */
  all: z.boolean(),
  /** Empty with `all`. */
  intents: z.array(z.string().min(1).max(100)).max(50),
});
export type Affected = z.infer<typeof affected>;

export const pinnedAnswer = z.strictObject({
  /** As FAQ entries: paragraphs, lists, **bold**, links, pictures; what the chat cannot show is refused. */
  markdown: words(LONGEST_PIN),
  /** Before the usual answer, or in its place. */
  place: z.enum(['above', 'instead']),
});
export type PinnedAnswer = z.infer<typeof pinnedAnswer>;

/** What a supervisor fills in. @throws 400 `incident_says_nothing`, `incident_affects_nothing`, `incident_answer_unshowable`, `incident_time_wrong` */
export const incidentDraft = z
  .strictObject({
    title: words(120),
    affects: affected,
    answer: pinnedAnswer.nullable(),
    /** Plain text: marks and tags are shown as they were typed; numbers to call and addresses become links. */
    banner: z.strictObject({ text: words(LONGEST_BANNER), level: bannerLevel }).nullable(),
    /** null: until it is ended by hand. */
    endsAt: z.iso.datetime().nullable(),
  })
  .refine(({ answer, banner: shown }) => answer !== null || shown !== null, {
    error: 'incident_says_nothing',
    path: ['answer'],
  })
  .refine(({ affects }) => affects.all !== affects.intents.length > 0, {
    error: 'incident_affects_nothing',
    path: ['affects'],
  });
export type IncidentDraft = z.infer<typeof incidentDraft>;

/** `POST …/incidents`; `suspicion`: what it was opened from. @throws 409 `suspicion_over` */
export const openIncidentRequest = z.strictObject({
  draft: incidentDraft,
  suspicion: z.string().max(40).nullable(),
});
/** `PUT …/incidents/:id` @throws 409 `edited_meanwhile`, `incident_ended` */
export const changeIncidentRequest = z.strictObject({ revision: z.int().min(1), draft: incidentDraft });
/** `POST …/incidents/:id/tell`, once it is over. @throws 409 `incident_goes_on`, `incident_told` */
export const tellRequest = z.strictObject({ text: words(LONGEST_TOLD) });

/** Questions in five minutes, each conversation once. */
export interface Bucket {
  readonly at: string;
  readonly count: number;
}

/** More people than usual ask the same. */
export interface SuspicionView {
  readonly id: string;
  /** What is asked: an intent of the corpus, or questions that the bot does not know, alike in wording. */
  readonly subject:
    | { readonly kind: 'intent'; readonly intent: string; readonly title: string }
    | { readonly kind: 'wording'; readonly words: string };
  /** Some of the questions, masked. */
  readonly samples: readonly string[];
  readonly since: string;
  /** Of the last 15 minutes, when it was highest; what is usual then. */
  readonly asked: number;
  readonly usual: number;
  /** Of the last 24 hours; five minutes without a question are left out. */
  readonly buckets: readonly Bucket[];
}

export interface IncidentView {
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly affects: {
    readonly all: boolean;
    readonly intents: readonly { readonly id: string; readonly title: string }[];
  };
  readonly answer: PinnedAnswer | null;
  readonly banner: { readonly text: string; readonly level: BannerLevel } | null;
  readonly startedAt: string;
  readonly endsAt: string | null;
  readonly openedBy: string;
  /** null: it goes on. */
  readonly endedAt: string | null;
  /** null: its time was over. */
  readonly endedBy: string | null;
  /** It has no end, and has been on for hours: is it still so? */
  readonly isOverdue: boolean;
  /** Conversations in which it was asked about, or its answer given. */
  readonly touched: number;
  readonly told: {
    readonly text: string;
    readonly by: string;
    readonly at: string;
    /** Conversations that have it so far, of `touched`. */
    readonly done: number;
    readonly isOver: boolean;
  } | null;
}

/** `GET …/incidents` */
export interface IncidentList {
  readonly suspicions: readonly SuspicionView[];
  /** A desk that has counted for too short a time does not know what is usual. `readyAt` null: nothing was asked yet. */
  readonly noticing: { readonly isReady: boolean; readonly readyAt: string | null };
  readonly active: readonly IncidentView[];
  /** Newest first. */
  readonly ended: readonly IncidentView[];
}
/** `GET …/incidents/:id` */
export interface IncidentDetail extends IncidentView {
  /** Questions about it, since it began, of the last 24 hours at most. */
  readonly buckets: readonly Bucket[];
}
/** `GET …/incidents/now`: what every screen of the console shows of it. */
export interface IncidentsNow {
  readonly suspicions: number;
  readonly banners: readonly BannerView[];
}
/** `GET …/incidents/intents`: what may be affected. */
export interface IncidentIntents {
  readonly topics: readonly {
    readonly topic: string;
    readonly intents: readonly { readonly id: string; readonly title: string }[];
  }[];
}

/** To those who manage incidents: a rise was noticed, or one without an end has been on for hours. */
export interface IncidentNotice {
  readonly kind: 'noticed' | 'overdue';
  readonly id: string;
  readonly title: string;
}

/** Desk → contact, in namespace /chat; at every connection and when they change. */
export interface BannerFacts {
  'banners:changed': (banners: readonly BannerView[]) => void;
}
/** Desk → console. */
export interface IncidentFacts {
  /** To everybody: lists and lines are to be read anew. */
  'incidents:changed': () => void;
  'incident:noticed': (notice: IncidentNotice) => void;
}
