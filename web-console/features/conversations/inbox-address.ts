/** The inbox in the address bar: which list, what is looked for, what is left out. */

import type { ConversationStatus } from '../../../src/contracts/chat.ts';
import type { HandoverReason, InboxQuery, InboxView } from '../../../src/contracts/console.ts';

export const VIEWS: readonly InboxView[] = ['queue', 'mine', 'all', 'closed'];
export const STATUSES: readonly ConversationStatus[] = ['bot', 'queued', 'active', 'closed'];
export const REASONS: readonly HandoverReason[] = [
  'asked',
  'unsure',
  'anger',
  'repeated',
  'negative-feedback',
  'marked-intent',
  'flow-failed',
];
export const FILTERS = ['status', 'agent', 'reason', 'skill', 'tag', 'from', 'to'] as const;
export type FilterName = (typeof FILTERS)[number];
export type InboxFilter = Omit<InboxQuery, 'cursor'>;

const FORMS: Readonly<Record<FilterName, (value: string) => boolean>> = {
  status: (value) => (STATUSES as readonly string[]).includes(value),
  reason: (value) => (REASONS as readonly string[]).includes(value),
  agent: (value) => /^([0-9a-f]{24}|none)$/.test(value),
  skill: (value) => value.length <= 40,
  tag: (value) => value.length <= 40,
  from: (value) => /^\d{4}-\d\d-\d\d$/.test(value),
  to: (value) => /^\d{4}-\d\d-\d\d$/.test(value),
};

/** Whatever in the address makes no sense is left out. */
export function readAddress(search: URLSearchParams): InboxFilter {
  const view = VIEWS.find((name) => name === search.get('view')) ?? 'queue';
  const q = search.get('q')?.trim().slice(0, 200) ?? '';
  const filters = FILTERS.flatMap((name) => {
    const value = search.get(name) ?? '';
    return value !== '' && FORMS[name](value) ? [[name, value] as const] : [];
  });
  return { view, ...(q === '' ? {} : { q }), ...Object.fromEntries(filters) };
}

/** `?view=mine&q=…`, without what goes without saying. */
export function writeAddress(filter: InboxFilter): string {
  const search = new URLSearchParams();
  if (filter.view !== 'queue') search.set('view', filter.view);
  if (filter.q) search.set('q', filter.q);
  for (const name of FILTERS) {
    const value = filter[name];
    if (value) search.set(name, value);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

export function countFilters(filter: InboxFilter): number {
  return FILTERS.filter((name) => filter[name] !== undefined).length;
}
