/** What stands on the screen of a conversation: lines, ready replies, markdown, times. */
import { expect, test } from 'vitest';
import type { CannedReply } from '../../src/contracts/canned.ts';
import { fillCanned, findCanned, slashQuery } from '../../web-console/features/conversations/canned.ts';
import {
  formatDay,
  formatMoment,
  formatSpan,
  formatTime,
} from '../../web-console/features/conversations/clock.ts';
import { formatSize } from '../../web-console/features/conversations/file-size.ts';
import { parseMarkdown, plainText } from '../../web-console/features/conversations/markdown.ts';
import { transcriptItems } from '../../web-console/features/conversations/transcript-items.ts';
import type { OutboxEntry } from '../../web-console/sync/outbox.ts';
import { CONVERSATION, fromAgent, message, note } from './staff-messages.ts';

const reply = (shortcut: string, title: string, text: string): CannedReply => ({
  id: shortcut,
  shortcut,
  title,
  text,
});
const REPLIES = [
  reply('chào', 'Chào đầu cuộc', 'Chào {khach}, em là {nhan_vien}.'),
  reply('đợi', 'Xin chờ', 'Anh/Chị chờ em tra cứu nhé.'),
  reply('otp', 'Không nhận được OTP', 'Anh/Chị kiểm tra sóng rồi xin lại mã.'),
  reply('kết', 'Chào cuối cuộc', 'Cảm ơn Anh/Chị.'),
];

test.each([
  ['', ['chào', 'đợi', 'kết', 'otp']],
  ['chao', ['chào', 'kết']],
  ['doi', ['đợi']],
  ['OTP', ['otp']],
  ['tra cuu', ['đợi']],
  ['nhận otp', ['otp']],
  ['zzz', []],
])('behind the slash, %o offers %o', (query, expected) => {
  expect(findCanned(REPLIES, query).map(({ shortcut }) => shortcut)).toEqual(expected);
});

test.each([
  ['/', ''],
  ['/chào', 'chào'],
  [' /chào', null],
  ['/a\nb', null],
  ['3/4', null],
])('%o looks for %o', (text, expected) => {
  expect(slashQuery(text)).toBe(expected);
});

test('fills in what it knows, and leaves other braces alone', () => {
  const values = { khach: 'chị Hoa', nhan_vien: 'Mai', gio: '10:30' };
  expect(fillCanned('{khach}: {nhan_vien} lúc {gio}, {khac}', values)).toBe('chị Hoa: Mai lúc 10:30, {khac}');
});

test('notes stand below what they are about, days between, and what is to be sent at the end', () => {
  const nextDay = new Date(Date.UTC(2026, 10, 28, 3)).toISOString();
  const pending = (clientId: string): OutboxEntry => ({
    clientId,
    account: 'mai',
    conversation: CONVERSATION,
    kind: 'reply',
    text: 'x',
    files: [],
    at: 1,
  });
  const items = transcriptItems(
    [message(1), fromAgent(2, undefined, 'sent'), message(3, { at: nextDay })],
    [note(2), note(3, { at: nextDay })],
    [pending('sent'), pending('waits')],
  );
  expect(items.map(({ key }) => key)).toEqual([
    'day 2026-11-27',
    'message 1',
    'sent',
    'note 2',
    'day 2026-11-28',
    'message 3',
    'note 3',
    'waits',
  ]);
});

test('notes on messages that are further up wait for those', () => {
  const items = transcriptItems([message(40), message(41)], [note(3), note(40)], []);
  expect(items.filter(({ kind }) => kind === 'note').map(({ key }) => key)).toEqual(['note 40']);
});

test('markdown becomes paragraphs, lists, bold, links and images, and nothing else', () => {
  const text =
    'Làm **hai bước**:\n\n1. Vào [trang](https://a.vn/x)\n2. Bấm\n   nút\n\n![Nút](/media/a.svg) <b>x</b>';
  expect(parseMarkdown(text)).toEqual([
    {
      kind: 'paragraph',
      children: [
        { kind: 'text', text: 'Làm ' },
        { kind: 'strong', children: [{ kind: 'text', text: 'hai bước' }] },
        { kind: 'text', text: ':' },
      ],
    },
    {
      kind: 'list',
      start: 1,
      items: [
        [
          { kind: 'text', text: 'Vào ' },
          { kind: 'link', href: 'https://a.vn/x', text: 'trang' },
        ],
        [{ kind: 'text', text: 'Bấm nút' }],
      ],
    },
    {
      kind: 'paragraph',
      children: [
        { kind: 'image', src: '/media/a.svg', alt: 'Nút' },
        { kind: 'text', text: ' <b>x</b>' },
      ],
    },
  ]);
  expect(plainText(text)).toBe('Làm hai bước:\n\n1. Vào trang (https://a.vn/x)\n2. Bấm nút\n\n <b>x</b>');
});

test.each(['[x](javascript:alert(1))', '![x](//elsewhere.vn/a.png)', '![x](data:image/png;base64,AA)'])(
  '%s stays text',
  (text) => {
    expect(parseMarkdown(text)).toEqual([{ kind: 'paragraph', children: [{ kind: 'text', text }] }]);
  },
);

test.each([
  [-5, '0 giây'],
  [59_999, '59 giây'],
  [60_000, '1 phút'],
  [3_600_000, '1 giờ'],
  [3_900_000, '1 giờ 5 phút'],
  [90_000_000, '1 ngày'],
])('%d ms are %s', (ms, expected) => {
  expect(formatSpan(ms)).toBe(expected);
});

test('times are those of Việt Nam', () => {
  const now = Date.UTC(2026, 10, 28, 17, 30);
  expect(formatTime(now)).toBe('00:30');
  expect(formatDay(now, now)).toBe('Hôm nay');
  expect(formatDay(Date.UTC(2026, 10, 28, 16), now)).toBe('Hôm qua');
  expect(formatMoment(Date.UTC(2026, 10, 28, 16), now)).toBe('28/11');
});

test.each([
  [10, '1 KB'],
  [340_000, '340 KB'],
  [1_250_000, '1,3 MB'],
])('%d bytes are %s', (bytes, expected) => {
  expect(formatSize(bytes)).toBe(expected);
});
