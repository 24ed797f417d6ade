/** What operators see of a desk: lines with ids, metrics, traces, readiness. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type OpenTracing, openTracing } from '../../src/app/open-tracing.ts';
import { createThreads } from '../../src/conversations/threads.ts';
import { inScope, type Scope } from '../../src/kernel/scope.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat } from '../support/chat-client.ts';
import { type CollectedSpan, type Collector, openCollector } from '../support/collector.ts';
import { ROOT } from '../support/corpus.ts';
import { postQuestion, type RunningDesk, startDesk } from '../support/desk.ts';
import { createReadableLog } from '../support/log.ts';

const WAIT = { timeout: 30_000 };
const SECRETS = ['0912345678', 'Hanoi@2024'];
const SAID = `mật khẩu của tôi là ${SECRETS[1]}, gọi lại cho tôi số ${SECRETS[0]}`;

const log = createReadableLog();
let folder: string;
let collector: Collector;
let tracing: OpenTracing;
let desk: RunningDesk;
let chat: ChatClient;
let conversation: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'operations-'));
  await writeSmallCorpus(folder, ['support.agent']);
  collector = await openCollector();
  tracing = openTracing(collector.endpoint);
  desk = await startDesk({ root: folder, logger: log.logger, tracing });
  chat = await connectChat(desk.url);
  conversation = (await chat.open()).conversation.id;
});
afterAll(async () => {
  chat?.close();
  await desk?.stop();
  await tracing?.close();
  await collector?.close();
  await rm(folder, { recursive: true, force: true });
});

const scrape = async (headers: Record<string, string> = {}): Promise<string> => {
  const response = await fetch(`${desk.url}/metrics`, { headers });
  expect(response.status).toBe(200);
  return response.text();
};
/** The sum of all lines of a metric that have these labels. */
const sumOf = (page: string, name: string, labels: Record<string, string> = {}): number =>
  page
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);

describe('a request', () => {
  it('has an id, which is given back and stands in its line', async () => {
    const response = await fetch(`${desk.url}/api/v1/faq`);
    const id = response.headers.get('x-request-id');
    expect(id).toMatch(/^[\w-]{36}$/);
    await expect
      .poll(() => log.lines().find(({ requestId }) => requestId === id), WAIT)
      .toMatchObject({
        msg: 'request completed',
        req: { method: 'GET', path: '/api/v1/faq' },
      });
  });

  it.each([
    ['lb-7f.3:1', true],
    ['x'.repeat(65), false],
    ['a b', false],
    ['{"level":60}', false],
  ])('takes over the id %s: %s', async (given, taken) => {
    const response = await fetch(`${desk.url}/api/v1/faq`, { headers: { 'x-request-id': given } });
    expect(response.headers.get('x-request-id') === given).toBe(taken);
  });
});

describe('a command of a socket', () => {
  it('has an id, and names its conversation in its line', async () => {
    await expect(chat.command('message:send', { clientId: 'x', text: '' })).rejects.toThrow(
      'invalid_request',
    );
    const line = log.lines().findLast(({ msg }) => msg === 'command acknowledged');
    expect(line).toMatchObject({ command: 'message:send', code: 'invalid_request', conversation });
    expect(String(line?.['requestId'])).toMatch(new RegExp(`^${chat.socket.id}\\.\\d+$`));
  });

  it('stands in every line of what it causes, however deep that comes from', async () => {
    const { logger, lines } = createReadableLog();
    const threads = createThreads(async () => ({}), 10);
    const asked: Scope = { requestId: 'abc.1' };
    await inScope(asked, () => threads.run('one', async () => logger.warn('deep within')));
    await threads.run('two', async () => logger.warn('on its own account'));
    expect(lines()).toMatchObject([
      { msg: 'deep within', requestId: 'abc.1', conversation: 'one' },
      { msg: 'on its own account', conversation: 'two' },
    ]);
    expect(lines()[1]).not.toHaveProperty('requestId');
    expect(asked.conversation).toBe('one');
  });
});

