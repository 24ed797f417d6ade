/** An entry of the audit log as the contract has it. */
import type { AuditEntryView } from '../contracts/audit.ts';
import type { AuditEntry } from './audit.ts';

export function presentAuditEntry(entry: AuditEntry): AuditEntryView {
  return {
    number: entry.number,
    at: entry.at.toISOString(),
    actor: entry.actor && { id: entry.actor.id, name: entry.actor.name },
    action: entry.action,
    subject: entry.subject,
    details: entry.details,
    address: entry.address,
    hash: entry.hash,
  };
}
