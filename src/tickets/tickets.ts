/** Creating tickets, each once, and telling those who may know how they stand. */
import { randomInt } from 'node:crypto';
import type { TicketDraft } from '../contracts/tickets.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { Ticket } from './ticket.ts';
import { isTicketCode, makeTicketCode } from './ticket-code.ts';

export interface TicketsDeps {
  readonly store: {
    /** false: the key or the code is taken. */
    readonly insert: (ticket: Ticket, key: string) => Promise<boolean>;
    readonly findByKey: (key: string) => Promise<Ticket | null>;
    readonly findByCode: (code: string) => Promise<Ticket | null>;
    readonly listOf: (conversations: readonly string[]) => Promise<readonly Ticket[]>;
    /** Newest first; every word occurs, the last one may be the beginning of a word. */
    readonly search: (words: readonly string[], most: number) => Promise<readonly Ticket[]>;
    readonly forgetConversation: (conversation: string) => Promise<void>;
  };
  readonly now?: () => Date;
  readonly randomBelow?: (bound: number) => number;
}

export interface Tickets {
  /**
   * Creates a ticket and returns it.
   * @param key names what it is created for: with the same key it is created once, and the same comes back
   * @param waitingSince when the contact joined the queue that the ticket stands in for
   */
  readonly create: (
    key: string,
    draft: TicketDraft,
    conversation: string | null,
    waitingSince?: Date | null,
  ) => Promise<Ticket>;
  /** The ticket, for whoever knows both its code and the phone number given with it; else null. */
  readonly findFor: (code: string, phone: string) => Promise<Ticket | null>;
  /** Those that were made in these conversations, newest first. */
  readonly listOf: (conversations: readonly string[]) => Promise<readonly Ticket[]>;
  /** By code, phone number or words of the content; newest first. */
  readonly search: (text: string) => Promise<readonly Ticket[]>;
  /** Takes the link to a conversation off its tickets, which stay. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

const MOST_FOUND = 10;

export function createTickets(deps: TicketsDeps): Tickets {
  const { store, now = () => new Date(), randomBelow = (bound) => randomInt(bound) } = deps;
  return {
    async create(key, draft, conversation, waitingSince = null) {
      for (;;) {
        const ticket: Ticket = {
          ...draft,
          code: makeTicketCode(draft.kind, randomBelow),
          status: 'new',
          createdAt: now(),
          latestReply: null,
          conversation,
          waitingSince,
        };
        if (await store.insert(ticket, key)) return ticket;
        const first = await store.findByKey(key);
        if (first !== null) return first;
      }
    },
    async findFor(code, phone) {
      if (!isTicketCode(code)) return null;
      const ticket = await store.findByCode(code);
      return ticket !== null && ticket.phone === phone ? ticket : null;
    },
    listOf: async (conversations) => (conversations.length === 0 ? [] : store.listOf(conversations)),
    async search(text) {
      // A number is one word, however it is grouped.
      const isNumber = /^[+\d][\d\s.-]{7,}$/.test(text);
      const words = searchWords(isNumber ? text.replace(/[\s.-]/g, '') : text);
      return words.length === 0 ? [] : store.search(words, MOST_FOUND);
    },
    forgetConversation: store.forgetConversation,
  };
}
