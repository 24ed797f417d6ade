/** Tickets: made once, changed by rules, found by those who may. */
import { randomInt } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { TicketSettings } from '../contracts/desk-settings.ts';
import { isTicketCode } from '../contracts/ticket-code.ts';
import type {
  TicketActor,
  TicketCounts,
  TicketDraft,
  TicketFilter,
  TicketQuery,
} from '../contracts/tickets.ts';
import { AppError } from '../kernel/app-error.ts';
import type { WorkingTime } from './deadlines.ts';
import { openTicket, type TicketOrigin } from './open-ticket.ts';
import { sharesContact, type Ticket, type TicketSummary } from './ticket.ts';
import type { TicketChange } from './ticket-change.ts';
import { applyChange } from './ticket-changes.ts';
import { makeTicketCode } from './ticket-code.ts';
import type { ChangeRules } from './ticket-steps.ts';

export interface TicketListing {
  readonly tickets: readonly TicketSummary[];
  /** For the next page; null: there is none. */
  readonly cursor: string | null;
}

export interface TicketsDeps {
  readonly store: {
    /** false: the key or the code is taken. */
    readonly insert: (ticket: Ticket, key: string) => Promise<boolean>;
    readonly findByKey: (key: string) => Promise<Ticket | null>;
    readonly findByCode: (code: string) => Promise<Ticket | null>;
    /** Compare-and-set upon the revision before; false: somebody was quicker. */
    readonly replace: (ticket: Ticket, closeResolvedAfterMs: number) => Promise<boolean>;
    readonly list: (query: TicketQuery, account: string) => Promise<TicketListing>;
    /** Counted up to `most`. */
    readonly count: (account: string, most: number) => Promise<TicketCounts['counts']>;
    readonly walk: (filter: TicketFilter, account: string) => AsyncIterable<TicketSummary>;
    readonly listOf: (conversations: readonly string[]) => Promise<readonly TicketSummary[]>;
    /** Newest first; every word occurs, the last one may be the beginning of a word. */
    readonly search: (words: string, most: number) => Promise<readonly TicketSummary[]>;
    /** By a phone number or an address; newest first. */
    readonly listOfContact: (contact: string, most: number) => Promise<readonly TicketSummary[]>;
    readonly forgetConversation: (conversation: string) => Promise<void>;
    readonly markTold: (code: string, entries: readonly number[]) => Promise<void>;
  };
  readonly work: WorkingTime;
  readonly settings: () => TicketSettings;
  readonly now?: () => Date;
  readonly randomBelow?: (bound: number) => number;
}

export interface Tickets {
  /**
   * Creates a ticket and returns it.
   * @param key names what it is created for: with the same key it is created once, and the same comes back
   */
  readonly create: (key: string, draft: TicketDraft, origin: TicketOrigin) => Promise<Ticket>;
  /** @throws AppError `ticket_not_found` */
  readonly get: (code: string) => Promise<Ticket>;
  /**
   * Changes it by the rules of ticket-changes.ts, upon whatever it is by then. What was done before comes back as it is.
   * @throws AppError `ticket_not_found`, or why the change is refused
   */
  readonly change: (code: string, change: TicketChange, by: TicketActor) => Promise<Ticket>;
  /**
   * Closes a ticket in favour of another one, which takes over what it brings. @returns the one that goes on
   * @param anyway also where they may be of two persons @throws AppError `ticket_other_person` without it
   */
  readonly merge: (code: string, into: string, by: TicketActor, anyway?: boolean) => Promise<Ticket>;
  /** The ticket, for whoever knows its code and the phone number or address given with it; else null. */
  readonly findFor: (code: string, contact: string) => Promise<Ticket | null>;
  readonly findByKey: TicketsDeps['store']['findByKey'];
  readonly list: TicketsDeps['store']['list'];
  readonly count: TicketsDeps['store']['count'];
  readonly walk: TicketsDeps['store']['walk'];
  /** Those that were made in these conversations, newest first. */
  readonly listOf: TicketsDeps['store']['listOf'];
  readonly listOfContact: TicketsDeps['store']['listOfContact'];
  /** By code, phone number or words; newest first. */
  readonly search: (text: string) => Promise<readonly TicketSummary[]>;
  /** Takes the link to a conversation off its tickets, which stay. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
  /** These entries have reached those they concern. */
  readonly markTold: TicketsDeps['store']['markTold'];
  readonly events: EventEmitter<{ changed: [Ticket] }>;
}

