/** Entries of the audit log, and the chain of hashes that holds them together. */
import { createHash } from 'node:crypto';
import type { AuditAction } from '../contracts/audit.ts';

/** What happened; number, time and hash are given to it by the log. */
export interface AuditFact {
  /** null: nobody is known, or the desk itself. */
  readonly actor: { readonly id: string; readonly name: string } | null;
  readonly action: AuditAction;
  /** What it was done to, such as `account:…`. */
  readonly subject: string;
  /** As JSON has it. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly address: string | null;
}

export interface AuditEntry extends AuditFact {
  /** 1, 2, 3 … without gaps. */
  readonly number: number;
  readonly at: Date;
  /** Over this entry and the hash before it. */
  readonly hash: string;
}

/** Where the log ends: whoever keeps it elsewhere can tell later whether the end was cut off. */
export interface AuditHead {
  readonly number: number;
  readonly hash: string;
}

/** What the first entry is chained to. */
export const BEGINNING: AuditHead = { number: 0, hash: '0'.repeat(64) };

/** The entry behind `head`. */
export function chain(head: AuditHead, fact: AuditFact, at: Date): AuditEntry {
  const entry = { ...toStorable(fact), number: head.number + 1, at };
  return { ...entry, hash: hashEntry(head.hash, entry) };
}

/** @param before the hash of the entry before */
export function hashEntry(before: string, entry: Omit<AuditEntry, 'hash'>): string {
  const { number, at, actor, action, subject, details, address } = entry;
  const text = writeCanonical({ number, at, actor, action, subject, details, address });
  return createHash('sha256').update(`${before}\n${text}`).digest('hex');
}

/** JSON with the keys in order and nothing between: the same value is always the same text. */
export function writeCanonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** As it will be read again: JSON values only, and text that UTF-8 can spell, or the hash would not hold. */
function toStorable({ actor, action, subject, details, address }: AuditFact): AuditFact {
  return {
    actor: actor && { id: spellable(actor.id), name: spellable(actor.name) },
    action,
    subject: spellable(subject),
    details: JSON.parse(spellable(JSON.stringify(details))),
    address: address === null ? null : spellable(address),
  };
}

function spellable(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
