/** Times as people read them, in Việt Nam wherever the browser is. */
const zone = { timeZone: 'Asia/Ho_Chi_Minh' } as const;
const dateTime = new Intl.DateTimeFormat('vi-VN', {
  ...zone,
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const time = new Intl.DateTimeFormat('vi-VN', { ...zone, hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('vi-VN', {
  timeZone: 'UTC',
  weekday: 'short',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

/** `09:05 29/11/2026` */
export function sayDateTime(at: string): string {
  return dateTime.format(new Date(at));
}

export function sayTime(at: Date): string {
  return time.format(at);
}

/** Of a calendar day such as `2027-02-06`: `T7, 06/02/2027`. */
export function sayDay(day: string): string {
  return weekday.format(new Date(`${day}T00:00:00Z`));
}
