/** The express application: security headers, logging, JSON, the rooms' routes, static files, errors. */
import { isUtf8 } from 'node:buffer';
import compression from 'compression';
import express, { type Express, type RequestHandler, Router } from 'express';
import swaggerUi from 'swagger-ui-express';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { IsTrustedProxy } from '../kernel/trusted-proxies.ts';
import { createChatPage } from './chat-page.ts';
import { answerNotFound, createErrorHandler } from './error-handler.ts';
import { guardContacts, limitRequests, type RequestGuard } from './guard-requests.ts';
import { createMetricsRoute, type MetricsRouteDeps } from './metrics-route.ts';
import { VERSIONED_CACHE } from './name-versions.ts';
import { describeApi } from './openapi.ts';
import { setSecurityHeaders } from './security-headers.ts';
import { createTicketPage } from './ticket-page.ts';
import { type RequestWatch, watchRequests } from './watch-requests.ts';

export interface HttpAppDeps {
  readonly logger: Logger;
  /** Mounted at /api/v1. */
  readonly apiRoutes: readonly Router[];
  /** Mounted at /api/v1/staff. */
  readonly staff: Router;
  /** The console of the staff. */
  readonly console: Router;
  /** The citizen's page of tickets: the HTML file. */
  readonly ticketPage: string;
  /** Folders whose files are served at /. */
  readonly staticFolders: readonly string[];
  /** The chat, to be shown at /widget in frames of the pages that may embed it. */
  readonly chat: { readonly page: string; readonly allowedOrigins: readonly string[] };
  /** Why the process cannot serve yet; empty when it can. */
  readonly notReadyReasons: () => readonly NotReadyReason[];
  /** Is it an error of a store that is out of reach? */
  readonly isStoreAway: (error: unknown) => boolean;
  /** Who wants to know of each request; left out: nobody. */
  readonly watch?: RequestWatch;
  /** Left out: there is nothing to scrape. */
  readonly metrics?: MetricsRouteDeps;
  /** Left out: nothing is counted. */
  readonly guard?: RequestGuard;
  /** Left out: none, and what a request says of where it comes from does not count. */
  readonly isTrustedProxy?: IsTrustedProxy;
}

/** Why the process cannot serve: a code for programs, a sentence for people. */
export interface NotReadyReason {
  readonly code: string;
  readonly message: string;
}

const BODY_LIMIT = '32kb';
/** Settings with a calendar of some years. */
const STAFF_BODY_LIMIT = '512kb';
const FILE_CACHE = 'public, max-age=300';

/** Where files are posted, below /api/v1, as multipart/form-data: everything else is JSON. */
export const UPLOAD_PATHS: ReadonlySet<string> = new Set([
  '/conversation/attachments',
  '/staff/attachments',
  '/tickets/mine/attachments',
  '/staff/office-table',
  '/staff/curation/phrase-table',
]);

export function createHttpApp(deps: HttpAppDeps): Express {
  const { logger, staticFolders, chat, notReadyReasons } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', deps.isTrustedProxy ?? false);
  app.use(watchRequests(deps.watch ?? {}, logger));

  app.get('/healthz', (_request, response) => {
    response.json({ status: 'up' });
  });
  app.get('/readyz', (_request, response) => {
    const reasons = notReadyReasons();
    response.set('cache-control', 'no-store');
    response.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
  });
  if (deps.metrics !== undefined) app.get('/metrics', createMetricsRoute(deps.metrics));

  app.use(setSecurityHeaders());
  app.use(compressWhereTaken());
  app.use('/api/v1', createApi(deps));
  const description = describeApi();
  app.get('/api/openapi.json', (_request, response) => {
    response.json(description);
  });
  app.use('/api/docs', swaggerUi.serve, swaggerUi.setup(description));
  app.use(createChatPage({ ...chat, staticFolders }));
  app.use(createTicketPage({ page: deps.ticketPage, staticFolders }));
  app.use(deps.console);
  app.use((request, response, next) => {
    response.set('cache-control', request.query['v'] === undefined ? FILE_CACHE : VERSIONED_CACHE);
    next();
  });
  for (const folder of staticFolders) app.use(express.static(folder, { etag: true, cacheControl: false }));
  app.use(dontCache, answerNotFound);
  app.use(createErrorHandler(deps.isStoreAway, logger));
  return app;
}

/** One router for all of it: what a request passes on its way is looked at once. */
function createApi({ guard, staff, apiRoutes }: HttpAppDeps): Router {
  const api = Router();
  if (guard !== undefined) api.use(limitRequests(guard));
  api.use(requireJson);
  api.use('/staff', readJson(STAFF_BODY_LIMIT), staff);
  if (guard !== undefined) api.use(guardContacts(guard, UPLOAD_PATHS));
  api.use(readJson(BODY_LIMIT), ...apiRoutes);
  return api;
}

/** What is not UTF-8 would be read with other letters in the place of those that cannot be. */
function readJson(limit: string): RequestHandler {
  return express.json({
    limit,
    strict: false,
    verify(_request, _response, body, encoding) {
      if (encoding === 'utf-8' && !isUtf8(body))
        throw new AppError({ code: 'invalid_json', message: 'the body is not UTF-8' });
    },
  });
}

/** Whoever takes nothing compressed is spared what has to stand around an answer for it. */
function compressWhereTaken(): RequestHandler {
  const compress = compression();
  return (request, response, next) =>
    request.headers['accept-encoding'] === undefined ? next() : compress(request, response, next);
}

const dontCache: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

/** A body that is not declared as what the address takes is refused before it is read. */
const requireJson: RequestHandler = (request, _response, next) => {
  const wanted = UPLOAD_PATHS.has(request.path) ? 'multipart/form-data' : 'application/json';
  if (request.method === 'POST' && !request.is(wanted)) {
    throw new AppError({ code: 'unsupported_media_type', message: request.get('content-type') ?? 'none' });
  }
  next();
};
