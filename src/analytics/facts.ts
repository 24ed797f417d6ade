/** What is worth counting of one conversation, or of one ticket: once it is known, the messages are not read again. */

/** How a visit ended; null: it goes on. Every visit ends in exactly one way. */
export type VisitOutcome =
  | 'resolved'
  | 'unresolved'
  | 'abandoned'
  | 'handedOver'
  | 'ticketed'
  | 'noQuestion'
  | null;

/** The device that was used. Empty: not known. */
export interface Edition {
  readonly platform: string;
  readonly appVersion: string;
}

/** From the first message to the silence behind the last one. */
export interface Visit extends Edition {
  /** The place of its first message. */
  readonly seq: number;
  readonly at: Date;
  readonly outcome: VisitOutcome;
}

export interface Question {
  readonly seq: number;
  readonly at: Date;
  /** The visit's place in the list. */
  readonly visit: number;
  readonly outcome: 'answered' | 'clarified' | 'unknown';
  /** What was answered; of several at once all of them. Empty where nothing was. */
  readonly intents: readonly string[];
  /** What it came nearest to, where nothing was answered; null: nothing. */
  readonly near: string | null;
  /** Answered by one of the choices that the bot gave. */
  readonly byChoice: boolean;
  readonly helpful: boolean | null;
  readonly wrong: boolean;
  readonly askedAgain: boolean;
  /** Nothing was answered any more, and nobody came, before the contact left. */
  readonly abandoned: boolean;
}

/** One request for a person. */
export interface Request {
  readonly at: Date;
  readonly visit: number;
  readonly claimed: boolean;
  readonly lost: boolean;
  readonly waitSeconds: number | null;
  readonly firstResponseSeconds: number | null;
  readonly handlingSeconds: number | null;
  readonly resolutionSeconds: number | null;
}

/** One stretch in which somebody of the staff had the conversation. */
export interface Shift {
  readonly at: Date;
  readonly visit: number;
  readonly agent: string;
  readonly name: string;
  readonly firstResponseSeconds: number | null;
  /** null: it goes on. */
  readonly handlingSeconds: number | null;
}

export interface GivenScore {
  readonly at: Date;
  readonly visit: number;
  readonly score: number;
  readonly agent: string | null;
  readonly name: string;
}

interface Kept {
  /** Hours since 1970 in which anything of it counts, ascending. */
  readonly hours: readonly number[];
  /** When it has to be looked at again although nothing happens; null: never. */
  readonly dueAt: Date | null;
}

export interface ConversationFacts extends Kept {
  readonly kind: 'conversation';
  readonly id: string;
  /** As the conversation had them when it was read. */
  readonly activeAt: Date;
  readonly revision: number;
  readonly visits: readonly Visit[];
  readonly questions: readonly Question[];
  readonly requests: readonly Request[];
  readonly shifts: readonly Shift[];
  readonly score: GivenScore | null;
}

export interface TicketFacts extends Kept {
  readonly kind: 'ticket';
  /** The code. */
  readonly id: string;
  readonly activeAt: Date;
  readonly revision: number;
  /** Empty: it names none. */
  readonly office: string;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly isLate: boolean;
  /** Each time that the limit was used up: with another limit, or taken up anew, it may be so again. */
  readonly breachedAt: readonly Date[];
  readonly reopenedAt: readonly Date[];
  readonly respondedAt: Date | null;
}

export type Facts = ConversationFacts | TicketFacts;

const HOUR_MS = 60 * 60 * 1_000;

/** Hours since 1970. Việt Nam is seven whole hours ahead: hours begin there when they begin here. */
export function hourOf(at: Date): number {
  return Math.floor(at.getTime() / HOUR_MS);
}

export function startOfHour(hour: number): Date {
  return new Date(hour * HOUR_MS);
}

/** The hours of these moments, each once, ascending. */
export function hoursOf(moments: readonly (Date | null)[]): number[] {
  const hours = new Set(moments.flatMap((at) => (at === null ? [] : [hourOf(at)])));
  return [...hours].sort((a, b) => a - b);
}
