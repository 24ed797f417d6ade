import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountList, AccountView, OneTimeLink } from '../../src/contracts/staff.ts';
import {
  ADMIN,
  type Answer,
  type Client,
  openStaffDesk,
  PASSWORD,
  type StaffDesk,
  sessionOf,
  tokenOf,
} from './staff-desk.ts';

const DAY_MS = 24 * 60 * 60_000;

let desk: StaffDesk;
let admin: Client;
let adminId: string;
beforeAll(async () => {
  desk = await openStaffDesk();
  admin = desk.client();
  adminId = sessionOf(await admin.signIn(ADMIN.email, ADMIN.password)).account.id;
});
afterAll(() => desk?.close());

function linkOf({ status, body }: Answer): OneTimeLink {
  expect(status, JSON.stringify(body)).toBe(200);
  return body as unknown as OneTimeLink;
}

function expectRefusal(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
}

/** Signs in anew: the clock goes on by days in this file. */
async function invite(email: string): Promise<OneTimeLink> {
  await admin.signIn(ADMIN.email, ADMIN.password);
  return linkOf(await admin.send('POST', '/accounts', { email, name: 'Trần Thị Bưởi', role: 'agent' }));
}

describe('an invitation', () => {
  it('is a link, mailed too, by which the person sets a password, once', async () => {
    const { account, link, expiresAt, mailed } = await invite('Buoi@BHXH.gov.vn');
    expect(account).toMatchObject({ email: 'buoi@bhxh.gov.vn', status: 'invited', capacity: 4, skills: [] });
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/console\/link\?token=[\w-]{43}$/);
    expect(expiresAt).toBe(new Date(desk.now().getTime() + 7 * DAY_MS).toISOString());
    expect(mailed).toBe(true);
    expect(desk.mails.at(-1)).toMatchObject({ to: 'buoi@bhxh.gov.vn' });
    expect(desk.mails.at(-1)?.text).toContain(link);

    const token = tokenOf(link);
    const view = await desk.client().send('GET', `/link?token=${token}`);
    expect(view.body).toEqual({ email: 'buoi@bhxh.gov.vn', name: 'Trần Thị Bưởi', purpose: 'invite' });
    const taken = await Promise.all(
      [1, 2, 3].map(() => desk.client().send('POST', '/link', { token, password: PASSWORD })),
    );
    expect(taken.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
    expectRefusal(await desk.client().send('GET', `/link?token=${token}`), 410, 'link_invalid');
    const session = sessionOf(await desk.client().signIn('buoi@bhxh.gov.vn', PASSWORD));
    expect(session.account).toMatchObject({ status: 'active', lastSignInAt: desk.now().toISOString() });
  });

  it('is not kept in the store', async () => {
    const token = tokenOf((await invite('kho@bhxh.gov.vn')).link);
    const stored = await desk.database.client.db().collection('staff_accounts').find().toArray();
    expect(JSON.stringify(stored)).not.toContain(token);
  });

  it('expires after seven days, and can be made anew, which ends the one before', async () => {
    const first = await invite('muon@bhxh.gov.vn');
    desk.forward(7 * DAY_MS);
    const late = { token: tokenOf(first.link), password: PASSWORD };
    expectRefusal(await desk.client().send('POST', '/link', late), 410, 'link_invalid');
    await admin.signIn(ADMIN.email, ADMIN.password);
    const again = (): Promise<Answer> => admin.send('POST', `/accounts/${first.account.id}/reset`, {});
    const [second, third] = [linkOf(await again()), linkOf(await again())];
    const earlier = { token: tokenOf(second.link), password: PASSWORD };
    expectRefusal(await desk.client().send('POST', '/link', earlier), 410, 'link_invalid');
    const view = await desk.client().send('GET', `/link?token=${tokenOf(third.link)}`);
    expect(view.body).toMatchObject({ purpose: 'invite' });
  });

  it.each([
    [{ email: 'không-phải-email' }, 400, 'email_malformed'],
    [{ role: 'boss' }, 400, 'invalid_request'],
    [{ name: ' ' }, 400, 'invalid_request'],
    [{ email: ADMIN.email.toUpperCase() }, 409, 'account_exists'],
  ])('is refused with %j', async (wrong, status, code) => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const invited = { email: 'x@bhxh.gov.vn', name: 'X', role: 'agent', ...wrong };
    expectRefusal(await admin.send('POST', '/accounts', invited), status, code);
  });

  it('of one email at once makes one account', async () => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const invited = { email: 'mot@bhxh.gov.vn', name: 'Một', role: 'agent' };
    const made = await Promise.all([1, 2, 3].map(() => admin.send('POST', '/accounts', invited)));
    expect(made.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it.each(['', 'x', 'x'.repeat(43)])('is none: %j', async (token) => {
    expectRefusal(await desk.client().send('GET', `/link?token=${token}`), 410, 'link_invalid');
    expectRefusal(
      await desk.client().send('POST', '/link', { token, password: PASSWORD }),
      410,
      'link_invalid',
    );
  });
});

describe('a reset', () => {
  it('lives a day, leaves the old password until it is used, and takes the second factor off', async () => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const { id, email } = await desk.join(admin, 'lai@bhxh.gov.vn', 'editor');
    const accounts = desk.database.client.db().collection('staff_accounts');
    const totp = { sealedSecret: 'sealed', lastStep: 1 };
    const late = linkOf(await admin.send('POST', `/accounts/${id}/reset`, {}));
    expect(await desk.client().signIn(email, PASSWORD)).toMatchObject({ status: 200 });
    await accounts.updateOne({ email }, { $set: { totp } });
    desk.forward(DAY_MS);
    const password = 'mật khẩu đặt lại';
    expectRefusal(
      await desk.client().send('POST', '/link', { token: tokenOf(late.link), password }),
      410,
      'link_invalid',
    );

    await admin.signIn(ADMIN.email, ADMIN.password);
    const { link } = linkOf(await admin.send('POST', `/accounts/${id}/reset`, {}));
    expect(desk.mails.at(-1)?.text).toContain('đặt lại mật khẩu');
    await desk.client().send('POST', '/link', { token: tokenOf(link), password });
    expect(await desk.client().signIn(email, PASSWORD)).toMatchObject({ status: 401 });
    expect(sessionOf(await desk.client().signIn(email, password)).account.hasTotp).toBe(false);
    expect((await desk.audited('password.changed')).at(-1)).toMatchObject({
      subject: `account:${id}`,
      details: { byLink: true, totpRemoved: true },
    });
  });

  it('opens nothing while the account is disabled', async () => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const { id } = await desk.join(admin, 'khoa@bhxh.gov.vn', 'agent');
    const { link } = linkOf(await admin.send('POST', `/accounts/${id}/reset`, {}));
    await admin.send('PATCH', `/accounts/${id}`, { disabled: true });
    expectRefusal(await desk.client().send('GET', `/link?token=${tokenOf(link)}`), 410, 'link_invalid');
  });
});

