/** An incident: what the desk says while many people have the same trouble. The type and its pure rules. */
import type {
  Affected,
  BannerLevel,
  BannerView,
  IncidentDraft,
  PinnedAnswer,
} from '../contracts/incidents.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
}

export interface Told {
  readonly text: string;
  readonly by: Person;
  readonly at: Date;
  /** null: some conversations have not got it yet. */
  readonly doneAt: Date | null;
}

export interface Incident {
  readonly id: string;
  /** Grows with every change: whoever changes it has seen the last one. */
  readonly revision: number;
  readonly title: string;
  readonly affects: Affected;
  readonly answer: PinnedAnswer | null;
  readonly banner: { readonly text: string; readonly level: BannerLevel } | null;
  /** Of the banner alone. */
  readonly bannerRevision: number;
  readonly startedAt: Date;
  /** null: until it is ended by hand. */
  readonly endsAt: Date | null;
  readonly openedBy: Person;
  /** null: it goes on, or nobody has noted yet that its time is over. */
  readonly endedAt: Date | null;
  /** null: its time was over. */
  readonly endedBy: Person | null;
  /** When somebody was last asked whether it still goes on. */
  readonly remindedAt: Date | null;
  readonly told: Told | null;
  /** What it was opened from. */
  readonly suspicion: string | null;
}

/** Who switched something on for the moment has forgotten it after half a working day. */
export const REMIND_AFTER_MS = 4 * 60 * 60_000;

/** Whatever the store says: with the store away an incident ends all the same. */
export function isActive({ endedAt, endsAt }: Pick<Incident, 'endedAt' | 'endsAt'>, now: Date): boolean {
  return endedAt === null && (endsAt === null || endsAt > now);
}

export function isOverdue(incident: Incident, now: Date): boolean {
  const { endsAt, startedAt } = incident;
  return isActive(incident, now) && endsAt === null && now.getTime() - startedAt.getTime() >= REMIND_AFTER_MS;
}

/** Time to ask (again) whether it still goes on. */
export function isReminderDue(incident: Incident, now: Date): boolean {
  const last = incident.remindedAt ?? incident.startedAt;
  return isOverdue(incident, now) && now.getTime() - last.getTime() >= REMIND_AFTER_MS;
}

export function isAffected({ affects }: Pick<Incident, 'affects'>, intent: string): boolean {
  return affects.all || affects.intents.includes(intent);
}

/** The banners of those that are active, the newest first: it is what people do not know yet. */
export function bannersOf(active: readonly Incident[]): BannerView[] {
  return active
    .toSorted((one, other) => other.startedAt.getTime() - one.startedAt.getTime())
    .flatMap(({ id, bannerRevision, banner }) =>
      banner === null ? [] : [{ id, revision: bannerRevision, level: banner.level, text: banner.text }],
    );
}

/** The incident with what a supervisor wrote in place of what was there. */
export function withDraft(before: Incident, draft: IncidentDraft): Incident {
  const isOtherBanner =
    draft.banner?.text !== before.banner?.text || draft.banner?.level !== before.banner?.level;
  return {
    ...before,
    revision: before.revision + 1,
    title: draft.title,
    affects: draft.affects,
    answer: draft.answer,
    banner: draft.banner,
    bannerRevision: before.bannerRevision + (isOtherBanner ? 1 : 0),
    endsAt: draft.endsAt === null ? null : new Date(draft.endsAt),
  };
}

export function newIncident(
  id: string,
  draft: IncidentDraft,
  { by, at, suspicion }: { readonly by: Person; readonly at: Date; readonly suspicion: string | null },
): Incident {
  return {
    id,
    revision: 1,
    title: draft.title,
    affects: draft.affects,
    answer: draft.answer,
    banner: draft.banner,
    bannerRevision: 1,
    startedAt: at,
    endsAt: draft.endsAt === null ? null : new Date(draft.endsAt),
    openedBy: by,
    endedAt: null,
    endedBy: null,
    remindedAt: null,
    told: null,
    suspicion,
  };
}
