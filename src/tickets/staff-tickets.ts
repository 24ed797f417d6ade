/** What the staff do with tickets: each time by name, and logged where it concerns personal data. */
import type { AuditAction } from '../contracts/audit.ts';
import { ERROR_CODES } from '../contracts/error-codes.ts';
import type { StaffMember } from '../contracts/permissions.ts';
import type {
  BulkResult,
  NewTicket,
  TicketActor,
  TicketChangeRequest,
  TicketContact,
  TicketFile,
  TicketFilter,
  TicketPerson,
} from '../contracts/tickets.ts';
import { AppError } from '../kernel/app-error.ts';
import { draftOf } from './open-ticket.ts';
import type { Ticket, TicketSummary } from './ticket.ts';
import type { TicketChange } from './ticket-change.ts';
import type { Tickets } from './tickets.ts';

export interface StaffTicketsDeps {
  readonly tickets: Tickets;
  /** Of the accounts that may be given tickets; null: there is none. */
  readonly findPerson: (account: string) => Promise<TicketPerson | null>;
  /** Ties uploads to the ticket. @throws AppError `attachment_not_found` */
  readonly claimFiles: (
    ids: readonly string[],
    ticket: string,
    owner: `account:${string}`,
  ) => Promise<readonly TicketFile[]>;
  /** Takes off what hangs on the ticket: its files, and what was sealed of it. */
  readonly removeBelongings: (ticket: string) => Promise<void>;
  readonly listNumbers: (ticket: string) => Promise<TicketContact['numbers']>;
  /** Covers numbers and addresses of persons in a text. */
  readonly cover: (text: string) => string;
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: { readonly id: string; readonly name: string };
    readonly action: Extract<AuditAction, `ticket.${string}`>;
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string;
  }) => Promise<unknown>;
}

export interface StaffTickets {
  readonly create: (wanted: NewTicket, by: StaffMember) => Promise<Ticket>;
  readonly change: (code: string, wanted: TicketChangeRequest, by: StaffMember) => Promise<Ticket>;
  readonly changeMany: (
    codes: readonly string[],
    wanted: TicketChangeRequest,
    by: StaffMember,
  ) => Promise<BulkResult>;
  readonly say: (code: string, said: SaidByStaff, by: StaffMember) => Promise<Ticket>;
  readonly merge: (code: string, into: string, anyway: boolean, by: StaffMember) => Promise<Ticket>;
  /** Numbers and addresses in the clear; logged. */
  readonly reveal: (code: string, by: StaffMember) => Promise<TicketContact>;
  readonly erase: (code: string, by: StaffMember) => Promise<Ticket>;
  /** For a table; logged with its filter. */
  readonly export: (filter: TicketFilter, by: StaffMember) => Promise<AsyncIterable<TicketSummary>>;
}

export interface SaidByStaff {
  readonly kind: 'reply' | 'note';
  readonly key: string;
  readonly text: string;
  /** Ids of uploads. */
  readonly attachments: readonly string[];
  readonly next: 'waiting' | 'resolved' | null;
}

export function createStaffTickets(deps: StaffTicketsDeps): StaffTickets {
  const { tickets, findPerson, claimFiles, audit } = deps;

  const note = async (
    action: Parameters<typeof audit>[0]['action'],
    subject: string,
    details: Record<string, unknown>,
    { id, name, address }: StaffMember,
  ): Promise<void> => {
    await audit({ actor: { id, name }, action, subject, details, address });
  };
  const change: StaffTickets['change'] = async (code, wanted, by) =>
    tickets.change(code, await resolve(wanted, findPerson), actorOf(by));

  return {
    change,
    create({ key, ...wanted }, by) {
      const { category, priority, tags, source, conversation } = wanted;
      const origin = { source, by: actorOf(by), conversation, priority, category, tags };
      return tickets.create(`staff:${by.id}:${key}`, draftOf(wanted), origin);
    },
    async changeMany(codes, wanted, by) {
      const done: string[] = [];
      const refused: { code: string; message: string }[] = [];
      for (const code of new Set(codes)) {
        try {
          await change(code, wanted, by);
          done.push(code);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          refused.push({ code, message: ERROR_CODES[error.code as keyof typeof ERROR_CODES].message });
        }
      }
      return { done, refused };
    },
    async say(code, { attachments, ...said }, by) {
      const files = await claimFiles(attachments, code, `account:${by.id}`);
      return tickets.change(code, { ...said, attachments: files }, actorOf(by));
    },
    merge: (code, into, anyway, by) => tickets.merge(code, into, actorOf(by), anyway),
    async reveal(code, by) {
      const { name, phone, email } = await tickets.get(code);
      await note('ticket.revealed', `ticket:${code}`, {}, by);
      return { name, phone, email, numbers: await deps.listNumbers(code) };
    },
    async erase(code, by) {
      const erased = await eraseTicket(deps, code, actorOf(by));
      await note('ticket.erased', `ticket:${code}`, {}, by);
      return erased;
    },
    async export(filter, by) {
      await note(
        'ticket.exported',
        'tickets',
        { ...filter, q: filter.q === undefined ? undefined : '…' },
        by,
      );
      return tickets.walk(filter, by.id);
    },
  };
}

/** Of complaints the law wants the file kept: without persons. Of the rest nothing of what was said stays. */
export async function eraseTicket(
  { tickets, removeBelongings, cover }: Pick<StaffTicketsDeps, 'tickets' | 'removeBelongings' | 'cover'>,
  code: string,
  by: TicketActor,
): Promise<Ticket> {
  const { kind, name } = await tickets.get(code);
  const anonymise = (text: string): string =>
    cover(name === null || name.length < 2 ? text : text.replaceAll(name, '•••'));
  const erased = await tickets.change(
    code,
    { kind: 'erase', cover: kind === 'complaint' ? anonymise : null },
    by,
  );
  await removeBelongings(code);
  return erased;
}

function actorOf({ id, name }: StaffMember): TicketActor {
  return { kind: 'staff', id, name };
}

async function resolve(
  wanted: TicketChangeRequest,
  findPerson: StaffTicketsDeps['findPerson'],
): Promise<TicketChange> {
  if (wanted.kind !== 'assign') return wanted;
  if (wanted.to === null) return { kind: 'assign', to: null };
  const to = await findPerson(wanted.to);
  if (to === null) throw new AppError({ code: 'account_not_found', message: wanted.to });
  return { kind: 'assign', to };
}
