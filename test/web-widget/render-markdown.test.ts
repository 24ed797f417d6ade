import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Inline, parseMarkdown, plainText } from '../../web-widget/render-markdown.ts';

const text = (content: string): Inline => ({ kind: 'text', text: content });
const strong = (content: string): Inline => ({ kind: 'strong', children: [text(content)] });
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children });
const list = (start: number | null, ...items: string[]): Block => ({
  kind: 'list',
  start,
  items: items.map((item) => [text(item)]),
});

describe('paragraphs', () => {
  test('are parted by blank lines and joined over single breaks', () => {
    expect(parseMarkdown('một\nhai\r\n\r\n\nba')).toEqual([
      paragraph(text('một hai')),
      paragraph(text('ba')),
    ]);
  });

  test('of nothing are none', () => {
    expect(parseMarkdown(' \n\n')).toEqual([]);
  });

  test.each(['# Tiêu đề', '> trích', '| a | b |', '`mã`', '<b>đậm</b>'])(
    'keep what is not a known form: %s',
    (markdown) => {
      expect(parseMarkdown(markdown)).toEqual([paragraph(text(markdown))]);
    },
  );
});

describe('lists', () => {
  test('are numbered or bulleted, and may follow a paragraph at once', () => {
    expect(parseMarkdown('Làm:\n1. Mở\n2. Bấm\n\n- x\n- y')).toEqual([
      paragraph(text('Làm:')),
      list(1, 'Mở', 'Bấm'),
      list(null, 'x', 'y'),
    ]);
  });

  test('go on over blank lines and over the lines of an item', () => {
    expect(parseMarkdown('1. Mở\n   ứng dụng\n\n2. Bấm\n\n   nút')).toEqual([
      list(1, 'Mở ứng dụng', 'Bấm nút'),
    ]);
  });

  test('keep their first number after a paragraph between', () => {
    expect(parseMarkdown('1. a\n\nChờ.\n\n2. b')).toEqual([
      list(1, 'a'),
      paragraph(text('Chờ.')),
      list(2, 'b'),
    ]);
  });

  test.each(['1.000 đồng một tin', '-5 độ', '2021. ', '1)'])('do not begin with "%s"', (markdown) => {
    expect(parseMarkdown(markdown)[0]?.kind).toBe('paragraph');
  });
});

describe('within a line', () => {
  test('bold and links are read, also in each other', () => {
    expect(parseMarkdown('Bấm **Gửi** ở [**Cổng** mạng](https://a.vn/x?y=1).')).toEqual([
      paragraph(
        text('Bấm '),
        strong('Gửi'),
        text(' ở '),
        { kind: 'link', href: 'https://a.vn/x?y=1', children: [strong('Cổng'), text(' mạng')] },
        text('.'),
      ),
    ]);
    expect(parseMarkdown('**[Cổng](https://a.vn)**')).toEqual([
      paragraph({
        kind: 'strong',
        children: [{ kind: 'link', href: 'https://a.vn', children: [text('Cổng')] }],
      }),
    ]);
  });

  test('square brackets without an address are text', () => {
    expect(parseMarkdown('soạn **BH MK [mã số BHXH]** gửi')).toEqual([
      paragraph(text('soạn '), strong('BH MK [mã số BHXH]'), text(' gửi')),
    ]);
  });

  test.each([
    '[a](http://a.vn)',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '[a](//a.vn)',
    '[a](/api/docs)',
    '[a]( https://a.vn)',
    '[](https://a.vn)',
    'https://a.vn',
  ])('only https links are links: %s', (markdown) => {
    expect(parseMarkdown(markdown)).toEqual([paragraph(text(markdown))]);
  });

  test.each(['2 ** 3', '**mở mà không đóng', '****', '*nghiêng*'])('lone stars are text: %s', (markdown) => {
    expect(parseMarkdown(markdown)).toEqual([paragraph(text(markdown))]);
  });
});

describe('images', () => {
  test.each(['/media/the-bhyt.svg', 'https://a.vn/x.png?y=1'])(
    'come from this desk or from https: %s',
    (src) => {
      expect(parseMarkdown(`Xem ![thẻ BHYT](${src}) này`)).toEqual([
        paragraph(text('Xem '), { kind: 'image', src, alt: 'thẻ BHYT' }, text(' này')),
      ]);
    },
  );

  test.each([
    '![a](http://a.vn/x.png)',
    '![a](//a.vn/x.png)',
    '![a](javascript:alert(1))',
    '![a](data:image/png,x)',
  ])('from nowhere else: %s', (markdown) => {
    expect(parseMarkdown(markdown)).toEqual([paragraph(text(markdown))]);
  });
});

test('the words alone keep numbers, addresses and what a picture shows', () => {
  const markdown =
    'Mở **VssID**:\n\n2. Bấm [Cổng](https://a.vn)\n3. Chờ\n\n- [a.vn](https://a.vn)\n\n![Thẻ](/t.svg)';
  expect(plainText(markdown)).toBe('Mở VssID:\n\n2. Bấm Cổng (https://a.vn)\n3. Chờ\n\n- a.vn\n\nThẻ');
});

test('no letter is ever lost, and every link is https', () => {
  const piece = fc.constantFrom(
    '**',
    '[',
    ']',
    '(https://a.vn)',
    '1. ',
    '- ',
    '\n',
    '\n\n',
    ' ',
    'mở',
    'đ',
    '7',
  );
  const markdowns = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.array(piece).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(markdowns, (markdown) => {
      const marks = /^\s{0,3}\d+\.\s+|https:\/\/[^\s()]+|[^\p{L}]/gmu;
      const shown = parseMarkdown(markdown).flatMap((block) =>
        block.kind === 'list' ? block.items.flat() : block.children,
      );
      expect(shown.flatMap(wordsOf).join(' ').replace(marks, '')).toBe(markdown.replace(marks, ''));
    }),
  );
});

function wordsOf(part: Inline): string[] {
  if (part.kind === 'text') return [part.text];
  if (part.kind === 'image') return [part.alt];
  if (part.kind === 'link') expect(part.href).toMatch(/^https:\/\//);
  return part.children.flatMap(wordsOf);
}
