/** What a citizen may do with a ticket: send one, look it up with what was given with it, add, rate, take data along. */

import type { CitizenTicket, TicketForm } from '../contracts/citizen-tickets.ts';
import { readTicketCode } from '../contracts/ticket-code.ts';
import type { TicketDraft, TicketFile } from '../contracts/tickets.ts';
import { AppError } from '../kernel/app-error.ts';
import { networkOf } from '../kernel/network.ts';
import { draftOf, type TicketOrigin } from './open-ticket.ts';
import { presentForCitizen, reportOf, type TicketReport } from './present-for-citizen.ts';
import { eraseTicket, type StaffTicketsDeps } from './staff-tickets.ts';
import { sharesContact, type Ticket } from './ticket.ts';
import type { Tickets } from './tickets.ts';

type Taken = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterMs: number };

export interface CitizenTicketsDeps extends Pick<StaffTicketsDeps, 'removeBelongings' | 'cover'> {
  readonly tickets: Tickets;
  /** What may be kept of a text: secrets are gone, numbers of persons are masked. */
  readonly read: (text: string) => {
    readonly text: string;
    readonly sealable: readonly { readonly type: string; readonly value: string }[];
  };
  /** Keeps the masked numbers for whoever handles the ticket. May be repeated. */
  readonly seal: (
    ticket: string,
    key: string,
    values: readonly { readonly type: string; readonly value: string }[],
  ) => Promise<void>;
  readonly claimFiles: (
    ids: readonly string[],
    ticket: string,
    owner: `ticket:${string}`,
  ) => Promise<readonly TicketFile[]>;
  readonly limits: {
    readonly lookupsOfTicket: (key: string) => Promise<Taken>;
    readonly lookupsOfNetwork: (key: string) => Promise<Taken>;
    readonly formsOfNetwork: (key: string) => Promise<Taken>;
  };
  /** A token that nobody else can make, for this text. */
  readonly sealToken: (text: string) => Promise<string>;
  /** @throws when it is none of ours */
  readonly openToken: (token: string) => Promise<string>;
  readonly reopenWithinMs: () => number;
  readonly now?: () => Date;
}

export interface CitizenTickets {
  /** @throws AppError `contact_required`, `too_many_tickets` */
  readonly send: (form: TicketForm, address: string) => Promise<Found>;
  /** @throws AppError `ticket_not_found` for whatever does not fit, `ticket_lookup_throttled` */
  readonly find: (code: string, contact: string, address: string) => Promise<Found>;
  /** The code that a token is for. @throws AppError `ticket_session_expired` */
  readonly authorize: (token: string) => Promise<string>;
  readonly view: (code: string) => Promise<CitizenTicket>;
  /** @param attachments ids of uploads under the ticket's name */
  readonly add: (
    code: string,
    said: { readonly key: string; readonly text: string; readonly attachments: readonly string[] },
  ) => Promise<CitizenTicket>;
  readonly rate: (code: string, score: number, comment: string) => Promise<CitizenTicket>;
  readonly reopen: (code: string, reason: string) => Promise<CitizenTicket>;
  /** Everything that is kept of it, but for what only the staff write. */
  readonly export: (code: string) => Promise<object>;
  readonly erase: (code: string) => Promise<void>;
  /** From wherever citizens write: what is kept of it is cleaned first. */
  readonly create: (key: string, draft: TicketDraft, origin: TicketOrigin) => Promise<Ticket>;
  /**
   * In chat, by whoever knows code and contact. @returns null: there is no such ticket
   * @throws AppError `ticket_lookup_throttled`: what may not be guessed on the page may not be guessed in chat
   */
  readonly findFor: (code: string, contact: string) => Promise<TicketReport | null>;
  /** The same. @returns null also where it takes nothing more */
  readonly addFor: (
    code: string,
    contact: string,
    said: { readonly key: string; readonly text: string },
  ) => Promise<TicketReport | null>;
  /** A mail that belongs to a ticket. @throws AppError `ticket_closed`, `ticket_erased` */
  readonly addByMail: (
    code: string,
    said: {
      readonly key: string;
      readonly text: string;
      readonly quoted: string;
      readonly attachments: readonly TicketFile[];
    },
  ) => Promise<Ticket>;
}
export interface Found {
  readonly ticket: CitizenTicket;
  readonly token: string;
}

const HOUR_MS = 60 * 60 * 1_000;
const CITIZEN = { kind: 'citizen' } as const;

