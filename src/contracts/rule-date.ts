/** Dates of rules: as much of the day as is known. Without zod, so that browsers check by the same. */

const SHAPE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/** "2021", "2021-11" or "2021-11-09"; the month and the day are in the calendar. */
export function isRuleDate(date: string): boolean {
  const [whole, year, month = '01', day = '01'] = SHAPE.exec(date) ?? [];
  if (whole === undefined) return false;
  const read = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(`${year}-${month}-${day}`);
}
