/** What the extractor finds, and what its finders hand each other. */

export type EntityType =
  | 'bhxhNumber'
  | 'bhytCard'
  | 'nationalId'
  | 'passport'
  | 'phone'
  | 'email'
  | 'url'
  | 'date'
  | 'timeSpan'
  | 'platform'
  | 'place'
  | 'ticketCode'
  | 'otp'
  | 'password';

/** A part of a message that means one thing of a known type. */
export interface Entity {
  readonly type: EntityType;
  /** The normalised form: digits of a number, ISO 8601 of a date or duration, canonical name of a place … */
  readonly value: string;
  /** What was typed: `message.slice(start, end)`. */
  readonly text: string;
  /** UTF-16 offsets in the message as given, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A possible entity, with positions in a TextView (text-view.ts) and not yet in the message. */
export interface Candidate {
  readonly type: EntityType;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}
