/** A conversation in the archive, as its index knows it. Types and pure rules. */
import type { Person } from '../contracts/console.ts';
import { dayAt } from '../kernel/vietnam-time.ts';

/** Where a conversation lies: a piece of a file that can be read by itself. */
export interface Place {
  /** Name of the pack, such as `2026-05/0m3k9…`. */
  readonly pack: string;
  readonly offset: number;
  readonly bytes: number;
  /** Of these bytes, hexadecimal. */
  readonly sha256: string;
}

export interface Archived {
  /** Of the conversation. */
  readonly id: string;
  readonly contact: string;
  readonly openedAt: Date;
  /** When anything last happened in it. */
  readonly endedAt: Date;
  readonly archivedAt: Date;
  /** packed: it is in the pack, and may still be in the database; cold: it is in the pack alone. */
  readonly state: 'packed' | 'cold';
  readonly agents: readonly Person[];
  readonly topics: readonly string[];
  readonly messages: number;
  /** Folded: of the contact's name, and for numbers. */
  readonly words: readonly string[];
  readonly place: Place;
}

/** One document as BSON, with the collection that it belongs to. */
export interface ColdDocument {
  readonly collection: string;
  readonly bytes: Uint8Array;
}

/** The folder of a conversation's pack: when it ended, in Việt Nam. */
export function monthOf(endedAt: Date): string {
  return dayAt(endedAt).slice(0, 7);
}

/** @param unique two never write to one pack: no two packs have one name */
export function namePack(month: string, at: Date, unique: string): string {
  return `${month}/${at.getTime().toString(36)}-${unique.slice(0, 8)}`;
}