describe('changing an account', () => {
  it('changes what is given, and the log says what was before', async () => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const { id } = await desk.join(admin, 'doi@bhxh.gov.vn', 'agent');
    const change = { role: 'supervisor', skills: ['thẻ BHYT'], capacity: 4 };
    const { body } = await admin.send('PATCH', `/accounts/${id}`, change);
    expect(body).toMatchObject({ ...change, email: 'doi@bhxh.gov.vn' });
    expect((await desk.audited('account.changed')).at(-1)).toMatchObject({
      actor: { id: adminId },
      subject: `account:${id}`,
      address: '113.160.0.1',
      details: {
        before: { role: 'agent', skills: [] },
        after: { role: 'supervisor', skills: ['thẻ BHYT'] },
      },
    });
    const { accounts } = await admin.get<AccountList>('/accounts');
    expect(accounts.find((account) => account.id === id)).toEqual(body);
  });

  it.each(['x', '000000000000000000000999'])('is refused for %s, which is none', async (id) => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    for (const [method, path] of [
      ['PATCH', ''],
      ['POST', '/reset'],
      ['DELETE', '/sessions'],
    ] as const)
      expectRefusal(await admin.send(method, `/accounts/${id}${path}`, {}), 404, 'account_not_found');
  });
});

describe('the last admin', () => {
  it.each([{ disabled: true }, { role: 'agent' }])('cannot be made none: %j', async (change) => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    expectRefusal(await admin.send('PATCH', `/accounts/${adminId}`, change), 409, 'last_admin');
    expect(await admin.send('PATCH', `/accounts/${adminId}`, { name: 'Quản trị' })).toMatchObject({
      status: 200,
    });
  });

  it('is not one who was only invited, or is disabled', async () => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const invited = { email: 'sap@bhxh.gov.vn', name: 'Sắp', role: 'admin' };
    linkOf(await admin.send('POST', '/accounts', invited));
    const { id } = await desk.join(admin, 'nghi@bhxh.gov.vn', 'admin');
    await admin.send('PATCH', `/accounts/${id}`, { disabled: true });
    expectRefusal(await admin.send('PATCH', `/accounts/${adminId}`, { disabled: true }), 409, 'last_admin');
  });

  it('stays when two admins disable each other at once', async () => {
    for (let round = 0; round < 3; round++) {
      await admin.signIn(ADMIN.email, ADMIN.password);
      const other = await desk.join(admin, `hai${round}@bhxh.gov.vn`, 'admin');
      const second = desk.client();
      await second.signIn(other.email, PASSWORD);
      const answers = await Promise.all([
        admin.send('PATCH', `/accounts/${other.id}`, { disabled: true }),
        second.send('PATCH', `/accounts/${adminId}`, { role: 'agent' }),
      ]);
      const active = await desk.database.client
        .db()
        .collection('staff_accounts')
        .find({ role: 'admin', disabled: false, passwordHash: { $ne: null } })
        .toArray();
      expect(active.length, JSON.stringify(answers.map(({ body }) => body))).toBeGreaterThan(0);
      expect(active.every(({ leaving }) => leaving === null)).toBe(true);
      // The first admin is wanted again for the next round.
      await desk.database.client
        .db()
        .collection('staff_accounts')
        .updateOne({ email: ADMIN.email }, { $set: { role: 'admin', disabled: false } });
      await admin.signIn(ADMIN.email, ADMIN.password);
      await admin.send('PATCH', `/accounts/${other.id}`, { disabled: true });
    }
  });

  it('is found again when a change of the other one was broken off', async () => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const other = await desk.join(admin, 'do.dang@bhxh.gov.vn', 'admin');
    const accounts = desk.database.client.db().collection('staff_accounts');
    await accounts.updateOne({ email: ADMIN.email }, { $set: { leaving: { token: 'x', at: desk.now() } } });
    const disable = (): Promise<Answer> => admin.send('PATCH', `/accounts/${other.id}`, { disabled: true });
    expectRefusal(await disable(), 409, 'last_admin');
    desk.forward(31_000);
    expect(await disable()).toMatchObject({ status: 200 });
  });
});

