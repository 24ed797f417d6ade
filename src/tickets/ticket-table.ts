/** Tickets as a table for spreadsheets, row by row as they come: memory stays the same however many there are. */
import { once } from 'node:events';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BYTE_ORDER_MARK, defuse, gatherRows, writeCsvRow } from '../kernel/csv.ts';
import { maskContact } from '../kernel/mask.ts';
import { asInVietnam } from '../kernel/vietnam-time.ts';
import { type Clock, stateOf, usedBy, type WorkingTime } from './deadlines.ts';
import type { TicketSummary } from './ticket.ts';
import { TICKET_WORDS } from './ticket-words.ts';

const HOUR_MS = 60 * 60 * 1_000;

/** @throws what the store throws; the file is broken off then */
export async function writeTicketTable(
  format: 'csv' | 'xlsx',
  tickets: AsyncIterable<TicketSummary>,
  out: Writable,
  now: Date,
  work: WorkingTime,
): Promise<void> {
  if (format === 'csv') await pipeline(Readable.from(gatherRows(writeCsv(tickets, now, work))), out);
  else await writeWorkbook(tickets, out, now, work);
}

async function* writeCsv(
  tickets: AsyncIterable<TicketSummary>,
  now: Date,
  work: WorkingTime,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + writeCsvRow(TICKET_WORDS.columns);
  for await (const ticket of tickets) yield writeCsvRow(cellsOf(ticket, now, work).map(String));
}

async function writeWorkbook(
  tickets: AsyncIterable<TicketSummary>,
  out: Writable,
  now: Date,
  work: WorkingTime,
): Promise<void> {
  // Half a second and 28 MB that a desk does without until somebody asks for a workbook.
  const { default: excel } = await import('exceljs');
  const book = new excel.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false });
  const sheet = book.addWorksheet(TICKET_WORDS.sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow([...TICKET_WORDS.columns]).commit();
  for await (const ticket of tickets) {
    const cells = cellsOf(ticket, now, work);
    sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? defuse(cell) : cell))).commit();
    // The writer itself does not wait for whoever reads slowly.
    if (out.writableNeedDrain) await Promise.race([once(out, 'drain'), once(out, 'close')]);
    if (out.destroyed) return;
  }
  sheet.commit();
  await book.commit();
}

function cellsOf(ticket: TicketSummary, now: Date, work: WorkingTime): (string | number)[] {
  const { phone, email } = maskContact(ticket);
  const words = TICKET_WORDS;
  return [
    ticket.code,
    words.kinds[ticket.kind],
    ticket.complaintType === null ? '' : words.complaintTypes[ticket.complaintType],
    words.statuses[ticket.status],
    ticket.outcome === null ? '' : words.outcomes[ticket.outcome],
    words.priorities[ticket.priority],
    ticket.content,
    ticket.name ?? '',
    phone ?? '',
    email ?? '',
    ticket.category ?? '',
    ticket.office ?? '',
    ticket.assignee?.name ?? '',
    ticket.tags.join(', '),
    words.sources[ticket.source],
    timeOf(ticket.createdAt),
    timeOf(ticket.updatedAt),
    ticket.endedAt === null ? '' : timeOf(ticket.endedAt),
    deadlineOf(ticket.firstResponse),
    hoursOf(ticket.firstResponse, now, work),
    deadlineOf(ticket.resolution),
    hoursOf(ticket.resolution, now, work),
    ticket.satisfaction?.score ?? ticket.score ?? '',
  ];
}

function deadlineOf(clock: Clock): string {
  return TICKET_WORDS.deadlines[stateOf(clock)];
}

/** Of working time, to a tenth. */
function hoursOf(clock: Clock, now: Date, work: WorkingTime): number {
  return Math.round((usedBy(clock, now, work) / HOUR_MS) * 10) / 10;
}

/** As clocks in Việt Nam show it: 2027-02-06 09:30 */
function timeOf(at: Date): string {
  return asInVietnam(at).toISOString().slice(0, 16).replace('T', ' ');
}
