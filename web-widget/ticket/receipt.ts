/** The receipt as it is printed: the code, large, and the way back to the ticket. Nothing secret is in the QR code. */
import { encode } from 'uqr';
import type { CitizenTicket } from '../../src/contracts/citizen-tickets.ts';
import { deskUrl } from '../desk-api.ts';
import { element, icon } from '../element.ts';
import { copy } from './copy.ts';
import { momentOf } from './moments.ts';
import { rowsOf } from './rows.ts';

const words = copy.receipt;
/** White around it, in modules: readers need it. */
const MARGIN = 4;

export function renderReceipt(ticket: CitizenTicket): HTMLElement {
  const address = deskUrl('ticket').href;
  return element(
    'section',
    { class: 'receipt', 'aria-hidden': 'true' },
    element('p', { class: 'desk' }, words.desk),
    element('h2', {}, words.heading),
    element('p', { class: 'printed-code' }, ticket.code),
    rowsOf(ticket),
    element('p', { class: 'printed-content' }, ticket.content),
    element(
      'div',
      { class: 'way-back' },
      drawQr(`${address}?code=${ticket.code}`),
      element(
        'div',
        {},
        element('p', {}, element('strong', {}, words.scan)),
        element('p', { class: 'address' }, address),
        element('p', {}, words.ask),
        element('p', {}, words.printedAt(momentOf(new Date().toISOString()))),
      ),
    ),
  );
}

function drawQr(text: string): SVGElement {
  const { data, size } = encode(text, { ecc: 'M', border: MARGIN });
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')));
  const drawn = icon(dark.join(''));
  drawn.setAttribute('viewBox', `0 0 ${size} ${size}`);
  drawn.setAttribute('class', 'qr');
  return drawn;
}
