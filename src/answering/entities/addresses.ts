/** E-mail and web addresses, by the library's models, and e-mail addresses that are spelt out. */
import type { IModel } from '@microsoft/recognizers-text';
import type { Candidate } from './entity.ts';
import { looksLikeUrl, type VietnameseModels } from './recognizer-vi.ts';
import type { TextView } from './text-view.ts';

/** A longer run without white space is no address (RFC 5321: 254), and the library's patterns are quadratic in it. */
const LONGEST = 300;

/** Finds addresses. `value` of an e-mail is lower case and without blanks, that of a URL as typed. */
export function findAddresses(view: TextView, models: VietnameseModels): Candidate[] {
  const { folded } = view;
  const found: Candidate[] = [];
  const hasAt = folded.includes('@');
  if (hasAt || /\ba (?:cong|moc) | at |\(at\)/.test(folded)) found.push(...findSpeltEmails(folded));
  if (!hasAt && !folded.includes('.')) return found;
  for (const { start, text } of readRuns(folded)) {
    if (text.includes('@')) found.push(...runModel(models.email, text, start, toEmail));
    if (looksLikeUrl(text))
      found.push(...runModel(models.url, text, start, (at, url) => toUrl(view, at, url)));
  }
  return found;
}

/** Runs without white space, without the punctuation behind them: the library's URL pattern fails before "?" and "!". */
function readRuns(folded: string): { start: number; text: string }[] {
  const runs: { start: number; text: string }[] = [];
  for (const { 0: run, index: start } of folded.matchAll(/[^\s<>"',;]+/g)) {
    let length = run.length;
    while (length > 0 && !/[a-z0-9/]/.test(run.charAt(length - 1))) length--;
    const text = run.slice(0, length);
    if (length <= LONGEST && /[.@]/.test(text)) runs.push({ start, text });
  }
  return runs;
}

function runModel(
  model: IModel,
  text: string,
  offset: number,
  toCandidate: (start: number, text: string) => Candidate,
): Candidate[] {
  return model.parse(text).map(({ start, end }) => toCandidate(offset + start, text.slice(start, end + 1)));
}

/** Providers behind whose ".com" the next sentence may start: "ten@gmail.com.giúp tôi". */
const PROVIDER_HOST = /^.*?@(?:gmail|yahoo|hotmail|outlook|icloud|live)\.com(?:\.vn)?(?=\.|$)/;

/** The library's pattern lets an address end in full stops. */
function toEmail(start: number, written: string): Candidate {
  const text = PROVIDER_HOST.exec(written)?.[0] ?? written.replace(/\.+$/, '');
  return { type: 'email', value: text, start, end: start + text.length };
}

function toUrl(view: TextView, start: number, text: string): Candidate {
  return {
    type: 'url',
    value: view.cased.slice(start, start + text.length),
    start,
    end: start + text.length,
  };
}

/**
 * "ten @ gmail . com", "ten a còng gmail chấm com". Not a library model: its pattern is one run of characters.
 * Only common providers and endings, so that "a còng" in ordinary speech is no address.
 */
const SPELT_HOST =
  /(?<=[a-z0-9]) ?(?:@|\(at\)| a cong | a moc | at ) ?((?:gmail|yahoo|hotmail|outlook|icloud|live|[a-z0-9-]{2,30}(?= ?(?:\.| cham | dot ) ?(?:edu|gov|com|vn)))(?:(?: ?\. ?| cham | dot )(?:com|net|org|vn|edu|gov)){1,3})(?![a-z0-9])/g;
const LOCAL_PART = /[a-z0-9](?:[a-z0-9._+-]| (?:cham|dot) )*$/;
const LONGEST_LOCAL = 64;

function findSpeltEmails(folded: string): Candidate[] {
  return [...folded.matchAll(SPELT_HOST)].flatMap(({ 0: written, 1: host, index }) => {
    const before = folded.slice(Math.max(0, index - LONGEST_LOCAL), index);
    const local = LOCAL_PART.exec(before)?.[0];
    if (local === undefined) return [];
    const value = `${plain(local)}@${plain(host!)}`;
    return [{ type: 'email' as const, value, start: index - local.length, end: index + written.length }];
  });
}

const plain = (spelt: string): string => spelt.replaceAll(/ (?:cham|dot) /g, '.').replaceAll(' ', '');
