/** What is plainly wrong with a number or an address; the desk looks again. Pure. */
import type { TicketRow } from '../../../src/contracts/tickets.ts';
import { copy } from './copy.ts';

const words = copy.form;

export function contactFaults(values: {
  readonly phone: string;
  readonly email: string;
}): Partial<Record<'phone' | 'email', string>> {
  const phone = values.phone.replace(/[\s.()-]/g, '').replace(/^\+?84(?=\d{9,10}$)/, '0');
  const email = values.email.trim();
  return {
    ...(phone === '' || /^0\d{9,10}$/.test(phone) ? {} : { phone: words.phoneMalformed }),
    ...(email === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: words.emailMalformed }),
  };
}

/** Neither number nor address: the citizen hears of nothing unless they look. */
export function isUnreachable({ contact }: Pick<TicketRow, 'contact'>): boolean {
  return contact.phone === null && contact.email === null;
}
