/**
 * What all clients were told of who has which conversation. Each change of it has a number: whatever is told of one
 * number, by any node and to anybody, must be the same.
 */
import type { ConversationRow } from '../../../src/contracts/console.ts';

export interface Ledger {
  readonly note: (row: ConversationRow) => void;
  /** Where the desk told two things of one change. */
  readonly contradictions: readonly string[];
  /** How many changes are known. */
  readonly size: () => number;
}

type Told = Pick<ConversationRow, 'id' | 'revision' | 'status' | 'agent'>;

export function createLedger(): Ledger {
  const told = new Map<string, string>();
  const contradictions: string[] = [];
  return {
    contradictions,
    size: () => told.size,
    note(row: Told) {
      const change = `${row.id} ${row.revision}`;
      const now = `${row.status} ${row.agent?.name ?? ''}`;
      const before = told.get(change);
      if (before === undefined) told.set(change, now);
      else if (before !== now)
        contradictions.push(`change ${row.revision} of ${row.id} was told as “${before}” and as “${now}”`);
    },
  };
}
