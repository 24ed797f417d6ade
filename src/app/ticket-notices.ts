/** What happened to a ticket, told to the citizen by mail and in chat, or to those of the staff whom it concerns. */

import type { Staff } from '../auth/staff/staff.ts';
import type { MailKind, MailVariable } from '../contracts/mail.ts';
import { asInVietnam } from '../kernel/vietnam-time.ts';
import type { MailDesk } from '../mail/mail-desk.ts';
import { messageIdOf, type Sign } from '../tickets/mail-thread.ts';
import type { Ticket, TicketEntry } from '../tickets/ticket.ts';
import { TICKET_WORDS } from '../tickets/ticket-words.ts';

export interface TicketNoticesDeps {
  readonly mailDesk: Pick<MailDesk, 'notify' | 'mayAnswer' | 'isConfigured' | 'domain'>;
  readonly openSign: () => Promise<Sign>;
  /** Where people reach the desk, without a slash at its end; null: not known, and mails have no links. */
  readonly site: string | null;
  readonly accounts: Pick<Staff['accounts'], 'find' | 'list'>;
  /** Says it in a conversation, once for a name. Does nothing where the conversation is gone. */
  readonly sayInChat: (conversation: string, name: string, text: string) => Promise<void>;
}

/** @returns tells one line of the history; may be repeated: by ticket and line a mail is sent once */
export function createTicketNotices(
  deps: TicketNoticesDeps,
): (ticket: Ticket, entry: TicketEntry) => Promise<void> {
  const { mailDesk, site, accounts } = deps;
  const { domain } = mailDesk;

  const send = async (
    ticket: Ticket,
    entry: TicketEntry,
    kind: MailKind,
    to: string,
    values: Partial<Record<MailVariable, string>>,
  ): Promise<void> => {
    const isForCitizen = to === ticket.email;
    const sign = await deps.openSign();
    const thread = isForCitizen ? threadOf(ticket, entry, domain, sign) : {};
    await mailDesk.notify({
      key: `${kind}:${ticket.code}:${entry.id}${isForCitizen ? '' : `:${to}`}`,
      kind,
      to,
      values: {
        ma_phieu: ticket.code,
        loai: TICKET_WORDS.spoken[ticket.kind],
        noi_dung: ticket.content,
        ...(ticket.name === null ? {} : { nguoi_gui: ticket.name }),
        ...linkOf(ticket.code, isForCitizen, site),
        ...values,
      },
      ...thread,
    });
  };
  const tellCitizen = async (
    ticket: Ticket,
    entry: TicketEntry,
    kind: MailKind,
    values: Partial<Record<MailVariable, string>>,
  ): Promise<void> => {
    if (ticket.email !== null) await send(ticket, entry, kind, ticket.email, values);
  };
  const tellStaff = async (
    ticket: Ticket,
    entry: TicketEntry,
    kind: MailKind,
    values: Partial<Record<MailVariable, string>>,
  ): Promise<void> => {
    if (ticket.assignee === null) {
      if (kind !== 'deadline') return;
      // Supervisors look after what nobody has.
      for (const { name, email, role, disabled } of await accounts.list())
        if (role === 'supervisor' && !disabled)
          await send(ticket, entry, kind, email, { nhan_vien: name, ...values });
      return;
    }
    const email = (await accounts.find(ticket.assignee.id))?.email;
    if (email !== undefined)
      await send(ticket, entry, kind, email, { nhan_vien: ticket.assignee.name, ...values });
  };

  /** Without what was written: whoever holds the phone may not be who sent the ticket. */
  const tellInChat = async ({ code, conversation }: Ticket, { id, kind, by }: TicketEntry): Promise<void> => {
    if (conversation === null || by.kind !== 'staff') return;
    const text = { reply: TICKET_WORDS.answeredInChat(code), created: TICKET_WORDS.madeForChat(code) };
    if (kind === 'reply' || kind === 'created')
      await deps.sayInChat(conversation, `ticket:${code}:${id}`, text[kind]);
  };

  return async (ticket, entry) => {
    await tellInChat(ticket, entry);
    if (!mailDesk.isConfigured) return;
    switch (entry.kind) {
      case 'created': {
        // Who writes by mail is a program now and then: it must not be answered for ever.
        if (ticket.source === 'email' && !(await mailDesk.mayAnswer(ticket.email ?? ''))) return;
        return tellCitizen(ticket, entry, 'receipt', dueOf(ticket.resolution.dueAt));
      }
      case 'reply':
        return tellCitizen(ticket, entry, 'reply', {
          tra_loi: entry.text,
          trang_thai: TICKET_WORDS.statuses[ticket.status],
          ...(entry.by.kind === 'staff' ? { nhan_vien: entry.by.name } : {}),
        });
      case 'status': {
        if (entry.by.kind !== 'staff' || isToldWithReply(ticket, entry)) return;
        const to = entry.to as Ticket['status'];
        return tellCitizen(ticket, entry, 'status', {
          trang_thai: TICKET_WORDS.statuses[to],
          ...(entry.text === '' ? {} : { ly_do: entry.text }),
        });
      }
      case 'information':
        return tellStaff(ticket, entry, 'added', { noi_dung: entry.text });
      case 'field': {
        const isOwn = entry.by.kind === 'staff' && entry.by.id === ticket.assignee?.id;
        if (entry.field !== 'assign' || entry.to === null || isOwn) return;
        return tellStaff(ticket, entry, 'assigned', dueOf(ticket.resolution.dueAt));
      }
      case 'deadline': {
        const clock = entry.from === 'firstResponse' ? ticket.firstResponse : ticket.resolution;
        return tellStaff(ticket, entry, 'deadline', {
          canh_bao: TICKET_WORDS.warnings[`${entry.from}.${entry.to}` as keyof typeof TICKET_WORDS.warnings],
          ...dueOf(clock.dueAt ?? clock.breachedAt),
        });
      }
      default:
        return;
    }
  };
}

