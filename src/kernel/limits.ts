/**
 * How much of what anybody may do, each with its reason. A mobile carrier puts thousands of subscribers behind one IPv4
 * address: what is counted by address is therefore what a crowd does rarely (new contacts, failures, files) or far above
 * what a crowd does, and never a message. What one person does is counted by who it is.
 */

/** `points` at once, which come back evenly over `windowMs`. */
export interface Limit {
  readonly points: number;
  readonly windowMs: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Counted in memory, each node for itself: against floods, where a factor of the nodes does not matter. */
export const FLOOD_LIMITS = {
  /** By contact. Whoever types fast sends one in two seconds; an outbox after a tunnel holds dozens. */
  messages: { points: 60, windowMs: MINUTE_MS },
  /** By contact. Asking for a fresh conversation needs a closed one; a handful a day is a lot. */
  freshConversations: { points: 10, windowMs: 30 * MINUTE_MS },
  /** By connection, all commands together. A page that opens, reads, types and marks needs a few a second. */
  commands: { points: 120, windowMs: 6 * SECOND_MS },
  /** By connection of the staff. A console with twenty open conversations catches up with all of them at once. */
  staffCommands: { points: 600, windowMs: 12 * SECOND_MS },
  /**
   * By address. At the worst of the forgotten-password peak (1.8 million people in 17 days, a tenth of a day's in its
   * busiest hour) 3 people a second come in the whole country; one address of a carrier stands for a small part of them.
   */
  newContacts: { points: 1_000, windowMs: 500 * SECOND_MS },
  /** By address. After a restart everybody behind it comes back within seconds; who is refused comes again by itself. */
  connections: { points: 3_000, windowMs: 30 * SECOND_MS },
  /** By address. Credentials that are none: an app of yesterday has a few, a guesser many. */
  refusedCredentials: { points: 300, windowMs: 5 * MINUTE_MS },
  /** By address, everything below /api/v1: half of what a node can serve, so that one address alone never fills it. */
  requests: { points: 5_000, windowMs: 10 * SECOND_MS },
  /** By address. A question is a millisecond of work at most: this is a fifth of one core. */
  answers: { points: 4_000, windowMs: 20 * SECOND_MS },
  /** By address, beside what each sender may (below). Ten megabytes each: a carrier's crowd sends a few a minute. */
  uploads: { points: 200, windowMs: 10 * MINUTE_MS },
} as const satisfies Readonly<Record<string, Limit>>;
export type FloodLimits = Readonly<Record<keyof typeof FLOOD_LIMITS, Limit>>;

/**
 * From when on somebody has to prove something before being served (FLOOD_CHALLENGE), and how hard that is. Far above
 * what a crowd behind one address does in ordinary times, and a quarter of where FLOOD_LIMITS refuse.
 */
export const CHALLENGE_RULES = {
  /** By address. New contacts that are asked for nothing. */
  contacts: { points: 250, windowMs: 500 * SECOND_MS },
  /** By address. Questions without a conversation that are. */
  answers: { points: 1_000, windowMs: 20 * SECOND_MS },
  /** After the load was high every new contact is asked: whoever made it so is likely to be still there. */
  strainedForMs: MINUTE_MS,
  /** 131,072 hashes on average; how long that takes is measured in docs/decisions/030. */
  bits: 14,
  parts: 8,
  /** Enough for the slowest phone in a background tab, too short to collect solutions for a flood. */
  validMs: 2 * MINUTE_MS,
} as const;
export interface ChallengeRules {
  readonly contacts: Limit;
  readonly answers: Limit;
  readonly strainedForMs: number;
  readonly bits: number;
  readonly parts: number;
  readonly validMs: number;
}

/** Counted in the store: true across nodes and restarts, where guessing or filling the store is what is held off. */
export const STORED_LIMITS = {
  /** By account. Enough for a person who tries all the passwords there were; 960 guesses a day for whoever guesses. */
  signInsOfAccount: { points: 10, windowMs: 15 * MINUTE_MS },
  /** By address; a success gives back what it took. Mobile networks and offices put many people behind one. */
  signInsOfAddress: { points: 50, windowMs: 15 * MINUTE_MS },
  /** By ticket, right or wrong. Enough for whoever tries the numbers of the family; a code is one of 28 million. */
  lookupsOfTicket: { points: 10, windowMs: 15 * MINUTE_MS },
  /** By address: what a crowd looks up, and nothing to whoever tries codes, of which each needs a contact as well. */
  lookupsOfNetwork: { points: 600, windowMs: 15 * MINUTE_MS },
  /** By address. Each is work for a person; a carrier's crowd sends a few an hour. */
  formsOfNetwork: { points: 200, windowMs: 15 * MINUTE_MS },
  /** By contact, account or ticket. A person picks a handful of files at a time; a script does not stop there. */
  uploads: { points: 20, windowMs: 10 * MINUTE_MS },
} as const satisfies Readonly<Record<string, Limit>>;

/** A desk that has more than this in hand for contacts puts the next one off. Measured: docs/decisions/025. */
export const LOAD_LIMITS = {
  /** Commands and requests of contacts that are not answered yet: two thirds of a second of work (some 450 a second, docs/benchmarks.md). */
  inHand: 300,
  /** What waits in the event loop, in each of `samples` looks in a row: one long piece of work alone is no overload. */
  lagMs: 150,
  samples: 5,
  sampleEveryMs: 100,
  /** After the last sign of overload, so that it does not begin anew at once. */
  calmAfterMs: 1_000,
} as const;
