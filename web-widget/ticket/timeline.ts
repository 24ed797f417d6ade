/** What was said and done, oldest first: replies, what the citizen added, calls. */
import type { CitizenTicket } from '../../src/contracts/citizen-tickets.ts';
import { deskUrl } from '../desk-api.ts';
import { element, icon, unseen } from '../element.ts';
import { renderTyped } from '../render-text.ts';
import { ICONS } from '../views/icons.ts';
import { copy } from './copy.ts';
import { momentOf } from './moments.ts';

const words = copy.ticket;
type Entry = CitizenTicket['timeline'][number];

export function renderTimeline({ timeline }: CitizenTicket): HTMLElement {
  return element(
    'section',
    { class: 'card', 'aria-labelledby': 'timeline' },
    element('h3', { id: 'timeline' }, words.timeline),
    element('ol', { class: 'timeline', role: 'list' }, ...timeline.map(renderEntry)),
  );
}

function renderEntry(entry: Entry): HTMLElement {
  return element(
    'li',
    { class: `entry-${entry.kind}` },
    element('p', { class: 'who' }, element('strong', {}, sayWhat(entry))),
    element('p', { class: 'when' }, momentOf(entry.at)),
    // What was sent first stands above.
    ...(entry.text === '' || entry.kind === 'created'
      ? []
      : [element('p', { class: 'said' }, ...renderTyped(entry.text, copy))]),
    ...entry.attachments.map(renderFile),
  );
}

function sayWhat({ kind, by, status }: Entry): string {
  const { entries } = words;
  switch (kind) {
    case 'reply':
      return entries.reply(by);
    case 'status':
      return entries.status(status);
    default:
      return entries[kind];
  }
}

function renderFile({ url, name, type, size }: Entry['attachments'][number]): HTMLElement {
  const href = deskUrl(`api/v1/${url}`).href;
  const isPicture = type.startsWith('image/');
  return element(
    'a',
    { class: 'file', href, target: '_blank', rel: 'noopener' },
    isPicture ? element('img', { src: href, alt: '', loading: 'lazy', decoding: 'async' }) : icon(ICONS.file),
    element('span', {}, name, element('span', { class: 'when' }, ` ${copy.files.size(size)}`)),
    unseen(copy.opensNewTab),
  );
}
