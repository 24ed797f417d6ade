/** The numbers as tables for spreadsheets. */
import {
  type AnalyticsTable,
  type ContentNumbers,
  type CountName,
  countName,
  type Overview,
  type Spread,
  type StaffNumbers,
  ticketCountName,
} from '../contracts/analytics.ts';
import { DEFINITIONS } from '../contracts/analytics-definitions.ts';
import { BYTE_ORDER_MARK, writeCsvRow } from '../kernel/csv.ts';
import { TABLE_WORDS as words } from './copy.ts';

/** What each table is made of. */
export interface TableSource {
  readonly overview: () => Promise<Overview>;
  readonly content: () => Promise<ContentNumbers>;
  readonly staff: () => Promise<StaffNumbers>;
}

type Cell = string | number | null;
type Row = readonly Cell[];

export async function writeTable(table: AnalyticsTable, source: TableSource): Promise<string> {
  const rows = await ROWS[table](source);
  return BYTE_ORDER_MARK + rows.map((row) => writeCsvRow(row.map(textOf))).join('');
}

/** Spreadsheets set to Vietnamese read a comma as the decimal mark. */
function textOf(cell: Cell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell).replace('.', ',') : cell;
}

const label = (name: keyof typeof DEFINITIONS): string => DEFINITIONS[name].label;
const COUNTS = countName.options;
const TICKETS = ticketCountName.options;
const spread = ({ medianSeconds, p95Seconds }: Spread): Cell[] => [medianSeconds, p95Seconds];
const spreadHead = (name: keyof typeof DEFINITIONS): string[] => [
  words.median(label(name)),
  words.p95(label(name)),
];
const countsOf = (counts: Readonly<Partial<Record<CountName, number>>>): number[] =>
  COUNTS.map((name) => counts[name] ?? 0);

const ROWS: Readonly<Record<AnalyticsTable, (source: TableSource) => Promise<readonly Row[]>>> = {
  async days({ overview }) {
    const { days } = await overview();
    return [[words.day, ...COUNTS.map(label)], ...days.map(({ day, counts }) => [day, ...countsOf(counts)])];
  },
  async hours({ overview }) {
    const { heat } = await overview();
    return [
      [words.weekday, words.hour, label('visits'), label('asked'), label('requested')],
      ...heat.visits.flatMap((row, weekday) =>
        row.map((visits, hour) => [
          words.weekdays[weekday] ?? '',
          hour,
          visits,
          heat.asked[weekday]?.[hour] ?? 0,
          heat.requested[weekday]?.[hour] ?? 0,
        ]),
      ),
    ];
  },
  async editions({ overview }) {
    const { editions } = await overview();
    return [
      [words.platform, words.appVersion, ...COUNTS.map(label)],
      ...editions.map(({ platform, appVersion, counts }) => [
        words.platforms[platform] ?? platform,
        appVersion,
        ...countsOf(counts),
      ]),
    ];
  },
  async intents({ content }) {
    const { intents } = await content();
    return [
      [
        words.intent,
        words.title,
        label('asked'),
        words.before,
        label('helpful'),
        label('unhelpful'),
        label('wrong'),
        label('askedAgain'),
      ],
      ...intents.map((row) => [
        row.intent,
        row.title,
        row.asked,
        row.askedBefore,
        row.helpful,
        row.unhelpful,
        row.wrong,
        row.askedAgain,
      ]),
    ];
  },
  async gaps({ content }) {
    const { gaps } = await content();
    return [
      [words.nearest, words.title, label('unknown'), label('clarified'), label('leftOpen')],
      ...gaps.map((row) => [row.intent, row.title, row.unknown, row.clarified, row.abandoned]),
    ];
  },
  async agents({ staff }) {
    const { agents } = await staff();
    return [
      [
        words.agent,
        label('handled'),
        words.activeSeconds,
        ...spreadHead('firstResponse'),
        ...spreadHead('handling'),
        label('satisfaction'),
        words.scores,
      ],
      ...agents.map((row) => [
        row.name,
        row.handled,
        row.activeSeconds,
        ...spread(row.firstResponse),
        ...spread(row.handling),
        row.scores.mean === null ? null : Math.round(row.scores.mean * 100) / 100,
        row.scores.count,
      ]),
    ];
  },
  async offices({ staff }) {
    const { offices } = await staff();
    return [
      [
        words.office,
        ...TICKETS.map(label),
        ...spreadHead('ticketFirstResponse'),
        ...spreadHead('ticketResolution'),
      ],
      ...offices.map((row) => [
        row.office === '' ? words.noOffice : row.office,
        ...TICKETS.map((name) => row.counts[name]),
        ...spread(row.firstResponse),
        ...spread(row.resolution),
      ]),
    ];
  },
};
