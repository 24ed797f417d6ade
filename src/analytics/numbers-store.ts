/** The numbers of hours and days in the database, and how far they have been brought. */
import { randomUUID } from 'node:crypto';
import { type Connection, type mongo, Schema } from 'mongoose';
import { takeLease } from '../storage/lease.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { AgentRow, Cell, OfficeRow } from './cell.ts';
import type { PackedTimes } from './packed-times.ts';
import type { DayNumbers, HourNumbers } from './tally.ts';

/** As it is read. */
type Bytes = mongo.Binary;
type Packed<Row, Times extends keyof Row> = Omit<Row, Times> & { readonly [Name in Times]: Bytes };
interface CellDocument extends Omit<Cell, 'times' | 'agents'> {
  readonly times: { readonly [Name in keyof Cell['times']]: Bytes };
  readonly agents: readonly Packed<AgentRow, 'firstResponse' | 'handling'>[];
}
type OfficeDocument = Packed<OfficeRow, 'firstResponse' | 'resolution'>;
interface HourDocument {
  _id: number;
  cells: readonly (Omit<HourNumbers['cells'][number], 'cell'> & { readonly cell: CellDocument })[];
  offices: readonly OfficeDocument[];
}
interface DayDocument extends Pick<DayNumbers, 'day' | 'platform' | 'appVersion'> {
  _id: string;
  cell: Partial<CellDocument>;
  hours?: DayNumbers['hours'];
  editions?: DayNumbers['editions'];
  offices?: readonly OfficeDocument[];
}
interface StateDocument {
  _id: string;
  owner?: string;
  until?: Date;
  at?: Date;
  period?: string;
}

const hourSchema = new Schema<HourDocument>(
  { _id: { type: Number, required: true } },
  { ...SCHEMA_OPTIONS, collection: 'analytics_hours' },
);
const daySchema = new Schema<DayDocument>(
  { _id: { type: String, required: true }, day: { type: String, required: true } },
  { ...SCHEMA_OPTIONS, collection: 'analytics_days' },
);
daySchema.index({ day: 1 });
const stateSchema = new Schema<StateDocument>(
  { _id: { type: String, required: true }, until: Date },
  { ...SCHEMA_OPTIONS, collection: 'analytics_state' },
);

/**
 * What a reader needs of days; all else comes empty. Each part is a document of its own: whoever wants one does not wait
 * for the others to be read.
 */
export type DayPart = 'overview' | 'intents' | 'staff';
const PARTS: readonly DayPart[] = ['overview', 'intents', 'staff'];

/** Up to where the changes of conversations, and of tickets, are known; `counted`: when numbers were written last. */
export type Cursor = 'conversations' | 'tickets' | 'counted';

export interface NumbersStore {
  /** null takes it away. */
  readonly putHour: (hour: number, numbers: HourNumbers | null) => Promise<void>;
  /** From one to another, which is left out; in order. */
  readonly listHours: (from: number, to: number) => Promise<HourNumbers[]>;
  /** All hours that have numbers, in order. */
  readonly listHourKeys: () => Promise<readonly number[]>;
  /** Puts these in the place of all that there are of a day. */
  readonly putDay: (day: string, numbers: readonly DayNumbers[]) => Promise<void>;
  readonly listDayKeys: () => Promise<readonly string[]>;
  /** Of one version of the app, or of all; days without any are missing. */
  readonly listDays: (
    days: readonly string[],
    edition: { readonly platform: string; readonly appVersion: string },
    part: DayPart,
  ) => Promise<DayNumbers[]>;
  /** One node counts, until then. */
  readonly takeLease: (now: Date, until: Date) => Promise<boolean>;
  readonly releaseLease: () => Promise<void>;
  readonly findCursor: (name: Cursor) => Promise<Date | null>;
  readonly setCursor: (name: Cursor, at: Date) => Promise<void>;
  /** The period that the summary was sent for last; null: never. */
  readonly findSummarized: () => Promise<string | null>;
  readonly setSummarized: (period: string) => Promise<void>;
}

