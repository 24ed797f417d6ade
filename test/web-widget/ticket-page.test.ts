/** The citizen's page of tickets: its weight, its words, and what it judges before anything is sent. */
import { readFile, stat } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../src/contracts/answers.ts';
import { ticketForm, ticketRating } from '../../src/contracts/citizen-tickets.ts';
import { complaintType, ticketKind, ticketStatus } from '../../src/contracts/tickets.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import { copy, STATIC_COPY } from '../../web-widget/ticket/copy.ts';
import { createDrafts } from '../../web-widget/ticket/drafts.ts';
import { MOST_CHARACTERS } from '../../web-widget/ticket/form-screen.ts';
import { readContact, readEmail, readPhone } from '../../web-widget/ticket/typed-contact.ts';

const WIDGET = new URL('../../web-widget/', import.meta.url);
const SCRIPT_BUDGET_BYTES = 20 * 1024;
const STYLES_BUDGET_BYTES = 4 * 1024;

test('the script weighs at most 20 KB gzip, the styles 4 KB', async () => {
  const { outputFiles } = await build({
    entryPoints: [new URL('ticket/ticket-page.ts', WIDGET).pathname],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2019',
    charset: 'utf8',
    write: false,
  });
  const styles = await readFile(new URL('public/ticket.css', WIDGET));
  expect(gzipSync(outputFiles[0]!.contents, { level: 6 }).length).toBeLessThanOrEqual(SCRIPT_BUDGET_BYTES);
  expect(gzipSync(styles, { level: 6 }).length).toBeLessThanOrEqual(STYLES_BUDGET_BYTES);
  expect((await stat(new URL('public/ticket.html', WIDGET))).size).toBeLessThan(4 * 1024);
}, 30_000);

describe('the words', () => {
  test('are those that ticket.html shows before the script runs', async () => {
    const html = await readFile(new URL('public/ticket.html', WIDGET), 'utf8');
    const said = [...html.matchAll(/>([^<]*\p{L}[^<]*)<|content="([^"]*[^\0-\x7f][^"]*)"/gu)];
    expect(said.map(([, between, attribute]) => between ?? attribute)).toEqual(Object.values(STATIC_COPY));
  });

  test('name every kind and state', () => {
    expect(Object.keys(copy.ticket.kinds).sort()).toEqual([...ticketKind.options].sort());
    expect(Object.keys(copy.ticket.complaintTypes).sort()).toEqual([...complaintType.options].sort());
    for (const status of ticketStatus.options) expect(copy.ticket.entries.status(status)).toBeTruthy();
  });

  test('do not call the reader "bạn"', () => {
    const words = (value: unknown): string[] =>
      typeof value === 'string'
        ? [value]
        : value instanceof Object
          ? Object.values(value).flatMap(words)
          : [];
    expect(
      words([copy, STATIC_COPY]).filter((sentence) => /(?<!\p{L})bạn(?!\p{L})/iu.test(sentence)),
    ).toEqual([]);
  });
});

describe('a form', () => {
  const draft = { key: 'key-of-it', content: 'Chờ lâu', name: '', phone: '', office: '' };

  test.each(copy.form.kinds.map(([kind]) => kind))('of a %s is what the contract takes', (kind) => {
    const isOther = kind === 'feedback' || kind === 'question';
    const sent = { ...draft, kind: isOther ? kind : 'complaint', complaintType: isOther ? null : kind };
    expect(ticketForm.safeParse({ ...sent, email: 'lan@example.vn' }).success).toBe(true);
  });

  test('takes as many characters as the contract, and a rating too', () => {
    expect(MOST_CHARACTERS).toBe(MAX_TEXT_LENGTH);
    expect(ticketRating.safeParse({ score: 5, comment: 'a'.repeat(1_000) }).success).toBe(true);
  });
});

describe('a contact that was typed', () => {
  test.each([
    ['0912345678', '0912345678'],
    ['0912 345 678', '0912345678'],
    ['0912.345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['(028) 3854 3385', '02838543385'],
    ['091234567', null],
    ['912345678', null],
    ['không có', null],
  ])('%j as a phone number is %j, as for the desk', (typed, number) => {
    expect(readPhone(typed)).toBe(number);
    const form = { key: 'key-of-it', kind: 'question', content: 'Hỏi', phone: typed };
    const taken = ticketForm.safeParse(form);
    expect(taken.success ? taken.data.phone : null).toBe(number);
  });

  test.each([
    [' lan.pham@example.vn ', 'lan.pham@example.vn'],
    ['lan@example', null],
    ['lan pham@example.vn', null],
    ['@example.vn', null],
  ])('%j as an address is %j', (typed, address) => {
    expect([readEmail(typed), readContact(typed)]).toEqual([address, address]);
  });
});

describe('what is being written', () => {
  const disk = new Map<string, string>();
  const storage = createBrowserStorage(
    () =>
      ({
        length: 0,
        key: () => null,
        getItem: (key: string) => disk.get(key) ?? null,
        setItem: (key: string, value: string) => disk.set(key, value),
        removeItem: (key: string) => disk.delete(key),
      }) as unknown as Storage,
  );

  test('comes back after a reload, each ticket its own', () => {
    const written = { key: 'key-of-it', tried: false, text: 'Thêm biên lai', files: [] };
    createDrafts(storage).information('PA-222222').set(written);
    const again = createDrafts(storage);
    expect(again.information('PA-222222').get()).toEqual(written);
    expect(again.information('PA-333333').get()).toBeNull();
    again.information('PA-222222').clear();
    expect(createDrafts(storage).information('PA-222222').get()).toBeNull();
  });

  test.each(['{', 'null', '7', '{"content":7}'])('is nothing where %s was stored', (damage) => {
    storage.set('vssid-ticket.form', damage);
    expect(createDrafts(storage).form.get()).toBeNull();
  });
});
