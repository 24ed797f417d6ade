/** What must hold of the templates of mails before they are sent to the desk. */
import type { MailKind, MailSettings, MailTemplateGuide } from '../../../src/contracts/mail.ts';
import { mailCopy } from './mail-copy.ts';

export const CONTACT_KINDS: readonly MailKind[] = ['receipt', 'reply', 'status'];
export const STAFF_KINDS: readonly MailKind[] = ['added', 'assigned', 'deadline'];

/** What stands in braces and means nothing, each once. */
export function findUnknown(known: readonly string[], text: string): string[] {
  const written = [...text.matchAll(/\{([^{}\n]{0,60})\}/g)];
  return [...new Set(written.flatMap(([whole, name = '']) => (known.includes(name) ? [] : [whole])))];
}

export interface MailFaults {
  'settings.mail.templates'?: string;
}

/** @param guide undefined: it was not needed yet, so nothing has been changed */
export function checkMail({ templates }: MailSettings, guide: MailTemplateGuide | undefined): MailFaults {
  for (const kind of [...CONTACT_KINDS, ...STAFF_KINDS]) {
    const { subject, body } = templates[kind];
    const unknown = guide === undefined ? [] : findUnknown(guide.variables[kind], `${subject}\n${body}`);
    const isMissing = subject.trim() === '' || body.trim() === '';
    const fault = isMissing ? mailCopy.missing : unknown.length > 0 ? mailCopy.unknown(unknown) : null;
    if (fault !== null) return { 'settings.mail.templates': mailCopy.faultIn(mailCopy.kinds[kind], fault) };
  }
  return {};
}