export function createCitizenTickets(deps: CitizenTicketsDeps): CitizenTickets {
  const { tickets, read, seal, limits, now = () => new Date() } = deps;
  /** The other one's code is told to whom it belongs as well. */
  const findMerged = async (ticket: Ticket): Promise<string | null> => {
    if (ticket.mergedInto === null) return null;
    const main = await tickets.get(ticket.mergedInto);
    return sharesContact(ticket, main) ? main.code : null;
  };
  const present = async (ticket: Ticket): Promise<CitizenTicket> => ({
    ...presentForCitizen(ticket, deps.reopenWithinMs(), now()),
    mergedInto: await findMerged(ticket),
  });
  const report = (ticket: Ticket): TicketReport => reportOf(ticket, deps.reopenWithinMs(), now());
  const open = async (ticket: Ticket): Promise<Found> => {
    const until = now().getTime() + HOUR_MS;
    return { ticket: await present(ticket), token: await deps.sealToken(`${ticket.code} ${until}`) };
  };
  const create: CitizenTickets['create'] = async (key, draft, origin) => {
    const { text, sealable } = read(draft.content);
    const clean = (field: string | null): string | null => (field === null ? null : read(field).text);
    const kept = { ...draft, content: text, name: clean(draft.name), office: clean(draft.office) };
    const ticket = await tickets.create(key, kept, origin);
    await seal(ticket.code, key, sealable);
    return ticket;
  };
  const add = async (
    code: string,
    said: { key: string; text: string; quoted?: string; via: 'web' | 'chat' | 'email' },
    attachments: readonly TicketFile[],
  ): Promise<Ticket> => {
    const { text, sealable } = read(said.text);
    const quoted = said.quoted === undefined ? '' : read(said.quoted).text;
    const change = { kind: 'information', ...said, text, quoted, attachments } as const;
    const ticket = await tickets.change(code, change, CITIZEN);
    await seal(code, said.key, sealable);
    return ticket;
  };

  return {
    create,
    async send({ key, ...form }, address) {
      if (form.phone === '' && form.email === '')
        throw new AppError({ code: 'contact_required', message: 'neither phone nor e-mail' });
      refuseTooMany(await limits.formsOfNetwork(networkOf(address)), 'too_many_tickets');
      return open(await create(`form:${key}`, draftOf(form), { source: 'form', by: CITIZEN }));
    },
    async find(typed, contact, address) {
      const typedCode = readTicketCode(typed);
      const code = typedCode.kind === 'code' ? typedCode.code : null;
      refuseTooMany(await limits.lookupsOfNetwork(networkOf(address)), 'ticket_lookup_throttled');
      // Counted whether or not there is such a ticket: the count tells nothing either.
      refuseTooMany(await limits.lookupsOfTicket(code ?? typed.slice(0, 40)), 'ticket_lookup_throttled');
      const ticket = code === null ? null : await tickets.findFor(code, readContact(contact));
      if (ticket === null) throw new AppError({ code: 'ticket_not_found', message: 'looked up' });
      return open(ticket);
    },
    async authorize(token) {
      const [code = '', until] = (await deps.openToken(token).catch(() => '')).split(' ');
      if (Number(until ?? 0) <= now().getTime())
        throw new AppError({ code: 'ticket_session_expired', message: 'no token, or an old one' });
      const ticket = await tickets.get(code);
      if (ticket.erasedAt !== null) throw new AppError({ code: 'ticket_not_found', message: 'erased' });
      return code;
    },
    view: async (code) => present(await tickets.get(code)),
    async add(code, { attachments, ...said }) {
      const files = await deps.claimFiles(attachments, code, `ticket:${code}`);
      return present(await add(code, { ...said, via: 'web' }, files));
    },
    rate: async (code, score, comment) =>
      present(await tickets.change(code, { kind: 'rate', score, comment: read(comment).text }, CITIZEN)),
    reopen: async (code, reason) =>
      present(await tickets.change(code, { kind: 'reopen', reason: read(reason).text }, CITIZEN)),
    async export(code) {
      const ticket = await tickets.get(code);
      const { name, phone, email, callAt, createdAt, score } = ticket;
      return {
        ...(await present(ticket)),
        contact: { name, phone, email },
        callAt,
        score,
        sentAt: createdAt,
      };
    },
    async erase(code) {
      await eraseTicket(deps, code, CITIZEN);
    },
    async findFor(code, contact) {
      refuseTooMany(await limits.lookupsOfTicket(code), 'ticket_lookup_throttled');
      const found = await tickets.findFor(code, contact);
      return found === null ? null : report(found);
    },
    async addFor(code, contact, said) {
      const found = await tickets.findFor(code, contact);
      if (found === null || !report(found).mayAdd) return null;
      return report(await add(found.code, { ...said, via: 'chat' }, []));
    },
    addByMail: (code, { attachments, ...said }) => add(code, { ...said, via: 'email' }, attachments),
  };
}

function refuseTooMany(taken: Taken, code: 'too_many_tickets' | 'ticket_lookup_throttled'): void {
  if (!taken.allowed)
    throw new AppError({
      code,
      message: 'too many at once',
      details: [`${Math.ceil(taken.retryAfterMs / 1_000)} s`],
    });
}

/** A number as people write it, or an address. */
function readContact(typed: string): string {
  if (typed.includes('@')) return typed.trim();
  return typed.replace(/[\s.()-]/g, '').replace(/^\+?84(?=\d{9,10}$)/, '0');
}
