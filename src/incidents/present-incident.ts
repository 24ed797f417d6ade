/** Incidents and suspicions → contract, field by field. */
import type { Bucket, IncidentDetail, IncidentView, SuspicionView } from '../contracts/incidents.ts';
import { isOverdue } from './incident.ts';
import type { Counts, Followed } from './incidents.ts';
import { readSubject } from './subject.ts';
import type { Suspicion } from './suspicion.ts';

/** The title of an intent, for people. */
export type TitleOf = (intent: string) => string;

export function presentIncident(
  { incident, touched, told }: Followed,
  titleOf: TitleOf,
  now: Date,
): IncidentView {
  const { affects, answer, banner, endsAt, endedAt } = incident;
  return {
    id: incident.id,
    revision: incident.revision,
    title: incident.title,
    affects: { all: affects.all, intents: affects.intents.map((id) => ({ id, title: titleOf(id) })) },
    answer: answer && { markdown: answer.markdown, place: answer.place },
    banner: banner && { text: banner.text, level: banner.level },
    startedAt: incident.startedAt.toISOString(),
    endsAt: endsAt?.toISOString() ?? null,
    openedBy: incident.openedBy.name,
    endedAt: (endedAt ?? (endsAt !== null && endsAt <= now ? endsAt : null))?.toISOString() ?? null,
    endedBy: incident.endedBy?.name ?? null,
    isOverdue: isOverdue(incident, now),
    touched,
    told: incident.told && {
      text: incident.told.text,
      by: incident.told.by.name,
      at: incident.told.at.toISOString(),
      done: told,
      isOver: incident.told.doneAt !== null,
    },
  };
}

export function presentDetail(
  { buckets, ...followed }: Followed & { readonly buckets: Counts },
  titleOf: TitleOf,
  now: Date,
): IncidentDetail {
  return { ...presentIncident(followed, titleOf, now), buckets: presentCounts(buckets) };
}

export function presentSuspicion(
  suspicion: Suspicion & { readonly buckets: Counts },
  titleOf: TitleOf,
): SuspicionView {
  const subject = readSubject(suspicion.subject);
  return {
    id: suspicion.id,
    subject:
      subject.kind === 'intent'
        ? { kind: 'intent', intent: subject.intent, title: titleOf(subject.intent) }
        : { kind: 'wording', words: subject.words },
    samples: [...suspicion.samples],
    since: suspicion.since.toISOString(),
    asked: suspicion.asked,
    usual: Math.round(suspicion.usual * 10) / 10,
    buckets: presentCounts(suspicion.buckets),
  };
}

/** What a suspicion is called in a notice. */
export function nameSuspicion({ subject, samples }: Suspicion, titleOf: TitleOf): string {
  const read = readSubject(subject);
  return read.kind === 'intent' ? titleOf(read.intent) : (samples[0] ?? read.words);
}

function presentCounts(counts: Counts): Bucket[] {
  return counts.map(({ at, count }) => ({ at: at.toISOString(), count }));
}
