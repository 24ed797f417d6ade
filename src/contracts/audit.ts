/** The audit log as it is read: `GET /api/v1/staff/audit`. */
import { z } from 'zod';

export const auditAction = z.enum([
  'session.started',
  'session.failed',
  'session.ended',
  'session.revoked',
  'account.invited',
  'account.changed',
  'account.reset',
  'account.joined',
  'password.changed',
  'totp.enabled',
  'totp.disabled',
  'value.revealed',
  'canned.changed',
  'office.changed',
  'offices.imported',
  'phrase.proposed',
  'release.published',
  'release.wentLive',
  'draft.approved',
  'draft.discarded',
  'settings.changed',
  'conversation.takenOver',
  'conversation.joined',
  'archive.searched',
  'archive.opened',
  'archive.restored',
  'ticket.revealed',
  'ticket.erased',
  'ticket.exported',
  'audit.exported',
  'incident.opened',
  'incident.changed',
  'incident.ended',
  'incident.told',
  'suspicion.dismissed',
]);
export type AuditAction = z.infer<typeof auditAction>;

export const auditEntry = z.object({
  /** 1, 2, 3 … without gaps. */
  number: z.int().min(1),
  at: z.iso.datetime(),
  /** null: nobody is known, as at a sign-in that failed; or the desk itself. */
  actor: z.object({ id: z.string(), name: z.string() }).nullable(),
  action: auditAction,
  /** What it was done to, such as `account:…` or `conversation:…#7`. */
  subject: z.string(),
  details: z.record(z.string(), z.unknown()),
  address: z.string().nullable(),
  /** SHA-256 over this entry and the hash before it. */
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof auditEntry>;

export const auditQuery = z.strictObject({
  before: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .optional(),
  action: auditAction.optional(),
  actor: z.string().max(40).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});
export type AuditQuery = z.infer<typeof auditQuery>;
export type AuditPage = { readonly entries: readonly AuditEntryView[]; readonly hasMore: boolean };