const MOST_FOUND = 10;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Two changes at once are told apart at the first go; more than a handful means something is wrong. */
const MOST_TRIES = 20;

export function createTickets(deps: TicketsDeps): Tickets {
  const { store, work, settings, now = () => new Date(), randomBelow = (bound) => randomInt(bound) } = deps;
  const events: Tickets['events'] = new EventEmitter();

  const rules = (): ChangeRules => {
    const { limits, warnAtShare, reopenDays, closeResolvedAfterDays } = settings();
    return {
      work,
      warnAtShare,
      reopenWithinMs: reopenDays * DAY_MS,
      closeResolvedAfterMs: closeResolvedAfterDays * DAY_MS,
      limitsOf({ kind, priority }) {
        const { firstResponseMinutes, resolutionMinutes } = limits[kind][priority];
        return {
          firstResponseMs: firstResponseMinutes * MINUTE_MS,
          resolutionMs: resolutionMinutes * MINUTE_MS,
        };
      },
    };
  };

  const get = async (code: string): Promise<Ticket> => {
    const ticket = await store.findByCode(code);
    if (ticket === null) throw new AppError({ code: 'ticket_not_found', message: code });
    return ticket;
  };

  const change: Tickets['change'] = async (code, wanted, by) => {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const ticket = await get(code);
      const current = rules();
      const changed = applyChange(ticket, wanted, by, now(), current);
      if ('same' in changed) return ticket;
      if ('refused' in changed)
        throw new AppError({ code: changed.refused, message: `${wanted.kind} ${code}` });
      const next = { ...changed.next, revision: ticket.revision + 1 };
      if (await store.replace(next, current.closeResolvedAfterMs)) {
        events.emit('changed', next);
        return next;
      }
    }
    throw new AppError({ code: 'internal', message: `${code} is changed by somebody else all the time` });
  };

  return {
    events,
    get,
    change,
    async create(key, draft, origin) {
      for (;;) {
        const ticket = openTicket(
          draft,
          { code: makeTicketCode(draft.kind, randomBelow), key },
          origin,
          now(),
          rules(),
        );
        if (await store.insert(ticket, key)) {
          events.emit('changed', ticket);
          return ticket;
        }
        const first = await store.findByKey(key);
        if (first !== null) return first;
      }
    },
    async merge(code, into, by, anyway = false) {
      const [source, target] = [await get(code), await get(into)];
      if (source.code === target.code || target.outcome === 'merged')
        throw new AppError({ code: 'ticket_not_possible', message: `merge ${code} into ${into}` });
      if (!anyway && !sharesContact(source, target))
        throw new AppError({ code: 'ticket_other_person', message: `merge ${code} into ${into}` });
      // The one that goes on comes first: broken off in between, merging again brings both to their end.
      const merged = await change(into, { kind: 'absorb', from: source }, by);
      await change(code, { kind: 'merge', into }, by);
      return merged;
    },
    async findFor(code, contact) {
      const wanted = contact.trim().toLowerCase();
      if (!isTicketCode(code) || wanted === '') return null;
      const ticket = await store.findByCode(code);
      return ticket !== null && (ticket.phone === wanted || ticket.email?.toLowerCase() === wanted)
        ? ticket
        : null;
    },
    findByKey: store.findByKey,
    list: store.list,
    count: store.count,
    walk: store.walk,
    listOf: async (conversations) => (conversations.length === 0 ? [] : store.listOf(conversations)),
    listOfContact: store.listOfContact,
    search: (text) => store.search(text, MOST_FOUND),
    forgetConversation: store.forgetConversation,
    markTold: store.markTold,
  };
}
