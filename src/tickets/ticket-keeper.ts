/** What happens to tickets by itself: warnings, late ones, closing what is resolved, and telling what is new. */
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import type { Ticket, TicketEntry } from './ticket.ts';
import type { TicketAgenda } from './ticket-store.ts';
import type { Tickets } from './tickets.ts';

export interface TicketKeeperDeps {
  readonly tickets: Pick<Tickets, 'change' | 'markTold' | 'events'>;
  readonly agenda: TicketAgenda;
  /** Tells one line of the history to those it concerns. May be repeated: by code and id of the entry it is the same. */
  readonly tell: (ticket: Ticket, entry: TicketEntry) => Promise<void>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly everyMs?: number;
}

export interface TicketKeeper {
  /** Looks at what is due now. @returns how many there were */
  readonly tick: () => Promise<number>;
  /** Tells what was left untold. */
  readonly tellAll: () => Promise<void>;
  /** The calendar is another one: deadlines that run are set anew. */
  readonly recount: () => Promise<void>;
  readonly start: () => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

/** A deadline is counted in hours; half a minute late is soon enough. */
const EVERY_MS = 15_000;
const AT_ONCE = 200;
const DESK = { kind: 'desk' } as const;

export function createTicketKeeper(deps: TicketKeeperDeps): TicketKeeper {
  const { tickets, agenda, tell, isStoreUp, logger, now = () => new Date(), everyMs = EVERY_MS } = deps;

  const tellOf = async (ticket: Ticket): Promise<void> => {
    const untold = ticket.entries.filter(({ id }) => ticket.untold.includes(id));
    for (const entry of untold) await tell(ticket, entry);
    if (ticket.untold.length > 0) await tickets.markTold(ticket.code, ticket.untold);
  };
  const tick = async (): Promise<number> => {
    let count = 0;
    for (
      let due = await agenda.listDue(now(), AT_ONCE);
      due.length > 0;
      due = await agenda.listDue(now(), AT_ONCE)
    ) {
      for (const code of due) await tickets.change(code, { kind: 'tick' }, DESK);
      count += due.length;
      if (due.length < AT_ONCE) break;
    }
    return count;
  };
  const tellAll = async (): Promise<void> => {
    for (const ticket of await agenda.listUntold(AT_ONCE)) await tellOf(ticket);
  };

  /** One ticket after the other, so that what happened first is told first. */
  let telling: Promise<void> = Promise.resolve();
  const onChanged = (ticket: Ticket): void => {
    telling = telling
      .then(() => tellOf(ticket))
      .catch(({ message: reason }: Error) =>
        logger.warn({ reason, ticket: ticket.code }, 'a change of a ticket is told later'),
      );
  };

  let running: Repeating | undefined;
  return {
    tick,
    tellAll,
    async recount() {
      for await (const code of agenda.walkRunning()) await tickets.change(code, { kind: 'recount' }, DESK);
    },
    start() {
      tickets.events.on('changed', onChanged);
      const work = async (): Promise<void> => {
        if (!isStoreUp()) return;
        await tick();
        await tellAll();
      };
      running = repeat(work, {
        everyMs,
        now: true,
        onError: ({ message: reason }) => logger.warn({ reason }, 'deadlines of tickets are looked at later'),
      });
    },
    async stop() {
      tickets.events.off('changed', onChanged);
      await running?.stop();
      await telling;
    },
  };
}
