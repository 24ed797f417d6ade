/** What a question looks like once it is answered: secrets covered, and was it read as it was typed? */
import type { AnswerResponse } from '../src/contracts/answers.ts';

type Redaction = AnswerResponse['redactions'][number];
export type Secret = 'password' | 'otp';

const COVER = '••••';
const SECRETS: readonly Secret[] = ['password', 'otp'];

/** The kinds of secret among the redactions, each once. */
export function secretsIn(redactions: readonly Redaction[]): Secret[] {
  return SECRETS.filter((secret) => redactions.some(({ type }) => type === secret));
}

/** The text with passwords and OTPs covered. Offsets are UTF-16, in the text as sent. */
export function coverSecrets(text: string, redactions: readonly Redaction[]): string {
  const spans = redactions
    .filter(({ type }) => SECRETS.some((secret) => secret === type))
    .sort((a, b) => a.start - b.start);
  let covered = '';
  let from = 0;
  for (const { start, end } of spans) {
    if (start >= from) covered += text.slice(from, start) + COVER;
    from = Math.max(from, end);
  }
  return covered + text.slice(from);
}

/** How the question was read, for showing; null when only case, accents, spaces, digits or marks differ. */
export function differentReading(understood: string, typed: string): string | null {
  if (lettersOf(understood) === lettersOf(typed)) return null;
  // "#" and "@" stand for numbers and addresses inside the engine; the server sends "…", and so does this, should one slip through.
  return understood.replace(/[#@]+/g, '…').trim();
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/đ/g, 'd')
    .replace(/[^a-z]/g, '');
}
