/** The chat at /widget: in frames of the pages that may embed it, and from the device's cache the next time. */
import { readFileSync } from 'node:fs';
import { type RequestHandler, Router } from 'express';
import { nameVersions } from './name-versions.ts';
import { serveAssets } from './serve-assets.ts';

export interface ChatPageDeps {
  /** The HTML file. */
  readonly page: string;
  /** Where the files are that it names. */
  readonly staticFolders: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** The page itself is looked up again behind the one that is shown, at most a week old. */
const PAGE_CACHE = 'public, max-age=0, stale-while-revalidate=604800';
/** What the chat loads later (web-widget/bundle.ts). */
const ASSETS = 'chat-assets';

export function createChatPage({ page, staticFolders, allowedOrigins }: ChatPageDeps): Router {
  const routes = Router();
  const html = nameVersions(readFileSync(page, 'utf8'), staticFolders);
  routes.get('/widget', letFrame(allowedOrigins), (_request, response) => {
    response.set('cache-control', PAGE_CACHE).type('html').send(html);
  });
  routes.get('/widget.js', (_request, response, next) => {
    // Any page may load it; whether the chat shows there is up to the frame.
    response.set('cross-origin-resource-policy', 'cross-origin');
    next();
  });
  routes.use(serveAssets(ASSETS, staticFolders));
  return routes;
}

/** Lets pages of these origins, and our own, show what follows in a frame. */
function letFrame(origins: readonly string[]): RequestHandler {
  const ancestors = `frame-ancestors ${["'self'", ...origins].join(' ')}`;
  return (_request, response, next) => {
    const policy = String(response.getHeader('content-security-policy'));
    response.set('content-security-policy', policy.replace(/frame-ancestors [^;]+/, ancestors));
    // Browsers that do not know frame-ancestors are older than any that runs the chat.
    response.removeHeader('x-frame-options');
    next();
  };
}
