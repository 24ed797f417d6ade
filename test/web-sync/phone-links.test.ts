import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findNumbers } from '../../web-sync/phone-links.ts';
import { telHref } from '../../web-sync/place-links.ts';

const links = (text: string): string[] =>
  findNumbers(text).flatMap((piece) => (typeof piece === 'string' ? [] : [`${piece.text} → ${piece.href}`]));

test.each([
  ['Gọi 1900 9068.', '1900 9068 → tel:19009068'],
  ['1900.9068', '1900.9068 → tel:19009068'],
  ['tổng đài 1800 599 920 nhé', '1800 599 920 → tel:1800599920'],
  ['số 0912345678', '0912345678 → tel:0912345678'],
  ['số 0912 345 678, gọi giờ nào cũng được', '0912 345 678 → tel:0912345678'],
  ['ĐT: (028) 39.979.039', '(028) 39.979.039 → tel:02839979039'],
  ['028.38920913 (nhánh 115)', '028.38920913 → tel:02838920913'],
  ['từ nước ngoài: +84 912 345 678', '+84 912 345 678 → tel:+84912345678'],
  ['gọi 0912345678 2 lần', '0912345678 → tel:0912345678'],
  ['soạn BH MK gửi 8079.', '8079 → sms:8079'],
])('%s', (text, link) => {
  expect(links(text)).toEqual([link]);
});

test.each([
  'CCCD 079123456789',
  'mã số BHXH 0123456789',
  'ngày 12.05.2025',
  'năm 1900',
  'phí 1.000 đồng',
  '595/QĐ-BHXH',
  '18079',
  '8079/2021',
  '1900,9068',
  'a1900 9068',
  'thẻ GD4797912345678',
])('no number to call: %s', (text) => {
  expect(links(text)).toEqual([]);
});

test('several numbers in one line', () => {
  expect(links('02838543385 hoặc 02838543392')).toHaveLength(2);
});

test('no letter is lost', () => {
  const piece = fc.constantFrom(
    '0912345678',
    '1900 9068',
    '8079',
    ' ',
    '.',
    '+84',
    '(028) ',
    '7',
    'gọi',
    '/',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (text) => {
        const shown = findNumbers(text).map((part) => (typeof part === 'string' ? part : part.text));
        expect(shown.join('')).toBe(text);
      },
    ),
  );
});

test('a number is dialled without what makes it readable', () => {
  expect(telHref('(028) 39.979.039')).toBe('tel:02839979039');
  expect(telHref('+84 28 3997')).toBe('tel:+84283997');
});
