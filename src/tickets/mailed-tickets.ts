/** Mails that come in: a new one becomes a ticket, an answer joins its ticket; what programs send makes nothing. */
import type { TicketFile } from '../contracts/tickets.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { CitizenTickets } from './citizen-tickets.ts';
import { codesIn, type Sign, ticketOfMessageId } from './mail-thread.ts';
import type { Ticket } from './ticket.ts';
import type { Tickets } from './tickets.ts';

/** A mail as its reader hands it over. */
export interface MailToTicket {
  /** The same mail has the same one. */
  readonly messageId: string;
  readonly from: { readonly address: string; readonly name: string };
  readonly subject: string;
  readonly text: string;
  readonly quoted: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** What is no letter of a person; null: it is one. */
  readonly automatic: 'auto-reply' | 'bounce' | 'bulk' | 'own' | null;
  readonly attachments: readonly { readonly name: string; readonly content: Buffer }[];
  readonly leftOut: readonly { readonly name: string }[];
}

export interface MailedTicketsDeps {
  readonly tickets: Pick<Tickets, 'change' | 'findByKey' | 'get'>;
  readonly citizens: Pick<CitizenTickets, 'create' | 'addByMail'>;
  /** Keeps a file for a ticket. @throws AppError where its kind is not taken, or it is too large */
  readonly keepFile: (
    ticket: string,
    file: { readonly name: string; readonly content: Buffer },
  ) => Promise<TicketFile>;
  readonly openSign: () => Promise<Sign>;
  /** What may be kept of a text that no person wrote to the desk. */
  readonly clean: (text: string) => string;
  readonly logger: Logger;
}

export interface MailedTickets {
  /** Takes one mail in, once, however often it comes. @throws what the store throws: it is to come again */
  readonly take: (mail: MailToTicket) => Promise<void>;
}

const LONGEST = 20_000;
const DESK = { kind: 'desk' } as const;
const CITIZEN = { kind: 'citizen' } as const;

export function createMailedTickets(deps: MailedTicketsDeps): MailedTickets {
  const { tickets, citizens, keepFile, logger } = deps;

  /** By the mails it names, which nobody can guess; by a code only from the address that the ticket has. */
  const findTicket = async (mail: MailToTicket): Promise<Ticket | null> => {
    const sign = await deps.openSign();
    const named = [...(mail.inReplyTo === null ? [] : [mail.inReplyTo]), ...mail.references.toReversed()];
    for (const id of named) {
      const code = ticketOfMessageId(id, sign);
      const found = code === null ? await tickets.findByKey(keyOf(id)) : await find(code);
      if (found !== null) return found;
    }
    for (const code of codesIn(mail.subject)) {
      const found = await find(code);
      if (found !== null && found.email?.toLowerCase() === mail.from.address) return found;
    }
    return null;
  };
  const find = (code: string): Promise<Ticket | null> =>
    tickets.get(code).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'ticket_not_found') return null;
      throw error;
    });

  /** Files that are not taken are named, so that somebody can ask for them otherwise. */
  const keepFiles = async (code: string, { attachments, leftOut }: MailToTicket) => {
    const files: TicketFile[] = [];
    const refused = leftOut.map(({ name }) => name);
    for (const file of attachments) {
      try {
        files.push(await keepFile(code, file));
      } catch (error) {
        if (!(error instanceof AppError) || !/^attachment_(?:type|too_large)$/.test(error.code)) throw error;
        refused.push(file.name);
      }
    }
    return { files, refused };
  };

  const add = async (code: string, mail: MailToTicket, text: string, key: string): Promise<Ticket> => {
    const { files, refused } = await keepFiles(code, mail);
    const note = refused.length === 0 ? '' : `\n\n(Tệp không nhận được: ${refused.join(', ')})`;
    const said = `${text}${note}`.trim();
    return citizens.addByMail(code, {
      key,
      text: said === '' ? mail.subject : said.slice(0, LONGEST),
      quoted: mail.quoted.slice(0, LONGEST),
      attachments: files,
    });
  };

  const open = async (mail: MailToTicket): Promise<Ticket> => {
    const content = [mail.subject, mail.text].filter((part) => part.trim() !== '').join('\n\n');
    const draft = {
      kind: 'question',
      complaintType: null,
      content: content.slice(0, LONGEST) || '(Thư không có nội dung)',
      office: null,
      phone: null,
      email: mail.from.address,
      name: mail.from.name || null,
      callAt: null,
      score: null,
    } as const;
    const key = keyOf(mail.messageId);
    const ticket = await citizens.create(key, draft, { source: 'email', by: CITIZEN });
    const hasMore = mail.attachments.length > 0 || mail.leftOut.length > 0 || mail.quoted !== '';
    // The ticket is there under its own key: the rest of the mail joins it.
    return hasMore ? add(ticket.code, mail, '', `rest:${key}`) : ticket;
  };

  return {
    async take(mail) {
      if (mail.automatic === 'bounce') {
        const ticket = await findTicket(mail);
        if (ticket !== null)
          await tickets.change(
            ticket.code,
            {
              kind: 'note',
              key: keyOf(mail.messageId),
              text: `Email gửi cho người dân bị trả lại.\n\n${deps.clean(mail.text).slice(0, 2_000)}`,
              attachments: [],
            },
            DESK,
          );
        return;
      }
      if (mail.automatic !== null || mail.from.address === '') {
        logger.info({ automatic: mail.automatic }, 'a mail that no person wrote makes no ticket');
        return;
      }
      const ticket = await findTicket(mail);
      const code = ticket?.mergedInto ?? ticket?.code;
      if (code === undefined) await open(mail);
      else
        await add(code, mail, mail.text, keyOf(mail.messageId)).catch(async (error: unknown) => {
          // Closed for good: whoever writes now has a new matter.
          if (!(error instanceof AppError) || !/^ticket_(?:closed|erased|not_possible)$/.test(error.code))
            throw error;
          await open(mail);
        });
    },
  };
}

function keyOf(messageId: string): string {
  return `mail:${messageId}`;
}
