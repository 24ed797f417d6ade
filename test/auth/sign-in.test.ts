import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPasswords } from '../../src/auth/staff/passwords.ts';
import { createSessionCookie } from '../../src/auth/staff/session-cookie.ts';
import { makeToken } from '../../src/auth/staff/token.ts';
import type { RecoveryCodes, TotpBegun } from '../../src/contracts/staff.ts';
import { networkOf } from '../../src/kernel/network.ts';
import { ADMIN, type Answer, type Client, openStaffDesk, PASSWORD, type StaffDesk } from './staff-desk.ts';

const WINDOW_MS = 15 * 60_000;

let desk: StaffDesk;
let admin: Client;
beforeAll(async () => {
  desk = await openStaffDesk();
  admin = await desk.admin();
});
afterAll(() => desk?.close());

/** All that a client can see of an answer, without what every answer differs in. */
function looksOf({ status, body, headers }: Answer): object {
  return { status, body, headers: [...headers].filter(([name]) => name !== 'date') };
}

/** As if a quarter of an hour had passed: the limiter knows no clock but the process's. */
async function expireAttempts(): Promise<void> {
  const attempts = desk.database.client.db().collection('staff_sign_in_attempts');
  await attempts.updateMany({}, { $set: { expire: new Date(Date.now() - 1) } });
}

describe('the password', () => {
  it('is hashed by argon2id as OWASP has it, and its letters may be composed in either way', async () => {
    const passwords = createPasswords();
    const hash = await passwords.hash('mật khẩu'.normalize('NFD'));
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwords.verify(hash, 'mật khẩu'.normalize('NFC'))).toBe(true);
    expect(await passwords.verify(hash, 'mật khẩu ')).toBe(false);
  });

  it('is never that of nobody', async () => {
    expect(await createPasswords().verify(null, 'nobody has this password')).toBe(false);
  });
});

describe('the cookie', () => {
  it('is out of reach for scripts and other sites', async () => {
    const { headers } = await desk.client().signIn(ADMIN.email, ADMIN.password);
    expect(headers.get('set-cookie')).toMatch(
      /^vssid_desk_session=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('is bound to https where the request came by https', async () => {
    const client = desk.client();
    const secure = { 'x-forwarded-proto': 'https' };
    const answer = await client.send('POST', '/sign-in', ADMIN, secure);
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-vssid_desk_session=.*; Secure;/);
    expect(await client.send('GET', '/session', undefined, secure)).toMatchObject({ status: 200 });
  });

  it('is bound to https where the desk is public by https, and one without that bond is not taken', () => {
    const token = makeToken();
    const { read, write } = createSessionCookie(true);
    expect(write(token, false)).toMatch(/^__Host-vssid_desk_session=.*; Secure;/);
    expect(read(`vssid_desk_session=${token}`)).toBeNull();
    expect(read(`vssid_desk_session=${makeToken()}; __Host-vssid_desk_session=${token}`)).toBe(token);
  });

  it.each([undefined, '', 'vssid_desk_session=', 'vssid_desk_session=short', 'other=x'])(
    'is none: %j',
    (header) => {
      expect(createSessionCookie(false).read(header)).toBeNull();
    },
  );

  it('is not kept in the store', async () => {
    const client = desk.client();
    await client.signIn(ADMIN.email, ADMIN.password);
    const [, token] = client.cookie().split('=');
    const sessions = await desk.database.client.db().collection('staff_sessions').find().toArray();
    expect(sessions.length).toBeGreaterThan(0);
    expect(JSON.stringify(sessions)).not.toContain(token);
  });

  it('is taken away by signing out, and opens nothing any more', async () => {
    const client = desk.client();
    await client.signIn(ADMIN.email, ADMIN.password);
    const cookie = client.cookie();
    const answer = await client.send('POST', '/sign-out', {});
    expect(answer.headers.get('set-cookie')).toMatch(/^vssid_desk_session=; Max-Age=0;/);
    const after = await desk.client().send('GET', '/session', undefined, { cookie });
    expect(after).toMatchObject({ status: 401, body: { error: { code: 'signed_out' } } });
  });

  it('changes when somebody signs in again, and the one before is worth nothing', async () => {
    const client = desk.client();
    await client.signIn(ADMIN.email, ADMIN.password);
    const before = client.cookie();
    await client.signIn(ADMIN.email, ADMIN.password);
    expect(client.cookie()).not.toBe(before);
    const answer = await desk.client().send('GET', '/session', undefined, { cookie: before });
    expect(answer.status).toBe(401);
  });
});

describe('signing in', () => {
  it('fails in the same way for a wrong password, an unknown email, an invited and a disabled account', async () => {
    const { id, email } = await desk.join(admin, 'tat@bhxh.gov.vn', 'agent');
    await admin.send('PATCH', `/accounts/${id}`, { disabled: true });
    const invited = { email: 'moi@bhxh.gov.vn', name: 'Mời', role: 'agent' };
    await admin.send('POST', '/accounts', invited);
    const wrong = looksOf(await desk.client().signIn(ADMIN.email, 'không phải mật khẩu'));
    expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'sign_in_failed' } } });
    expect(looksOf(await desk.client().signIn('khong.co@bhxh.gov.vn', PASSWORD))).toEqual(wrong);
    expect(looksOf(await desk.client().signIn(email, PASSWORD))).toEqual(wrong);
    expect(looksOf(await desk.client().signIn(invited.email, PASSWORD))).toEqual(wrong);
    const reasons = (await desk.audited('session.failed')).map(({ details }) => details);
    expect(reasons).toContainEqual({ email, reason: 'disabled' });
    expect(reasons).toContainEqual({ email: 'khong.co@bhxh.gov.vn', reason: 'unknown email' });
  });

  it('takes the email in capitals too', async () => {
    expect(await desk.client().signIn(ADMIN.email.toUpperCase(), ADMIN.password)).toMatchObject({
      status: 200,
    });
  });
});

