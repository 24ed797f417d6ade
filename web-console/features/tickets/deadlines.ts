/** What is said of a ticket's two deadlines. Pure. */
import type { DeskSettings } from '../../../src/contracts/desk-settings.ts';
import type { DeadlineView, TicketRow } from '../../../src/contracts/tickets.ts';
import { copy } from './copy.ts';

const words = copy.deadline;
const HOUR = 60;
const DAY = 24 * HOUR;
const MINUTE_MS = 60_000;
/** When the calendar says nothing: eight hours. */
const WORKDAY = 8 * HOUR;
/** Up to here hours say more than days. */
const MOST_HOURS = 2;

/** calm: there is time; soon: warned; late: over, or met too late; still: nothing runs. */
export type Tone = 'calm' | 'soon' | 'late' | 'still';
export interface DeadlineWords {
  readonly text: string;
  readonly tone: Tone;
}

/** The one that matters now: the first answer until it was given. */
export function nextDeadline({
  firstResponse,
  resolution,
}: Pick<TicketRow, 'firstResponse' | 'resolution'>): {
  readonly name: 'firstResponse' | 'resolution';
  readonly deadline: DeadlineView;
} {
  return isRunning(firstResponse)
    ? { name: 'firstResponse', deadline: firstResponse }
    : { name: 'resolution', deadline: resolution };
}

function isRunning({ state }: DeadlineView): boolean {
  return state === 'running' || state === 'warned' || state === 'breached';
}

/**
 * In working time while there is some, by the clock when it is over.
 * @param workday working minutes of a usual day
 */
export function sayDeadline(deadline: DeadlineView, now: number, workday: number): DeadlineWords {
  const { dueAt, limitMinutes, usedMinutes } = deadline;
  switch (standingOf(deadline, now)) {
    case 'running':
    case 'warned': {
      // It was read a while ago; and there is never more working time left than time.
      const byClock = dueAt === null ? Number.POSITIVE_INFINITY : (Date.parse(dueAt) - now) / MINUTE_MS;
      const left = Math.min(limitMinutes - usedMinutes, byClock);
      const tone = deadline.state === 'running' ? 'calm' : 'soon';
      return { text: words.left(left < 1 ? words.lessThanMinute : sayMinutes(left, workday)), tone };
    }
    case 'breached': {
      const late =
        dueAt === null ? usedMinutes - limitMinutes : Math.floor((now - Date.parse(dueAt)) / MINUTE_MS);
      return {
        text: words.late(sayMinutes(Math.max(1, late), dueAt === null ? workday : DAY)),
        tone: 'late',
      };
    }
    case 'paused':
      return { text: words.paused, tone: 'still' };
    case 'met':
      return { text: words.met, tone: 'still' };
    case 'missed':
      return { text: words.missed, tone: 'late' };
  }
}

/** The desk looks at the clock now and then; whoever looks at the screen has one too. */
function standingOf({ state, dueAt }: DeadlineView, now: number): DeadlineView['state'] {
  const isLate = (state === 'running' || state === 'warned') && dueAt !== null && Date.parse(dueAt) < now;
  return isLate ? 'breached' : state;
}

/** "40 phút", "3 giờ", "2 ngày": the largest unit that still says something. */
export function sayMinutes(minutes: number, day: number): string {
  if (minutes < HOUR) return words.minutes(Math.floor(minutes));
  if (minutes < MOST_HOURS * day) return words.hours(Math.floor(minutes / HOUR));
  return words.days(Math.floor(minutes / day));
}

/** "1,5 giờ", "40 phút": to be compared with another. */
export function sayAmount(minutes: number): string {
  if (minutes < HOUR) return words.minutes(Math.round(minutes));
  return words.hours((minutes / HOUR).toLocaleString('vi-VN', { maximumFractionDigits: 1 }));
}

/** How much of the limit is used, 0 … 1. */
export function shareOf({ usedMinutes, limitMinutes }: DeadlineView): number {
  return limitMinutes <= 0 ? 1 : Math.min(1, Math.max(0, usedMinutes / limitMinutes));
}

/** Working minutes of a usual day, by the duty calendar. */
export function workdayOf(duty: DeskSettings['duty'] | undefined): number {
  if (duty === undefined) return WORKDAY;
  const days = duty.week.map((shifts) =>
    shifts.reduce((sum, { from, to }) => sum + minuteOf(to) - minuteOf(from), 0),
  );
  return Math.max(...days) || WORKDAY;
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * HOUR + minutes;
}
