/** Reading the numbers: of a period and of as many days before it, narrowed down, ready to be shown. */
import {
  type ContentNumbers,
  type Counts,
  countName,
  type NumbersQuery,
  type Overview,
  type OverviewQuery,
  type Period,
  type StaffNumbers,
  type StaffNumbersQuery,
  type TicketCountName,
  type TimeName,
  ticketCountName,
  timeName,
} from '../contracts/analytics.ts';
import { addDays } from '../kernel/vietnam-time.ts';
import { addOffice, type Cell, closeOffices, type OfficeRow, type OpenOffice, scoresOf } from './cell.ts';
import type { DayPart, NumbersStore } from './numbers-store.ts';
import { eachTime, type PackedTimes, spreadOf } from './packed-times.ts';
import { ALL, type DayNumbers, sumOf } from './tally.ts';

export interface NumbersDeps {
  readonly store: Pick<NumbersStore, 'listDays' | 'findCursor'>;
  /** Of an FAQ entry; an intent that is no more has its own name. */
  readonly titleOf: (intent: string) => string;
  readonly now?: () => Date;
}

/** What became of the answers of an intent. */
export interface Use {
  readonly asked: number;
  readonly helpful: number;
  readonly unhelpful: number;
  readonly wrong: number;
}

export interface Numbers {
  readonly overview: (query: OverviewQuery) => Promise<Overview>;
  readonly content: (query: NumbersQuery) => Promise<ContentNumbers>;
  readonly staff: (query: StaffNumbersQuery) => Promise<StaffNumbers>;
  /** By intent, since a day; for those who look after the answers. */
  readonly listUse: (from: string, to: string) => Promise<ReadonlyMap<string, Use>>;
}

const HOURS = 24;
const NONE: PackedTimes = new Uint8Array();
const DAY_MS = 24 * 60 * 60 * 1_000;

export function createNumbers({ store, titleOf }: NumbersDeps): Numbers {
  const read = (
    period: Period,
    { platform, appVersion }: Partial<NumbersQuery>,
    part: DayPart,
  ): Promise<DayNumbers[]> => {
    const edition = {
      platform: platform === 'none' ? '' : (platform ?? ALL),
      appVersion: appVersion ?? ALL,
    };
    return store.listDays(daysOf(period), edition, part);
  };
  const readBoth = async (query: NumbersQuery, part: DayPart) => {
    const period = { from: query.from, to: query.to };
    const before = periodBefore(period);
    const [now, then] = await Promise.all([read(period, query, part), read(before, query, part)]);
    return { period, before, now, then };
  };

  return {
    async overview(query) {
      const { intent } = query;
      const part = intent === undefined ? 'overview' : 'intents';
      const { period, before, now, then } = await readBoth(query, part);
      const [cell, cellBefore] = [sumDays(now), sumDays(then)];
      const updatedAt = await store.findCursor('counted');
      const [counts, countsBefore] = [countsOf(cell, intent), countsOf(cellBefore, intent)];
      const isWhole = part === 'overview' && query.platform === undefined && query.appVersion === undefined;
      const byDay = new Map(now.map((one) => [one.day, countsOf(one.cell, intent)]));
      return {
        period,
        before,
        updatedAt: updatedAt?.toISOString() ?? null,
        counts: changesOf(countName.options, counts, countsBefore),
        times: timesOf(timeName.options, cell, cellBefore),
        scores: { now: scoresOf(cell.scores), before: scoresOf(cellBefore.scores) },
        days: daysOf(period).map((day) => ({ day, counts: byDay.get(day) ?? {} })),
        heat: {
          visits: heatOf(now, 'visits'),
          asked: heatOf(now, 'asked'),
          requested: heatOf(now, 'requested'),
        },
        editions: editionsOf(isWhole ? now : await read(period, {}, 'overview'), query),
      };
    },
    async content(query) {
      const { period, now, then } = await readBoth(query, 'intents');
      const [cell, cellBefore] = [sumDays(now), sumDays(then)];
      const askedBefore = new Map(
        cellBefore.intents.map(({ intent, counts }) => [intent, counts.asked ?? 0]),
      );
      const gone = [...askedBefore.keys()].filter(
        (one) => !cell.intents.some(({ intent }) => intent === one),
      );
      const rows = [...cell.intents, ...gone.map((intent) => ({ intent, counts: {} as Counts }))];
      return {
        period,
        intents: rows
          .map(({ intent, counts }) => ({
            intent,
            title: titleOf(intent),
            asked: counts.asked ?? 0,
            askedBefore: askedBefore.get(intent) ?? 0,
            helpful: counts.helpful ?? 0,
            unhelpful: counts.unhelpful ?? 0,
            wrong: counts.wrong ?? 0,
            askedAgain: counts.askedAgain ?? 0,
          }))
          .sort((a, b) => b.asked - a.asked || b.askedBefore - a.askedBefore),
        gaps: cell.near
          .map(({ intent, counts }) => ({
            intent,
            title: intent === '' ? '' : titleOf(intent),
            unknown: counts.unknown ?? 0,
            clarified: counts.clarified ?? 0,
            abandoned: counts.abandoned ?? 0,
          }))
          .sort((a, b) => b.unknown + b.clarified - (a.unknown + a.clarified)),
      };
    },
    async staff(query) {
      const { agent: onlyAgent, office: onlyOffice } = query;
      const { period, now, then } = await readBoth(query, 'staff');
      // Tickets know no app: platform and version do not narrow them down.
      const isNarrowed = query.platform !== undefined || query.appVersion !== undefined;
      const [all, allBefore] = isNarrowed
        ? await Promise.all([read(period, {}, 'staff'), read(periodBefore(period), {}, 'staff')])
        : [now, then];
      const ofOffice = ({ office }: OfficeRow): boolean => onlyOffice === undefined || office === onlyOffice;
      const [offices, officesBefore] = [sumOffices(all), sumOffices(allBefore)].map((rows) =>
        rows.filter(ofOffice),
      ) as [OfficeRow[], OfficeRow[]];
      const [total, totalBefore] = [totalOf(offices), totalOf(officesBefore)];
      return {
        period,
        agents: sumDays(now)
          .agents.filter(({ agent }) => onlyAgent === undefined || agent === onlyAgent)
          .map((row) => ({
            agent: row.agent,
            name: row.name,
            handled: row.handled,
            activeSeconds: sumOfTimes(row.handling),
            firstResponse: spreadOf(row.firstResponse),
            handling: spreadOf(row.handling),
            scores: scoresOf(row.scores),
          }))
          .sort((a, b) => b.handled - a.handled),
        tickets: {
          counts: changesOf(ticketCountName.options, total.counts, totalBefore.counts),
          times: {
            ticketFirstResponse: {
              now: spreadOf(total.firstResponse),
              before: spreadOf(totalBefore.firstResponse),
            },
            ticketResolution: { now: spreadOf(total.resolution), before: spreadOf(totalBefore.resolution) },
          },
        },
        offices: offices
          .map((row) => ({
            office: row.office,
            counts: filled(ticketCountName.options, row.counts),
            firstResponse: spreadOf(row.firstResponse),
            resolution: spreadOf(row.resolution),
          }))
          .sort((a, b) => b.counts.created - a.counts.created),
      };
    },
    async listUse(from, to) {
      const { intents } = sumDays(await read({ from, to }, {}, 'intents'));
      return new Map(
        intents.map(({ intent, counts }) => [
          intent,
          {
            asked: counts.asked ?? 0,
            helpful: counts.helpful ?? 0,
            unhelpful: counts.unhelpful ?? 0,
            wrong: counts.wrong ?? 0,
          },
        ]),
      );
    },
  };
}

