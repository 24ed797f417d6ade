/** Facts → the numbers of an hour → the numbers of a day. Pure. */
import type { CountName, Counts } from '../contracts/analytics.ts';
import { groupBy } from '../kernel/group-by.ts';
import { asInVietnam, dayAt, momentOf } from '../kernel/vietnam-time.ts';
import {
  addCell,
  addOffice,
  addScore,
  type Cell,
  closeCell,
  closeOffices,
  count,
  ensure,
  ensureAgent,
  ensureOffice,
  type OfficeRow,
  type OpenCell,
  type OpenOffice,
  openCell,
} from './cell.ts';
import {
  type ConversationFacts,
  type Edition,
  type Facts,
  hourOf,
  startOfHour,
  type TicketFacts,
} from './facts.ts';
import { addTime } from './packed-times.ts';

/** The numbers of one hour, for each version of the app. */
export interface HourNumbers {
  readonly hour: number;
  readonly cells: readonly (Edition & { readonly cell: Cell })[];
  readonly offices: readonly OfficeRow[];
}

/** The numbers of one day in Việt Nam, of one version of the app, or of all: `*`. */
export interface DayNumbers extends Edition {
  readonly day: string;
  readonly cell: Cell;
  /** By the hour, 0 to 23; hours without any are left out. */
  readonly hours: readonly { readonly hour: number; readonly counts: Counts }[];
  /** Where platform and version are both `*`; else empty. */
  readonly offices: readonly OfficeRow[];
  readonly editions: readonly (Edition & { readonly counts: Counts })[];
}

export const ALL = '*';
/** What the heat map shows. */
const BY_HOUR = ['visits', 'asked', 'requested'] as const satisfies readonly CountName[];

/** @param facts of all that counts in this hour, in a fixed order */
export function tallyHour(hour: number, facts: readonly Facts[]): HourNumbers {
  const cells = new Map<string, { edition: Edition; open: OpenCell }>();
  const offices = new Map<string, OpenOffice>();
  const cellOf = ({ platform, appVersion }: Edition): OpenCell =>
    ensure(cells, keyOf({ platform, appVersion }), () => ({
      edition: { platform, appVersion },
      open: openCell(),
    })).open;
  for (const one of facts) {
    if (one.kind === 'ticket') tallyTicket(hour, one, offices);
    else tallyConversation(hour, one, cellOf);
  }
  const sorted = [...cells].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    hour,
    cells: sorted.map(([, { edition, open }]) => ({ ...edition, cell: closeCell(open) })),
    offices: closeOffices(offices),
  };
}

function tallyConversation(
  hour: number,
  facts: ConversationFacts,
  cellOf: (edition: Edition) => OpenCell,
): void {
  const { visits, questions, requests, shifts, score } = facts;
  const isNow = ({ at }: { readonly at: Date }): boolean => hourOf(at) === hour;
  const cellAt = (visit: number): OpenCell => cellOf(visits[visit] ?? { platform: '', appVersion: '' });
  for (const visit of visits.filter(isNow)) {
    const { counts } = cellOf(visit);
    count(counts, 'visits');
    if (visit.outcome !== null) count(counts, visit.outcome);
  }
  for (const question of questions.filter(isNow)) {
    const cell = cellAt(question.visit);
    const names: CountName[] = ['asked', question.outcome];
    if (question.byChoice) names.push('answeredByChoice');
    if (question.helpful !== null) names.push(question.helpful ? 'helpful' : 'unhelpful');
    if (question.wrong) names.push('wrong');
    if (question.askedAgain) names.push('askedAgain');
    for (const name of names) count(cell.counts, name);
    for (const intent of question.intents) {
      const row = ensure(cell.intents, intent, () => new Map());
      for (const name of names) count(row, name);
    }
    if (question.outcome === 'answered') continue;
    const row = ensure(cell.near, question.near ?? '', () => new Map());
    count(row, question.outcome);
    if (question.abandoned) count(row, 'abandoned');
  }
  for (const request of requests.filter(isNow)) {
    const { counts, times } = cellAt(request.visit);
    count(counts, 'requested');
    if (request.claimed) count(counts, 'claimed');
    if (request.lost) count(counts, 'lost');
    const took = {
      wait: request.waitSeconds,
      firstResponse: request.firstResponseSeconds,
      handling: request.handlingSeconds,
      resolution: request.resolutionSeconds,
    } as const;
    for (const name of Object.keys(took) as (keyof typeof took)[])
      if (took[name] !== null)
        addTime(
          ensure(times, name, () => new Map()),
          took[name],
        );
  }
  for (const shift of shifts.filter(isNow)) {
    const agent = ensureAgent(cellAt(shift.visit), shift.agent, shift.name);
    agent.handled++;
    addTime(agent.firstResponse, shift.firstResponseSeconds);
    addTime(agent.handling, shift.handlingSeconds);
  }
  if (score !== null && isNow(score)) {
    const cell = cellAt(score.visit);
    addScore(cell.scores, score.score);
    if (score.agent !== null) addScore(ensureAgent(cell, score.agent, score.name).scores, score.score);
  }
}

