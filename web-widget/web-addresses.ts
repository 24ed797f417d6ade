/** Addresses of the web in a text that somebody typed: with https://, with www., or of the government. */

export interface AddressLink {
  readonly href: string;
  readonly text: string;
}

const ADDRESS = /(^|[\s(“"'])((?:https?:\/\/|www\.|(?:[a-z\d-]+\.)+gov\.vn(?![\w.-]*@))[^\s<>“”"]*)/gi;
/** What ends a sentence is no part of an address. */
const BEHIND = /[.,;:!?)\]'…]+$/;
/** A host with a dot in it, as every host of the web has. */
const WHOLE = /^https?:\/\/[^\s/]+\.[^\s/]/i;

/** The text in pieces, in order; none of it is lost. */
export function findAddresses(text: string): (string | AddressLink)[] {
  const pieces: (string | AddressLink)[] = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const start = (found.index ?? 0) + (found[1] ?? '').length;
    const address = (found[2] ?? '').replace(BEHIND, '');
    const href = /^https?:/i.test(address) ? address : `https://${address}`;
    if (!WHOLE.test(href)) continue;
    if (start > from) pieces.push(text.slice(from, start));
    pieces.push({ href, text: address });
    from = start + address.length;
  }
  if (from < text.length) pieces.push(text.slice(from));
  return pieces;
}
