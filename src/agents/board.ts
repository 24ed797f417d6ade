/** What the supervisor looks at: the queue now, and how today went. Pure but for the reading. */
import type { AgentOnDuty, Board } from '../contracts/console.ts';
import { asInVietnam, dayAt, momentOf } from '../kernel/vietnam-time.ts';

/** One request for a person. */
export interface BoardStay {
  readonly requestedAt: Date;
  readonly claimedAt: Date | null;
  readonly endedAt: Date | null;
  readonly end: 'left' | 'to-bot' | 'closed' | null;
  readonly agent: { readonly id: string } | null;
}

export interface BoardInput {
  readonly now: Date;
  readonly onDuty: boolean;
  readonly waitingSince: readonly Date[];
  readonly active: number;
  readonly agents: readonly AgentOnDuty[];
  /** Requests of today, and those that ended today. */
  readonly stays: readonly BoardStay[];
  /** Scores given today, 1 to 5. */
  readonly scores: readonly number[];
}

const HOURS = 24;

/** The first moment of the day in Việt Nam. */
export function startOfToday(now: Date): Date {
  return new Date(momentOf(dayAt(now), '00:00'));
}

export function drawBoard(input: BoardInput): Board {
  const { now, waitingSince, stays, scores, agents } = input;
  const today = startOfToday(now);
  const requested = stays.filter(({ requestedAt }) => requestedAt >= today);
  const answered = requested.filter(({ claimedAt }) => claimedAt !== null);
  const closed = stays.filter(({ endedAt, end }) => end === 'closed' && endedAt !== null && endedAt >= today);
  const waits = answered.map(({ requestedAt, claimedAt }) => claimedAt!.getTime() - requestedAt.getTime());
  const handled = closed.flatMap(({ claimedAt, endedAt }) =>
    claimedAt === null || endedAt === null ? [] : [endedAt.getTime() - claimedAt.getTime()],
  );
  const oldest = waitingSince.reduce((least, at) => Math.min(least, at.getTime()), Number.POSITIVE_INFINITY);
  const inHour = (list: readonly BoardStay[], hour: number): number =>
    list.filter(({ requestedAt }) => asInVietnam(requestedAt).getUTCHours() === hour).length;
  return {
    at: now.toISOString(),
    onDuty: input.onDuty,
    waiting: waitingSince.length,
    longestWaitMs: waitingSince.length === 0 ? null : now.getTime() - oldest,
    active: input.active,
    today: {
      requested: requested.length,
      answered: answered.length,
      lost: requested.filter(({ claimedAt, endedAt }) => claimedAt === null && endedAt !== null).length,
      closed: closed.length,
      medianWaitMs: median(waits),
      medianHandlingMs: median(handled),
      satisfaction: scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length,
      satisfactionCount: scores.length,
    },
    hours: Array.from({ length: HOURS }, (_, hour) => ({
      hour,
      requested: inHour(requested, hour),
      answered: inHour(answered, hour),
    })),
    agents: agents.map((agent) => ({
      ...agent,
      closedToday: closed.filter((stay) => stay.agent?.id === agent.id).length,
    })),
  };
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
