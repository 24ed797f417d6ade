/** Contacts and agents at once: the real desk with a corpus that trains in no time, real browsers on both sides. */
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { InboxPage } from '../../src/contracts/console.ts';
import type { DeskSettings, DeskSettingsView } from '../../src/contracts/desk-settings.ts';
import type { Role } from '../../src/contracts/permissions.ts';
import { copy } from '../../web-console/copy.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { type Chat, type ChatDesk, openChatDesk, PHONE } from './chat-page.ts';
import { type Console, visitConsole } from './console-page.ts';
import { ROOT } from './corpus.ts';
import type { DeskOptions } from './desk.ts';
import {
  callStaff,
  connectStaff,
  FIRST_ADMIN,
  makeAccount,
  type StaffAccount,
  signIn,
} from './staff-client.ts';

const words = copy.conversations;
/** Three browsers at once, and a desk that has just been away. */
const PATIENCE_MS = 30_000;

export interface LiveDesk {
  readonly desk: ChatDesk;
  readonly makeStaff: (name: string, role?: Role, skills?: readonly string[]) => Promise<StaffAccount>;
  /** A browser of somebody of the staff, signed in, at the inbox. */
  readonly sitDown: (who: StaffAccount) => Promise<Seat>;
  /** Changes some of the desk's settings. */
  readonly set: (change: Partial<DeskSettings>) => Promise<void>;
  /** Closes every conversation that waits or is held. */
  readonly closeAll: () => Promise<void>;
  /** A contact on a cheap phone. */
  readonly arrive: () => Promise<Chat>;
  readonly close: () => Promise<void>;
}

/** Somebody of the staff in front of the console. */
export interface Seat extends Console {
  readonly who: StaffAccount;
  readonly rows: Locator;
  /** Opens the first conversation that waits. */
  readonly openWaiting: () => Promise<void>;
  /** Opens the first conversation of one's own. */
  readonly openMine: () => Promise<void>;
  readonly press: (name: string) => Promise<void>;
  readonly say: (text: string) => Promise<void>;
  readonly field: Locator;
  readonly transcript: Locator;
  readonly sees: (text: string) => Promise<void>;
}

/** @param flags of the browser @param intents those that the bot knows beside the usual few @param options of the desk, besides */
export async function openLiveDesk({
  flags = [],
  intents = ['support.agent'],
  options = {},
}: {
  readonly flags?: readonly string[];
  readonly intents?: readonly string[];
  readonly options?: DeskOptions;
} = {}): Promise<LiveDesk> {
  const folder = await mkdtemp(path.join(tmpdir(), 'live-desk-'));
  await writeSmallCorpus(folder, intents);
  await symlink(path.join(ROOT, 'dist'), path.join(folder, 'dist'), 'dir');
  const desk = await openChatDesk(
    { root: folder, dataDir: path.join(folder, 'data'), firstAdmin: FIRST_ADMIN, ...options },
    flags,
  );
  const admin = await signIn(desk.url, FIRST_ADMIN.email, FIRST_ADMIN.password);

  return {
    desk,
    makeStaff: (name, role = 'agent', skills = []) =>
      makeAccount(desk.url, admin, { name, role, skills: [...skills] }),
    async sitDown(who) {
      const seat = await visitConsole(desk.browser, desk.url, '/inbox', {
        viewport: { width: 1280, height: 800 },
      });
      seat.page.setDefaultTimeout(PATIENCE_MS);
      await seat.signIn(who);
      await seat.page.locator('.console-rail').waitFor();
      return takeSeat(who, seat);
    },
    async set(change) {
      const { body } = await callStaff<DeskSettingsView>(desk.url, admin, 'GET', '/settings');
      const { revision, settings } = body;
      const saved = await callStaff(desk.url, admin, 'PUT', '/settings', {
        revision,
        settings: { ...settings, ...change },
      });
      if (saved.status !== 200) throw new Error(JSON.stringify(saved.body));
    },
    async closeAll() {
      const overseer = await connectStaff(desk.url, admin);
      for (const view of ['queue', 'all']) {
        const { body } = await callStaff<InboxPage>(desk.url, admin, 'GET', `/conversations?view=${view}`);
        for (const { id, status } of body.conversations)
          if (status === 'queued' || status === 'active') await overseer.finish(id);
      }
      overseer.close();
    },
    async arrive() {
      const chat = await desk.visit({ browser: PHONE });
      chat.page.setDefaultTimeout(PATIENCE_MS);
      return chat;
    },
    async close() {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function takeSeat(who: StaffAccount, seat: Console): Seat {
  const { page } = seat;
  const field = page.getByPlaceholder(words.composer.reply);
  const transcript = page.locator('.message .bubble, .note-text, .system-line');
  return {
    ...seat,
    who,
    rows: page.locator('.inbox-row'),
    field,
    transcript,
    openWaiting: () => openFirst(page, words.views.queue),
    openMine: () => openFirst(page, words.views.mine),
    press: (name) => pressButton(page, name),
    async say(text) {
      await field.fill(text);
      await field.press('Enter');
    },
    sees: (text) => transcript.filter({ hasText: text }).first().waitFor(),
  };
}

async function openFirst(page: Page, view: string): Promise<void> {
  const tab = page.locator('.inbox-view').filter({ hasText: view });
  await tab.click();
  await page.locator('.inbox-view[aria-current=page]').filter({ hasText: view }).waitFor();
  await page.locator('.inbox-row').first().click();
  await page.locator('.conversation-name').waitFor();
}

const pressButton = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).last().click();
