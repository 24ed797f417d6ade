/**
 * Numbers, dates, places, addresses and secrets in what a Vietnamese speaker types, with or without accents.
 * Numbers and addresses come from Microsoft.Recognizers.Text (recognizer-vi.ts). The other finders go round
 * it: its models get a bare string, so that each would have to read the message again for accents and case,
 * and its cache of models is one for the whole process, where the places of one extractor cannot live.
 */
import { findAddresses } from './addresses.ts';
import { findDates } from './dates.ts';
import type { Candidate, Entity, EntityType } from './entity.ts';
import { findOneTimeCodes } from './one-time-codes.ts';
import { findPasswords } from './passwords.ts';
import { normalisePhone } from './phone-numbers.ts';
import { compilePlaces, findPlaces, type Place } from './places.ts';
import { findPlatforms } from './platforms.ts';
import { createVietnameseModels, type VietnameseModels } from './recognizer-vi.ts';
import { readSpokenNumbers } from './spoken-digits.ts';
import { type TextView, toOffset, viewText } from './text-view.ts';
import { findTicketCodes } from './ticket-codes.ts';
import { findTimeSpans } from './time-spans.ts';

export type { Entity, EntityType } from './entity.ts';
export type { Place } from './places.ts';

/** Prepares an extractor. It finds entities in order of their start, none overlapping another. */
export function createEntityExtractor(options: {
  readonly places: readonly Place[];
}): (text: string) => Entity[] {
  const models = createVietnameseModels();
  const places = compilePlaces(options.places);
  return (text) => {
    const view = viewText(text);
    const candidates = [
      ...findPasswords(view),
      ...findOneTimeCodes(view),
      ...findAddresses(view, models),
      ...findNumbers(view, models),
      ...findTicketCodes(view),
      ...findDates(view),
      ...findTimeSpans(view),
      ...findPlatforms(view),
      ...findPlaces(view, places),
    ];
    return chooseCandidates(candidates, view.folded.length).map(({ type, value, start, end }) => {
      const [from, to] = [toOffset(view, start), toOffset(view, end)];
      return { type, value, text: text.slice(from, to), start: from, end: to };
    });
  };
}

/** The shortest numbers that the models know, passports, have seven digits. */
const FEWEST_DIGITS = 7;

function findNumbers(view: TextView, models: VietnameseModels): Candidate[] {
  const hasDigits = view.digitCount >= FEWEST_DIGITS;
  if (!hasDigits && readSpokenNumbers(view).length === 0) return [];
  const found = models.identityNumber.parse(view.typed).map(({ start, end, resolution }) => {
    const { type, value } = resolution;
    return { type: type as EntityType, value: String(value), start, end: end + 1 };
  });
  if (!hasDigits) return found;
  for (const { text, start, end } of models.phone.parse(view.folded)) {
    const value = normalisePhone(text);
    if (value !== null) found.push({ type: 'phone', value, start, end: end + 1 });
  }
  return found;
}

/**
 * Who wins where two overlap: a secret over all, then an address, then the longer, then the earlier in this
 * list (the more specific first), then the one that starts earlier.
 */
const PRIORITY: readonly EntityType[] = [
  'password',
  'otp',
  'email',
  'url',
  'bhytCard',
  'ticketCode',
  'bhxhNumber',
  'nationalId',
  'passport',
  'phone',
  'date',
  'timeSpan',
  'platform',
  'place',
];
const RANK = new Map(PRIORITY.map((type, rank) => [type, rank]));
const ABOVE_LENGTH = PRIORITY.indexOf('bhytCard');

function chooseCandidates(candidates: Candidate[], length: number): Candidate[] {
  if (candidates.length < 2) return candidates;
  candidates.sort(compareCandidates);
  const taken = new Uint8Array(length);
  const chosen = candidates.filter(({ start, end }) => {
    for (let at = start; at < end; at++) if (taken[at] === 1) return false;
    taken.fill(1, start, end);
    return true;
  });
  return chosen.sort((a, b) => a.start - b.start);
}

function compareCandidates(a: Candidate, b: Candidate): number {
  const [rankA, rankB] = [RANK.get(a.type)!, RANK.get(b.type)!];
  const tiers = Math.min(rankA, ABOVE_LENGTH) - Math.min(rankB, ABOVE_LENGTH);
  return tiers || b.end - b.start - (a.end - a.start) || rankA - rankB || a.start - b.start;
}
