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
/** 30 February is none. */
const isDay = (text: string | null): text is string =>
  text !== null &&
  DAY.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text);

/** As the contract has it (src/contracts/analytics.ts). */
export const MOST_DAYS = 400;
const PLATFORMS: readonly string[] = ['android', 'ios', 'none'];
const LONGEST = { appVersion: 60, intent: 200, agent: 200, office: 200 } as const;
type FilterName = 'platform' | keyof typeof LONGEST;
const FILTERS = ['platform', 'appVersion', 'intent', 'agent', 'office'] as const satisfies FilterName[];
const readFilter = (search: URLSearchParams, name: FilterName): string => search.get(name)?.trim() ?? '';
/** Empty: everything. */
const isFilter = (name: FilterName, value: string): boolean =>
  name === 'platform' ? value === '' || PLATFORMS.includes(value) : value.length <= LONGEST[name];

function readDays(search: URLSearchParams): Pick<Address, 'from' | 'to'> | null {
  const [from, to] = [search.get('from'), search.get('to')];
  const isRange = isDay(from) && isDay(to) && from <= to && lengthOf({ from, to }) <= MOST_DAYS;
  return isRange ? { from, to } : null;
}

/** What of an address is not followed, since it makes no sense. */
export function findAddressFaults(search: URLSearchParams): ('range' | 'filter')[] {
  const namesDays = search.has('from') || search.has('to');
  const tab = search.get('tab');
  const isBadFilter =
    FILTERS.some((name) => !isFilter(name, readFilter(search, name))) ||
    (tab !== null && !TABS.some((name) => name === tab));
  return [
    ...(namesDays && readDays(search) === null ? (['range'] as const) : []),
    ...(isBadFilter ? (['filter'] as const) : []),
  ];
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Both included. */
export function lengthOf({ from, to }: Pick<Address, 'from' | 'to'>): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

/** @param today in Việt Nam: without days of its own that make sense an address means the last 28 */
export function readAddress(search: URLSearchParams, today: string): Address {
  const rest = FILTERS.flatMap((name) => {
    const value = readFilter(search, name);
    return value === '' || !isFilter(name, value) ? [] : [[name, value] as const];
  });
  return {
    ...(readDays(search) ?? daysOf('month', today)),
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
