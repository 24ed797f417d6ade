/** The chat as a client meets it: the real desk, real sockets, the real store. */
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ChatClient, connectChat, newClientId, newToken } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';

const SECRET = 'a-secret-of-the-host-app-that-is-long-enough';
const QUESTION = 'quen mk vssid lm sao lay lai qua mail';

let database: TestDatabase;
let desk: RunningDesk;
let other: RunningDesk;
let clients: ChatClient[] = [];

beforeAll(async () => {
  database = await openDatabase();
  const options = { mongodbUri: database.uri, hostAppSecret: SECRET };
  [desk, other] = await Promise.all([startDesk(options), startDesk(options)]);
}, 120_000);
afterAll(async () => {
  await Promise.all([desk?.stop(), other?.stop()]);
  await database?.drop();
});
afterEach(() => {
  for (const client of clients) client.close();
  clients = [];
});

async function connect(shown: Parameters<typeof connectChat>[1] = { token: newToken() }, to = desk) {
  const client = await connectChat(to.url, shown);
  clients.push(client);
  return client;
}

async function opened(shown?: Parameters<typeof connectChat>[1], to = desk): Promise<ChatClient> {
  const client = await connect(shown, to);
  await client.open();
  return client;
}

const signIdentity = (claims: Record<string, unknown>, secret = SECRET, expires = '1h') =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));

const messages = () => database.client.db().collection('messages');

