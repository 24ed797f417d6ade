/** The few forms of markdown that answers use, first as data, then as DOM nodes. Never as HTML text. */
import type { Copy } from './copy.vi.ts';
import { element } from './element.ts';
import { renderLink, renderNumbers } from './render-text.ts';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'image'; readonly src: string; readonly alt: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Inline[])[] };

/** A block whose text is still being gathered. `start` is null in a bullet list. */
type OpenBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; start: number | null; items: string[] };

const ITEM = /^\s{0,3}(?:(\d{1,9})\.|-)\s+(\S.*)$/;
/** An image is of this desk ("/…", but not "//host/…") or of an https address. */
const IMAGE = /!\[([^[\]]*)\]\(((?:https:\/|(?=\/[^\s()/]))\/[^\s()]+)\)/.source;
const BOLD = /\*\*(?=\S)(.+?)\*\*/.source;
const LINK = /\[([^[\]]+)\]\((https:\/\/[^\s()]+)\)/.source;
const FORMS = new RegExp(`${IMAGE}|${BOLD}|${LINK}`);

/** Paragraphs, "1." and "-" lists, **bold**, [text](https://…) and ![alt](…). Everything else stays the text it is. */
export function parseMarkdown(markdown: string): Block[] {
  const blocks: OpenBlock[] = [];
  let afterBlank = true;
  for (const line of markdown.split(/\r\n?|\n/)) {
    if (line.trim() === '') afterBlank = true;
    else {
      takeLine(blocks, line, afterBlank);
      afterBlank = false;
    }
  }
  return blocks.map((block) =>
    block.kind === 'paragraph'
      ? { kind: 'paragraph', children: parseInline(block.text) }
      : { kind: 'list', start: block.start, items: block.items.map(parseInline) },
  );
}

function takeLine(blocks: OpenBlock[], line: string, afterBlank: boolean): void {
  const last = blocks[blocks.length - 1];
  const item = ITEM.exec(line);
  if (item) {
    const start = item[1] === undefined ? null : Number(item[1]);
    const text = item[2] ?? '';
    if (last?.kind === 'list' && continues(last, start)) last.items.push(text);
    else blocks.push({ kind: 'list', start, items: [text] });
  } else if (last?.kind === 'list' && (!afterBlank || /^\s/.test(line))) {
    last.items.push(`${last.items.pop() ?? ''} ${line.trim()}`);
  } else if (last?.kind === 'paragraph' && !afterBlank) {
    last.text += ` ${line.trim()}`;
  } else {
    blocks.push({ kind: 'paragraph', text: line.trim() });
  }
}

function continues(list: { start: number | null }, start: number | null): boolean {
  return (list.start === null) === (start === null);
}

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let found = FORMS.exec(rest); found; found = FORMS.exec(rest)) {
    const [whole, alt, src, bold, label = '', href = ''] = found;
    if (found.index > 0) parts.push({ kind: 'text', text: rest.slice(0, found.index) });
    if (src !== undefined) parts.push({ kind: 'image', src, alt: alt ?? '' });
    else if (bold !== undefined) parts.push({ kind: 'strong', children: parseInline(bold) });
    else parts.push({ kind: 'link', href, children: parseInline(label) });
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest });
  return parts;
}

/** The text alone, for copying and for reading out. */
export function plainText(markdown: string): string {
  return parseMarkdown(markdown)
    .map((block) =>
      block.kind === 'paragraph'
        ? wordsOf(block.children)
        : block.items
            .map(
              (item, index) => `${block.start === null ? '-' : `${block.start + index}.`} ${wordsOf(item)}`,
            )
            .join('\n'),
    )
    .join('\n\n');
}

function wordsOf(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'image') return part.alt;
      const words = wordsOf(part.children);
      return part.kind === 'link' && !part.href.endsWith(words) ? `${words} (${part.href})` : words;
    })
    .join('');
}

export interface MarkdownOptions {
  readonly copy: Copy;
  readonly openImage: (src: string, alt: string) => void;
}

/** The answer's text as elements. */
export function renderMarkdown(markdown: string, options: MarkdownOptions): HTMLElement[] {
  return parseMarkdown(markdown).map((block) =>
    block.kind === 'paragraph'
      ? element('p', {}, ...renderParts(block.children, options))
      : renderList(block.start, block.items, options),
  );
}

function renderList(
  start: number | null,
  items: readonly (readonly Inline[])[],
  options: MarkdownOptions,
): HTMLElement {
  const lines = items.map((item) => element('li', {}, element('span', {}, ...renderParts(item, options))));
  if (start === null) return element('ul', { class: 'bullets', role: 'list' }, ...lines);
  // Safari takes a list without native markers for no list: hence the role.
  const list = element('ol', { class: 'steps', role: 'list', start: String(start) }, ...lines);
  list.style.counterReset = `step ${start - 1}`;
  return list;
}

function renderParts(parts: readonly Inline[], options: MarkdownOptions): Node[] {
  return parts.flatMap((part) => renderInline(part, options));
}

function renderInline(part: Inline, options: MarkdownOptions): Node[] {
  const { copy } = options;
  switch (part.kind) {
    case 'text':
      return renderNumbers(part.text, copy);
    case 'strong':
      return [element('strong', {}, ...renderParts(part.children, options))];
    case 'image':
      return [renderThumbnail(part.src, part.alt, options)];
    case 'link':
      // No links inside a link: its words stay as they are.
      return [renderLink(part.href, wordsOf(part.children), copy)];
  }
}

/** A picture that opens large when it is tapped. */
export function renderThumbnail(src: string, alt: string, { copy, openImage }: MarkdownOptions): HTMLElement {
  const image = element('img', { src, alt: '', loading: 'lazy', decoding: 'async' });
  const thumbnail = element(
    'button',
    { type: 'button', class: 'thumbnail', 'aria-label': copy.enlarge(alt || copy.image) },
    image,
  );
  thumbnail.addEventListener('click', () => openImage(src, alt || copy.image));
  return thumbnail;
}
