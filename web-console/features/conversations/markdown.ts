/** The few forms of markdown that bubbles use, as data: paragraphs, lists, **bold**, links and images. Never HTML. */

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly text: string }
  | { readonly kind: 'image'; readonly src: string; readonly alt: string };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  /** `start` is null in a bullet list. */
  | { readonly kind: 'list'; readonly start: number | null; readonly items: readonly (readonly Inline[])[] };

interface Gathered {
  /** undefined: a paragraph. */
  readonly start: number | null | undefined;
  readonly texts: string[];
}

const ITEM = /^\s{0,3}(?:(\d{1,9})\.|-)\s+(\S.*)$/;
/** An image is of this desk ("/…", but not "//host/…") or of an https address. */
const IMAGE = /!\[(?<alt>[^[\]]*)\]\((?<src>(?:https:\/|(?=\/[^\s()/]))\/[^\s()]+)\)/.source;
const BOLD = /\*\*(?=\S)(?<bold>.+?)\*\*/.source;
const LINK = /\[(?<label>[^[\]]+)\]\((?<href>https:\/\/[^\s()]+)\)/.source;
const FORMS = new RegExp(`${IMAGE}|${BOLD}|${LINK}`);

export function parseMarkdown(markdown: string): Block[] {
  const gathered: Gathered[] = [];
  let afterBlank = true;
  for (const line of markdown.split(/\r\n?|\n/)) {
    if (line.trim() !== '') takeLine(gathered, line, afterBlank);
    afterBlank = line.trim() === '';
  }
  return gathered.map(({ start, texts }) =>
    start === undefined
      ? { kind: 'paragraph', children: parseInline(texts.join(' ')) }
      : { kind: 'list', start, items: texts.map(parseInline) },
  );
}

function takeLine(gathered: Gathered[], line: string, afterBlank: boolean): void {
  const last = gathered.at(-1);
  const item = ITEM.exec(line);
  if (item) {
    const start = item[1] === undefined ? null : Number(item[1]);
    const text = item[2] ?? '';
    const goesOn = last?.start !== undefined && (last.start === null) === (start === null);
    if (last && goesOn) last.texts.push(text);
    else gathered.push({ start, texts: [text] });
  } else if (last && last.start !== undefined && (!afterBlank || /^\s/.test(line))) {
    last.texts.push(`${last.texts.pop() ?? ''} ${line.trim()}`);
  } else if (last && last.start === undefined && !afterBlank) {
    last.texts.push(line.trim());
  } else {
    gathered.push({ start: undefined, texts: [line.trim()] });
  }
}

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  for (let found = FORMS.exec(rest); found; found = FORMS.exec(rest)) {
    const { alt = '', src, bold, label = '', href = '' } = found.groups ?? {};
    if (found.index > 0) parts.push({ kind: 'text', text: rest.slice(0, found.index) });
    if (src !== undefined) parts.push({ kind: 'image', src, alt });
    else if (bold !== undefined) parts.push({ kind: 'strong', children: parseInline(bold) });
    else parts.push({ kind: 'link', href, text: label.replaceAll('**', '') });
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest !== '') parts.push({ kind: 'text', text: rest });
  return parts;
}

/** The words alone, as an agent would send them. */
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
    .filter((text) => text !== '')
    .join('\n\n');
}

function wordsOf(parts: readonly Inline[]): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      // A picture cannot be sent as words.
      if (part.kind === 'image') return '';
      if (part.kind === 'strong') return wordsOf(part.children);
      return part.href.endsWith(part.text) ? part.href : `${part.text} (${part.href})`;
    })
    .join('');
}
