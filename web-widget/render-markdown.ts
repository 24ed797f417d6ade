/** The few forms of markdown that answers use, first as data, then as DOM nodes. Never as HTML text. */
import { COPY } from './copy.vi.ts';
import { element, unseen } from './element.ts';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Inline[])[] };

/** A block whose text is still being gathered. `start` is null in a bullet list. */
type OpenBlock =
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; start: number | null; items: string[] };

const ITEM = /^\s{0,3}(?:(\d{1,9})\.|-)\s+(\S.*)$/;
const BOLD_OR_LINK = /\*\*(?=\S)(.+?)\*\*|\[([^[\]]+)\]\((https:\/\/[^\s()]+)\)/;

/** Paragraphs, "1." and "-" lists, **bold** and [text](https://…). Everything else stays the text it is. */
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
  for (let found = BOLD_OR_LINK.exec(rest); found; found = BOLD_OR_LINK.exec(rest)) {
    const [whole, bold, label = '', href = ''] = found;
    if (found.index > 0) parts.push({ kind: 'text', text: rest.slice(0, found.index) });
    parts.push(
      bold === undefined
        ? { kind: 'link', href, children: parseInline(label) }
        : { kind: 'strong', children: parseInline(bold) },
    );
    rest = rest.slice(found.index + whole.length);
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest });
  return parts;
}

/** The answer's text as elements. */
export function renderMarkdown(markdown: string): HTMLElement[] {
  return parseMarkdown(markdown).map((block) =>
    block.kind === 'paragraph'
      ? element('p', {}, ...block.children.map(renderInline))
      : renderList(block.start, block.items),
  );
}

function renderList(start: number | null, items: readonly (readonly Inline[])[]): HTMLElement {
  const lines = items.map((item) => element('li', {}, element('span', {}, ...item.map(renderInline))));
  if (start === null) return element('ul', { class: 'bullets', role: 'list' }, ...lines);
  // Safari takes a list without native markers for no list: hence the role.
  const list = element('ol', { class: 'steps', role: 'list', start: String(start) }, ...lines);
  list.style.counterReset = `step ${start - 1}`;
  return list;
}

function renderInline(part: Inline): Node {
  if (part.kind === 'text') return document.createTextNode(part.text);
  const children = part.children.map(renderInline);
  if (part.kind === 'strong') return element('strong', {}, ...children);
  const attributes = { href: part.href, target: '_blank', rel: 'noopener' };
  return element('a', attributes, ...children, unseen(COPY.opensNewTab));
}
