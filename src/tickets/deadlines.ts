/** Deadlines: clocks that run in working time, stand still while the citizen is waited for, and end when met. Pure. */
import type { DeadlineView } from '../contracts/tickets.ts';

/** How hours of work are counted; the duty calendar has it. */
export interface WorkingTime {
  readonly addWorkingTime: (from: Date, ms: number) => Date;
  readonly workingTimeBetween: (from: Date, to: Date) => number;
}

export interface Clock {
  /** In working time. */
  readonly limitMs: number;
  /** Used up before `runningSince`. */
  readonly usedMs: number;
  /** null: it stands still. */
  readonly runningSince: Date | null;
  /** Of a clock that runs: when the limit is used up, and when it is time to warn. */
  readonly dueAt: Date | null;
  readonly warnAt: Date | null;
  readonly warnedAt: Date | null;
  readonly breachedAt: Date | null;
  readonly metAt: Date | null;
}

/** How a clock is set: the time of work, and the share of the limit that is left when it warns. */
export interface ClockRules {
  readonly work: WorkingTime;
  readonly warnAtShare: number;
}

export function startClock(limitMs: number, now: Date, rules: ClockRules): Clock {
  const still = { limitMs, usedMs: 0, runningSince: null, dueAt: null, warnAt: null };
  return resumeClock({ ...still, warnedAt: null, breachedAt: null, metAt: null }, now, rules);
}

/** Goes on where it stood; one that is met stays so. */
export function resumeClock(clock: Clock, now: Date, rules: ClockRules): Clock {
  return clock.metAt !== null || clock.runningSince !== null
    ? clock
    : schedule({ ...clock, runningSince: now }, rules);
}

export function pauseClock(clock: Clock, now: Date, rules: ClockRules): Clock {
  return { ...stop(clock, now, rules), runningSince: null, dueAt: null, warnAt: null };
}

/** Reached, in time or not. */
export function meetClock(clock: Clock, now: Date, rules: ClockRules): Clock {
  return clock.metAt !== null ? clock : { ...pauseClock(clock, now, rules), metAt: now };
}

/** With another limit, or by another calendar: what is used up stays so. */
export function resetLimit(clock: Clock, limitMs: number, now: Date, rules: ClockRules): Clock {
  if (clock.metAt !== null) return clock;
  const wasRunning = clock.runningSince !== null;
  const { usedMs } = pauseClock(clock, now, rules);
  const isOver = usedMs >= limitMs;
  const anew = {
    ...clock,
    limitMs,
    usedMs,
    runningSince: null,
    dueAt: null,
    warnAt: null,
    warnedAt: isOver ? clock.warnedAt : null,
    breachedAt: isOver ? clock.breachedAt : null,
  };
  return wasRunning ? resumeClock(anew, now, rules) : anew;
}

/** What is to be told of a clock by now, which happens once for each. */
export function tickClock(clock: Clock, now: Date): { clock: Clock; told: 'warned' | 'breached' | null } {
  const { dueAt, warnAt } = clock;
  if (dueAt !== null && dueAt <= now && clock.breachedAt === null)
    return { clock: { ...clock, warnedAt: clock.warnedAt ?? dueAt, breachedAt: dueAt }, told: 'breached' };
  if (warnAt !== null && warnAt <= now && clock.warnedAt === null)
    return { clock: { ...clock, warnedAt: now }, told: 'warned' };
  return { clock, told: null };
}

/** When a clock has to be looked at by itself; null: not before somebody does something. */
export function wakeTimeOf({ dueAt, warnAt, warnedAt, breachedAt }: Clock): Date | null {
  if (breachedAt !== null) return null;
  return warnedAt === null ? warnAt : dueAt;
}

export function stateOf(clock: Clock): DeadlineView['state'] {
  if (clock.metAt !== null) return clock.breachedAt === null ? 'met' : 'missed';
  if (clock.breachedAt !== null) return 'breached';
  if (clock.runningSince === null) return 'paused';
  return clock.warnedAt === null ? 'running' : 'warned';
}

export function usedBy(clock: Clock, now: Date, { workingTimeBetween }: WorkingTime): number {
  return clock.usedMs + (clock.runningSince === null ? 0 : workingTimeBetween(clock.runningSince, now));
}

function stop(clock: Clock, now: Date, { work }: ClockRules): Clock {
  const isLate = clock.dueAt !== null && clock.dueAt < now;
  return {
    ...clock,
    usedMs: usedBy(clock, now, work),
    breachedAt: clock.breachedAt ?? (isLate ? clock.dueAt : null),
  };
}

function schedule(clock: Clock, { work, warnAtShare }: ClockRules): Clock {
  const { limitMs, usedMs, runningSince } = clock;
  if (runningSince === null) return clock;
  const left = Math.max(0, limitMs - usedMs);
  const calm = Math.max(0, limitMs * (1 - warnAtShare) - usedMs);
  return {
    ...clock,
    dueAt: work.addWorkingTime(runningSince, left),
    warnAt: work.addWorkingTime(runningSince, calm),
  };
}
