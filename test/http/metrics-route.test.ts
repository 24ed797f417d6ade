import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createErrorHandler } from '../../src/http/error-handler.ts';
import { createMetricsRoute } from '../../src/http/metrics-route.ts';
import { createLogger } from '../../src/kernel/logger.ts';

const TOKEN = 'a-token-of-the-scraper';

let stop: () => Promise<void>;
afterEach(() => stop());

async function serve(token: string | undefined): Promise<string> {
  const app = express();
  app.get(
    '/metrics',
    createMetricsRoute({ token, read: async () => ({ type: 'text/plain', text: 'up 1' }) }),
  );
  app.use(createErrorHandler(() => false, createLogger('silent')));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

describe('the metrics', () => {
  it.each([
    [{}, 200],
    [{ 'x-forwarded-for': '127.0.0.1' }, 404],
    [{ forwarded: 'for=127.0.0.1' }, 404],
    [{ 'x-real-ip': '10.0.0.1' }, 404],
    [{ via: '1.1 proxy' }, 404],
  ])('without a token answer this machine with %j: %i', async (headers, status) => {
    expect((await fetch(await serve(undefined), { headers: headers as HeadersInit })).status).toBe(status);
  });

  it.each([
    [`Bearer ${TOKEN}`, 200],
    [`bearer  ${TOKEN}`, 200],
    [`Bearer ${TOKEN}x`, 401],
    [`Basic ${TOKEN}`, 401],
    ['Bearer ', 401],
    [TOKEN, 401],
    ['', 401],
  ])('with a token answer "%s": %i', async (authorization, status) => {
    const response = await fetch(await serve(TOKEN), { headers: { authorization, via: '1.1 proxy' } });
    expect(response.status).toBe(status);
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
  });
});
