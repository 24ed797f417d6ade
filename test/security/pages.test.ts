/** What every page and the API say to a browser: scripts of our own only, frames, no reading by other sites. */

import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createConsolePage } from '../../src/http/console-page.ts';
import { createHttpApp } from '../../src/http/http-app.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { ROOT } from '../support/corpus.ts';

const page = (file: string): string => path.join(ROOT, file);
const staticFolders = [page('web-widget/public')];

let server: Server;
let url: string;
beforeAll(async () => {
  server = createHttpApp({
    logger: createLogger('silent'),
    apiRoutes: [],
    staff: Router(),
    staticFolders,
    chat: { page: page('web-widget/public/widget.html'), allowedOrigins: ['https://a.vn'] },
    console: createConsolePage({ page: page('web-console/public/console.html'), staticFolders }),
    ticketPage: page('web-widget/public/ticket.html'),
    notReadyReasons: () => [],
    isStoreAway: () => false,
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const policyOf = (headers: Headers): Map<string, string> =>
  new Map(
    (headers.get('content-security-policy') ?? '').split(';').map((directive) => {
      const [name = '', ...values] = directive.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );

describe.each([
  ['/', "'self'"],
  ['/widget', "'self' https://a.vn"],
  ['/console', "'none'"],
  ['/console/tickets/PA-222222', "'none'"],
  ['/ticket', "'none'"],
  ['/api/docs/', "'self'"],
  ['/api/openapi.json', "'self'"],
  ['/api/v1/nothing', "'self'"],
])('%s', (at, ancestors) => {
  it(`runs no script but the desk's own, and is framed by ${ancestors} only`, async () => {
    const response = await fetch(url + at, { headers: { origin: 'https://a.vn' } });
    const policy = policyOf(response.headers);
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('script-src-attr')).toBe("'none'");
    expect(policy.get('default-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self' 'unsafe-inline'");
    expect(policy.get('font-src')).toBe("'self' data:");
    expect(policy.get('object-src')).toBe("'none'");
    expect(policy.get('base-uri')).toBe("'self'");
    expect(policy.get('form-action')).toBe("'self'");
    expect(policy.get('frame-ancestors')).toBe(ancestors);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('strict-transport-security')).toContain('max-age=');
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    const text = await response.text();
    // Scripts come as files.
    for (const [, attributes = '', inner = ''] of text.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
      expect(attributes).toContain('src=');
      expect(inner.trim()).toBe('');
    }
    expect(text).not.toMatch(/<[^>]+\son\w+=/i);
  });
});
