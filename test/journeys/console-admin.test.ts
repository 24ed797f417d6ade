/** Accounts, access and settings as the staff meet them, in a real browser on the real desk. */
import { generateSync } from 'otplib';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES } from '../../src/contracts/error-codes.ts';
import { copy } from '../../web-console/copy.ts';
import { findFaults, PHONE, START_WITHIN_MS } from '../support/chat-page.ts';
import {
  type Console,
  type ConsoleDesk,
  type Credentials,
  openConsoleDesk,
} from '../support/console-page.ts';

const AGENT: Credentials = { email: 'lan@bhxh.example', password: 'một câu dài mà Lan nhớ' };
const AGENT_NAME = 'Lê Thị Lan';

let desk: ConsoleDesk;
/** With a password of their own, from the first journey on. */
let admin: Credentials;
let consoles: Console[] = [];

beforeAll(async () => {
  desk = await openConsoleDesk();
  admin = { email: desk.firstAdmin.email, password: 'quản trị viên đầu tiên đây' };
}, START_WITHIN_MS);
afterAll(() => desk?.close());
afterEach(async () => {
  const complaints = consoles.flatMap((opened) => opened.complaints);
  await Promise.all(consoles.map(({ context }) => context.close()));
  consoles = [];
  expect(complaints).toEqual([]);
});

async function visit(...where: Parameters<ConsoleDesk['visit']>): Promise<Console> {
  const opened = await desk.visit(...where);
  consoles.push(opened);
  return opened;
}

async function visitAs(who: Credentials, ...where: Parameters<ConsoleDesk['visit']>): Promise<Console> {
  const opened = await visit(...where);
  await opened.signIn(who);
  return opened;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel(copy.password.next, { exact: true }).fill(password);
  await page.getByLabel(copy.password.repeat).fill(password);
}

test('the first admin signs in with the one-time password, and changes it before anything else', async () => {
  const { page, signIn, destinations } = await visit('/accounts');
  await signIn({ ...desk.firstAdmin, password: 'not the one' });
  await page.getByText(ERROR_CODES.sign_in_failed.message).waitFor();
  await signIn(desk.firstAdmin);
  await heading(page, copy.password.changeTitle).waitFor();
  await page.getByLabel(copy.password.oneTime).fill(desk.firstAdmin.password);
  await setPassword(page, 'kurz');
  await press(page, copy.password.act);
  await page.getByText(copy.password.tooShort(12), { exact: true }).waitFor();
  await setPassword(page, admin.password);
  await press(page, copy.password.act);
  // At the address that was asked for.
  await heading(page, copy.accounts.title).waitFor();
  await page.getByText(copy.accounts.you, { exact: true }).waitFor();
  const places = copy.navigation;
  expect(await destinations()).toEqual([
    places.inbox,
    places.tickets,
    places.board,
    places.analytics,
    places.hotline,
    places.curation,
    places.unanswered,
    places.canned,
    places.offices,
    places.incidents,
    places.archive,
    places.accounts,
    places.audit,
    places.settings,
  ]);
});

