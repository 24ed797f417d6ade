/** What things are called on screen; what nobody has a name for keeps its own. */
import type { ConversationRow, Person } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';

const words = copy.conversations;

function nameIn(names: Readonly<Record<string, string>>, key: string): string {
  return names[key] ?? key;
}

export function ticketKindName(kind: string): string {
  return nameIn(words.tickets.kinds, kind);
}

export function ticketStatusName(status: string): string {
  return nameIn(words.tickets.statuses, status);
}

export function entityName(type: string): string {
  return nameIn({ ...words.sealedKinds, ...words.side.entity }, type);
}

export function entityValue(type: string, value: string): string {
  return type === 'platform' ? nameIn(words.side.platforms, value) : value;
}

export function sealedName(type: string): string {
  return nameIn(words.sealedKinds, type);
}

/** How the contact is called by those who have no name. */
export function contactNameOf({
  contactName,
  contactLabel,
}: Pick<ConversationRow, 'contactName' | 'contactLabel'>): string {
  return contactName ?? contactLabel;
}

export function listNames(people: readonly Person[]): string {
  return people.map(({ name }) => name).join(', ');
}
