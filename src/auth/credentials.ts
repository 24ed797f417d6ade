/** From what a client shows to who is calling. Nothing is looked up: tokens are hashed, identities verified. */
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { platform } from '../contracts/answers.ts';
import { type Credentials, credentials } from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Caller } from './caller.ts';
import { hashToken } from './staff/token.ts';

const ALGORITHM = 'HS256';
/** Clocks of phones and servers differ. */
const CLOCK_TOLERANCE_S = 60;
/** An identity cannot be taken back before it expires. */
const LONGEST_LIFE_S = 24 * 60 * 60;

const claims = z.object({
  sub: z.string().min(1).max(200),
  exp: z.number(),
  name: z.string().max(200).optional(),
  phone: z.string().max(30).optional(),
  bhxhNumber: z.string().max(20).optional(),
  appVersion: z.string().max(50).optional(),
  platform: platform.optional(),
});

/**
 * Reads credentials.
 * @param hostAppSecret what the host app signs identities with; undefined: identities are not taken
 * @throws AppError `unauthenticated` (nothing shown), `identity_not_configured`, `identity_expired`, `identity_invalid`
 */
export async function readCredentials(
  { token, identity }: Credentials,
  hostAppSecret: string | undefined,
): Promise<Caller> {
  const tokenHash = token === undefined ? null : hashToken(token);
  if (identity !== undefined) {
    const { sub, exp: _, ...profile } = await verifyIdentity(identity, hostAppSecret);
    return { kind: 'person', subject: sub, profile, tokenHash };
  }
  if (tokenHash === null)
    throw new AppError({ code: 'unauthenticated', message: 'neither token nor identity' });
  return { kind: 'device', tokenHash };
}

/**
 * The credentials in an `Authorization: Bearer …` header: a JWT has dots, a device token has none.
 * @throws AppError `unauthenticated`
 */
export function parseAuthorization(header: string | undefined): Credentials {
  const [, value] = /^Bearer ([\w.-]+)$/.exec(header ?? '') ?? [];
  if (value === undefined) throw new AppError({ code: 'unauthenticated', message: 'no bearer token' });
  return parseCredentials(value.includes('.') ? { identity: value } : { token: value });
}

/** What a client shows in the handshake. @throws AppError `unauthenticated` when it is malformed */
export function parseCredentials(shown: unknown): Credentials {
  const { success, data, error } = credentials.safeParse(shown);
  if (success) return data;
  throw new AppError({ code: 'unauthenticated', message: 'malformed credentials', cause: error });
}

async function verifyIdentity(identity: string, secret: string | undefined): Promise<z.infer<typeof claims>> {
  if (secret === undefined)
    throw new AppError({ code: 'identity_not_configured', message: 'HOST_APP_SECRET is not set' });
  try {
    const { payload } = await jwtVerify(identity, new TextEncoder().encode(secret), {
      algorithms: [ALGORITHM],
      clockTolerance: CLOCK_TOLERANCE_S,
    });
    const told = claims.parse(payload);
    if (told.exp > Date.now() / 1000 + LONGEST_LIFE_S + CLOCK_TOLERANCE_S)
      throw new Error('the identity lives longer than 24 hours');
    return told;
  } catch (cause) {
    const code = cause instanceof errors.JWTExpired ? 'identity_expired' : 'identity_invalid';
    throw new AppError({ code, message: (cause as Error).message, cause });
  }
}
