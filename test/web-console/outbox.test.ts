/** What was written and not yet acknowledged stays in the browser, in order, under the account that wrote it. */
import { expect, test } from 'vitest';
import { createOutbox, type OutboxDraft } from '../../web-console/sync/outbox.ts';
import { PREFIX } from '../../web-console/sync/storage-prefix.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';

const A = 'a'.repeat(24);
const B = 'b'.repeat(24);
const reply = (conversation: string, text: string): OutboxDraft => ({
  conversation,
  kind: 'reply',
  text,
  files: [],
});

function openOutbox(storage = emptyStorage(), account = 'mai', now = () => 1_000) {
  let names = 0;
  return createOutbox({ storage, account, now, newClientId: () => `${account}-${++names}` });
}

function emptyStorage() {
  return createBrowserStorage(() => {
    throw new Error('forbidden');
  });
}

test('keeps the order of writing, also when the clock goes back', () => {
  let now = 5_000;
  const outbox = openOutbox(emptyStorage(), 'mai', () => now);
  for (const text of ['một', 'hai', 'ba']) {
    outbox.add(reply(A, text));
    now -= 2_000;
  }
  expect(outbox.list().map(({ text }) => text)).toEqual(['một', 'hai', 'ba']);
});

test('gives each conversation its own next message, and passes over refused ones', () => {
  const outbox = openOutbox();
  const first = outbox.add(reply(A, 'một'));
  outbox.add(reply(B, 'khác'));
  outbox.add(reply(A, 'hai'));
  outbox.refuse(first, { code: 'not_yours', message: 'của người khác' });
  expect(outbox.nextToSend(A)?.text).toBe('hai');
  expect(outbox.nextToSend(B)?.text).toBe('khác');
  outbox.retry(first);
  expect(outbox.nextToSend(A)).toEqual(first);
});

test('another account of the same browser neither sees nor sends it', () => {
  const storage = emptyStorage();
  openOutbox(storage, 'mai').add(reply(A, 'một'));
  expect(openOutbox(storage, 'lan').list()).toEqual([]);
  expect(openOutbox(storage, 'mai').list()).toHaveLength(1);
});

test('passes over what is damaged', () => {
  const storage = emptyStorage();
  storage.set(`${PREFIX}out.mai.000000000000001.x`, '{"clientId"');
  const outbox = openOutbox(storage);
  outbox.add(reply(A, 'một'));
  expect(outbox.list().map(({ text }) => text)).toEqual(['một']);
});

test('forgets a conversation that is no more, and nothing else', () => {
  const outbox = openOutbox();
  outbox.refuse(outbox.add(reply(A, 'một')), { code: 'not_yours', message: 'của người khác' });
  outbox.add(reply(A, 'hai'));
  outbox.add(reply(B, 'khác'));
  outbox.forget(A);
  expect(outbox.list().map(({ text }) => text)).toEqual(['khác']);
});

test('says whether there was anything to remove', () => {
  const outbox = openOutbox();
  const { clientId } = outbox.add(reply(A, 'một'));
  expect([outbox.remove([null, 'unknown']), outbox.remove([clientId]), outbox.list().length]).toEqual([
    false,
    true,
    0,
  ]);
});
