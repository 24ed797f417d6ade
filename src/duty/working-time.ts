/** Counting in hours of work: what lies between them does not count. */
import type { Shift } from '../contracts/desk-settings.ts';
import { addDays, dayAt, momentOf } from '../kernel/vietnam-time.ts';

/** Longer than any closing; behind it all time counts, so that no deadline is lost for want of hours. */
const MOST_DAYS_CLOSED = 60;

export interface WorkingTime {
  /**
   * When so much working time has gone by: by the hours of the week, also where they are not switched on for the chat.
   * Without any hours in sight all time is working time.
   */
  readonly addWorkingTime: (from: Date, ms: number) => Date;
  /** How much working time lies between two moments; none when they stand the other way round. */
  readonly workingTimeBetween: (from: Date, to: Date) => number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

export function createWorkingTime(shiftsOf: (day: string) => readonly Shift[]): WorkingTime {
  return {
    addWorkingTime(from, ms) {
      let at = from.getTime();
      let left = ms;
      let closed = 0;
      for (let day = dayAt(from); closed <= MOST_DAYS_CLOSED; day = addDays(day, 1)) {
        const spans = spansOf(day, shiftsOf);
        closed = spans.length === 0 ? closed + 1 : 0;
        for (const span of spans) {
          if (span.to <= at) continue;
          const begin = Math.max(at, span.from);
          if (span.to - begin >= left) return new Date(begin + left);
          left -= span.to - begin;
          at = span.to;
        }
      }
      return new Date(at + left);
    },
    workingTimeBetween(from, to) {
      let sum = 0;
      let closed = 0;
      const end = to.getTime();
      let at = from.getTime();
      for (let day = dayAt(from); momentOf(day, '00:00') < end; day = addDays(day, 1)) {
        const spans = spansOf(day, shiftsOf);
        closed = spans.length === 0 ? closed + 1 : 0;
        if (closed > MOST_DAYS_CLOSED) return sum + Math.max(0, end - at);
        for (const span of spans) {
          sum += Math.max(0, Math.min(span.to, end) - Math.max(span.from, from.getTime()));
          at = Math.max(at, span.to);
        }
      }
      return sum;
    },
  };
}

/** In order, those that overlap as one. */
function spansOf(day: string, shiftsOf: (day: string) => readonly Shift[]): readonly Span[] {
  const spans: Span[] = [];
  for (const { from, to } of [...shiftsOf(day)].sort((one, other) => (one.from < other.from ? -1 : 1))) {
    const last = spans.at(-1);
    const span = { from: momentOf(day, from), to: momentOf(day, to) };
    if (last !== undefined && span.from <= last.to)
      spans[spans.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else spans.push(span);
  }
  return spans;
}
