/** What the address bar says of the numbers. Pure. */

const NAMES = ['from', 'to', 'platform', 'appVersion', 'intent', 'agent', 'office', 'tab'] as const;

export const TABS = ['overview', 'content', 'staff', 'tickets'] as const;
export type TabName = (typeof TABS)[number];

export interface Address {
  readonly from: string;
  readonly to: string;
  readonly platform?: string;
  readonly appVersion?: string;
  readonly intent?: string;
  readonly agent?: string;
  readonly office?: string;
  readonly tab: TabName;
}

export const PRESETS = { today: 1, week: 7, month: 28, quarter: 90 } as const;
export type Preset = keyof typeof PRESETS;

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isDay = (text: string | null): text is string =>
  text !== null && DAY.test(text) && !Number.isNaN(Date.parse(text));

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Both included. */
export function lengthOf({ from, to }: Pick<Address, 'from' | 'to'>): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** @param today in Việt Nam: without days of its own an address means the last 28 */
export function readAddress(search: URLSearchParams, today: string): Address {
  const [from, to] = [search.get('from'), search.get('to')];
  const isGiven = isDay(from) && isDay(to) && from <= to;
  const rest = NAMES.filter((name) => !['from', 'to', 'tab'].includes(name)).flatMap((name) => {
    const value = search.get(name)?.trim() ?? '';
    return value === '' ? [] : [[name, value] as const];
  });
  return {
    ...(isGiven ? { from, to } : daysOf('month', today)),
    tab: TABS.find((name) => name === search.get('tab')) ?? 'overview',
    ...Object.fromEntries(rest),
  };
}

/** Without what goes without saying. */
export function writeAddress(address: Address, today: string): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of NAMES) {
    const value = address[name];
    if (value !== undefined && value !== '') search.set(name, value);
  }
  if (presetOf(address, today) === 'month') {
    search.delete('from');
    search.delete('to');
  }
  if (address.tab === 'overview') search.delete('tab');
  return search;
}

export function daysOf(preset: Preset, today: string): Pick<Address, 'from' | 'to'> {
  return { from: addDays(today, 1 - PRESETS[preset]), to: today };
}

/** null: days of one's own. */
export function presetOf({ from, to }: Pick<Address, 'from' | 'to'>, today: string): Preset | null {
  if (to !== today) return null;
  const length = lengthOf({ from, to });
  return (Object.keys(PRESETS) as Preset[]).find((name) => PRESETS[name] === length) ?? null;
}

/** What the desk is asked for. */
export function rangeOf({ from, to, platform, appVersion }: Address) {
  return { from, to, platform, appVersion };
}

/** 28/01, of a day that stands in the middle of a year that everybody knows. */
export function shortDay(day: string): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}`;
}
export function longDay(day: string): string {
  return day.split('-').reverse().join('/');
}
