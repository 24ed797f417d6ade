/** What the console says of tickets. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import type { DeadlineView, TicketActor, TicketEntryView } from '../../src/contracts/tickets.ts';
import {
  nextDeadline,
  sayAmount,
  sayDeadline,
  shareOf,
  workdayOf,
} from '../../web-console/features/tickets/deadlines.ts';
import { sayEntry } from '../../web-console/features/tickets/entry-words.ts';
import { readCode } from '../../web-console/features/tickets/read-code.ts';
import { sayStretch } from '../../web-console/features/tickets/ticket-times.ts';
import { deadline } from './ticket-rows.ts';

const WORKDAY = 420;
const NOW = Date.parse('2026-11-30T04:00:00Z');
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

test.each<[Partial<DeadlineView>, string, string]>([
  [{ usedMinutes: 419.5 }, 'còn dưới 1 phút làm việc', 'calm'],
  [{ usedMinutes: 380, state: 'warned' }, 'còn 40 phút làm việc', 'soon'],
  [{ usedMinutes: 240 }, 'còn 3 giờ làm việc', 'calm'],
  [{ limitMinutes: 900, usedMinutes: 90 }, 'còn 13 giờ làm việc', 'calm'],
  [{ limitMinutes: 4_200, usedMinutes: 0 }, 'còn 10 ngày làm việc', 'calm'],
  // Read half an hour ago.
  [{ usedMinutes: 380, dueAt: ago(-10) }, 'còn 10 phút làm việc', 'calm'],
  // The desk has not looked yet.
  [{ dueAt: ago(61) }, 'quá hạn 1 giờ', 'late'],
  [{ state: 'breached', dueAt: ago(0) }, 'quá hạn 1 phút', 'late'],
  [{ state: 'breached', dueAt: ago(150) }, 'quá hạn 2 giờ', 'late'],
  [{ state: 'breached', dueAt: ago(3 * 1_440 + 5) }, 'quá hạn 3 ngày', 'late'],
  [{ state: 'breached', dueAt: null, usedMinutes: 540 }, 'quá hạn 2 giờ', 'late'],
  [{ state: 'paused', dueAt: null }, 'tạm dừng', 'still'],
  [{ state: 'met', dueAt: null }, 'đúng hạn', 'still'],
  [{ state: 'missed', dueAt: null }, 'trễ hạn', 'late'],
])('of a deadline %o it says "%s"', (change, text, tone) => {
  expect(sayDeadline(deadline(change), NOW, WORKDAY)).toEqual({ text, tone });
});

test('the first answer counts until it was given', () => {
  const firstResponse = deadline({ state: 'breached' });
  const resolution = deadline({ state: 'warned' });
  expect(nextDeadline({ firstResponse, resolution }).name).toBe('firstResponse');
  expect(nextDeadline({ firstResponse: deadline({ state: 'missed' }), resolution }).name).toBe('resolution');
});

test('a working day is as long as the calendar says', () => {
  const { duty } = DEFAULT_SETTINGS;
  expect(workdayOf({ ...duty, enabled: true })).toBe(420);
  expect(workdayOf(duty)).toBe(420);
  expect(workdayOf(undefined)).toBe(480);
});

test('a bar is never longer than its limit, and says both in the same unit', () => {
  expect([90, 4_200, 40].map(sayAmount)).toEqual(['1,5 giờ', '70 giờ', '40 phút']);
  expect(shareOf(deadline({ usedMinutes: 105 }))).toBe(0.25);
  expect(shareOf(deadline({ usedMinutes: 9_999 }))).toBe(1);
});

describe('the history', () => {
  const lan: TicketActor = { kind: 'staff', id: 'lan', name: 'Lan' };
  const entry = (change: Partial<TicketEntryView>): TicketEntryView => ({
    id: 1,
    at: ago(0),
    by: lan,
    kind: 'field',
    field: null,
    from: null,
    to: null,
    text: '',
    quoted: '',
    attachments: [],
    via: null,
    ...change,
  });
  test.each<[Partial<TicketEntryView>, string | null]>([
    [{ field: 'priority', from: 'normal', to: 'high' }, 'Lan đổi mức ưu tiên: Thường → Cao'],
    [{ field: 'assign', to: 'Minh' }, 'Lan đặt người xử lý: Minh'],
    [{ field: 'tags', from: 'vip', to: '' }, 'Lan bỏ thẻ: vip'],
    [{ field: 'contact' }, 'Lan đổi liên hệ'],
    [{ kind: 'status', from: 'new', to: 'waiting' }, 'Lan đổi trạng thái: Mới → Chờ người dân'],
    [{ kind: 'call', to: 'no-answer' }, 'Lan gọi điện: Không nghe máy'],
    [{ kind: 'merge', to: 'PA-7K3F9Q' }, 'Lan gộp phiếu này vào PA-7K3F9Q'],
    [{ kind: 'merge', from: 'PA-7K3F9Q' }, 'Lan gộp phiếu PA-7K3F9Q vào đây'],
    [
      { kind: 'deadline', from: 'firstResponse', to: 'breached', by: { kind: 'desk' } },
      'Quá hạn phản hồi đầu',
    ],
    [{ kind: 'deadline', from: 'resolution', to: 'warned', by: { kind: 'desk' } }, 'Sắp hết hạn giải quyết'],
    [{ kind: 'rating', to: '4', by: { kind: 'citizen' } }, 'Người dân chấm 4/5'],
    [{ kind: 'created', by: { kind: 'citizen' } }, 'Người dân tạo phiếu'],
    [{ kind: 'reply', text: 'Chào anh' }, null],
    [{ kind: 'information', by: { kind: 'citizen' } }, null],
  ])('of %o says "%s"', (change, text) => {
    expect(sayEntry(entry(change), 'minh')).toBe(text);
  });

  test('calls oneself "Bạn"', () => {
    expect(sayEntry(entry({ kind: 'erasure' }), 'lan')).toBe('Bạn xóa dữ liệu cá nhân');
  });
});

test.each([
  ['pa-7k3f9q', 'PA-7K3F9Q'],
  ['PA 7K3F9Q', 'PA-7K3F9Q'],
  ['GL-7K3F9Q', 'GL-7K3F9Q'],
  ['PA-7K3F9', null],
  ['XX-7K3F9Q', null],
])('the code in "%s" is %s', (typed, code) => {
  expect(readCode(typed)).toBe(code);
});

test.each([
  ['2026-11-30T01:00:00Z', '2026-11-30T04:30:00Z', '30/11 08:00 – 11:30'],
  ['2026-11-30T06:30:00Z', '2026-12-01T04:30:00Z', '30/11 13:30 – 01/12 11:30'],
])('the stretch from %s to %s is "%s"', (from, to, text) => {
  expect(sayStretch({ from, to })).toBe(text);
});
