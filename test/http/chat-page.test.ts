/** Who may show the chat, and what stays in caches. */

import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApp } from '../../src/http/http-app.ts';
import { VERSIONED_CACHE } from '../../src/http/name-versions.ts';
import { createLogger } from '../../src/kernel/logger.ts';

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'chat-page-'));
  const page = path.join(folder, 'widget.html');
  await writeFile(page, '<link href="chat.css"><script src="/chat.js"></script><img src="gone.svg">');
  for (const name of ['chat.css', 'chat.js', 'widget.js']) await writeFile(path.join(folder, name), '/**/');
  await mkdir(path.join(folder, 'chat-assets'));
  await writeFile(path.join(folder, 'chat-assets', 'words-4F2A.js'), '/**/');
  server = createServer(
    createHttpApp({
      logger: createLogger('silent'),
      apiRoutes: [],
      staticFolders: [folder],
      chat: { page, allowedOrigins: ['https://a.vn', 'https://b.vn:8443'] },
      staff: Router(),
      ticketPage: page,
      console: Router(),
      notReadyReasons: () => [],
      isStoreAway: () => false,
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('the chat page', () => {
  it('may be framed by the allowed origins and our own, and nothing else may', async () => {
    const page = await fetch(`${url}/widget`);
    expect(page.headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://a.vn https://b.vn:8443;",
    );
    expect(page.headers.get('x-frame-options')).toBeNull();
    const other = await fetch(`${url}/readyz/../api/docs/`);
    expect(other.headers.get('content-security-policy')).toContain("frame-ancestors 'self';");
    expect(other.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  });

  it('allows no inline script', async () => {
    const policy = (await fetch(`${url}/widget`)).headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("script-src-attr 'none'");
  });

  it('names its files by their version; with it they stay in caches, without it for minutes', async () => {
    const page = await fetch(`${url}/widget`);
    const html = await page.text();
    const [script] = /\/chat\.js\?v=[\w-]{12}/.exec(html) ?? [];
    expect(html).toMatch(/href="\/chat\.css\?v=[\w-]{12}"/);
    expect(html).toContain('src="gone.svg"');
    expect(page.headers.get('cache-control')).toContain('stale-while-revalidate');
    expect((await fetch(url + script)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${url}/chat.js`)).headers.get('cache-control')).toBe('public, max-age=300');
    expect((await fetch(`${url}/none.js?v=1`)).headers.get('cache-control')).toBe('no-store');
    const later = await fetch(`${url}/chat-assets/words-4F2A.js`);
    expect([later.status, later.headers.get('cache-control')]).toEqual([200, VERSIONED_CACHE]);
    const gone = await fetch(`${url}/chat-assets/words-0000.js`);
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });
});

it('the loader may be loaded by any page', async () => {
  const loader = await fetch(`${url}/widget.js`);
  expect(loader.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect((await fetch(`${url}/chat.js`)).headers.get('cross-origin-resource-policy')).toBe('same-origin');
});
