/** Where the console is found, who may show it, and what stays in caches. */
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Router } from 'express';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { createConsolePage } from '../../src/http/console-page.ts';
import { createHttpApp } from '../../src/http/http-app.ts';
import { createLogger } from '../../src/kernel/logger.ts';

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'console-page-'));
  await mkdir(path.join(folder, 'console-assets'));
  const page = path.join(folder, 'console.html');
  await writeFile(page, '<script type="module" src="console-assets/console.js"></script>');
  for (const name of ['console.js', 'inbox-4F2A.js'])
    await writeFile(path.join(folder, 'console-assets', name), '/**/');
  server = createServer(
    createHttpApp({
      logger: createLogger('silent'),
      apiRoutes: [],
      staticFolders: [folder],
      chat: { page, allowedOrigins: ['https://a.vn'] },
      staff: Router(),
      ticketPage: page,
      console: createConsolePage({ page, staticFolders: [folder] }),
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

test.each(['/console', '/console/', '/console/inbox/4f2a', '/console/link?token=a'])(
  '%s is the console, framed by nobody, without inline scripts, and asked for anew each time',
  async (address) => {
    const page = await fetch(url + address);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/src="\/console-assets\/console\.js\?v=[\w-]{12}"/);
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none';");
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('cache-control')).toBe('no-cache');
  },
);

it('keeps the files of the screens in caches, whose names change with what is in them', async () => {
  const file = await fetch(`${url}/console-assets/inbox-4F2A.js`);
  expect(file.headers.get('cache-control')).toContain('immutable');
  const gone = await fetch(`${url}/console-assets/inbox-0000.js`);
  expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
});
