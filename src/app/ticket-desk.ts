/** Tickets put together: made in chat, by the staff, by citizens; looked after by the desk itself. */
import { Readable } from 'node:stream';
import { coverRedactions } from '../answering/redact.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { presentAttachment } from '../attachments/present-attachment.ts';
import { receiveFile } from '../attachments/receive-file.routes.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Staff } from '../auth/staff/staff.ts';
import type { RedactedType } from '../contracts/chat.ts';
import { mayRole } from '../contracts/permissions.ts';
import type { TicketRow } from '../contracts/tickets.ts';
import type { AnswerBook } from '../corpus/answer-book.ts';
import type { DutyCalendar } from '../duty/duty.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { STORED_LIMITS } from '../kernel/limits.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Settings } from '../settings/desk-settings.ts';
import type { AttemptLimits } from '../storage/attempt-limit.ts';
import { createCitizenTicketRoutes } from '../tickets/citizen-tickets.routes.ts';
import { type CitizenTickets, createCitizenTickets } from '../tickets/citizen-tickets.ts';
import { createMailedTickets, type MailedTickets } from '../tickets/mailed-tickets.ts';
import { presentRow } from '../tickets/present-ticket.ts';
import { createSavedFilterRoutes } from '../tickets/saved-filters.routes.ts';
import { createSavedFilters } from '../tickets/saved-filters.ts';
import { createStaffTickets } from '../tickets/staff-tickets.ts';
import type { Ticket, TicketEntry } from '../tickets/ticket.ts';
import { createTicketKeeper } from '../tickets/ticket-keeper.ts';
import type { TicketStore } from '../tickets/ticket-store.ts';
import { createTicketRoutes } from '../tickets/tickets.routes.ts';
import { createTickets, type Tickets } from '../tickets/tickets.ts';
import type { SealedValues } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';

export interface TicketDeskDeps {
  readonly ticketStore: TicketStore;
  readonly filterStore: Parameters<typeof createSavedFilters>[0]['store'];
  readonly limit: AttemptLimits;
  readonly staff: Staff;
  readonly audit: AuditLog;
  readonly settings: Settings;
  readonly duty: DutyCalendar;
  readonly attachments: Attachments;
  readonly sealedValues: SealedValues;
  readonly openVault: () => Promise<Vault>;
  readonly book: () => AnswerBook;
  /** Tells a line of the history to those it concerns. May be repeated. */
  readonly tell: (ticket: Ticket, entry: TicketEntry) => Promise<void>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
}

export interface TicketDesk {
  readonly tickets: Tickets;
  readonly citizens: CitizenTickets;
  /** Takes mails that come in. */
  readonly mailed: MailedTickets;
  readonly staffRoutes: readonly StaffRoute[];
  readonly citizenRoutes: ReturnType<typeof createCitizenTicketRoutes>;
  /** @param tellStaff shows it on every screen */
  readonly start: (tellStaff: (row: TicketRow) => void) => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

const TOKEN = 'ticket token';
const EMAIL = /[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/g;

/** Mail programs break lines anywhere and mark what they quote: torn apart, a secret is no pattern. As long as it was. */
function inOneLine(text: string): string {
  return text.replace(/\n[>\s]*/g, (gap) => ' '.repeat(gap.length));
}

export function createTicketDesk(deps: TicketDeskDeps): TicketDesk {
  const {
    ticketStore,
    limit,
    staff,
    settings,
    duty,
    attachments,
    sealedValues,
    openVault,
    isStoreUp,
    logger,
  } = deps;
  const tickets = createTickets({ store: ticketStore, work: duty, settings: () => settings.get().tickets });

  const read = (text: string) => {
    if (text.trim() === '') return { text, sealable: [] };
    const found = [...new Set([text, inOneLine(text)])].flatMap((view) =>
      deps
        .book()
        .ask({ text: view })
        .decision.redactions.map((redaction) => ({
          ...redaction,
          value: view.slice(redaction.start, redaction.end),
        })),
    );
    const sealable = new Map(found.map(({ type, value }) => [`${type} ${value}`, { type, value }]));
    return { text: coverRedactions(text, found), sealable: [...sealable.values()] };
  };
  const placeOf = (code: string): string => `ticket:${code}`;
  const cleaning = {
    cover: (text: string) => read(text).text.replace(EMAIL, '•••'),
    async removeBelongings(code: string) {
      await attachments.removeOf(placeOf(code));
      await sealedValues.removeOf(placeOf(code));
    },
  };
  const lookups = limit('ticket', STORED_LIMITS.lookupsOfTicket);
  const networks = limit('network', STORED_LIMITS.lookupsOfNetwork);
  const forms = limit('forms', STORED_LIMITS.formsOfNetwork);

  const staffTickets = createStaffTickets({
    tickets,
    async findPerson(id) {
      const account = await staff.accounts.find(id);
      return account !== null && !account.disabled && mayRole(account.role, 'tickets.handle')
        ? { id, name: account.name }
        : null;
    },
    claimFiles: (ids, code, owner) => attachments.claim(ids, placeOf(code), owner),
    listNumbers: (code) => sealedValues.listOf(placeOf(code)),
    audit: deps.audit.append,
    ...cleaning,
  });
  const citizens = createCitizenTickets({
    tickets,
    read,
    seal: (code, key, values) =>
      sealedValues.keep(
        placeOf(code),
        key,
        values.map(({ type, value }) => ({ type: type as RedactedType, value })),
      ),
    claimFiles: (ids, code, owner) => attachments.claim(ids, placeOf(code), owner),
    limits: {
      lookupsOfTicket: lookups.take,
      lookupsOfNetwork: networks.take,
      formsOfNetwork: forms.take,
    },
    sealToken: async (text) => (await openVault()).seal(text, TOKEN),
    openToken: async (token) => (await openVault()).unseal(token, TOKEN),
    reopenWithinMs: () => settings.get().tickets.reopenDays * 24 * 60 * 60 * 1_000,
    ...cleaning,
  });
  const mailed = createMailedTickets({
    tickets,
    citizens,
    async keepFile(code, { name, content }) {
      const owner = `ticket:${code}` as const;
      const { id } = await attachments.store(Readable.from([content]), name, owner);
      const [file] = await attachments.claim([id], placeOf(code), owner);
      return file!;
    },
    openSign: async () => (await openVault()).hash,
    clean: (text) => read(text).text,
    logger,
  });
  const keeper = createTicketKeeper({ tickets, agenda: ticketStore, tell: deps.tell, isStoreUp, logger });
  let calendar = settings.get().duty;
  settings.events.on('changed', ({ duty: next }) => {
    if (next === calendar) return;
    calendar = next;
    keeper
      .recount()
      .catch(({ message: reason }: Error) => logger.warn({ reason }, 'deadlines go by the calendar before'));
  });

  return {
    tickets,
    citizens,
    mailed,
    staffRoutes: [
      ...createTicketRoutes({ tickets, staffTickets, work: duty }),
      ...createSavedFilterRoutes({
        filters: createSavedFilters({ store: deps.filterStore }),
      }),
    ],
    citizenRoutes: createCitizenTicketRoutes({
      citizens,
      async receiveFile(owner, request, response) {
        const attachment = await receiveFile(attachments, owner, request, response);
        response.status(201).json(presentAttachment(attachment));
      },
    }),
    start(tellStaff) {
      tickets.events.on('changed', (ticket) => tellStaff(presentRow(ticket, new Date(), duty)));
      keeper.start();
    },
    stop: keeper.stop,
  };
}
