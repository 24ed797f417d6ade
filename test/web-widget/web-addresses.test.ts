import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAddresses } from '../../web-widget/web-addresses.ts';

const links = (text: string): string[] =>
  findAddresses(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.href]));

test.each([
  ['xem https://vssid.gov.vn/huong-dan.', ['https://vssid.gov.vn/huong-dan']],
  ['(http://a.vn/x?y=1&z=2)', ['http://a.vn/x?y=1&z=2']],
  ['vào www.baohiemxahoi.gov.vn, rồi', ['https://www.baohiemxahoi.gov.vn']],
  [
    'dichvucong.gov.vn và dichvucong.baohiemxahoi.gov.vn/p',
    ['https://dichvucong.gov.vn', 'https://dichvucong.baohiemxahoi.gov.vn/p'],
  ],
  ['https://a.vn\nhttps://b.vn', ['https://a.vn', 'https://b.vn']],
  ['thư về lienhe@vss.gov.vn nhé', []],
  ['https:// và www. và https://x', []],
  ['javascript:alert(1) data:text/html,x', []],
  ['giờ 8.30, phiên bản 1.2.3', []],
])('finds the addresses in %s', (text, found) => {
  expect(links(text)).toEqual(found);
});

test('none of the text is lost', () => {
  const piece = fc.constantFrom('https://', 'www.', 'a.gov.vn', '.', ' ', '(', ')', 'x', '\n', '@', '/');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const text = pieces.join('');
      const whole = findAddresses(text).map((one) => (typeof one === 'string' ? one : one.text));
      expect(whole.join('')).toBe(text);
    }),
  );
});
