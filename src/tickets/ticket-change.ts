/** What may be asked of a ticket, and what comes of it. Types only. */
import type { ErrorCode } from '../contracts/error-codes.ts';
import type {
  CallOutcome,
  ComplaintType,
  TicketFile,
  TicketPerson,
  TicketPriority,
} from '../contracts/tickets.ts';
import type { Ticket } from './ticket.ts';

type Said = {
  readonly key: string;
  readonly text: string;
  readonly attachments: readonly TicketFile[];
};

export type TicketChange =
  | { readonly kind: 'assign'; readonly to: TicketPerson | null }
  | { readonly kind: 'priority'; readonly to: TicketPriority }
  | { readonly kind: 'category'; readonly to: string | null }
  | { readonly kind: 'office'; readonly to: string | null }
  | { readonly kind: 'complaintType'; readonly to: ComplaintType }
  | { readonly kind: 'tags'; readonly add: readonly string[]; readonly remove: readonly string[] }
  | { readonly kind: 'contact'; readonly name: string; readonly phone: string; readonly email: string }
  | { readonly kind: 'start' | 'wait' | 'resolve' | 'close' }
  | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'reject'; readonly reason: string }
  | {
      readonly kind: 'call';
      readonly outcome: CallOutcome;
      readonly note: string;
      /** Of `later`: when to call instead; empty: not said. */
      readonly callAt: string;
    }
  | { readonly kind: 'link'; readonly conversation: string }
  | ({ readonly kind: 'reply'; readonly next: 'waiting' | 'resolved' | null } & Said)
  | ({ readonly kind: 'note' } & Said)
  /** From the citizen. */
  | ({
      readonly kind: 'information';
      readonly quoted: string;
      readonly via: 'web' | 'email' | 'chat';
    } & Said)
  | { readonly kind: 'rate'; readonly score: number; readonly comment: string }
  /** It is the same matter as another ticket, which goes on. */
  | { readonly kind: 'merge'; readonly into: string }
  /** The other way round: what the other ticket brings with it. */
  | { readonly kind: 'absorb'; readonly from: Ticket }
  /** The desk looks at the clock. */
  | { readonly kind: 'tick' }
  /** The calendar or the rules are others now. */
  | { readonly kind: 'recount' }
  /** Personal data goes; `cover` takes them out of a text, and null takes the text itself. */
  | { readonly kind: 'erase'; readonly cover: ((text: string) => string) | null };

export type Changed =
  | { readonly next: Ticket }
  /** It is so already: the command came twice. */
  | { readonly same: true }
  | { readonly refused: ErrorCode };
