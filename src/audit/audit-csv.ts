/** The audit log as a table for spreadsheets (RFC 4180). */
import { type AuditEntry, writeCanonical } from './audit.ts';

const COLUMNS = ['number', 'at', 'actor', 'actorName', 'action', 'subject', 'details', 'address', 'hash'];
/** Without it Excel takes the file for another alphabet. */
const BYTE_ORDER_MARK = '\ufeff';

/** Piece by piece, as the entries come. */
export async function* writeAuditCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + writeRow(COLUMNS);
  for await (const { number, at, actor, action, subject, details, address, hash } of entries) {
    yield writeRow([
      String(number),
      at.toISOString(),
      actor?.id ?? '',
      actor?.name ?? '',
      action,
      subject,
      writeCanonical(details),
      address ?? '',
      hash,
    ]);
  }
}

function writeRow(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

/** Spreadsheets run what looks like a formula (OWASP, CSV injection): the apostrophe makes it text. */
function writeCell(text: string): string {
  const cell = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