describe('guessing', () => {
  it('is stopped after ten failures for an account, also for the right password and after a restart', async () => {
    const { id, email } = await desk.join(admin, 'doan@bhxh.gov.vn', 'agent');
    const guesses = Array.from({ length: 12 }, (_, at) => desk.client(`1.1.1.${at}`).signIn(email, 'sai'));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);

    await desk.restart();

    const right = await desk.client().signIn(email, PASSWORD);
    expect(right).toMatchObject({ status: 429, body: { error: { code: 'sign_in_throttled' } } });
    expect(right.body.error?.details?.[0]).toMatch(/^Thử lại sau 1\d phút\.$/);
    const entries = (await desk.audited('session.failed')).filter(
      ({ subject }) => subject === `account:${id}`,
    );
    expect(entries).toHaveLength(11);

    await expireAttempts();
    expect(await desk.client().signIn(email, PASSWORD)).toMatchObject({ status: 200 });
  });

  it('begins anew after a success', async () => {
    const { email } = await desk.join(admin, 'quen@bhxh.gov.vn', 'agent');
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 9; at++)
        expect(await desk.client('9.9.9.9').signIn(email, 'sai')).toMatchObject({ status: 401 });
      expect(await desk.client('9.9.9.9').signIn(email, PASSWORD)).toMatchObject({ status: 200 });
    }
  });

  it('is stopped after fifty failures from an address, which those who sign in rightly do not use up', async () => {
    const from = desk.client('2001:db8::1');
    for (let at = 0; at < 3; at++) await from.signIn(ADMIN.email, ADMIN.password);
    for (let at = 0; at < 50; at++)
      expect(await from.signIn(`ai${at}@bhxh.gov.vn`, 'sai')).toMatchObject({ status: 401 });
    const neighbour = desk.client('2001:db8::ffff:2');
    expect(await neighbour.signIn(ADMIN.email, ADMIN.password)).toMatchObject({ status: 429 });
    expect(await desk.client('2001:db8:0:1::1').signIn(ADMIN.email, ADMIN.password)).toMatchObject({
      status: 200,
    });
  });

  it.each([
    ['113.160.0.1', '113.160.0.1'],
    ['::ffff:113.160.0.1', '113.160.0.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:DB8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['2001:db8:0001:2:3::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('counts %j as %j', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the second factor', () => {
  const STEP_MS = 30_000;
  let email: string;
  let secret: string;
  let codes: readonly string[];
  const code = (steps = 0): string =>
    generateSync({ secret, epoch: Math.floor((desk.now().getTime() + steps * STEP_MS) / 1000) });

  beforeAll(async () => {
    ({ email } = await desk.join(admin, 'hai.buoc@bhxh.gov.vn', 'agent'));
    const client = desk.client();
    await client.signIn(email, PASSWORD);
    const begun = await client.send('POST', '/totp', {});
    secret = (begun.body as unknown as TotpBegun).secret;
    expect((begun.body as unknown as TotpBegun).uri).toMatch(/^otpauth:\/\/totp\/VssID:hai\.buoc/);
    expect(await client.send('PUT', '/totp', { code: '000000' })).toMatchObject({ status: 401 });
    const confirmed = await client.send('PUT', '/totp', { code: code() });
    codes = (confirmed.body as unknown as RecoveryCodes).codes;
    expect(await client.send('POST', '/totp', {})).toMatchObject({ status: 409 });
  });

  it('is asked for only of who knows the password', async () => {
    const wrong = await desk.client().signIn(email, 'sai');
    expect(wrong.body.error?.code).toBe('sign_in_failed');
    const right = await desk.client().signIn(email, PASSWORD);
    expect(right).toMatchObject({ status: 401, body: { error: { code: 'totp_required' } } });
  });

  it('takes a code of this step or of one beside it, each once', async () => {
    desk.forward(10 * STEP_MS);
    for (const [steps, status] of [
      [-2, 401],
      [-1, 200],
      [-1, 401],
      [0, 200],
      [0, 401],
      [1, 200],
      [0, 401],
      [2, 401],
    ] as const) {
      const answer = await desk.client().signIn(email, PASSWORD, code(steps));
      expect([steps, answer.status]).toEqual([steps, status]);
    }
  });

  it('takes a code once when it is shown twice at once', async () => {
    desk.forward(10 * STEP_MS);
    const shown = code();
    const answers = await Promise.all([1, 2, 3].map(() => desk.client().signIn(email, PASSWORD, shown)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  it('takes each of ten recovery codes once, however it is typed', async () => {
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    expect(await desk.client().signIn(email, PASSWORD, first)).toMatchObject({ status: 200 });
    expect(await desk.client().signIn(email, PASSWORD, first)).toMatchObject({ status: 401 });
    const typed = second.toLowerCase().replaceAll('-', '');
    expect(await desk.client().signIn(email, PASSWORD, typed)).toMatchObject({ status: 200 });
  });

  it('cannot be guessed by one who knows the password and asks for the code in between', async () => {
    await expireAttempts();
    const statuses: number[] = [];
    for (let at = 0; at < 11; at++) {
      statuses.push((await desk.client().signIn(email, PASSWORD, 'AAAA-AAAA')).status);
      if (at < 9) expect(await desk.client().signIn(email, PASSWORD)).toMatchObject({ status: 401 });
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    await expireAttempts();
  });

  it('lies neither as secret nor as recovery code in the store', async () => {
    const stored = JSON.stringify(
      await desk.database.client.db().collection('staff_accounts').find().toArray(),
    );
    for (const text of [secret, ...codes]) expect(stored).not.toContain(text);
  });

  it('is taken off with the password', async () => {
    desk.forward(WINDOW_MS);
    const client = desk.client();
    await client.signIn(email, PASSWORD, code());
    expect(await client.send('DELETE', '/totp', { password: 'sai' })).toMatchObject({ status: 403 });
    expect(await client.send('DELETE', '/totp', { password: PASSWORD })).toMatchObject({ status: 200 });
    expect(await desk.client().signIn(email, PASSWORD)).toMatchObject({ status: 200 });
    expect(await desk.audited('totp.disabled')).toHaveLength(1);
  });
});
