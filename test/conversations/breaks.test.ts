/** What breaks in the middle: the database goes, a process dies between a question and its answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { type DatabaseProxy, openProxy } from '../support/proxy.ts';

const WAIT = { timeout: 30_000 };
const QUESTION = 'quen mk vssid lm sao lay lai qua mail';

describe('while the database is away', () => {
  let database: TestDatabase;
  let proxy: DatabaseProxy;
  let desk: RunningDesk;
  let client: ChatClient;
  beforeAll(async () => {
    database = await openDatabase();
    proxy = await openProxy(database.uri);
    desk = await startDesk({ mongodbUri: `${proxy.uri}&serverSelectionTimeoutMS=500` });
    client = await connectChat(desk.url, { token: newToken() });
    await client.open();
  }, 120_000);
  afterAll(async () => {
    client?.close();
    await desk?.stop();
    await proxy?.cut();
    await database?.drop();
  });
  const ready = async () => (await fetch(`${desk.url}/readyz`)).status;

  it('nothing is acknowledged, and the same command is stored once when it is back', async () => {
    const name = { clientId: newClientId() };
    await proxy.cut();
    await expect(client.send(QUESTION, name)).rejects.toMatchObject({
      ack: { code: 'store_unavailable', retryAfterMs: expect.any(Number) },
    });
    await expect.poll(ready, WAIT).toBe(503);
    await expect(client.send(QUESTION, name)).rejects.toMatchObject({ ack: { code: 'store_unavailable' } });
    await proxy.mend();
    await expect.poll(ready, WAIT).toBe(200);
    const stored = await client.send(QUESTION, name);
    expect((await client.answerTo(stored.seq)).bubbles[0]).toMatchObject({ intent: 'password.email' });
    const { messages } = await client.open();
    expect(messages.filter(({ author }) => author === 'contact')).toHaveLength(1);
  });

  it('a device that comes then is let in when it is back', async () => {
    await proxy.cut();
    await expect.poll(ready, WAIT).toBe(503);
    const late = await connectChat(desk.url, { token: newToken() });
    await expect(late.open()).rejects.toMatchObject({ ack: { code: 'store_unavailable' } });
    await proxy.mend();
    await expect.poll(ready, WAIT).toBe(200);
    expect((await late.open()).messages).toEqual([]);
    late.close();
  });
});

describe('a question whose desk died before it was answered', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database?.drop());
  const messages = () => database.client.db().collection('messages');

  it('is answered once when two desks start, and a ticket that was made already is not made again', async () => {
    const token = newToken();
    const first = await startDesk({ mongodbUri: database.uri });
    const client = await connectChat(first.url, { token });
    const { conversation } = await client.open();
    await client.ask('tôi muốn được gọi lại số 0987654321 vào chiều mai');
    await client.ask('không đăng nhập được vào ứng dụng');
    const before = await messages().find({ conversation: conversation.id }).toArray();
    const receipt = await client.ask('đúng rồi, gửi đi');
    const code = receipt.bubbles.find(({ kind }) => kind === 'ticket');
    expect(code).toMatchObject({ kind: 'ticket', code: expect.stringMatching(/^GL-/) });
    client.close();
    await first.stop();

    // As if the process had died after the ticket and before the receipt.
    await messages().deleteOne({ conversation: conversation.id, seq: receipt.seq });
    for (const message of before) await messages().replaceOne({ _id: message._id }, message);
    const half = { conversation: conversation.id, seq: receipt.seq - 1 };
    await messages().updateOne(half, { $set: { awaitsReply: true } });

    const [one, two] = await Promise.all([
      startDesk({ mongodbUri: database.uri }),
      startDesk({ mongodbUri: database.uri }),
    ]);
    const find = () => messages().find({ conversation: conversation.id, replyTo: half.seq }).toArray();
    await expect.poll(async () => (await find()).length, WAIT).toBe(1);
    expect((await find())[0]).toMatchObject({ seq: receipt.seq, bubbles: receipt.bubbles });
    expect(await database.client.db().collection('tickets').countDocuments()).toBe(1);
    await expect.poll(() => messages().countDocuments({ awaitsReply: true }), WAIT).toBe(0);
    const again = await connectChat(two.url, { token });
    expect((await again.open()).messages.at(-1)?.bubbles).toEqual(receipt.bubbles);
    again.close();
    await Promise.all([one.stop(), two.stop()]);
  }, 180_000);
});
