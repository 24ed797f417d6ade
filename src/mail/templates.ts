/** Templates → mails, as plain text and as HTML. Pure. */
import { MAIL_VARIABLE, type MailKind, type MailTemplate, type MailVariable } from '../contracts/mail.ts';
import { MAIL_COPY } from './copy.ts';

/** What is filled in; what is left out, or empty, leaves no gap. */
export type MailValues = { readonly [Name in MailVariable]?: string };

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** One paragraph as it will look. */
type Part =
  | { readonly kind: 'lines'; readonly text: string }
  /** A variable on its own: what somebody wrote. */
  | { readonly kind: 'quotation'; readonly text: string }
  | { readonly kind: 'button'; readonly url: string };

/**
 * Fills in a template. Values are put in as they are, and are never looked through for variables themselves.
 * @param canAnswer for mails to contacts: whether an answer to the mail reaches somebody
 */
export function writeMail(mail: {
  readonly kind: MailKind;
  readonly template: MailTemplate;
  readonly values: MailValues;
  readonly signature: string;
  readonly canAnswer: boolean;
}): WrittenMail {
  const { kind, template, values, signature, canAnswer } = mail;
  const isForStaff = MAIL_COPY.forStaff.includes(kind);
  const parts = partsOf(template.body, values);
  if (signature.trim() !== '') parts.push({ kind: 'lines', text: signature.trim() });
  const remark = isForStaff ? null : canAnswer ? MAIL_COPY.answerWelcome : MAIL_COPY.answerUnread;
  const subject = fill(template.subject, values).replace(/\s+/g, ' ').trim().slice(0, MOST_SUBJECT);
  return {
    subject,
    text: `${[...parts.map(textOf), ...(remark === null ? [] : [`--\n${remark}`])].join('\n\n')}\n`,
    html: pageOf(
      parts.map((part) => htmlOf(part, isForStaff ? MAIL_COPY.openTicket : MAIL_COPY.seeTicket)).join('\n'),
      remark,
    ),
  };
}

const MOST_SUBJECT = 250;
/** `{noi_dung}`, or `Hạn: {han}`: a line that says nothing without its value. */
const LINE_OF_ONE = /^([^{}:]{1,60}:\s*)?\{([^{}]+)\}[.]?$/;

function partsOf(body: string, values: MailValues): Part[] {
  return body.split(/\n[^\S\n]*\n/).flatMap((paragraph): Part[] => {
    const lines = paragraph.split('\n').map((line) => line.trim());
    const said = lines.filter((line) => {
      const [, , name] = LINE_OF_ONE.exec(line) ?? [];
      return line !== '' && (name === undefined || givenValue(name, values) !== '');
    });
    if (said.length === 0) return [];
    const [, label, alone] = (said.length === 1 && LINE_OF_ONE.exec(said[0] ?? '')) || [];
    if (alone === undefined || label !== undefined)
      return [{ kind: 'lines', text: said.map((line) => fill(line, values)).join('\n') }];
    const text = givenValue(alone, values);
    if (alone !== 'duong_dan') return [{ kind: 'quotation', text }];
    return [isWebAddress(text) ? { kind: 'button', url: text } : { kind: 'lines', text }];
  });
}

function givenValue(name: string, values: MailValues): string {
  return Object.hasOwn(values, name) ? (values[name as MailVariable] ?? '').trim() : '';
}

/** Where a value is missing, the space before it goes, too: `Anh/Chị {nguoi_gui},` → `Anh/Chị,`. */
function fill(line: string, values: MailValues): string {
  return line
    .replace(new RegExp(`[^\\S\\n]*${MAIL_VARIABLE.source}`, 'g'), (written, name: string) => {
      const value = givenValue(name, values);
      return value === '' ? '' : written.slice(0, written.indexOf('{')) + value;
    })
    .trim();
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function textOf(part: Part): string {
  return part.kind === 'button' ? part.url : part.text;
}

const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#0b5cab;color:#ffffff;text-decoration:none;font-weight:bold';
const QUOTATION = 'margin:0 0 16px;padding:4px 0 4px 12px;border-left:3px solid #c3ccd6';
const SMALL = 'font-size:13px;line-height:1.5;color:#5c6773';

function htmlOf(part: Part, label: string): string {
  if (part.kind === 'lines') return `<p style="margin:0 0 16px">${linesOf(part.text)}</p>`;
  if (part.kind === 'quotation') return `<div style="${QUOTATION}">${linesOf(part.text)}</div>`;
  const url = escapeHtml(part.url);
  return [
    `<p style="margin:0 0 8px"><a href="${url}" style="${BUTTON}">${escapeHtml(label)}</a></p>`,
    `<p style="margin:0 0 16px;${SMALL};overflow-wrap:anywhere">${url}</p>`,
  ].join('\n');
}

/** Ticket codes are not broken at their hyphen. */
function linesOf(text: string): string {
  return escapeHtml(text)
    .replace(/\b[A-Z]{2}-[0-9A-Z]{6}\b/g, '<span style="white-space:nowrap">$&</span>')
    .replaceAll('\n', '<br>\n');
}

/** One column, no pictures, nothing that is loaded: it looks the same in every mail program, and tells nobody. */
function pageOf(content: string, remark: string | null): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
</head>
<body style="margin:0;padding:0;background:#ffffff">
<div style="max-width:560px;margin:0 auto;padding:20px 16px;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.55;color:#1f2933;overflow-wrap:anywhere">
${content}
${remark === null ? '' : `<p style="margin:0;padding-top:12px;border-top:1px solid #dde3e9;${SMALL}">${escapeHtml(remark)}</p>`}
</div>
</body>
</html>
`;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPED[character] ?? '');
}