describe('an account of each role', () => {
  it.each([
    ['agent', 403, 403],
    ['editor', 403, 403],
    ['supervisor', 200, 403],
  ] as const)('%s: reading the accounts is %i, managing them %i', async (role, read, manage) => {
    await admin.signIn(ADMIN.email, ADMIN.password);
    const { id, email } = await desk.join(admin, `${role}@bhxh.gov.vn`, role);
    const client = desk.client();
    await client.signIn(email, PASSWORD);
    const statuses = [
      await client.send('GET', '/accounts'),
      await client.send('POST', '/accounts', { email: 'y@bhxh.gov.vn', name: 'Y', role: 'admin' }),
      await client.send('PATCH', `/accounts/${id}`, { role: 'admin' }),
      await client.send('POST', `/accounts/${adminId}/reset`, {}),
      await client.send('DELETE', `/accounts/${adminId}/sessions`),
    ].map(({ status }) => status);
    expect(statuses).toEqual([read, manage, manage, manage, manage]);
  });
});

describe('the first admin', () => {
  it('has the password that the operator set, and no other is printed', async () => {
    expect(sessionOf(await desk.client().signIn(ADMIN.email, ADMIN.password))).toMatchObject({
      account: { role: 'admin' },
      mustChangePassword: false,
    });
    expect(await desk.staff.ensureFirstAdmin({})).toBeNull();
    const { accounts } = await admin.get<{ accounts: AccountView[] }>('/accounts');
    expect(accounts.filter(({ email }) => email === 'admin@vssid.local')).toEqual([]);
  });

  it('is made once by two nodes, with a password that has to be changed first', async () => {
    const fresh = await openStaffDesk();
    try {
      await fresh.database.client.db().collection('staff_accounts').deleteMany({});
      const told = await Promise.all([1, 2, 3].map(() => fresh.staff.ensureFirstAdmin({})));
      const [made, ...others] = told.filter((one) => one !== null);
      expect(others).toEqual([]);
      const { email, oneTimePassword } = made!;
      expect(email).toBe('admin@vssid.local');
      const client = fresh.client();
      expect(sessionOf(await client.signIn(email, oneTimePassword)).mustChangePassword).toBe(true);
      expectRefusal(await client.send('GET', '/accounts'), 403, 'password_change_required');
      expectRefusal(await client.send('POST', '/totp', {}), 403, 'password_change_required');
      const same = { current: oneTimePassword, next: oneTimePassword };
      expectRefusal(await client.send('PUT', '/password', same), 400, 'password_unchanged');
      const changed = await client.send('PUT', '/password', { current: oneTimePassword, next: PASSWORD });
      expect(sessionOf(changed).mustChangePassword).toBe(false);
      expect(await client.send('GET', '/accounts')).toMatchObject({ status: 200 });
    } finally {
      await fresh.close();
    }
  });

  it.each([
    [{ email: 'admin' }, 'email_malformed'],
    [{ password: 'ngắn' }, 'password_too_short'],
  ])('is refused with %j', async (wanted, code) => {
    const accounts = desk.database.client.db().collection('staff_accounts');
    const kept = await accounts.find().toArray();
    await accounts.deleteMany({});
    await expect(desk.staff.ensureFirstAdmin(wanted)).rejects.toMatchObject({ code });
    expect(await accounts.countDocuments()).toBe(0);
    await accounts.insertMany(kept);
  });
});
