/** What the console asks before something goes to the citizen. */
import { describe, expect, test } from 'vitest';
import type { TicketActor, TicketEntryView } from '../../src/contracts/tickets.ts';
import { isUnreachable } from '../../web-console/features/tickets/contact-rules.ts';
import { findLaterReply, newestEntry } from '../../web-console/features/tickets/later-reply.ts';
import { sayRowAge } from '../../web-console/features/tickets/ticket-times.ts';
import { ticketRow } from './ticket-rows.ts';

const ME = 'a'.repeat(24);
const by = (id: string, name: string): TicketActor => ({ kind: 'staff', id, name });
const LAN = by('b'.repeat(24), 'Lan');

const entry = (id: number, change: Partial<TicketEntryView>): TicketEntryView => ({
  id,
  at: '2026-11-29T02:00:00.000Z',
  by: LAN,
  kind: 'reply',
  field: null,
  from: null,
  to: null,
  text: `lời ${id}`,
  quoted: '',
  attachments: [],
  via: 'web',
  ...change,
});

describe('a reply that a colleague sent meanwhile', () => {
  const history = [entry(1, {}), entry(2, {}), entry(3, { kind: 'status' })];

  test('is the newest one after what had been read', () => {
    expect(findLaterReply(history, 0, ME)).toEqual({ name: 'Lan', text: 'lời 2' });
    expect(findLaterReply(history, 1, ME)).toEqual({ name: 'Lan', text: 'lời 2' });
    expect(findLaterReply(history, newestEntry(history), ME)).toBeNull();
    expect(findLaterReply([], newestEntry([]), ME)).toBeNull();
  });

  test.each<[string, Partial<TicketEntryView>]>([
    ['a note', { kind: 'note' }],
    ['what the citizen adds', { kind: 'information', by: { kind: 'citizen' } }],
    ['a reply of one’s own', { by: by(ME, 'Tôi') }],
    ['what the desk says by itself', { by: { kind: 'desk' } }],
  ])('is not %s', (_, change) => {
    expect(findLaterReply([...history, entry(4, change)], 3, ME)).toBeNull();
  });
});

test.each([
  [{ name: 'Mai', phone: null, email: null }, true],
  [{ name: null, phone: '091•••• 678', email: null }, false],
  [{ name: null, phone: null, email: 'm•••@example.vn' }, false],
])('whoever left %o cannot be reached: %s', (contact, expected) => {
  expect(isUnreachable(ticketRow({ contact }))).toBe(expected);
});

test('a row says how old it is by the time that the list is sorted by', () => {
  const row = ticketRow({ createdAt: '2026-11-29T02:00:00.000Z', updatedAt: '2026-11-29T05:00:00.000Z' });
  const now = Date.parse('2026-11-29T05:10:00.000Z');
  expect(sayRowAge(row, 'updated', now)).toBe('cập nhật 10 phút trước');
  expect(sayRowAge(row, 'updated', Date.parse(row.updatedAt))).toBe('vừa cập nhật');
  expect(sayRowAge(row, 'created', now)).toBe('3 giờ trước');
});
