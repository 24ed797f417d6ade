import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerResponse } from '../../src/contracts/answers.ts';
import { FLOOD_LIMITS } from '../../src/kernel/limits.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';

let desk: RunningDesk;
beforeAll(async () => {
  // Nothing may be asked often, and a proxy says who asks.
  const floodLimits = { ...FLOOD_LIMITS, answers: { points: 20, windowMs: 3_600_000 } };
  desk = await startDesk({ floodLimits, trustedProxies: ['127.0.0.1'], metricsToken: 'm'.repeat(32) });
});
afterAll(() => desk?.stop());

interface Asked {
  readonly query?: string;
  readonly headers?: http.OutgoingHttpHeaders;
  readonly from?: string;
  /** Left out: all at once. */
  readonly pieces?: number;
}
interface Answered {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

let callers = 0;
const nextCaller = (): string => `198.51.100.${++callers}`;

async function ask(
  body: string | Buffer,
  { query = '', headers = {}, from, pieces = 1 }: Asked = {},
): Promise<Answered> {
  const bytes = Buffer.from(body);
  const request = http.request(`${desk.url}/api/v1/answers${query}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'x-forwarded-for': from ?? nextCaller(),
      ...headers,
    },
  });
  // It may come before all is sent.
  const coming = once(request, 'response') as Promise<[http.IncomingMessage]>;
  const size = Math.ceil(bytes.length / pieces);
  for (let at = 0; at < bytes.length; at += size) {
    request.write(bytes.subarray(at, at + size));
    if (pieces > 1) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  request.end();
  const [response] = await coming;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() };
}

/** What is never the same twice, and the connection's. */
function withoutChance({ headers, ...rest }: Answered): object {
  const { date, 'x-request-id': id, connection, 'keep-alive': kept, ...same } = headers;
  expect({ date, id }).toEqual({ date: expect.any(String), id: expect.any(String) });
  return { ...rest, headers: same };
}

const question = (text: string, more: object = {}): string => JSON.stringify({ text, ...more });

async function countRequests(): Promise<number> {
  const response = await fetch(`${desk.url}/metrics`, {
    headers: { authorization: `Bearer ${'m'.repeat(32)}` },
  });
  const found = /^desk_http_requests_total\{area="answers",status="200"\} (\d+)$/m.exec(
    await response.text(),
  );
  return Number(found?.[1] ?? 0);
}

describe('the short way of a plain question', () => {
  it.each([
    question('quên mật khẩu vssid thì làm sao'),
    question('tải vssid bằng mã qr', { platform: 'ios' }),
    question('còn cách nào khác không', { context: { lastIntent: 'password.email' } }),
    question('số của tôi là 0912 345 678, mất sim rồi'),
    question('🙂 xin chào ạ'),
  ])('says the same as the whole way, in the same headers: %s', async (body) => {
    const [short, whole] = [await ask(body), await ask(body, { query: '?explain=0' })];
    expect(short.status).toBe(200);
    answerResponse.parse(JSON.parse(short.body));
    expect(withoutChance(short)).toEqual(withoutChance(whole));
  });

  it('is taken: its answers are not compressed, those of the whole way are', async () => {
    const [body, headers] = [question('quên mật khẩu vssid thì làm sao'), { 'accept-encoding': 'gzip' }];
    const [short, whole] = [await ask(body, { headers }), await ask(body, { headers, query: '?explain=0' })];
    expect([short.headers['content-encoding'], whole.headers['content-encoding']]).toEqual([
      undefined,
      'gzip',
    ]);
  });

  it('keeps the id that a load balancer gave, and counts each question once', async () => {
    const before = await countRequests();
    const { headers } = await ask(question('xin chào'), { headers: { 'x-request-id': 'lb-7' } });
    expect(headers['x-request-id']).toBe('lb-7');
    await expect.poll(countRequests).toBe(before + 1);
  });

  it('takes a body that comes in pieces, cut within a letter', async () => {
    const body = question('quên mật khẩu vssid thì làm sao');
    expect((await ask(body, { pieces: 23 })).body).toBe((await ask(body)).body);
  });

  it.each([
    ['no JSON', 400, 'invalid_json', '{"text":', {}],
    ['no question', 400, 'text_required', question('  '), {}],
    ['a field that is not known', 400, 'invalid_request', question('xin chào', { more: 1 }), {}],
    ['another kind of value', 400, 'invalid_request', '7', {}],
    ['too long for a question', 400, 'text_too_long', question('a'.repeat(3_000)), {}],
    ['too long for anything', 413, 'payload_too_large', question('a'.repeat(40_000)), {}],
    ['another type', 415, 'unsupported_media_type', question('xin chào'), { 'content-type': 'text/plain' }],
    [
      'another alphabet',
      415,
      'unsupported_media_type',
      question('a'),
      { 'content-type': 'application/json; charset=x' },
    ],
    [
      'packed in no way that is known',
      415,
      'unsupported_media_type',
      question('a'),
      { 'content-encoding': 'x' },
    ],
  ])('leaves to the whole way: %s', async (_what, status, code, body, headers) => {
    const answered = await ask(body, { headers });
    expect({ status: answered.status, code: JSON.parse(answered.body).error.code }).toEqual({ status, code });
    // In one piece or in several: the body was put back.
    const inPieces = await ask(body, { headers, pieces: 3 });
    expect(inPieces.body).toBe(answered.body);
  });

  it('counts what one address asks, and nothing of another', async () => {
    const from = nextCaller();
    const body = question('xin chào');
    for (let asked = 0; asked < 20; asked++) expect((await ask(body, { from })).status).toBe(200);
    const refused = await ask(body, { from });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(body)).status).toBe(200);
  });

  it('keeps a connection for more, after answers of both ways', async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const post = async (body: string): Promise<number | undefined> => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': nextCaller() };
      const request = http.request(`${desk.url}/api/v1/answers`, { method: 'POST', agent, headers });
      request.end(body);
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      response.resume();
      await once(response, 'end');
      return response.statusCode;
    };
    const statuses = [];
    for (const body of [question('a b'), '{', question('c d'), question('  '), question('e f')])
      statuses.push(await post(body));
    expect(statuses).toEqual([200, 400, 200, 400, 200]);
    agent.destroy();
  });

  it('survives whoever goes in the middle of a question', async () => {
    const { hostname, port } = new URL(desk.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      'POST /api/v1/answers HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"text":"x',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    socket.destroy();
    expect((await ask(question('xin chào'))).status).toBe(200);
  });
});
