/** What the history says of a change, in one line. Pure. */
import type { TicketActor, TicketEntryView } from '../../../src/contracts/tickets.ts';
import { copy } from './copy.ts';

const words = copy.entry;

export function actorName(by: TicketActor, me: string): string {
  if (by.kind === 'citizen') return words.citizen;
  if (by.kind === 'desk') return words.desk;
  return by.id === me ? words.you : by.name;
}

/** null: it is no change but something that was said. */
export function sayEntry(entry: TicketEntryView, me: string): string | null {
  const { kind, field, from, to } = entry;
  const by = actorName(entry.by, me);
  switch (kind) {
    case 'reply':
    case 'note':
    case 'information':
      return null;
    case 'created':
      return words.created(by);
    case 'status':
      return words.status(by, nameIn(copy.statuses, from), nameIn(copy.statuses, to));
    case 'field':
      return sayField(by, field ?? '', from, to);
    case 'call':
      return words.call(by, nameIn(copy.callOutcomes, to));
    case 'merge':
      return to === null ? words.absorb(by, from ?? '') : words.merge(by, to);
    case 'link':
      return words.link(by);
    case 'deadline': {
      const deadline = nameIn(words.deadlines, from);
      return to === 'breached' ? words.breached(deadline) : words.warned(deadline);
    }
    case 'rating':
      return words.rating(to ?? '');
    case 'erasure':
      return words.erasure(by);
  }
}

/** What the fields with names of their own are called. */
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  priority: copy.priorities,
  complaintType: copy.complaintTypes,
  kind: copy.kinds,
};

function sayField(by: string, field: string, from: string | null, to: string | null): string {
  const name = nameIn(words.fields, field);
  const value = (raw: string): string => nameIn(VALUES[field] ?? {}, raw);
  const [before, after] = [from || null, to || null];
  if (before === null && after === null) return words.fieldTouched(by, name);
  if (before === null) return words.fieldSet(by, name, value(after ?? ''));
  if (after === null) return words.fieldCleared(by, name, value(before));
  return words.field(by, name, value(before), value(after));
}

function nameIn(names: Readonly<Record<string, string>>, key: string | null): string {
  return key === null ? copy.none : (names[key] ?? key);
}