export function daysOf({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** As many days, just before. */
export function periodBefore({ from, to }: Period): Period {
  const length = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

const sumDays = (days: readonly DayNumbers[]): Cell => sumOf(days.map(({ cell }) => cell));

function countsOf(cell: Cell, intent: string | undefined): Counts {
  if (intent === undefined) return cell.counts;
  return cell.intents.find((row) => row.intent === intent)?.counts ?? {};
}

function filled<Name extends string>(
  names: readonly Name[],
  counts: Readonly<Partial<Record<Name, number>>>,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, counts[name] ?? 0])) as Record<Name, number>;
}

function changesOf<Name extends string>(
  names: readonly Name[],
  now: Readonly<Partial<Record<Name, number>>>,
  before: Readonly<Partial<Record<Name, number>>>,
): Record<Name, { now: number; before: number }> {
  const pairs = names.map((name) => [name, { now: now[name] ?? 0, before: before[name] ?? 0 }] as const);
  return Object.fromEntries(pairs) as Record<Name, { now: number; before: number }>;
}

function timesOf(names: readonly TimeName[], cell: Cell, before: Cell): Overview['times'] {
  const pairs = names.map(
    (name) =>
      [
        name,
        { now: spreadOf(cell.times[name] ?? NONE), before: spreadOf(before.times[name] ?? NONE) },
      ] as const,
  );
  return Object.fromEntries(pairs) as Overview['times'];
}

/** Monday first. */
function heatOf(days: readonly DayNumbers[], name: 'visits' | 'asked' | 'requested'): number[][] {
  const heat = Array.from({ length: 7 }, () => Array.from({ length: HOURS }, () => 0));
  for (const { day, hours } of days) {
    const row = heat[(new Date(day).getUTCDay() + 6) % 7]!;
    for (const { hour, counts } of hours) row[hour] = (row[hour] ?? 0) + (counts[name] ?? 0);
  }
  return heat;
}

function editionsOf(
  days: readonly DayNumbers[],
  { platform, appVersion }: NumbersQuery,
): Overview['editions'] {
  const sums = new Map<string, { platform: string; appVersion: string; counts: Record<string, number> }>();
  for (const edition of days.flatMap(({ editions }) => editions)) {
    if (platform !== undefined && edition.platform !== (platform === 'none' ? '' : platform)) continue;
    if (appVersion !== undefined && edition.appVersion !== appVersion) continue;
    const key = `${edition.platform}|${edition.appVersion}`;
    const sum = sums.get(key) ?? { platform: edition.platform, appVersion: edition.appVersion, counts: {} };
    for (const [name, count] of Object.entries(edition.counts))
      sum.counts[name] = (sum.counts[name] ?? 0) + count;
    sums.set(key, sum);
  }
  return [...sums.values()].sort((a, b) => (b.counts['visits'] ?? 0) - (a.counts['visits'] ?? 0));
}

function sumOffices(days: readonly DayNumbers[]): OfficeRow[] {
  const open = new Map<string, OpenOffice>();
  for (const row of days.flatMap(({ offices }) => offices)) addOffice(open, row);
  return closeOffices(open);
}

function totalOf(rows: readonly OfficeRow[]): Omit<OfficeRow, 'office'> {
  const open = new Map<string, OpenOffice>();
  for (const row of rows) addOffice(open, { ...row, office: '' });
  const counts: Partial<Record<TicketCountName, number>> = {};
  return closeOffices(open)[0] ?? { counts, firstResponse: NONE, resolution: NONE };
}

function sumOfTimes(packed: PackedTimes): number {
  let sum = 0;
  eachTime(packed, (seconds, count) => {
    sum += seconds * count;
  });
  return sum;
}
