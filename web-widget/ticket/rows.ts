/** What a ticket says of itself, as labels and values. Numbers and addresses come masked. */
import type { CitizenTicket } from '../../src/contracts/citizen-tickets.ts';
import { element } from '../element.ts';
import { copy } from './copy.ts';
import { momentOf } from './moments.ts';

const words = copy.ticket;

export function rowsOf({ kind, complaintType, createdAt, office, contact }: CitizenTicket): HTMLElement {
  const values: readonly (readonly [string, string | null])[] = [
    [words.rows.kind, complaintType === null ? words.kinds[kind] : words.complaintTypes[complaintType]],
    [words.rows.createdAt, momentOf(createdAt)],
    [words.rows.office, office],
    [words.rows.name, contact.name],
    [words.rows.phone, contact.phone],
    [words.rows.email, contact.email],
  ];
  return element(
    'dl',
    {},
    ...values.flatMap(([label, value]) =>
      value === null ? [] : [element('div', {}, element('dt', {}, label), element('dd', {}, value))],
    ),
  );
}
