/** The lists of conversations: in the address bar, and kept as they are on the desk. */
import { expect, test } from 'vitest';
import { conversationStatus } from '../../src/contracts/chat.ts';
import {
  type ConversationRow,
  handoverReason,
  type InboxPage,
  inboxQuery,
  inboxView,
} from '../../src/contracts/console.ts';
import { scaleOf } from '../../web-console/features/board/hour-scale.ts';
import {
  countFilters,
  REASONS,
  readAddress,
  STATUSES,
  VIEWS,
  writeAddress,
} from '../../web-console/features/conversations/inbox-address.ts';
import {
  dropFromPages,
  movesRow,
  patchPages,
  rowsOf,
} from '../../web-console/features/conversations/inbox-pages.ts';
import { LAN, row } from './staff-messages.ts';

test.each([
  ['', { view: 'queue' }],
  ['?view=mine&q=th%E1%BA%BB', { view: 'mine', q: 'thẻ' }],
  ['?view=all&status=active&agent=none&reason=anger&from=2026-11-01', undefined],
  [`?view=closed&agent=${LAN.id}&skill=a&tag=b&to=2026-11-30`, undefined],
])('%s reads the same when it is written again', (search, expected) => {
  const filter = readAddress(new URLSearchParams(search));
  if (expected !== undefined) expect(filter).toEqual(expected);
  expect(readAddress(new URLSearchParams(writeAddress(filter)))).toEqual(filter);
  expect(inboxQuery.safeParse(filter).success).toBe(true);
});

test('leaves out of an address what makes no sense', () => {
  const filter = readAddress(new URLSearchParams('view=x&status=y&agent=z&from=today&q=+'));
  expect(filter).toEqual({ view: 'queue' });
  expect(countFilters(filter)).toBe(0);
});

test('knows the lists, states and reasons of the contract', () => {
  expect([VIEWS, STATUSES, REASONS]).toEqual([
    inboxView.options,
    conversationStatus.options,
    handoverReason.options,
  ]);
});

const page = (...rows: ConversationRow[]): InboxPage => ({
  conversations: rows.map((one) => ({ ...one, found: null })),
  tickets: [],
  cursor: null,
  counts: { queue: 0, mine: 0 },
});
const A = row({ id: 'a'.repeat(24), revision: 3, lastSeq: 5 });
const B = row({ id: 'b'.repeat(24) });
const PAGES = { pages: [page(A), page(B, A)], pageParams: [null, 'next'] };

test('a row that changed is changed in every page, and an older one changes nothing', () => {
  const newer = { ...A, status: 'active' as const, revision: 4 };
  const { pages } = patchPages(PAGES, newer);
  expect(pages.map((one) => one.conversations.map(({ status }) => status))).toEqual([
    ['active'],
    ['queued', 'active'],
  ]);
  expect(patchPages(PAGES, { ...A, revision: 2 })).toBe(PAGES);
  expect(patchPages(PAGES, { ...A, lastSeq: 4 })).toBe(PAGES);
});

test('a conversation that slipped from page to page is shown once, an erased one not at all', () => {
  expect(rowsOf(PAGES.pages).map(({ id }) => id)).toEqual([A.id, B.id]);
  expect(rowsOf(dropFromPages(PAGES, A.id).pages).map(({ id }) => id)).toEqual([B.id]);
  expect(dropFromPages(PAGES, 'c'.repeat(24))).toBe(PAGES);
});

test.each([
  ['a new message', { lastSeq: 6 }, false],
  ['a claim', { status: 'active', agent: LAN, queuedAt: null }, true],
  ['somebody joining', { joined: [LAN] }, true],
  ['a tag', { tags: ['x'] }, false],
] as const)('after %s the lists are read anew at once: %s → %s', (_, change, expected) => {
  expect(movesRow(A, { ...A, ...change })).toBe(expected);
});

test.each([
  [[], 1],
  [[3], 3],
  [[7, 4], 8],
  [[19], 20],
  [[120], 150],
])('the bars of %o are read against round numbers up to %d', (counts, top) => {
  const scale = scaleOf(counts);
  expect([scale.top, scale.steps[0], scale.steps.at(-1)]).toEqual([top, 0, top]);
});
