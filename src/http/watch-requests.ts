/**
 * Each request has an id, in every line of the log and in the answer; a line says how it ended, and who wants to know is
 * told. Written here, and not left to pino-http: that prepares its line for each request, also where the level says that
 * nobody will read it.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
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

/** Who works on a request, until its answer is out or whoever asked has gone. */
export type BeginWatch = (
  request: IncomingMessage,
  response: WatchedResponse,
  startedAt?: number,
) => RequestScope;

type RequestScope = Scope & { readonly requestId: string };
/** @see REFUSED_FOR */
type WatchedResponse = ServerResponse & { readonly locals?: Readonly<Record<string, unknown>> };

export function createWatch({ tracing, onRequest }: RequestWatch, logger: Logger): BeginWatch {
  return (request, response, startedAt = performance.now()) => {
    const { method = '' } = request;
    // Mounted routers cut it short while they have the request.
    const [path = ''] = (request.url ?? '').split('?', 1);
    const given = request.headers['x-request-id'];
    const requestId = typeof given === 'string' && HARMLESS_ID.test(given) ? given : randomUUID();
    const area = areaOf(path);
    const span = tracing?.begin(`${method} ${area}`, 'server', {
      'request.id': requestId,
      'http.request.method': method,
    });
    const scope: RequestScope = { requestId, span: span?.handle };
    response.once('close', () => {
      // Whoever went before the answer was there is told apart, as nginx does it.
      const status = response.writableFinished ? response.statusCode : 499;
      const code = (response.locals?.[REFUSED_FOR] as string | undefined) ?? null;
      const tookMs = performance.now() - startedAt;
      logEnd(logger, { method, path }, response, { status, tookMs, ...idsOf(scope) });
      onRequest?.({ area, status, code, tookMs });
      if (span === undefined) return;
      span.set({ 'http.response.status_code': status });
      if (scope.conversation !== undefined) span.set({ 'conversation.id': scope.conversation });
      span.end(status >= 500 ? (code ?? String(status)) : null);
    });
    return scope;
  };
}

/** The same as a layer of Express: whatever is logged meanwhile names the request. */
export function watchRequests(watch: RequestWatch, logger: Logger): RequestHandler {
  const begin = createWatch(watch, logger);
  return (request, response, next) => {
    const scope = begin(request, response);
    response.setHeader('x-request-id', scope.requestId);
    if (watch.isDraining?.() === true) response.setHeader('connection', 'close');
    inScope(scope, next);
  };
}

/** Where an answer keeps the code that it was refused for. */
export const REFUSED_FOR = 'refusedFor';

interface Ended {
  readonly status: number;
  readonly tookMs: number;
}

interface Asked {
  readonly method: string;
  readonly path: string;
}

/** Neither address nor headers nor body: nothing personal belongs in a log. */
function logEnd(logger: Logger, asked: Asked, response: ServerResponse, ended: Ended): void {
  const level = levelOf(asked, ended.status);
  if (!logger.isLevelEnabled(level)) return;
  const { status, tookMs, ...ids } = ended;
  const message = response.writableFinished ? 'request completed' : 'request broken off';
  logger[level]({ req: asked, res: { status }, responseTime: Math.round(tookMs), ...ids }, message);
}

/** Probes, and what is refused because it cannot be served just now, are no errors: there are many of them. */
function levelOf({ path }: Asked, status: number): 'error' | 'info' | 'debug' {
  if (status === 503) return path === '/readyz' ? 'debug' : 'info';
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
