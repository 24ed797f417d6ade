/** What every screen of the page is given, and what it is. */
import type { CitizenTicket, TicketFound } from '../../src/contracts/citizen-tickets.ts';
import type { Uploads } from '../sync/uploads.ts';
import type { CitizenApi, Failure } from './citizen-api.ts';
import { copy } from './copy.ts';
import type { Drafts, Visit } from './drafts.ts';

export interface Context {
  readonly api: CitizenApi;
  readonly drafts: Drafts;
  /** Files for the ticket that is open. */
  readonly uploads: Uploads;
  readonly newKey: () => string;
  readonly go: {
    /** @param code to begin with @param note said above the form */
    readonly lookup: (code?: string, note?: string) => void;
    readonly form: () => void;
    /** @param isNew it was sent just now */
    readonly open: (found: TicketFound, isNew: boolean) => void;
    /** The open ticket as it is now. @param note said above it */
    readonly show: (ticket: CitizenTicket, note: string) => void;
    readonly erase: () => void;
  };
}

/** The ticket that is open. */
export interface Open extends Visit {
  readonly ticket: CitizenTicket;
  readonly isNew: boolean;
}

export interface Screen {
  readonly box: HTMLElement;
  /** Where reading begins. */
  readonly heading: HTMLElement;
  /** To be called when it goes. */
  readonly stop?: () => void;
}

/** The hour is over, or the ticket is no longer theirs: it has to be looked up again. */
export const isLockedOut = ({ code }: Failure): boolean =>
  code === 'ticket_session_expired' || code === 'unauthenticated' || code === 'ticket_not_found';

/**
 * What is to be said of a failure with the open ticket. Whoever is locked out is taken back to the way in.
 * @param otherwise when the desk said nothing itself
 */
export function answerFailure({ go }: Context, { code }: Open, failure: Failure, otherwise: string): string {
  if (isLockedOut(failure)) go.lookup(code, copy.lookup.expired);
  return failure.message ?? otherwise;
}
