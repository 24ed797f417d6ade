/** Names of mails that belong to tickets: whoever answers one names it, and nobody can make one up. Pure. */

/** A keyed hash: the same for the same text, and not to be guessed. */
export type Sign = (text: string) => string;

const SIGNATURE_LENGTH = 24;
const OURS = /^<([a-z]{2}-\w{6})\.(\d{1,6})\.([\w-]{24})@[^@>]+>$/i;

/** @param entry the line of the history that the mail tells @returns with angle brackets */
export function messageIdOf(code: string, entry: number, domain: string, sign: Sign): string {
  return `<${code}.${entry}.${signatureOf(code, entry, sign)}@${domain}>`;
}

/** The ticket that a mail of ours was about; null: none of ours, or made up. */
export function ticketOfMessageId(messageId: string, sign: Sign): string | null {
  const [, code = '', entry, signature] = OURS.exec(messageId) ?? [];
  const written = code.toUpperCase();
  return entry !== undefined && signature === signatureOf(written, Number(entry), sign) ? written : null;
}

function signatureOf(code: string, entry: number, sign: Sign): string {
  return sign(`mail ${code} ${entry}`)
    .replace(/[^\w-]/g, '')
    .slice(0, SIGNATURE_LENGTH);
}

const CODE = /\b(?:PA|GY|GL|CH)-[2-9A-HJKMNP-Z]{6}\b/g;

/** Codes that a subject names. */
export function codesIn(subject: string): string[] {
  return [...new Set(subject.toUpperCase().match(CODE) ?? [])];
}
