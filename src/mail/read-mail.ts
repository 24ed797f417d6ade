/** The bytes of a mail → what it says, as plain text: no script, style or picture of a stranger gets further than here. */
import { createHash } from 'node:crypto';
import type { AddressObject, Attachment, ParsedMail, simpleParser } from 'mailparser';
import { classifyMail } from './automatic-mail.ts';
import { foldMail } from './fold-mail.ts';
import type { IncomingMail } from './incoming-mail.ts';

const MOST_ATTACHMENTS = 10;
const MOST_ATTACHMENT_BYTES = 10 * 1024 * 1024;
/** Logos of signatures are pictures in the text, and smaller. */
const LEAST_INLINE_BYTES = 15 * 1024;
const MOST_HTML = 1_000_000;
const MOST_TEXT = 20_000;
const MOST_REFERENCES = 50;
const CUT = '\n[…]';

/**
 * Reads a mail.
 * @param ownAddresses the desk's own, in lower case
 * @throws Error when it cannot be made out at all
 */
export async function readMail(
  source: Buffer,
  { receivedAt, ownAddresses }: { readonly receivedAt: Date; readonly ownAddresses: readonly string[] },
): Promise<IncomingMail> {
  const mail = await parse(source);
  const [sender] = listAddresses(mail.from);
  const subject = clean(mail.subject ?? '')
    .replace(/\s+/g, ' ')
    .slice(0, 300);
  const from = sender?.address ?? '';
  const automatic = classifyMail({ header: (name) => headerOf(mail, name), from, subject }, ownAddresses);
  const { text, quoted } = foldMail(cut(clean(await textOf(mail))));
  const references = [mail.references ?? []].flat().concat(automatic === 'bounce' ? findReturned(mail) : []);
  return {
    messageId: idOf(mail.messageId) ?? idOfContent(source),
    from: { address: from, name: clean(sender?.name ?? '').slice(0, 200) },
    to: [mail.to ?? [], mail.cc ?? []]
      .flat()
      .flatMap((list) => listAddresses(list).map(({ address }) => address)),
    subject,
    at: receivedAt,
    text,
    quoted,
    inReplyTo: idOf(mail.inReplyTo),
    references: references.flatMap((id) => idOf(id) ?? []).slice(-MOST_REFERENCES),
    automatic,
    ...takeAttachments(mail.attachments),
  };
}

/** Pictures are not put into the text, and what it looks like as HTML is not wanted. */
const OPTIONS = { skipImageLinks: true, skipTextToHtml: true, skipTextLinks: true } as const;

/** Read when the first mail comes: most desks start without a mailbox. */
const loadParser = async (): Promise<typeof simpleParser> => (await import('mailparser')).simpleParser;

async function parse(source: Buffer | string): Promise<ParsedMail> {
  const simpleParser = await loadParser();
  // The page is turned into text below, where there is no other text.
  return simpleParser(source, { ...OPTIONS, skipHtmlToText: true });
}

async function textOf({ text, html }: ParsedMail): Promise<string> {
  if (text !== undefined && text.trim() !== '') return text;
  if (!html) return '';
  const page = html
    .slice(0, MOST_HTML)
    .replace(/<img\b[^>]{0,2000}>/gi, '')
    // A link is shown as its address: one that leads nowhere on the web would only look odd.
    .replace(/\bhref\s*=\s*(["']?)\s*(?!https?:|mailto:|tel:)[^"'>\s]{0,2000}\1/gi, '');
  const simpleParser = await loadParser();
  const alone = await simpleParser(
    Buffer.from(`Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${page}`),
    OPTIONS,
  );
  return alone.text ?? '';
}

function listAddresses(list: AddressObject | undefined): { address: string; name: string }[] {
  return (list?.value ?? []).flatMap(({ address, name, group }) => {
    const members = group === undefined ? [{ address, name }] : group;
    return members.flatMap((one) =>
      one.address === undefined || !/^[^\s@]+@[^\s@]+$/.test(one.address)
        ? []
        : [{ address: one.address.toLowerCase(), name: one.name }],
    );
  });
}

/** The first one of that name, unfolded. */
function headerOf({ headerLines }: ParsedMail, name: string): string | undefined {
  const line = headerLines.find(({ key }) => key === name.toLowerCase())?.line;
  return line?.slice(line.indexOf(':') + 1).replace(/\r?\n\s+/g, ' ');
}

/** The Message-ID of the mail that a bounce brings back. */
function findReturned({ attachments, text = '' }: ParsedMail): string[] {
  const parts = attachments
    .filter(({ contentType }) => /^(?:message\/rfc822|text\/rfc822-headers)/.test(contentType))
    .map(({ content }) => content.toString('utf8', 0, 20_000));
  return [...parts, text.slice(0, 50_000)].flatMap((part) => {
    const [, id] = /^Message-ID:\s*(<[^<>\s]{1,250}>)/im.exec(part) ?? [];
    return id === undefined ? [] : [id];
  });
}

function idOf(id: string | undefined): string | null {
  const [found] = /<[^<>\s]{1,250}>/.exec(id ?? '') ?? [];
  return found ?? null;
}

function idOfContent(source: Buffer): string {
  return `<${createHash('sha256').update(source).digest('hex')}@no-message-id>`;
}

/** Vietnamese as it is compared everywhere else; nothing that hides or turns text around. */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('\u00a0', ' ')
    .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]/gu, (character) =>
      character === '\n' || character === '\t' ? character : '',
    );
}

function cut(text: string): string {
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}${CUT}`;
}

function takeAttachments(found: readonly Attachment[]): Pick<IncomingMail, 'attachments' | 'leftOut'> {
  const attachments: { name: string; content: Buffer }[] = [];
  const leftOut: IncomingMail['leftOut'][number][] = [];
  for (const attachment of found) {
    const { content, related } = attachment;
    if (related && content.length < LEAST_INLINE_BYTES) continue;
    const name = nameOf(attachment, attachments.length + leftOut.length + 1);
    if (content.length > MOST_ATTACHMENT_BYTES) leftOut.push({ name, reason: 'too_large' });
    else if (attachments.length >= MOST_ATTACHMENTS) leftOut.push({ name, reason: 'too_many' });
    else attachments.push({ name, content });
  }
  return { attachments, leftOut };
}

/** Without folders. */
function nameOf({ filename, contentType }: Attachment, number: number): string {
  const given = clean(filename ?? '')
    .split(/[\\/]/)
    .at(-1)
    ?.trim();
  if (given) return given.slice(-120);
  return contentType === 'message/rfc822' ? `thu-${number}.eml` : `tep-${number}`;
}
