/** The bubbles of what the desk says, by kind. */
import type { Bubble, LabelledValue } from '../../src/contracts/chat.ts';
import type { OfficeView } from '../../src/contracts/offices.ts';
import { mapHref, telHref } from '../../web-sync/place-links.ts';
import { deskUrl } from '../desk-api.ts';
import { button, element, icon, unseen } from '../element.ts';
import { plainText, renderMarkdown, renderThumbnail } from '../render-markdown.ts';
import type { ViewContext } from './context.ts';
import { ICONS } from './icons.ts';

export function renderBubble(bubble: Bubble, context: ViewContext): HTMLElement {
  switch (bubble.kind) {
    case 'text':
      return element('div', { class: 'bubble' }, ...renderMarkdown(bubble.markdown, context));
    case 'answer':
      return renderAnswer(bubble, context);
    case 'summary':
      return element('div', { class: 'bubble card' }, title(bubble.title), renderRows(bubble.rows));
    case 'ticket':
      return renderTicket(bubble, context);
    case 'offices':
      return element(
        'div',
        { class: 'bubble card' },
        ...bubble.offices.map((office) => renderOffice(office, context)),
      );
    case 'file':
      return renderFile(bubble, context);
    default:
      // A kind that this version does not know yet.
      return element('div', { class: 'bubble' });
  }
}

/** What a bubble says, in words alone. */
export function wordsOfBubble(bubble: Bubble, copy: ViewContext['copy']): string {
  switch (bubble.kind) {
    case 'text':
      return plainText(bubble.markdown);
    case 'answer':
      return wordsOfAnswer(bubble);
    case 'summary':
      return [bubble.title, ...wordsOfRows(bubble.rows)].join('\n');
    case 'ticket':
      return [`${bubble.title}: ${bubble.code}`, ...wordsOfRows(bubble.rows)].join('\n');
    case 'offices':
      return bubble.offices
        .map(({ name, address, phones, hours }) => {
          const calls = phones.map(({ number, extension }) => [
            number,
            ...(extension ? [copy.extension(extension)] : []),
          ]);
          return [name, address, ...calls.flat(), hours].filter(Boolean).join(', ');
        })
        .join('\n');
    case 'file':
      return bubble.name;
    default:
      return '';
  }
}

/** Where a file of the conversation is. */
export function fileUrl(url: string): string {
  return deskUrl(`api/v1/${url}`).href;
}

function renderFile(
  { url, name, type, size }: Extract<Bubble, { kind: 'file' }>,
  context: ViewContext,
): HTMLElement {
  const { copy } = context;
  if (type.startsWith('image/'))
    return element('div', { class: 'bubble picture' }, renderThumbnail(fileUrl(url), name, context));
  return element(
    'a',
    { class: 'bubble file', href: fileUrl(url), target: '_blank', rel: 'noopener' },
    icon(ICONS.file),
    element(
      'span',
      {},
      element('strong', {}, name),
      element('span', { class: 'size' }, `PDF, ${copy.files.size(size)}`),
    ),
    unseen(copy.opensNewTab),
  );
}

/** An answer of the FAQ, in a message or without one. */
export interface Titled {
  readonly title: string;
  readonly markdown: string;
  readonly sources: readonly string[];
}

export function wordsOfAnswer({ title, markdown }: Titled): string {
  return `${title}\n\n${plainText(markdown)}`;
}

export function renderAnswer(answer: Titled, context: ViewContext): HTMLElement {
  const { copy } = context;
  return element(
    'div',
    { class: 'bubble card' },
    title(answer.title),
    ...renderMarkdown(answer.markdown, context),
    element(
      'div',
      { class: 'below' },
      ...renderSources(answer.sources, context),
      button('quiet copy', copy.copy, () => context.copyText(wordsOfAnswer(answer)), icon(ICONS.copy)),
    ),
  );
}

function renderSources(sources: readonly string[], { copy }: ViewContext): HTMLElement[] {
  if (sources.length === 0) return [];
  const items = sources.map((source) => element('li', {}, source));
  return [
    element(
      'details',
      { class: 'sources' },
      element('summary', {}, copy.sources),
      element('ul', { class: 'bullets', role: 'list' }, ...items),
    ),
  ];
}

function renderTicket(ticket: Extract<Bubble, { kind: 'ticket' }>, context: ViewContext): HTMLElement {
  const { copy } = context;
  return element(
    'div',
    { class: 'bubble card ticket' },
    title(ticket.title),
    element('p', { class: 'code' }, unseen(`${copy.ticketCode}: `), element('strong', {}, ticket.code)),
    renderRows(ticket.rows),
    ...(ticket.url === undefined ? [] : [renderPageLink(ticket.url, context)]),
    button('quiet copy', copy.copyCode, () => context.copyText(ticket.code), icon(ICONS.copy)),
  );
}

/** Where the ticket is seen, added to and printed. */
function renderPageLink(url: string, { copy }: ViewContext): HTMLElement {
  return element(
    'div',
    { class: 'actions' },
    element(
      'a',
      { class: 'action', href: deskUrl(url).href, target: '_blank', rel: 'noopener' },
      icon(ICONS.file),
      element('span', {}, copy.openTicket),
      unseen(copy.opensNewTab),
    ),
  );
}

function renderOffice(office: OfficeView, { copy }: ViewContext): HTMLElement {
  const calls = office.phones.map(({ number, extension }) =>
    element(
      'a',
      { class: 'action', href: telHref(number) },
      icon(ICONS.phone),
      unseen(copy.call('')),
      element(
        'span',
        {},
        element('span', { class: 'whole' }, number),
        ...(extension ? [' ', element('span', { class: 'whole' }, `(${copy.extension(extension)})`)] : []),
      ),
    ),
  );
  const map = element(
    'a',
    {
      class: 'action',
      href: mapHref(office),
      target: '_blank',
      rel: 'noopener',
    },
    icon(ICONS.map),
    element('span', {}, copy.map),
    unseen(`: ${office.name}${copy.opensNewTab}`),
  );
  return element(
    'section',
    { class: 'office' },
    title(office.name),
    ...(office.distanceM === undefined
      ? []
      : [element('p', { class: 'soft' }, copy.distance(office.distanceM))]),
    ...(office.address ? [element('p', {}, office.address)] : []),
    ...(office.hours ? [element('p', { class: 'soft' }, copy.hours(office.hours))] : []),
    element('div', { class: 'actions' }, ...calls, map),
  );
}

function renderRows(rows: readonly LabelledValue[]): HTMLElement {
  return element(
    'dl',
    {},
    ...rows.map(({ label, value }) => element('div', {}, element('dt', {}, label), element('dd', {}, value))),
  );
}

function wordsOfRows(rows: readonly LabelledValue[]): string[] {
  return rows.map(({ label, value }) => `${label}: ${value}`);
}

function title(text: string): HTMLElement {
  return element('h3', {}, text);
}
