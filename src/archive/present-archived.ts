/** Archived conversation → contract of the console, field by field. */
import type { ArchivedRow } from '../contracts/archive.ts';
import type { Archived } from './archived.ts';

/** What stands beside it, as it is today. */
export interface Names {
  readonly contactName: (contact: string) => string | null;
  readonly contactLabel: (contact: string) => string;
  readonly titleOf: (intent: string) => string;
  readonly ticketsOf: (conversation: string) => readonly string[];
}

export function presentArchived(one: Archived, names: Names, found: string | null): ArchivedRow {
  return {
    id: one.id,
    contactName: names.contactName(one.contact),
    contactLabel: names.contactLabel(one.contact),
    openedAt: one.openedAt.toISOString(),
    endedAt: one.endedAt.toISOString(),
    archivedAt: one.archivedAt.toISOString(),
    agents: one.agents.map(({ id, name }) => ({ id, name })),
    topics: one.topics.map((intent) => ({ intent, title: names.titleOf(intent) })),
    messages: one.messages,
    tickets: names.ticketsOf(one.id),
    found,
  };
}