describe('an invited agent', () => {
  let link: string;

  test('is given a link by the admin, who is told what is wrong with the address', async () => {
    const { page } = await visitAs(admin, '/accounts');
    await press(page, copy.accounts.invite);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(copy.accounts.name).fill(AGENT_NAME);
    await dialog.getByLabel(copy.accounts.email).fill('lan');
    await press(page, copy.accounts.inviteAct);
    await dialog.getByText(ERROR_CODES.email_malformed.message).waitFor();
    await dialog.getByLabel(copy.accounts.email).fill(AGENT.email);
    await press(page, copy.accounts.inviteAct);
    await dialog.getByText(copy.accounts.notMailed).waitFor();
    link = await dialog.getByRole('textbox', { name: copy.accounts.link }).inputValue();
    await page.keyboard.press('Escape');
    await page
      .getByRole('row')
      .filter({ hasText: AGENT_NAME })
      .getByText(copy.accounts.statuses.invited)
      .waitFor();
  });

  test('sets a password by the link, once, and sees what the role may see', async () => {
    const at = link.slice(link.indexOf('/console') + '/console'.length);
    const agent = await visit(at);
    const { page } = agent;
    await page.getByText(copy.link.inviteLead(AGENT_NAME, AGENT.email)).waitFor();
    await setPassword(page, AGENT.password);
    await press(page, copy.link.act);
    await page.getByRole('link', { name: copy.link.toSignIn }).click();
    await agent.signIn(AGENT);
    const { inbox, tickets, hotline, canned, offices, incidents, settings } = copy.navigation;
    await page.getByRole('link', { name: inbox }).waitFor();
    expect(await agent.destinations()).toEqual([
      inbox,
      tickets,
      hotline,
      canned,
      offices,
      incidents,
      settings,
    ]);
    for (const place of ['/accounts', '/audit', '/board']) {
      await agent.open(place);
      await heading(page, copy.forbidden.title).waitFor();
    }
    await agent.open('/nowhere');
    await heading(page, copy.notFound.title).waitFor();
    await agent.open('/settings');
    await page.getByText(copy.settings.readOnly).waitFor();
    expect(await page.getByLabel(copy.settings.manual).isDisabled()).toBe(true);
    await agent.open(at);
    await page.getByText(ERROR_CODES.link_invalid.message).waitFor();
  });

  test('sets up a second factor, and signs in with it', async () => {
    const agent = await visitAs(AGENT, '/me');
    const { page } = agent;
    await press(page, copy.totp.begin);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('img', { name: copy.totp.qr }).waitFor();
    const secret = await dialog.getByLabel(copy.totp.secret).inputValue();
    const code = generateSync({ secret });
    const wrong = code === '000000' ? '111111' : '000000';
    await dialog.getByLabel(copy.totp.code).fill(wrong);
    await press(page, copy.totp.confirm);
    await dialog.getByText(ERROR_CODES.totp_wrong.message).waitFor();
    await dialog.getByLabel(copy.totp.code).fill(generateSync({ secret }));
    await press(page, copy.totp.confirm);
    const recovery = dialog.locator('.console-codes li');
    await recovery.first().waitFor();
    expect(await recovery.count()).toBe(10);
    const spare = await recovery.first().innerText();
    await dialog.getByLabel(copy.totp.stored).check();
    await press(page, copy.totp.finish);
    await page.getByText(copy.totp.on, { exact: true }).waitFor();

    await agent.signOut();
    await agent.signIn(AGENT);
    await heading(page, copy.signIn.totpTitle).waitFor();
    await page.getByLabel(copy.signIn.totp).fill(wrong);
    await press(page, copy.signIn.totpAct);
    await page.getByText(ERROR_CODES.totp_wrong.message).waitFor();
    // A code that was shown already is not taken again; a recovery code is, once.
    await page.getByLabel(copy.signIn.totp).fill(spare);
    await press(page, copy.signIn.totpAct);
    await heading(page, copy.profile.title).waitFor();
  });
});

describe('the settings', () => {
  test('are changed by one of two who edit them at once, and the log says what was changed', async () => {
    const { page, open } = await visitAs(admin, '/settings?tab=duty');
    const other = await visitAs(admin, '/settings?tab=duty');
    const monday = copy.duty.from(copy.duty.weekdays[0]!, 1);
    await page.getByLabel(monday).fill('7h15');
    await page.getByLabel(monday).blur();
    await other.page.getByLabel(monday).fill('09:00');
    await page.getByLabel(copy.duty.enabled).check();
    await press(page, copy.duty.copyMondayWeekdays);
    await press(page, copy.actions.save);
    await page.getByText(copy.settings.saved).waitFor();
    await press(other.page, copy.actions.save);
    await other.page.getByText(copy.settings.conflict).waitFor();
    await press(other.page, copy.settings.reload);
    await expect.poll(() => other.page.getByLabel(monday).inputValue()).toBe('07:15');
    const friday = copy.duty.from(copy.duty.weekdays[4]!, 1);
    expect(await other.page.getByLabel(friday).inputValue()).toBe('07:15');

    await open('/audit?action=settings.changed');
    const entry = page.getByRole('row').filter({ hasText: copy.audit.actions['settings.changed'] });
    await entry.first().waitFor();
    expect(await entry.count()).toBe(1);
    await entry.getByRole('button').click();
    await page.getByText('07:15').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: copy.audit.export }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });

  test('that are not saved are not lost by going elsewhere, not even backwards', async () => {
    const { page } = await visitAs(admin, '/canned');
    await heading(page, copy.canned.title).waitFor();
    await page.getByRole('link', { name: copy.navigation.settings }).click();
    await page.getByLabel(copy.settings.automatic).check();
    const dialog = page.getByRole('dialog');
    for (const leave of [
      () => page.getByRole('link', { name: copy.navigation.audit }).click(),
      () => page.goBack(),
    ]) {
      await leave();
      await dialog.getByText(copy.settings.leaveText).waitFor();
      await press(page, copy.actions.cancel);
      await dialog.waitFor({ state: 'detached' });
      expect(new URL(page.url()).pathname).toBe('/console/settings');
      expect(await page.getByLabel(copy.settings.automatic).isChecked()).toBe(true);
    }
    await page.goBack();
    await press(page, copy.settings.leave);
    await heading(page, copy.canned.title).waitFor();
  });

  test('take days from a table of text, once every line of it can be read', async () => {
    const { page } = await visitAs(admin, '/settings?tab=duty');
    await press(page, copy.duty.import);
    const dialog = page.getByRole('dialog');
    const text = dialog.getByLabel(copy.duty.importText);
    await text.fill('2027-02-13;working;Làm bù Tết;5\nhôm nào đó;off;Nghỉ');
    await press(page, copy.duty.preview);
    await dialog.getByText(copy.duty.faults).waitFor();
    expect(await dialog.getByRole('button', { name: copy.duty.take(1) }).count()).toBe(0);
    await text.fill('2027-02-13;working;Làm bù Tết;5\n2027-03-26;off;Hội nghị');
    await press(page, copy.duty.preview);
    await press(page, copy.duty.take(2));
    await page.getByText(copy.duty.taken(2)).waitFor();
    await press(page, copy.actions.save);
    await page.getByText(copy.settings.saved).waitFor();
    await page.reload();
    await expect.poll(() => page.getByLabel(copy.duty.dayName).count()).toBe(2);
  });
});

