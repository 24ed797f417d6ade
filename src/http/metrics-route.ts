/** `GET /metrics`, for Prometheus: with the token, or, where none is set, from this machine alone. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { AppError } from '../kernel/app-error.ts';

export interface MetricsRouteDeps {
  /** What a scraper shows as a bearer token; undefined: none is taken. Never to be logged. */
  readonly token: string | undefined;
  readonly read: () => Promise<{ readonly type: string; readonly text: string }>;
}

export function createMetricsRoute({ token, read }: MetricsRouteDeps): RequestHandler {
  const isWanted = token === undefined ? isFromThisMachine : showsToken(token);
  return async (request, response) => {
    response.set('cache-control', 'no-store');
    if (!isWanted(request)) {
      // Without a token there is nothing that a stranger could show: for him there is no such address.
      if (token === undefined) throw new AppError({ code: 'not_found', message: '/metrics' });
      response.set('www-authenticate', 'Bearer');
      throw new AppError({ code: 'metrics_token_needed', message: '/metrics' });
    }
    const { type, text } = await read();
    response.set('content-type', type).send(text);
  };
}

const showsToken = (token: string) => {
  const wanted = digest(token);
  return (request: Request): boolean => {
    const [, shown] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    return shown !== undefined && timingSafeEqual(digest(shown), wanted);
  };
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What a proxy on this machine passes on comes from elsewhere, and says so. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'] as const;

function isFromThisMachine({ socket, headers }: Request): boolean {
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return (
    (address === '::1' || address.startsWith('127.')) &&
    FORWARDED.every((name) => headers[name] === undefined)
  );
}
