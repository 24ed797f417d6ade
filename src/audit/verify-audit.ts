/** Holding the audit log against its own chain of hashes. */
import { type AuditHead, BEGINNING, hashEntry } from './audit.ts';
import type { WalkAudit } from './audit-store.ts';

export interface AuditVerdict {
  /** Entries that are right, from the first one on. */
  readonly entries: number;
  /** The last of them; null: there is none. */
  readonly head: AuditHead | null;
  /** The first one that is not right; null: all are. */
  readonly fault: AuditFault | null;
}

export interface AuditFault {
  /** Of the entry at fault. */
  readonly number: number;
  /**
   * `missing`: it is not there, though later ones are or were; `altered`: it, or its place, is not what the log
   * wrote; `stray`: behind the one before lies what is no entry.
   */
  readonly kind: 'missing' | 'altered' | 'stray';
}

/**
 * @param expected a head that was noted earlier: the log must still contain it. Without it, nobody can see from the
 *   log alone that its end was cut off, or that all of it was written anew
 */
export async function verifyAudit(walk: WalkAudit, expected?: AuditHead): Promise<AuditVerdict> {
  let head = BEGINNING;
  const verdict = (kind: AuditFault['kind'] | null): AuditVerdict => ({
    entries: head.number,
    head: head.number === 0 ? null : head,
    fault: kind === null ? null : { number: head.number + 1, kind },
  });
  for await (const found of walk()) {
    const next = head.number + 1;
    if (!('number' in found)) return verdict(found.id === next ? 'altered' : 'stray');
    if (found.number !== next) return verdict(found.number > next ? 'missing' : 'stray');
    if (found.hash !== hashEntry(head.hash, found)) return verdict('altered');
    if (expected?.number === next && expected.hash !== found.hash) return verdict('altered');
    head = { number: next, hash: found.hash };
  }
  return verdict(expected !== undefined && head.number < expected.number ? 'missing' : null);
}
