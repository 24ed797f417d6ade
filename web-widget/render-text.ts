/** Text as it was typed, with what can be tapped in it. */

import { findNumbers } from '../web-sync/phone-links.ts';
import type { Copy } from './copy.vi.ts';
import { element, unseen } from './element.ts';
import { findAddresses } from './web-addresses.ts';

export type LinkWords = Pick<Copy, 'call' | 'text' | 'opensNewTab'>;

/** Numbers to call, or to write a text message to. */
export function renderNumbers(text: string, copy: LinkWords): Node[] {
  return findNumbers(text).map((piece) =>
    typeof piece === 'string'
      ? document.createTextNode(piece)
      : element(
          'a',
          { class: 'number', href: piece.href, 'aria-label': copy[piece.kind](piece.text) },
          piece.text,
        ),
  );
}

export function renderLink(href: string, text: string, copy: LinkWords): HTMLElement {
  return element('a', { href, target: '_blank', rel: 'noopener' }, text, unseen(copy.opensNewTab));
}

/** What a person wrote: no markdown, but numbers and addresses. */
export function renderTyped(text: string, copy: LinkWords): Node[] {
  return findAddresses(text).flatMap((piece) =>
    typeof piece === 'string' ? renderNumbers(piece, copy) : [renderLink(piece.href, piece.text, copy)],
  );
}
