/** The use cases of incidents: open one, change it, end it, tell whom it concerned; and what time does by itself. */
import type { IncidentDraft } from '../contracts/incidents.ts';
import { AppError } from '../kernel/app-error.ts';
import type { BucketStore } from './bucket-store.ts';
import { bucketAt } from './bucket-store.ts';
import { type Incident, isActive, isReminderDue, newIncident, type Person, withDraft } from './incident.ts';
import type { IncidentStore } from './incident-store.ts';
import { BUCKET_MS, knowsUsualFrom } from './rise.ts';
import { ALL, intentSubject, type Subject } from './subject.ts';
import type { Suspicion } from './suspicion.ts';
import type { SuspicionStore } from './suspicion-store.ts';
import type { TouchStore } from './touch-store.ts';

/** Who does it, and from where. */
export interface Editor extends Person {
  readonly address: string;
}

export type IncidentAction =
  | 'incident.opened'
  | 'incident.changed'
  | 'incident.ended'
  | 'incident.told'
  | 'suspicion.dismissed';

export interface IncidentsDeps {
  readonly store: IncidentStore;
  readonly suspicions: Pick<SuspicionStore, 'find' | 'settle' | 'listRising'>;
  readonly touches: Pick<TouchStore, 'count'>;
  readonly buckets: Pick<BucketStore, 'counts' | 'findFirst'>;
  /** Does the corpus answer it? */
  readonly hasIntent: (intent: string) => boolean;
  /** What the chat cannot show of a pinned answer, in sentences for whoever wrote it. */
  readonly checkAnswer: (markdown: string) => Promise<readonly string[]>;
  /** To be called after every change: this node shows it at once. */
  readonly refresh: () => Promise<void>;
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: Person | null;
    readonly action: IncidentAction;
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string | null;
  }) => Promise<unknown>;
  readonly now?: () => Date;
}

/** An incident with what has come of it. */
export interface Followed {
  readonly incident: Incident;
  readonly touched: number;
  readonly told: number;
}

export type Counts = readonly { readonly at: Date; readonly count: number }[];

export interface Incidents {
  readonly list: () => Promise<{
    readonly suspicions: readonly (Suspicion & { readonly buckets: Counts })[];
    /** From when on rises can be told; null: nothing has been counted yet. */
    readonly noticesFrom: Date | null;
    readonly active: readonly Followed[];
    readonly ended: readonly Followed[];
  }>;
  /** @throws AppError `incident_not_found` */
  readonly get: (id: string) => Promise<Followed & { readonly buckets: Counts }>;
  /** @throws AppError `incident_affects_nothing`, `incident_time_wrong`, `incident_answer_unshowable`, `suspicion_over` */
  readonly open: (draft: IncidentDraft, suspicion: string | null, by: Editor) => Promise<Followed>;
  /** @throws AppError as `open`; `edited_meanwhile`, `incident_ended`, `incident_not_found` */
  readonly change: (id: string, revision: number, draft: IncidentDraft, by: Editor) => Promise<Followed>;
  /** May be repeated. @throws AppError `incident_not_found` */
  readonly end: (id: string, by: Editor) => Promise<Followed>;
  /** Has all conversations that it concerned told. @throws AppError `incident_goes_on`, `incident_told` */
  readonly tell: (id: string, text: string, by: Editor) => Promise<Followed>;
  /** It is no incident. @throws AppError `suspicion_over` */
  readonly dismiss: (suspicion: string, by: Editor) => Promise<void>;
  /** Ends those whose time is over, and asks about those that have been on for hours. Any node may do it. */
  readonly keepTime: () => Promise<void>;
}

const MOST_ENDED = 20;
const DAY_BUCKETS = (24 * 60 * 60_000) / BUCKET_MS;

