/** The cookie that a session travels in. */
import { parseCookie, stringifySetCookie } from 'cookie';
import { LONGEST_SESSION_MS } from './session.ts';
import { isToken } from './token.ts';

const NAME = 'vssid_desk_session';
/** Browsers take a name that begins so from https alone, and from no other host of the domain. */
const SECURE_NAME = `__Host-${NAME}`;

export interface SessionCookie {
  /** The token in a `Cookie` header; null: there is none. */
  readonly read: (header: string | undefined) => string | null;
  /** `Set-Cookie` with the token. @param isSecure whether the request came by https */
  readonly write: (token: string, isSecure: boolean) => string;
  /** `Set-Cookie` that takes it away. */
  readonly clear: (isSecure: boolean) => string;
}

/** @param isPublicHttps the desk's public address begins with https, whatever the request itself came by */
export function createSessionCookie(isPublicHttps: boolean): SessionCookie {
  const write = (value: string, maxAge: number, isSecure: boolean): string => {
    const secure = isPublicHttps || isSecure;
    const name = secure ? SECURE_NAME : NAME;
    return stringifySetCookie({ name, value, maxAge, path: '/', httpOnly: true, sameSite: 'strict', secure });
  };
  return {
    read(header) {
      const cookies = parseCookie(header ?? '');
      const token = cookies[SECURE_NAME] ?? (isPublicHttps ? undefined : cookies[NAME]);
      return token !== undefined && isToken(token) ? token : null;
    },
    write: (token, isSecure) => write(token, LONGEST_SESSION_MS / 1000, isSecure),
    clear: (isSecure) => write('', 0, isSecure),
  };
}
