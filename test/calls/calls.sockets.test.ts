/** Calls over real sockets of a real desk: who hears what, and who may not say anything. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallStarted, CallView, ContactCallCommands } from '../../src/contracts/calls.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type ChatClient, connectChat } from '../support/chat-client.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import {
  callStaff,
  connectStaff,
  FIRST_ADMIN,
  makeAccount,
  type StaffClient,
  signIn,
} from '../support/staff-client.ts';

const PAGE = 'page-of-the-contact';
const OFFER = { kind: 'offer', sdp: 'v=0' } as const;
const QUALITY = { packetsLost: 1, jitterMs: 4.5, roundTripMs: 30, level: 'good' } as const;

let root: string;
let desk: RunningDesk;
let lan: StaffClient;
let mai: StaffClient;
let cookie: string;
let contact: ChatClient;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'calls-'));
  await writeSmallCorpus(root);
  desk = await startDesk({
    root,
    firstAdmin: FIRST_ADMIN,
    iceServers: [{ urls: 'turn:turn.example', username: 'desk', credential: 'secret' }],
  });
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);
  const sit = async (name: string): Promise<string> => {
    const { email, password } = await makeAccount(desk.url, admin, { name, role: 'agent' });
    return signIn(desk.url, email, password);
  };
  cookie = await sit('Lan');
  lan = await connectStaff(desk.url, cookie);
  mai = await connectStaff(desk.url, await sit('Mai'));
  contact = await connectChat(desk.url);
  await contact.open();
}, 120_000);
afterAll(async () => {
  for (const client of [lan, mai, contact]) client?.close();
  await desk?.stop();
  await rm(root, { recursive: true, force: true });
});

/** A command of calls, which the client of the chat does not know by type. */
const ask = <Data = object>(
  client: ChatClient,
  name: keyof ContactCallCommands,
  body: object,
): Promise<Data> => client.command(name as never, body) as Promise<never>;
const refused = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'done',
    (error: { ack: { code: string } }) => error.ack.code,
  );
const heardBy = <Fact>(client: ChatClient, name: string): Promise<Fact> =>
  new Promise((resolve) => client.socket.once(name as never, resolve as never));

async function talk(): Promise<string> {
  const { call, iceServers, outcome } = await ask<Extract<CallStarted, { outcome: 'ringing' }>>(
    contact,
    'call:start',
    {
      page: PAGE,
    },
  );
  expect(outcome).toBe('ringing');
  expect(iceServers).toEqual([{ urls: 'turn:turn.example', username: 'desk', credential: 'secret' }]);
  await lan.hear('call:ringing', ({ id }) => id === call.id);
  await mai.hear('call:ringing', ({ id }) => id === call.id);
  const accepted = heardBy<CallView>(contact, 'call:changed');
  await lan.command('call:accept', { call: call.id, page: 'page-of-lan' });
  expect(await accepted).toMatchObject({ status: 'accepted', agent: 'Lan' });
  await mai.hear('call:changed', ({ id, status }) => id === call.id && status === 'accepted');
  return call.id;
}

describe('a call over the sockets', () => {
  let call: string;
  afterEach(async () => {
    await ask(contact, 'call:end', { call, reason: 'hung-up' }).catch(() => undefined);
  });

  it('passes signals on between its two pages, and to and from nobody else', async () => {
    call = await talk();
    const heard = heardBy(contact, 'call:signal');
    expect(await lan.command('call:signal', { call, signal: OFFER })).toEqual({ delivered: true });
    expect(await heard).toEqual({ call, signal: OFFER });
    const answer = { kind: 'answer', sdp: 'v=0' };
    expect(await ask(contact, 'call:signal', { call, signal: answer })).toEqual({ delivered: true });
    expect(await lan.hear('call:signal')).toEqual({ call, signal: answer });

    const stranger = await connectChat(desk.url);
    await stranger.open();
    expect(await refused(ask(stranger, 'call:signal', { call, signal: OFFER }))).toBe('call_not_found');
    expect(await refused(ask(stranger, 'call:resume', { call, page: PAGE }))).toBe('call_not_found');
    expect(await refused(ask(stranger, 'call:end', { call, reason: 'hung-up' }))).toBe('call_not_found');
    expect(await refused(mai.command('call:signal', { call, signal: OFFER }))).toBe('call_not_found');
    expect(await refused(mai.command('call:accept', { call, page: 'page-of-mai' }))).toBe('call_taken');
    expect(mai.heard('call:signal')).toEqual([]);
    stranger.close();
  });

  it.each([
    ['a description without end', { kind: 'offer', sdp: 'v'.repeat(16_001) }],
    [
      'a candidate without end',
      { kind: 'candidate', candidate: 'c'.repeat(1_001), sdpMid: null, sdpMLineIndex: 0 },
    ],
    ['what it does not know', { kind: 'video', sdp: 'v=0' }],
    ['more than it knows', { ...OFFER, note: 'x' }],
  ])('does not pass on %s', async (_name, signal) => {
    call = await talk();
    expect(await refused(ask(contact, 'call:signal', { call, signal }))).toBe('invalid_request');
  });

  it('goes on over a new connection of the same page, and says when the other one is away', async () => {
    call = await talk();
    const shown = { token: contact.token };
    contact.close();
    await expect
      .poll(() => lan.command('call:signal', { call, signal: OFFER }))
      .toEqual({ delivered: false });
    contact = await connectChat(desk.url, shown);
    await contact.open();
    expect(await refused(ask(contact, 'call:signal', { call, signal: OFFER }))).toBe('call_not_found');
    expect(await ask(contact, 'call:resume', { call, page: PAGE })).toMatchObject({ status: 'accepted' });
    expect(await lan.command('call:signal', { call, signal: OFFER })).toEqual({ delivered: true });
  });

  it('ends for both, keeps its quality, and keeps nothing of what was passed on', async () => {
    call = await talk();
    await lan.command('call:signal', { call, signal: { ...OFFER, sdp: 'v=0 never-to-be-kept' } });
    const ended = heardBy<CallView>(contact, 'call:changed');
    await lan.command('call:end', { call, reason: 'hung-up' });
    expect(await ended).toMatchObject({ status: 'ended', durationMs: expect.any(Number) });
    await ask(contact, 'call:report', { call, quality: QUALITY });
    const { body } = await callStaff<object>(desk.url, cookie, 'GET', `/calls/${call}`);
    expect(body).toMatchObject({ status: 'ended', endedBy: 'agent', quality: QUALITY });
    expect(JSON.stringify(body)).not.toContain('never-to-be-kept');
    await expect
      .poll(() => contact.heard.some(({ text }) => /^Cuộc gọi thoại .*với Lan\.$/.test(text)))
      .toBe(true);
  });
});

it('FAQ entries are found by the words of whoever is on the telephone', async () => {
  const q = encodeURIComponent('quen mat khau');
  const { body } = await callStaff<{ entries: { intent: string; markdown: string }[] }>(
    desk.url,
    cookie,
    'GET',
    `/answers?q=${q}`,
  );
  expect(body.entries[0]).toMatchObject({ intent: 'password.forgot', markdown: expect.any(String) });
});
