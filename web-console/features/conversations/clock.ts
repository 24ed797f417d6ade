/** Times as people of the desk read them: in Việt Nam, whatever the computer is set to. */
import { copy } from '../../copy.ts';

const words = copy.conversations.time;
const ZONE = 'Asia/Ho_Chi_Minh';
const DAY_MS = 86_400_000;
const timeFormat = new Intl.DateTimeFormat('vi-VN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const dayFormat = new Intl.DateTimeFormat('vi-VN', {
  timeZone: ZONE,
  weekday: 'long',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
/** 29/11: by its Vietnamese locale the browser would write 29-11. */
const shortDayFormat = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: '2-digit', month: '2-digit' });
/** Year, month, day: to be compared. */
const dayKeyFormat = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE });

export function formatTime(at: string | number): string {
  return timeFormat.format(new Date(at));
}

/** 2026-11-29, as it is in Việt Nam. */
export function dayKey(at: string | number): string {
  return dayKeyFormat.format(new Date(at));
}

export function formatDay(at: string | number, now: number): string {
  const key = dayKey(at);
  if (key === dayKey(now)) return words.today;
  if (key === dayKey(now - DAY_MS)) return words.yesterday;
  return dayFormat.format(new Date(at));
}

/** The time of day; of other days the day. */
export function formatMoment(at: string | number, now: number): string {
  return dayKey(at) === dayKey(now) ? formatTime(at) : shortDayFormat.format(new Date(at));
}

/** The day, and the time of it. */
export function formatDayAndTime(at: string): string {
  return `${shortDayFormat.format(new Date(at))} ${formatTime(at)}`;
}

/** "40 giây", "5 phút", "1 giờ 5 phút", "2 ngày". */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 60) return words.seconds(seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return words.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? words.hours(hours, minutes % 60) : words.days(Math.floor(hours / 24));
}
