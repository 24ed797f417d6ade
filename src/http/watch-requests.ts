/**
 * Each request has an id, in every line of the log and in the answer; a line says how it ended, and who wants to know is
 * told. Written here, and not left to pino-http: that prepares its line for each request, also where the level says that
 * nobody will read it.
 */
import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from '../kernel/logger.ts';
import { inScope, type Scope } from '../kernel/scope.ts';
import type { Tracing } from '../kernel/tracing.ts';

export interface RequestWatch {
  readonly tracing?: Tracing | undefined;
  readonly onRequest?: ((ended: EndedRequest) => void) | undefined;
  /** The process is about to stop: connections are not kept for more. */
  readonly isDraining?: (() => boolean) | undefined;
}

export interface EndedRequest {
  readonly area: Area;
  readonly status: number;
  /** Why it was refused or failed; null: it was not. */
  readonly code: string | null;
  readonly tookMs: number;
}

/** Parts of the API that are told apart: few, and none that a caller can make up. */
const API_AREAS = [
  'answers',
  'attachments',
  'banners',
  'conversation',
  'faq',
  'offices',
  'staff',
  'tickets',
] as const;
export type Area = (typeof API_AREAS)[number] | 'health' | 'other';

/** Of whoever is in front of us, such as a load balancer: as long as it can do no harm in a log. */
const HARMLESS_ID = /^[\w.:-]{1,64}$/;

export function watchRequests(
  { tracing, onRequest, isDraining }: RequestWatch,
  logger: Logger,
): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && HARMLESS_ID.test(given) ? given : randomUUID();
    response.setHeader('x-request-id', requestId);
    if (isDraining?.() === true) response.setHeader('connection', 'close');

    const area = areaOf(request.path);
    const span = tracing?.begin(`${request.method} ${area}`, 'server', {
      'request.id': requestId,
      'http.request.method': request.method,
    });
    const scope: Scope = { requestId, span: span?.handle };
    response.once('close', () => {
      // Whoever went before the answer was there is told apart, as nginx does it.
      const status = response.writableFinished ? response.statusCode : 499;
      const code = (response.locals[REFUSED_FOR] as string | undefined) ?? null;
      const tookMs = performance.now() - startedAt;
      logEnd(logger, request, response, { status, tookMs, ...idsOf(scope) });
      onRequest?.({ area, status, code, tookMs });
      if (span === undefined) return;
      span.set({ 'http.response.status_code': status });
      if (scope.conversation !== undefined) span.set({ 'conversation.id': scope.conversation });
      span.end(status >= 500 ? (code ?? String(status)) : null);
    });
    inScope(scope, next);
  };
}

/** Where an answer keeps the code that it was refused for. */
export const REFUSED_FOR = 'refusedFor';

interface Ended {
  readonly status: number;
  readonly tookMs: number;
}

/** Neither address nor headers nor body: nothing personal belongs in a log. */
function logEnd(logger: Logger, request: Request, response: Response, ended: Ended): void {
  const level = levelOf(request, ended.status);
  if (!logger.isLevelEnabled(level)) return;
  const { status, tookMs, ...ids } = ended;
  const [path] = request.originalUrl.split('?', 1);
  const message = response.writableFinished ? 'request completed' : 'request broken off';
  logger[level](
    { req: { method: request.method, path }, res: { status }, responseTime: Math.round(tookMs), ...ids },
    message,
  );
}

/** Probes, and what is refused because it cannot be served just now, are no errors: there are many of them. */
function levelOf({ originalUrl }: Request, status: number): 'error' | 'info' | 'debug' {
  if (status === 503) return originalUrl === '/readyz' ? 'debug' : 'info';
  if (status >= 500) return 'error';
  return status >= 400 ? 'info' : 'debug';
}

/** What the last line of a request has to name itself: it is written when the scope is over. */
function idsOf({ requestId, conversation }: Scope): object {
  return { requestId, ...(conversation === undefined ? {} : { conversation }) };
}

function areaOf(path: string): Area {
  if (path === '/healthz' || path === '/readyz' || path === '/metrics') return 'health';
  if (!path.startsWith('/api/v1/')) return 'other';
  const [name] = path.slice('/api/v1/'.length).split('/', 1);
  return API_AREAS.find((area) => area === name) ?? 'other';
}
