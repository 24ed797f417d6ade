/** Second factors: codes of an authenticator app (RFC 6238) and recovery codes. */
import { createHash } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import { makeTypedCode } from './token.ts';

const ISSUER = 'VssID';
/** One step: phones and servers do not have quite the same time. */
const TOLERANCE_S = 30;
const RECOVERY_CODES = 10;
/** 79 bits: nobody finds a code from its hash. */
const RECOVERY_GROUPS = 4;

/** `uri`: for the QR code that authenticator apps read. */
export function makeTotpSecret(email: string): { readonly secret: string; readonly uri: string } {
  const secret = generateSecret();
  return { secret, uri: generateURI({ issuer: ISSUER, label: email, secret }) };
}

export function isTotpCode(text: string): boolean {
  return /^\d{6}$/.test(text);
}

/** The time step that a six-digit code belongs to, now or one step beside; null: it is wrong. */
export function findTotpStep(secret: string, code: string, now: Date): number | null {
  const epoch = Math.floor(now.getTime() / 1000);
  const found = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE_S });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}

export function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => makeTypedCode(RECOVERY_GROUPS));
}

/** Of a code however it is typed. */
export function hashRecoveryCode(code: string): string {
  const typed = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return createHash('sha256').update(typed).digest('base64url');
}
