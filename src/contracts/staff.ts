/** What crosses the wire about accounts, signing in and sessions of the staff (REST, /api/v1/staff/…). */
import { z } from 'zod';
import type { ErrorCode } from './error-codes.ts';
import { type Permission, role } from './permissions.ts';

const code = (name: ErrorCode): { error: ErrorCode } => ({ error: name });

export const accountId = z.string().regex(/^[0-9a-f]{24}$/);
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, code('email_malformed'));

export const SHORTEST_PASSWORD = 12;
/** NIST SP 800-63B: length counts, not kinds of characters. */
export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, code('password_too_short'))
  .max(200, code('password_too_long'))
  .refine((password) => !isSimple(password), code('password_too_simple'));

const FEWEST_CHARACTERS = 5;

/** One step repeated ("123456789012", "aaaaaaaaaaaa"), or hardly any different characters. */
function isSimple(password: string): boolean {
  const steps = new Set([...password].slice(1).map((letter, at) => stepBetween(password.charAt(at), letter)));
  return steps.size === 1 || new Set(password).size < FEWEST_CHARACTERS;
}

/** From 9 it goes on with 0. */
function stepBetween(before: string, after: string): number {
  const step = after.charCodeAt(0) - before.charCodeAt(0);
  return /\d/.test(before) && /\d/.test(after) ? (step + 10) % 10 : step;
}

export const skill = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .describe('A tag such as "thẻ BHYT"; a conversation that needs it goes to those who have it');

export const accountView = z.object({
  id: accountId,
  email: z.string(),
  name: z.string(),
  role,
  status: z.enum(['invited', 'active', 'disabled']),
  skills: z.array(skill),
  capacity: z.int().describe('Conversations at a time'),
  hasTotp: z.boolean(),
  createdAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable(),
});
export type AccountView = z.infer<typeof accountView>;
export type AccountList = { readonly accounts: readonly AccountView[] };

const name = z.string().trim().min(1).max(100);
const capacity = z.int().min(1).max(50);

export const inviteRequest = z.strictObject({
  email,
  name,
  role,
  skills: z.array(skill).max(20).default([]),
  capacity: capacity.default(4),
});
export type InviteRequest = z.infer<typeof inviteRequest>;
/** Of an invitation or a reset: to be given to the person; it works once. `mailed`: it is on its way already. */
export type OneTimeLink = {
  readonly account: AccountView;
  readonly link: string;
  readonly expiresAt: string;
  readonly mailed: boolean;
};

export const accountChange = z.strictObject({
  name: name.optional(),
  role: role.optional(),
  skills: z.array(skill).max(20).optional(),
  capacity: capacity.optional(),
  disabled: z.boolean().optional(),
});
export type AccountChange = z.infer<typeof accountChange>;

export const signInRequest = z.strictObject({
  email,
  password: z.string().min(1).max(200),
  totp: z.string().trim().min(1).max(20).optional().describe('Six digits, or a recovery code'),
});
export type SignInRequest = z.infer<typeof signInRequest>;

/** Who is signed in: answer to signing in, and of `GET session`. */
export const sessionView = z.object({
  account: accountView,
  permissions: z.array(z.string() as z.ZodType<Permission>),
  /** This one, in the list of sessions. */
  session: z.string(),
  mustChangePassword: z.boolean(),
});
export type SessionView = z.infer<typeof sessionView>;

export const activeSession = z.object({
  id: z.string(),
  current: z.boolean(),
  /** As the browser calls itself. */
  userAgent: z.string(),
  address: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime(),
});
export type ActiveSession = z.infer<typeof activeSession>;
export type ActiveSessionList = { readonly sessions: readonly ActiveSession[] };

const oneTimeToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, code('link_invalid'));
export const linkQuery = z.strictObject({ token: oneTimeToken });
export type LinkView = {
  readonly email: string;
  readonly name: string;
  readonly purpose: 'invite' | 'reset';
};
export const redeemRequest = z.strictObject({ token: oneTimeToken, password: newPassword });

export const passwordChange = z.strictObject({ current: z.string().min(1).max(200), next: newPassword });

/** Begun, not yet in force: it is once `totpConfirm` shows a code. */
export type TotpBegun = { readonly secret: string; readonly uri: string };
export const totpConfirm = z.strictObject({
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, code('totp_wrong')),
});
/** Shown once. */
export type RecoveryCodes = { readonly codes: readonly string[] };
export const totpRemove = z.strictObject({ password: z.string().min(1).max(200) });
