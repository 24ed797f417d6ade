/** What this room tells the audit log. */
import type { AuditAction } from '../../contracts/audit.ts';
import type { Actor } from './account.ts';

/**
 * Writes one entry, just before what it tells of is done: what cannot be written down is not done.
 * @throws when the entry cannot be written
 */
export type WriteAudit = (entry: {
  /** null: nobody is known. */
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly action: AuditAction;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly address: string | null;
}) => Promise<void>;

/** The parts of an entry that tell who did something to an account. */
export function byActor(
  { id, name, address }: Actor,
  account: string,
): { actor: { id: string; name: string }; subject: string; address: string } {
  return { actor: { id, name }, subject: `account:${account}`, address };
}