export function createIncidents(deps: IncidentsDeps): Incidents {
  const { store, suspicions, touches, buckets, refresh, now = () => new Date() } = deps;

  const follow = async (incident: Incident): Promise<Followed> => {
    const { all, told } = await touches.count(incident.id);
    return { incident, touched: all, told };
  };
  const countsOf = async (subjects: readonly Subject[], from: Date, until: Date): Promise<Counts> => {
    const last = bucketAt(until).getTime();
    const first = Math.max(bucketAt(from).getTime(), last - (DAY_BUCKETS - 1) * BUCKET_MS);
    const times: Date[] = [];
    for (let at = first; at <= last; at += BUCKET_MS) times.push(new Date(at));
    const found = await Promise.all(subjects.map((subject) => buckets.counts(subject, times)));
    return times.flatMap((at) => {
      const count = found.reduce((sum, counts) => sum + (counts.get(at.getTime()) ?? 0), 0);
      return count === 0 ? [] : [{ at, count }];
    });
  };

  const getIncident = async (id: string): Promise<Incident> => {
    const incident = await store.find(id);
    if (incident === null) throw new AppError({ code: 'incident_not_found', message: id });
    return incident;
  };
  /** @throws AppError `incident_affects_nothing`, `incident_time_wrong`, `incident_answer_unshowable` */
  const check = async ({ affects, answer, endsAt }: IncidentDraft): Promise<void> => {
    const unknown = affects.intents.filter((intent) => !deps.hasIntent(intent));
    if (unknown.length > 0)
      throw new AppError({ code: 'incident_affects_nothing', message: unknown.join(), details: unknown });
    if (endsAt !== null && new Date(endsAt) <= now())
      throw new AppError({ code: 'incident_time_wrong', message: endsAt });
    const faults = answer === null ? [] : await deps.checkAnswer(answer.markdown);
    if (faults.length > 0)
      throw new AppError({
        code: 'incident_answer_unshowable',
        message: 'what the chat cannot show',
        details: faults,
      });
  };
  const note = (
    action: IncidentAction,
    subject: string,
    details: Record<string, unknown>,
    by: Editor | null,
  ) =>
    deps.audit({
      actor: by && { id: by.id, name: by.name },
      action,
      subject,
      details,
      address: by?.address ?? null,
    });
  const personOf = ({ id, name }: Editor): Person => ({ id, name });

  /** Written over what was read, read again until nobody was quicker. null: there is nothing to do any more. */
  const changeUntilDone = async (
    id: string,
    next: (incident: Incident) => Incident | null,
  ): Promise<Incident | null> => {
    for (;;) {
      const wanted = next(await getIncident(id));
      if (wanted === null) return null;
      if (await store.replace(wanted)) return wanted;
    }
  };

  return {
    async list() {
      const at = now();
      const [first, rising, open, ended] = await Promise.all([
        buckets.findFirst(),
        suspicions.listRising(),
        store.listOpen(),
        store.listEnded(MOST_ENDED),
      ]);
      // One whose time is over, and whose end nobody has noted yet.
      const passed = open.filter((incident) => !isActive(incident, at));
      const dayAgo = new Date(at.getTime() - DAY_BUCKETS * BUCKET_MS);
      return {
        suspicions: await Promise.all(
          rising
            .filter(({ state }) => state === 'open')
            .map(async (suspicion) => ({
              ...suspicion,
              buckets: await countsOf([suspicion.subject], dayAgo, at),
            })),
        ),
        noticesFrom: first === null ? null : knowsUsualFrom(first),
        active: await Promise.all(open.filter((incident) => isActive(incident, at)).map(follow)),
        ended: await Promise.all([...passed, ...ended].map(follow)),
      };
    },
    async get(id) {
      const incident = await getIncident(id);
      const { affects, startedAt, endedAt } = incident;
      const subjects = affects.all ? [ALL] : affects.intents.map(intentSubject);
      return { ...(await follow(incident)), buckets: await countsOf(subjects, startedAt, endedAt ?? now()) };
    },
    async open(draft, suspicion, by) {
      await check(draft);
      const id = store.newId();
      // Settled first: of two who open one from it, the second is told.
      if (suspicion !== null && !(await suspicions.settle(suspicion, 'taken', id)))
        throw new AppError({ code: 'suspicion_over', message: suspicion });
      const incident = newIncident(id, draft, { by: personOf(by), at: now(), suspicion });
      await store.insert(incident);
      await note('incident.opened', `incident:${id}`, { draft, suspicion }, by);
      await refresh();
      return follow(incident);
    },
    async change(id, revision, draft, by) {
      await check(draft);
      const before = await getIncident(id);
      if (!isActive(before, now())) throw new AppError({ code: 'incident_ended', message: id });
      const next = withDraft(before, draft);
      if (before.revision !== revision || !(await store.replace(next)))
        throw new AppError({ code: 'edited_meanwhile', message: id });
      await note('incident.changed', `incident:${id}`, { draft }, by);
      await refresh();
      return follow(next);
    },
    async end(id, by) {
      const ended = await changeUntilDone(id, (incident) =>
        isActive(incident, now())
          ? { ...incident, revision: incident.revision + 1, endedAt: now(), endedBy: personOf(by) }
          : null,
      );
      if (ended !== null) await note('incident.ended', `incident:${id}`, {}, by);
      await refresh();
      return follow(ended ?? (await getIncident(id)));
    },
    async tell(id, text, by) {
      const telling = await changeUntilDone(id, (incident) => {
        if (isActive(incident, now())) throw new AppError({ code: 'incident_goes_on', message: id });
        if (incident.told !== null) throw new AppError({ code: 'incident_told', message: id });
        const told = { text, by: personOf(by), at: now(), doneAt: null };
        const endedAt = incident.endedAt ?? incident.endsAt;
        return { ...incident, revision: incident.revision + 1, endedAt, told };
      });
      const followed = await follow(telling ?? (await getIncident(id)));
      await note('incident.told', `incident:${id}`, { text, conversations: followed.touched }, by);
      return followed;
    },
    async dismiss(id, by) {
      if (!(await suspicions.settle(id, 'dismissed', null)))
        throw new AppError({ code: 'suspicion_over', message: id });
      const suspicion = await suspicions.find(id);
      await note('suspicion.dismissed', `suspicion:${id}`, { subject: suspicion?.subject ?? null }, by);
      await refresh();
    },
    async keepTime() {
      const at = now();
      for (const incident of await store.listOpen()) {
        const revision = incident.revision + 1;
        if (!isActive(incident, at)) {
          if (await store.replace({ ...incident, revision, endedAt: incident.endsAt }))
            await note('incident.ended', `incident:${incident.id}`, { byTime: true }, null);
        } else if (isReminderDue(incident, at))
          await store.replace({ ...incident, revision, remindedAt: at });
      }
    },
  };
}
