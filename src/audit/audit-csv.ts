/** The audit log as a table for spreadsheets (RFC 4180). */
import { BYTE_ORDER_MARK, writeCsvRow } from '../kernel/csv.ts';
import { type AuditEntry, writeCanonical } from './audit.ts';

const COLUMNS = ['number', 'at', 'actor', 'actorName', 'action', 'subject', 'details', 'address', 'hash'];

/** Row by row, as the entries come. */
export async function* writeAuditCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + writeCsvRow(COLUMNS);
  for await (const { number, at, actor, action, subject, details, address, hash } of entries) {
    yield writeCsvRow([
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