export function createNumbersStore(connection: Connection): NumbersStore {
  const hours = connection.model('AnalyticsHour', hourSchema).collection;
  const days = connection.model('AnalyticsDay', daySchema).collection;
  const state = connection.model('AnalyticsState', stateSchema).collection;
  const owner = randomUUID();
  const findState = async (id: string): Promise<StateDocument | null> =>
    (await state.findOne({ _id: id } as never)) as StateDocument | null;
  const setState = async (id: string, part: Partial<StateDocument>): Promise<void> => {
    await state.updateOne({ _id: id } as never, { $set: part } as never, { upsert: true });
  };

  return {
    async putHour(hour, numbers) {
      if (numbers === null) {
        await hours.deleteOne({ _id: hour } as never);
        return;
      }
      const cells = numbers.cells.map((one) => ({ ...one, cell: packCell(one.cell) }));
      const offices = numbers.offices.map(packOffice);
      await hours.replaceOne({ _id: hour } as never, { cells, offices } as never, { upsert: true });
    },
    async listHours(from, to) {
      const found = (await hours
        .find({ _id: { $gte: from, $lt: to } } as never)
        .sort({ _id: 1 })
        .toArray()) as unknown as HourDocument[];
      return found.map(({ _id: hour, cells, offices }) => ({
        hour,
        cells: cells.map((one) => ({ ...one, cell: unpackCell(one.cell) })),
        offices: offices.map(unpackOffice),
      }));
    },
    async listHourKeys() {
      const found = await hours.find({}).sort({ _id: 1 }).project({ _id: 1 }).toArray();
      return found.map(({ _id }) => Number(_id));
    },
    async putDay(day, numbers) {
      const documents = numbers.flatMap((one) => PARTS.map((part) => toDocument(one, part)));
      const ids = documents.map(({ _id }) => _id);
      const steps = [
        ...documents.map((document) => ({
          replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
        })),
        { deleteMany: { filter: { day, _id: { $nin: ids } } } },
      ];
      await days.bulkWrite(steps as never);
    },
    async listDayKeys() {
      const found = await days.find({}).project({ day: 1 }).toArray();
      return [...new Set(found.map(({ day }) => String(day)))].sort();
    },
    async listDays(wanted, { platform, appVersion }, part) {
      const ids = wanted.map((day) => idOf({ day, platform, appVersion }, part));
      const found = (await days
        .find({ _id: { $in: ids } } as never)
        .sort({ _id: 1 })
        .toArray()) as unknown as DayDocument[];
      return found.map(toDay);
    },
    takeLease: (now, until) => takeLease(state, 'lease', { owner, now, until }),
    async releaseLease() {
      const free = { $set: { until: new Date(0) } };
      await state.updateOne({ _id: 'lease', owner } as never, free as never);
    },
    findCursor: async (name) => (await findState(name))?.at ?? null,
    setCursor: (name, at) => setState(name, { at }),
    findSummarized: async () => (await findState('summary'))?.period ?? null,
    setSummarized: (period) => setState('summary', { period }),
  };
}

type Place = Pick<DayNumbers, 'day' | 'platform' | 'appVersion'>;
const idOf = ({ day, platform, appVersion }: Place, part: DayPart): string =>
  `${day}|${platform}|${appVersion}|${part}`;

function toDocument(numbers: DayNumbers, part: DayPart) {
  const { day, platform, appVersion, hours, editions } = numbers;
  const { counts, times, scores, intents, near, agents } = packCell(numbers.cell);
  const parts = {
    overview: { cell: { counts, times, scores }, hours, editions },
    intents: { cell: { counts, intents, near }, hours },
    staff: { cell: { agents }, offices: numbers.offices.map(packOffice) },
  };
  return { _id: idOf(numbers, part), day, platform, appVersion, ...parts[part] };
}

function toDay(document: DayDocument): DayNumbers {
  const { day, platform, appVersion, cell, hours = [], offices = [], editions = [] } = document;
  return {
    day,
    platform,
    appVersion,
    cell: unpackCell(cell),
    hours,
    offices: offices.map(unpackOffice),
    editions,
  };
}

const pack = (times: PackedTimes): Buffer => Buffer.from(times);
const unpack = ({ buffer, position }: Bytes): PackedTimes => Uint8Array.from(buffer.subarray(0, position));

function packCell({ times, agents, ...rest }: Cell) {
  return {
    ...rest,
    times: Object.fromEntries(Object.entries(times).map(([name, packed]) => [name, pack(packed)])),
    agents: agents.map((row) => ({
      ...row,
      firstResponse: pack(row.firstResponse),
      handling: pack(row.handling),
    })),
  };
}

function unpackCell(cell: Partial<CellDocument>): Cell {
  const { counts = {}, times = {}, scores = [0, 0, 0, 0, 0], intents = [], near = [], agents = [] } = cell;
  return {
    counts,
    times: Object.fromEntries(Object.entries(times).map(([name, bytes]) => [name, unpack(bytes)])),
    scores,
    intents,
    near,
    agents: agents.map((row) => ({
      ...row,
      firstResponse: unpack(row.firstResponse),
      handling: unpack(row.handling),
    })),
  };
}

const packOffice = (row: OfficeRow) => ({
  ...row,
  firstResponse: pack(row.firstResponse),
  resolution: pack(row.resolution),
});
const unpackOffice = (row: OfficeDocument): OfficeRow => ({
  ...row,
  firstResponse: unpack(row.firstResponse),
  resolution: unpack(row.resolution),
});