test('canned replies are written, found without accents and removed', async () => {
  const { page } = await visitAs(admin, '/canned');
  for (const [shortcut, title] of [
    ['chao', 'Chào hỏi'],
    ['doi', 'Xin chờ'],
  ] as const) {
    await page.getByRole('button', { name: copy.canned.create }).first().click();
    await page.getByLabel(copy.canned.shortcut).fill(shortcut);
    await page.getByLabel(copy.canned.titleField).fill(title);
    await page.getByRole('dialog').getByLabel(copy.canned.text).fill(`${title}, `);
    await press(page, copy.canned.variableNames.khach);
    await page.getByRole('dialog').getByText(`${title}, ${copy.canned.previewContact}`).waitFor();
    await press(page, copy.actions.save);
    await page.getByRole('heading', { name: title }).waitFor();
  }
  await page.getByLabel(copy.canned.search).fill('xin cho');
  await page.getByRole('heading', { name: 'Chào hỏi' }).waitFor({ state: 'detached' });
  await press(page, copy.canned.removeOf('Xin chờ'));
  await page.getByRole('dialog').getByText(copy.canned.removeText('doi')).waitFor();
  await press(page, copy.actions.remove);
  await page.getByText(copy.canned.noMatch).waitFor();
});

test('a session that is revoked in one browser ends in the other, which goes on where it was', async () => {
  const here = await visitAs(admin, '/me');
  const there = await visitAs(admin, '/accounts');
  await heading(there.page, copy.accounts.title).waitFor();
  await here.page.reload();
  await press(here.page, copy.sessions.revokeOthers);
  await press(here.page, copy.sessions.revoke);
  await here.page.getByText(copy.sessions.revokedOthers).waitFor();
  // Nothing has to be asked for: the desk says so.
  await there.page.getByText(copy.signIn.lost).waitFor();
  await there.signIn(admin);
  await heading(there.page, copy.accounts.title).waitFor();
});

test.each([
  ['a desk, light', { viewport: { width: 1280, height: 800 }, colorScheme: 'light' }],
  ['a phone, dark', { ...PHONE, colorScheme: 'dark' }],
] as const)('no fault on any screen: %s', async (_name, options) => {
  const opened = await visit('', options);
  const { page } = opened;
  const check = async (screen: string): Promise<void> => {
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect([screen, ...(await findFaults(page)), ...(wider > 0 ? [`${wider} px too wide`] : [])]).toEqual([
      screen,
    ]);
  };
  await heading(page, copy.signIn.title).waitFor();
  await check('sign in');
  await opened.signIn(admin);
  for (const [place, title] of [
    ['/me', copy.profile.title],
    ['/accounts', copy.accounts.title],
    ['/audit', copy.audit.title],
    ['/settings?tab=duty', copy.settings.title],
    ['/canned', copy.canned.title],
  ] as const) {
    await page.locator('.console-rail').waitFor({ state: 'attached' });
    await opened.open(place);
    await heading(page, title).waitFor();
    await page.waitForLoadState('networkidle');
    await check(place);
  }
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: copy.keyboard.title }).waitFor();
  await check('shortcuts');
});
