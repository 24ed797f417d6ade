/** Numbers that can be added up: of an hour, of a day, of a year it is the same cell, and no order matters. Pure. */
import type { CountName, Counts, Scores, TicketCountName, TimeName } from '../contracts/analytics.ts';
import { addTimes, type PackedTimes, packTimes, type Times } from './packed-times.ts';

export interface IntentRow {
  readonly intent: string;
  readonly counts: Counts;
}
export interface AgentRow {
  readonly agent: string;
  readonly name: string;
  readonly handled: number;
  readonly firstResponse: PackedTimes;
  readonly handling: PackedTimes;
  /** How often 1, 2, 3, 4, 5 was given. */
  readonly scores: readonly number[];
}
export interface OfficeRow {
  readonly office: string;
  readonly counts: Readonly<Partial<Record<TicketCountName, number>>>;
  readonly firstResponse: PackedTimes;
  readonly resolution: PackedTimes;
}
export interface Cell {
  readonly counts: Counts;
  readonly times: Readonly<Partial<Record<TimeName, PackedTimes>>>;
  readonly scores: readonly number[];
  readonly intents: readonly IntentRow[];
  /** What was not answered, by the topic it came nearest to; empty: none. */
  readonly near: readonly IntentRow[];
  readonly agents: readonly AgentRow[];
}

type Tally<Name extends string> = Map<Name, number>;

/** A cell while it is being added up. */
export interface OpenCell {
  readonly counts: Tally<CountName>;
  readonly times: Map<TimeName, Times>;
  readonly scores: number[];
  readonly intents: Map<string, Tally<CountName>>;
  readonly near: Map<string, Tally<CountName>>;
  readonly agents: Map<string, OpenAgent>;
}
interface OpenAgent {
  name: string;
  handled: number;
  readonly firstResponse: Times;
  readonly handling: Times;
  readonly scores: number[];
}
export interface OpenOffice {
  readonly counts: Tally<TicketCountName>;
  readonly firstResponse: Times;
  readonly resolution: Times;
}

const NO_SCORES = [0, 0, 0, 0, 0];

export function openCell(): OpenCell {
  return {
    counts: new Map(),
    times: new Map(),
    scores: [...NO_SCORES],
    intents: new Map(),
    near: new Map(),
    agents: new Map(),
  };
}

export function count<Name extends string>(tally: Tally<Name>, name: Name, by = 1): void {
  tally.set(name, (tally.get(name) ?? 0) + by);
}

/** The value of a key, made where there is none. */
export function ensure<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

export function ensureAgent({ agents }: OpenCell, agent: string, name: string): OpenAgent {
  const row = ensure(agents, agent, () => ({
    name,
    handled: 0,
    firstResponse: new Map(),
    handling: new Map(),
    scores: [...NO_SCORES],
  }));
  // Whoever was renamed goes by the later name.
  row.name = name;
  return row;
}

export function ensureOffice(offices: Map<string, OpenOffice>, office: string): OpenOffice {
  return ensure(offices, office, () => ({
    counts: new Map(),
    firstResponse: new Map(),
    resolution: new Map(),
  }));
}

export function addScore(scores: number[], score: number): void {
  scores[score - 1] = (scores[score - 1] ?? 0) + 1;
}

export function addCell(open: OpenCell, cell: Cell): void {
  addCounts(open.counts, cell.counts);
  for (const [name, packed] of Object.entries(cell.times))
    addTimes(
      ensure(open.times, name as TimeName, () => new Map()),
      packed,
    );
  addScores(open.scores, cell.scores);
  for (const { intent, counts } of cell.intents)
    addCounts(
      ensure(open.intents, intent, () => new Map()),
      counts,
    );
  for (const { intent, counts } of cell.near)
    addCounts(
      ensure(open.near, intent, () => new Map()),
      counts,
    );
  for (const row of cell.agents) {
    const agent = ensureAgent(open, row.agent, row.name);
    agent.handled += row.handled;
    addTimes(agent.firstResponse, row.firstResponse);
    addTimes(agent.handling, row.handling);
    addScores(agent.scores, row.scores);
  }
}

export function addOffice(offices: Map<string, OpenOffice>, row: OfficeRow): void {
  const office = ensureOffice(offices, row.office);
  addCounts(office.counts, row.counts);
  addTimes(office.firstResponse, row.firstResponse);
  addTimes(office.resolution, row.resolution);
}

/** In a fixed order: from the same facts the same cell, to the letter. */
export function closeCell(open: OpenCell): Cell {
  return {
    counts: countsOf(open.counts),
    times: Object.fromEntries(inOrder(open.times).map(([name, times]) => [name, packTimes(times)])),
    scores: [...open.scores],
    intents: inOrder(open.intents).map(([intent, counts]) => ({ intent, counts: countsOf(counts) })),
    near: inOrder(open.near).map(([intent, counts]) => ({ intent, counts: countsOf(counts) })),
    agents: inOrder(open.agents).map(([agent, row]) => ({
      agent,
      name: row.name,
      handled: row.handled,
      firstResponse: packTimes(row.firstResponse),
      handling: packTimes(row.handling),
      scores: [...row.scores],
    })),
  };
}

export function closeOffices(offices: ReadonlyMap<string, OpenOffice>): OfficeRow[] {
  return inOrder(offices).map(([office, row]) => ({
    office,
    counts: countsOf(row.counts),
    firstResponse: packTimes(row.firstResponse),
    resolution: packTimes(row.resolution),
  }));
}

export function scoresOf(each: readonly number[]): Scores {
  const all = each.reduce((sum, times) => sum + times, 0);
  const points = each.reduce((sum, times, place) => sum + times * (place + 1), 0);
  return { count: all, mean: all === 0 ? null : points / all, each: [...each] };
}

function addCounts<Name extends string>(
  tally: Tally<Name>,
  counts: Readonly<Partial<Record<Name, number>>>,
): void {
  for (const name of Object.keys(counts) as Name[]) count(tally, name, counts[name]);
}

function addScores(scores: number[], more: readonly number[]): void {
  for (const [place, times] of more.entries()) scores[place] = (scores[place] ?? 0) + times;
}

function countsOf<Name extends string>(tally: Tally<Name>): Partial<Record<Name, number>> {
  return Object.fromEntries(inOrder(tally)) as Partial<Record<Name, number>>;
}

function inOrder<Key extends string, Value>(map: ReadonlyMap<Key, Value>): [Key, Value][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