function tallyTicket(hour: number, facts: TicketFacts, offices: Map<string, OpenOffice>): void {
  const { createdAt, closedAt, breachedAt, respondedAt, reopenedAt, isLate } = facts;
  const isNow = (at: Date | null): at is Date => at !== null && hourOf(at) === hour;
  const sinceMade = (at: Date): number => Math.round((at.getTime() - createdAt.getTime()) / 1_000);
  const row = ensureOffice(offices, facts.office);
  if (isNow(createdAt)) count(row.counts, 'created');
  if (isNow(closedAt)) {
    count(row.counts, 'closed');
    count(row.counts, isLate ? 'late' : 'inTime');
    addTime(row.resolution, sinceMade(closedAt));
  }
  for (const at of breachedAt) if (isNow(at)) count(row.counts, 'breached');
  for (const at of reopenedAt) if (isNow(at)) count(row.counts, 'reopened');
  if (isNow(respondedAt)) addTime(row.firstResponse, sinceMade(respondedAt));
}

/** @param hours of this day, in order */
export function tallyDay(day: string, hours: readonly HourNumbers[]): DayNumbers[] {
  const entries = hours.flatMap(({ hour, cells }) => cells.map((one) => ({ hour, ...one })));
  const offices = new Map<string, OpenOffice>();
  for (const row of hours.flatMap(({ offices: rows }) => rows)) addOffice(offices, row);
  const editions = [...groupBy(entries, keyOf).values()].map((same) => {
    const { platform = '', appVersion = '' } = same[0] ?? {};
    return { platform, appVersion, counts: sumOf(same.map(({ cell }) => cell)).counts };
  });
  editions.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  if (entries.length === 0 && offices.size === 0) return [];
  const byEdition = groupBy(
    entries.flatMap((entry) => editionsAbove(entry).map((edition) => ({ edition, entry }))),
    ({ edition }) => keyOf(edition),
  );
  const whole = { platform: ALL, appVersion: ALL };
  if (byEdition.size === 0) byEdition.set(keyOf(whole), []);
  return [...byEdition.values()].map((same): DayNumbers => {
    const edition = same[0]?.edition ?? whole;
    const isWhole = edition.platform === ALL && edition.appVersion === ALL;
    const perHour = groupBy(same, ({ entry }) => asInVietnam(startOfHour(entry.hour)).getUTCHours());
    return {
      day,
      ...edition,
      cell: sumOf(same.map(({ entry }) => entry.cell)),
      hours: [...perHour]
        .sort(([a], [b]) => a - b)
        .map(([hour, inHour]) => ({ hour, counts: countsByHour(inHour.map(({ entry }) => entry.cell)) })),
      offices: isWhole ? closeOffices(offices) : [],
      editions: isWhole ? editions : [],
    };
  });
}

/** The day in Việt Nam that an hour belongs to. */
export function dayOfHour(hour: number): string {
  return dayAt(startOfHour(hour));
}

/** The 24 hours of a day in Việt Nam: the first one, and the one behind the last. */
export function hoursOfDay(day: string): { readonly from: number; readonly to: number } {
  return { from: hourOf(new Date(momentOf(day, '00:00'))), to: hourOf(new Date(momentOf(day, '24:00'))) };
}

export function sumOf(cells: readonly Cell[]): Cell {
  const open = openCell();
  for (const cell of cells) addCell(open, cell);
  return closeCell(open);
}

/** Of every filter that it answers to. */
function editionsAbove({ platform, appVersion }: Edition): Edition[] {
  return [
    { platform, appVersion },
    { platform, appVersion: ALL },
    { platform: ALL, appVersion },
    { platform: ALL, appVersion: ALL },
  ];
}

function countsByHour(cells: readonly Cell[]): Counts {
  const sums = BY_HOUR.map(
    (name) => [name, cells.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0)] as const,
  );
  return Object.fromEntries(sums.filter(([, sum]) => sum > 0));
}

const keyOf = ({ platform, appVersion }: Edition): string => `${platform}|${appVersion}`;
