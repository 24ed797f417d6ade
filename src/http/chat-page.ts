/** The chat at /widget: in frames of the pages that may embed it, and from the device's cache the next time. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type RequestHandler, Router } from 'express';

export interface ChatPageDeps {
  /** The HTML file. */
  readonly page: string;
  /** Where the files are that it names. */
  readonly staticFolders: readonly string[];
  readonly allowedOrigins: readonly string[];
}

/** The page itself is looked up again behind the one that is shown, at most a week old. */
const PAGE_CACHE = 'public, max-age=0, stale-while-revalidate=604800';
export const VERSIONED_CACHE = 'public, max-age=31536000, immutable';
const VERSION_LENGTH = 12;

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
  return routes;
}

/** Every file that the page names gets its version, so that it may stay in caches until it changes. */
function nameVersions(html: string, folders: readonly string[]): string {
  return html.replace(/\b(href|src)="\/?([\w.-]+)"/g, (whole, attribute: string, name: string) => {
    const file = folders.map((folder) => path.join(folder, name)).find(existsSync);
    if (file === undefined) return whole;
    const version = createHash('sha256')
      .update(readFileSync(file))
      .digest('base64url')
      .slice(0, VERSION_LENGTH);
    return `${attribute}="/${name}?v=${version}"`;
  });
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