describe('a message', () => {
  it('is stored when it is acknowledged, and answered at the next place', async () => {
    const client = await connect();
    const { conversation } = await client.open();
    const question = await client.send(QUESTION);
    expect(question).toMatchObject({ seq: 1, author: 'contact', text: QUESTION, redacted: [] });
    expect(await messages().findOne({ conversation: conversation.id, seq: 1 })).toMatchObject({
      text: QUESTION,
    });
    const answer = await client.answerTo(1);
    expect(answer).toMatchObject({ seq: 2, author: 'bot', replyTo: 1, clientId: null });
    expect(answer.bubbles[0]).toMatchObject({ kind: 'answer', intent: 'password.email' });
  });

  it('sent again under the same name is the first one, with one answer', async () => {
    const client = await opened();
    const name = { clientId: newClientId() };
    const first = await client.send(QUESTION, name);
    await client.answerTo(first.seq);
    expect(await client.send('something else', name)).toEqual(first);
    const { messages: all } = await client.open();
    expect(all.map(({ seq, author }) => [seq, author])).toEqual([
      [1, 'contact'],
      [2, 'bot'],
    ]);
  });

  it('keeps its name for its own conversation only', async () => {
    const name = { clientId: newClientId() };
    const [one, two] = [await opened(), await opened()];
    await one.send('chào bạn', name);
    expect(await two.send(QUESTION, name)).toMatchObject({ seq: 1, text: QUESTION });
  });

  it('comes to the contact’s other devices, in order', async () => {
    const token = newToken();
    const [phone, tablet] = [await opened({ token }), await opened({ token })];
    for (let at = 0; at < 3; at++) await phone.ask(QUESTION);
    await expect.poll(() => tablet.heard.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('a message without words', () => {
  it.each(['?', '😀😀😀', '...'])('“%s” is stored and answered', async (text) => {
    const client = await opened();
    expect((await client.ask(text)).bubbles[0]).toMatchObject({ kind: 'text' });
  });
});

describe('order', () => {
  it('has no gaps when devices on two nodes write at once, and every question has one answer', async () => {
    const token = newToken();
    const writers = await Promise.all([
      opened({ token }),
      opened({ token }, other),
      opened({ token }, other),
    ]);
    const EACH = 15;
    const sent = await Promise.all(
      writers.map(async (writer, at) => {
        const stored = [];
        for (let count = 0; count < EACH; count++)
          stored.push(await writer.send(`câu ${at} ${count} ${QUESTION}`));
        return stored;
      }),
    );
    // Of one writer, the order of sending.
    for (const stored of sent)
      expect(stored.map(({ seq }) => seq)).toEqual(stored.map(({ seq }) => seq).sort((a, b) => a - b));
    const { conversation } = await writers[0]!.open();
    const total = 2 * EACH * writers.length;
    const all = () => messages().find({ conversation: conversation.id }).sort({ seq: 1 }).toArray();
    await expect.poll(async () => (await all()).length, { timeout: 30_000 }).toBe(total);
    const stored = await all();
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, at) => at + 1));
    const answered = stored.flatMap(({ replyTo }) => (replyTo === undefined ? [] : [replyTo]));
    expect(new Set(answered).size).toBe(EACH * writers.length);
    expect(answered.length).toBe(EACH * writers.length);
  });

  it('gives a client that missed something exactly the rest', async () => {
    const token = newToken();
    const client = await opened({ token });
    for (let at = 0; at < 3; at++) await client.ask(QUESTION);
    const later = await connect({ token }, other);
    const { messages: rest, hasMore } = await later.open({ after: 4 });
    expect(rest.map(({ seq }) => seq)).toEqual([5, 6]);
    expect(hasMore).toBe(false);
  });

  it('comes in pages from either end', async () => {
    const token = newToken();
    const client = await opened({ token });
    const { conversation } = await client.open();
    const at = new Date();
    await messages().insertMany(
      Array.from({ length: 120 }, (_, index) => ({
        conversation: conversation.id,
        seq: index + 1,
        clientId: `reply:${index}x`,
        author: 'bot',
        at,
        bubbles: [],
      })),
    );
    const newest = await client.open();
    expect([newest.messages[0]?.seq, newest.messages.at(-1)?.seq, newest.hasMore]).toEqual([71, 120, true]);
    expect(newest.conversation.lastSeq).toBe(120);
    const earlier = await client.command('history:read', { before: 71 });
    expect([earlier.messages[0]?.seq, earlier.messages.at(-1)?.seq, earlier.hasMore]).toEqual([21, 70, true]);
    const first = await client.command('history:read', { before: 21 });
    expect([first.messages[0]?.seq, first.messages.at(-1)?.seq, first.hasMore]).toEqual([1, 20, false]);
    const rest = await client.open({ after: 10 });
    expect([rest.messages[0]?.seq, rest.messages.at(-1)?.seq, rest.hasMore]).toEqual([11, 60, true]);
    expect(rest.conversation.lastSeq).toBe(120);
    // The place after the last one is still handed out rightly.
    expect((await client.send(QUESTION)).seq).toBe(121);
  });
});

describe('a contact', () => {
  it('has one open conversation, also when it is opened many times at once', async () => {
    const token = newToken();
    const devices = await Promise.all([connect({ token }), connect({ token }), connect({ token }, other)]);
    const all = await Promise.all(devices.flatMap((device) => [device.open(), device.open()]));
    expect(new Set(all.map(({ conversation }) => conversation.id)).size).toBe(1);
  });

  it('is known by a token of which only the hash is stored', async () => {
    const { token } = await opened();
    const stored = JSON.stringify(await database.client.db().collection('contacts').find().toArray());
    expect(stored).not.toContain(token);
  });

  it('finds the conversation on a second device by the host app’s identity', async () => {
    const subject = newClientId();
    const identity = await signIdentity({ sub: subject, name: 'Người dùng', platform: 'android' });
    const phone = await opened({ token: newToken(), identity });
    await phone.ask(QUESTION);
    const tablet = await connect(
      { token: newToken(), identity: await signIdentity({ sub: subject }) },
      other,
    );
    expect((await tablet.open()).messages.map(({ text }) => text)[0]).toBe(QUESTION);
  });

  it('takes along what was said before signing in, and leaves nothing behind on the device', async () => {
    const token = newToken();
    const before = await opened({ token });
    await before.ask(QUESTION);
    const signedIn = await connect({ token, identity: await signIdentity({ sub: newClientId() }) });
    expect((await signedIn.open()).messages).toHaveLength(2);
    const after = await connect({ token });
    expect((await after.open()).messages).toEqual([]);
  });

  it('who has a conversation already does not get the device’s other one', async () => {
    const subject = newClientId();
    const home = await opened({ identity: await signIdentity({ sub: subject }) });
    await home.ask('thẻ bhyt xem ở đâu');
    const token = newToken();
    const shared = await opened({ token });
    await shared.ask(QUESTION);
    const signedIn = await connect({ token, identity: await signIdentity({ sub: subject }) });
    expect((await signedIn.open()).messages[0]?.text).toBe('thẻ bhyt xem ở đâu');
    const again = await connect({ token });
    expect((await again.open()).messages[0]?.text).toBe(QUESTION);
  });

  it.each([
    ['unauthenticated', async () => ({})],
    ['unauthenticated', async () => ({ token: 'short' })],
    ['identity_invalid', async () => ({ identity: 'a.b.c' })],
    ['identity_invalid', async () => ({ identity: await signIdentity({ sub: 'x' }, `${SECRET}-not`) })],
    ['identity_invalid', async () => ({ identity: await signIdentity({ name: 'without subject' }) })],
    ['identity_invalid', async () => ({ identity: await signIdentity({ sub: 'x' }, SECRET, '25h') })],
    ['identity_expired', async () => ({ identity: await signIdentity({ sub: 'x' }, SECRET, '-2h') })],
  ] as const)('is refused with %s when the credentials are not right', async (code, show) => {
    await expect(connect((await show()) as never)).rejects.toMatchObject({ data: { code } });
  });

  it('that signs itself without algorithm is refused', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const identity = `${part({ alg: 'none' })}.${part({ sub: 'x', exp: 9_999_999_999 })}.`;
    await expect(connect({ identity })).rejects.toMatchObject({ data: { code: 'identity_invalid' } });
  });
});

describe('a command', () => {
  it.each([
    ['message:send', { clientId: newClientId(), text: ' ' }, 'text_required'],
    ['message:send', { clientId: newClientId(), text: 'a'.repeat(2001) }, 'text_too_long'],
    ['message:send', { clientId: 'reply:1', text: 'a name that answers have' }, 'invalid_request'],
    ['message:send', { text: 'no name' }, 'invalid_request'],
    ['message:send', null, 'invalid_request'],
    ['message:rate', { seq: 99, helpful: true }, 'message_not_found'],
    ['message:rate', { seq: 1, helpful: true }, 'message_not_found'],
    ['history:read', { before: 1, after: 1 }, 'invalid_request'],
    ['conversation:open', { after: -1 }, 'invalid_request'],
    ['conversation:burn', {}, 'unknown_command'],
  ] as const)('%s %j is refused with %s', async (name, body, code) => {
    const client = await opened();
    await client.send('chào bạn');
    await expect(client.command(name as 'message:send', body)).rejects.toMatchObject({ ack: { code } });
    expect((await client.ask(QUESTION)).author).toBe('bot');
  });

  it('before the conversation is open is refused', async () => {
    const client = await connect();
    await expect(client.send(QUESTION)).rejects.toMatchObject({ ack: { code: 'not_open' } });
  });
});

describe('secrets and personal numbers', () => {
  it.each([
    ['mật khẩu của tôi là Hanoi@2024 mà không vào được', 'Hanoi@2024', 'password'],
    ['mã otp 483920 nhập vào báo sai', '483920', 'otp'],
    ['cccd của em là 079185001234 có đăng ký được không', '079185001', 'nationalId'],
    ['mã số bhxh 7912345678 bị sai', '7912345', 'bhxhNumber'],
    ['thẻ bhyt GD4797912345678 hết hạn', 'GD4797912345', 'bhytCard'],
    ['sđt 0912345678 không nhận được tin nhắn', '0912345', 'phone'],
    ['stk 19034567891011 vietcombank', '19034567891', 'number'],
    ['thẻ 4111 1111 1111 1234 của em', '4111 1111 1111', 'number'],
  ] as const)('“%s” is stored without its number', async (text, secret, type) => {
    const token = newToken();
    const [client, tablet] = [await opened({ token }), await opened({ token })];
    const stored = await client.send(text);
    expect(stored.redacted).toEqual([type]);
    expect(stored.text).not.toContain(secret);
    expect(stored.text).toContain('••••');
    await client.answerTo(stored.seq);
    await expect.poll(() => tablet.heard.length).toBe(2);
    const everywhere = await Promise.all(
      (await database.client.db().listCollections().toArray()).map(({ name }) =>
        database.client.db().collection(name).find().toArray(),
      ),
    );
    expect(JSON.stringify([everywhere, tablet.heard])).not.toContain(secret);
  });

  it('a phone number that a form asks for is masked in the text, and kept as long as the form is', async () => {
    const client = await connect();
    const { conversation } = await client.open();
    await client.ask('tôi muốn được gọi lại');
    const stored = await client.send('0987 654 321');
    expect(stored.redacted).toEqual([]);
    expect(stored.text).toContain('321');
    expect(stored.text).not.toContain('987');
    await client.answerTo(stored.seq);
    expect(JSON.stringify(client.heard)).not.toMatch(/0987 ?654/);
    const kept = () => messages().find({ conversation: conversation.id }).sort({ seq: 1 }).toArray();
    const holding = async () =>
      (await kept()).filter((one) => JSON.stringify(one).includes('0987654321')).map(({ seq }) => seq);
    // Only where the dialogue stands now.
    await client.ask('chiều mai');
    await expect.poll(holding).toEqual([stored.seq + 3]);
    await client.ask('thôi, hủy');
    await expect.poll(holding).toEqual([]);
  });

  it('a position that is shared is answered, and then nowhere any more', async () => {
    const client = await connect();
    const { conversation } = await client.open();
    const location = { latitude: 10.123456, longitude: 106.654321 };
    const answer = await client.ask('Vị trí của tôi', { choice: 'location', location });
    expect(answer.bubbles).toMatchObject([
      { kind: 'text', markdown: expect.stringContaining('gần chỗ Anh/Chị') },
    ]);
    const stored = async () =>
      JSON.stringify(await messages().find({ conversation: conversation.id }).toArray());
    await expect.poll(stored).not.toMatch(/10\.12|106\.65|position/);
  });
});

describe('the other side', () => {
  it('sees typing and reading, and none of it is stored', async () => {
    const token = newToken();
    const client = await opened({ token });
    const facts: unknown[] = [];
    for (const name of ['typing:changed', 'read:marked'] as const)
      client.socket.on(name, (fact: unknown) => facts.push([name, fact]));
    const tablet = await opened({ token });
    await tablet.command('typing:set', { typing: true });
    await tablet.command('read:mark', { seq: 3 });
    await expect
      .poll(() => facts)
      .toEqual([
        ['typing:changed', { author: 'contact', typing: true }],
        ['read:marked', { author: 'contact', seq: 3 }],
      ]);
    expect((await client.open()).messages).toEqual([]);
  });

  it('hears nothing of other conversations', async () => {
    const [one, two] = [await opened(), await opened()];
    await one.ask(QUESTION);
    await two.ask('chào bạn');
    expect(two.heard.map(({ replyTo }) => replyTo)).toEqual([1]);
    expect(JSON.stringify(two.heard)).not.toContain('password.email');
  });
});

describe('an answer', () => {
  it('is rated, again when the contact thinks otherwise, and the rating stays', async () => {
    const token = newToken();
    const [client, tablet] = [await opened({ token }), await opened({ token })];
    const { seq } = await client.ask(QUESTION);
    const rated = new Promise((resolve) => tablet.socket.once('message:rated', resolve));
    await client.command('message:rate', { seq, helpful: true });
    expect(await rated).toMatchObject({ seq, helpful: true });
    await client.command('message:rate', { seq, helpful: false, reason: 'unclear' });
    expect((await client.open()).messages.at(-1)).toMatchObject({ seq, helpful: false });
    expect(await messages().findOne({ 'rating.reason': 'unclear' })).toMatchObject({ seq });
  });
});

describe('erasing', () => {
  it('deletes the contact and all that was said, on every device', async () => {
    const token = newToken();
    const [client, tablet] = [await opened({ token }), await opened({ token })];
    const { conversation } = await client.open();
    await client.ask(QUESTION);
    const erased = new Promise<void>((resolve) => tablet.socket.once('contact:erased', resolve));
    const gone = new Promise((resolve) => tablet.socket.once('disconnect', resolve));
    await client.command('contact:erase', {});
    await Promise.all([erased, gone]);
    expect(await messages().countDocuments({ conversation: conversation.id })).toBe(0);
    const anew = await connect({ token });
    const { conversation: next, messages: none } = await anew.open();
    expect(next.id).not.toBe(conversation.id);
    expect(none).toEqual([]);
  });
});

describe('over REST', () => {
  const get = (path: string, bearer?: string) =>
    fetch(`${desk.url}/api/v1/conversation/${path}`, {
      headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    });

  it('the same history is read, by token or identity', async () => {
    const client = await opened();
    await client.ask(QUESTION);
    const { messages: all } = await client.open();
    expect(await (await get('messages', client.token)).json()).toEqual({ messages: all, hasMore: false });
    expect(await (await get('messages?after=1', client.token)).json()).toMatchObject({
      messages: [{ seq: 2 }],
    });
    const identity = await signIdentity({ sub: newClientId() });
    const person = await opened({ identity });
    await person.ask('chào bạn');
    expect(await (await get('messages', identity)).json()).toMatchObject({
      messages: [{ seq: 1 }, { seq: 2 }],
    });
  });

  it('a transcript is downloaded as text', async () => {
    const client = await opened();
    await client.ask(QUESTION);
    const response = await get('transcript', client.token);
    expect(response.headers.get('content-disposition')).toContain('tro-chuyen-vssid.txt');
    const text = await response.text();
    expect(text).toContain(`Anh/Chị:\n${QUESTION}`);
    expect(text).toContain('Trợ lý ảo VssID:\nLấy lại mật khẩu qua email trên ứng dụng');
    expect(text).not.toContain('**');
  });

  it.each([
    ['messages', undefined, 401],
    ['messages', 'no-token', 401],
    ['messages?before=1&after=1', newToken(), 400],
    ['nothing', newToken(), 404],
  ] as const)('%s with %s answers %i', async (path, bearer, status) => {
    expect((await get(path, bearer)).status).toBe(status);
  });
});