/** The reply says where the ticket stands, too. */
function isToldWithReply({ entries }: Ticket, { id, at }: TicketEntry): boolean {
  const before = entries.find((entry) => entry.id === id - 1);
  return before?.kind === 'reply' && before.at.getTime() === at.getTime();
}

const MOST_REFERENCES = 20;

/** So that mail programs show the mails of a ticket as one thread, and an answer finds back. */
function threadOf(
  { code, entries }: Ticket,
  entry: TicketEntry,
  domain: string,
  sign: Sign,
): { messageId: string; inReplyTo?: string; references?: readonly string[] } {
  const told = entries.filter(({ id, kind }) => id < entry.id && (kind === 'created' || kind === 'reply'));
  const ours = told.map(({ id }) => ({ id, messageId: messageIdOf(code, id, domain, sign) }));
  const theirs = entries.flatMap(({ id, key }) =>
    id <= entry.id && key?.startsWith('mail:') ? [{ id, messageId: key.slice('mail:'.length) }] : [],
  );
  const before = [...ours, ...theirs]
    .sort((one, other) => one.id - other.id)
    .map(({ messageId }) => messageId)
    .slice(-MOST_REFERENCES);
  const last = before.at(-1);
  return {
    messageId: messageIdOf(code, entry.id, domain, sign),
    ...(last === undefined ? {} : { inReplyTo: last, references: before }),
  };
}

function linkOf(code: string, isForCitizen: boolean, site: string | null): { duong_dan?: string } {
  if (site === null) return {};
  return { duong_dan: isForCitizen ? `${site}/ticket?code=${code}` : `${site}/console/tickets/${code}` };
}

/** As calendars in Việt Nam write it: 09:30 ngày 06/02/2027 */
function dueOf(at: Date | null): { han?: string } {
  if (at === null) return {};
  const [day = '', time = ''] = asInVietnam(at).toISOString().split('T');
  return { han: `${time.slice(0, 5)} ngày ${day.split('-').reverse().join('/')}` };
}