describe('the metrics', () => {
  it('count a message from its command to its answer, and what was masked in it', async () => {
    const before = await scrape();
    const answer = await chat.ask(SAID);
    expect(answer.author).toBe('bot');
    await postQuestion(desk.url, { text: SAID });
    const after = await scrape();
    const more = (name: string, labels: Record<string, string> = {}): number =>
      sumOf(after, name, labels) - sumOf(before, name, labels);
    expect(more('desk_messages_acknowledged_total', { author: 'contact' })).toBe(1);
    expect(more('desk_messages_stored_total', { author: 'contact' })).toBe(1);
    expect(more('desk_messages_stored_total', { author: 'bot' })).toBe(1);
    expect(more('desk_command_seconds_count', { namespace: '/chat', command: 'message:send' })).toBe(1);
    expect(more('desk_reply_seconds_count')).toBe(1);
    expect(more('desk_answer_seconds_count')).toBe(2);
    expect(more('desk_answers_total', { via: 'chat' })).toBe(1);
    expect(more('desk_answers_total', { via: 'api' })).toBe(1);
    expect(more('desk_secrets_masked_total', { type: 'password' })).toBe(2);
    expect(more('desk_http_requests_total', { area: 'answers', status: '200' })).toBe(1);
    expect(more('desk_store_command_seconds_count')).toBeGreaterThan(0);
  });

  it('count what is refused, by reason, and nothing that a caller made up', async () => {
    await fetch(`${desk.url}/api/v1/tickets/../${'x'.repeat(9)}`);
    await postQuestion(desk.url, { text: '' });
    await expect(chat.command('made:up' as never, {})).rejects.toThrow('unknown_command');
    const page = await scrape();
    expect(sumOf(page, 'desk_refused_total', { surface: 'http', reason: 'text_required' })).toBeGreaterThan(
      0,
    );
    expect(sumOf(page, 'desk_refused_total', { surface: 'socket', reason: 'unknown_command' })).toBe(1);
    expect(page).not.toContain('made:up');
    expect(page).not.toContain('xxxxxxxxx');
  });

  it('say how the desk stands', async () => {
    await expect.poll(async () => sumOf(await scrape(), 'desk_messages_awaiting_answer'), WAIT).toBe(0);
    const page = await scrape();
    expect(sumOf(page, 'desk_store_up')).toBe(1);
    expect(sumOf(page, 'desk_survey_up')).toBe(1);
    expect(sumOf(page, 'desk_release_live')).toBe(1);
    expect(sumOf(page, 'desk_sockets_open', { namespace: '/chat' })).toBe(1);
    expect(sumOf(page, 'process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('count a handover and a ticket', async () => {
    const asking = await connectChat(desk.url);
    await asking.open();
    await asking.ask('cho tôi gặp nhân viên');
    asking.close();
    const page = await scrape();
    // Within the hours of duty the contact waits; outside of them a number is asked for.
    const queued = sumOf(page, 'desk_handovers_total');
    expect(queued).toBe(sumOf(page, 'desk_conversation_changes_total', { change: 'queue' }));
    expect(queued).toBe(sumOf(page, 'desk_on_duty'));
  });

  it('are not for strangers', async () => {
    const forwarded = await fetch(`${desk.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(forwarded.status).toBe(404);
  });
});

describe('the dashboard and the alert rules', () => {
  it('name metrics that there are, and with labels that these have', async () => {
    const page = await scrape();
    const known = new Set([...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    const read = (file: string) => readFile(path.join(ROOT, 'docs', 'operations', file), 'utf8');
    const board = JSON.parse(await read('grafana-dashboard.json')) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const rules = parse(await read('alert-rules.yaml')) as {
      groups: { rules: { alert: string; expr: string; annotations: object }[] }[];
    };
    const shown = board.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    const alerting = rules.groups.flatMap((group) => group.rules.map(({ expr }) => expr));
    const named = [...shown, ...alerting].flatMap(
      (expr) => expr.match(/\b(?:desk|process|nodejs)_\w+/g) ?? [],
    );
    const unknown = named.filter(
      (name) => !known.has(name) && !known.has(name.replace(/_(bucket|count|sum)$/, '')),
    );
    expect(unknown).toEqual([]);
    // And the other way round: whatever the desk counts is looked at somewhere.
    const unseen = [...known].filter(
      (name) => name?.startsWith('desk_') && !named.some((one) => one.startsWith(name)),
    );
    expect(unseen).toEqual([]);
  });
});

describe('the traces', () => {
  it('show one message from its command to the store, with its ids and nothing that was said', async () => {
    await chat.ask(SAID);
    const isWhole = (command: CollectedSpan): boolean =>
      ['answer', 'store insert'].every((name) =>
        collector.spans.some((span) => span.name === name && span.traceId === command.traceId),
      );
    const findWhole = () =>
      collector.spans.findLast((span) => span.name === '/chat message:send' && isWhole(span));
    await expect.poll(findWhole, WAIT).toBeDefined();
    const command = findWhole()!;
    const requestId = command.attributes['request.id'];
    expect(requestId).toMatch(new RegExp(`^${chat.socket.id}\\.\\d+$`));
    for (const span of collector.spans.filter(({ traceId }) => traceId === command.traceId)) {
      expect(span.attributes).toMatchObject({ 'request.id': requestId, 'conversation.id': conversation });
      if (span !== command) expect(span.parentSpanId).toBeTruthy();
    }
    for (const secret of [...SECRETS, 'mật khẩu']) expect(collector.text()).not.toContain(secret);
  });
});

it('logs nothing of what was said', () => {
  for (const secret of [...SECRETS, 'mật khẩu của tôi', 'nhân viên'])
    expect(log.text()).not.toContain(secret);
});

describe('a desk that is about to stop', () => {
  it('says so at /readyz and keeps no connections, and goes on serving', async () => {
    desk.app.drain();
    const ready = await fetch(`${desk.url}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      ready: false,
      reasons: [{ code: 'draining', message: 'the process is about to stop' }],
    });
    expect(ready.headers.get('connection')).toBe('close');
    expect((await chat.ask('xem thẻ bhyt ở đâu')).author).toBe('bot');
    expect((await fetch(`${desk.url}/healthz`)).status).toBe(200);
  });

  it('sends its sockets away when what they asked for is acknowledged, and takes no more', async () => {
    const left = new Promise((resolve) => chat.socket.once('disconnect', resolve));
    const sent = chat.send('quên mật khẩu');
    // Acknowledged behind it, so the desk has that in hand by now, or is through with it.
    await chat.command('typing:set', { typing: true });
    await desk.app.moveSocketsAway();
    expect(await left).toBe('io server disconnect');
    expect((await sent).seq).toBeGreaterThan(0);
    await expect(connectChat(desk.url)).rejects.toMatchObject({ data: { code: 'moving' } });
  });
});
