/** Days and months that exist, written as in ISO 8601. Pure arithmetic: no clock, no time zone. */

const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two-digit years up to this one belong to 20xx: birthdays of pensioners ("12/3/55") lie before, cards after. */
const LAST_SHORT_YEAR = 40;

/** "21" → 2021, "65" → 1965, "2021" → 2021. null when there is none or nobody means it. */
export function readYear(digits: string | undefined): number | null {
  if (digits === undefined || digits === '') return null;
  const year = Number(digits);
  if (digits.length === 2) return year <= LAST_SHORT_YEAR ? 2000 + year : 1900 + year;
  return year >= 1900 && year <= 2099 ? year : null;
}

/**
 * "2021-06-01", or "--06-01" without a year.
 * @returns null when the calendar has no such day.
 */
export function toIsoDay(day: number, month: number, year: number | null): string | null {
  if (day < 1 || day > (DAYS_IN_MONTH[month - 1] ?? 0)) return null;
  if (month === 2 && day === 29 && year !== null && !isLeap(year)) return null;
  return `${year === null ? '-' : year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** "2021-06", or "--06" without a year. */
export function toIsoMonth(month: number, year: number | null): string | null {
  if (month < 1 || month > 12) return null;
  return `${year === null ? '-' : year}-${twoDigits(month)}`;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const twoDigits = (value: number): string => String(value).padStart(2, '0');
