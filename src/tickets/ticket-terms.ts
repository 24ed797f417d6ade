/** How tickets are filed, so that every list is one walk through an index. Pure. */
import type { TicketFilter, TicketView } from '../contracts/tickets.ts';
import { searchWords } from '../kernel/search-words.ts';
import { isOpen, isOverdue, type TicketSummary } from './ticket.ts';

const folded = (text: string): string => searchWords(text).join(' ').slice(0, 100);

/** The lists that a ticket stands in. */
export function termsOf(ticket: TicketSummary): string[] {
  const { status, kind, priority, source, assignee, category, office, tags } = ticket;
  const holder = assignee?.id ?? 'none';
  const always = ['all', `status:${status}`, `kind:${kind}`, `priority:${priority}`, `source:${source}`];
  return [
    ...always,
    `assignee:${holder}`,
    ...(category === null ? [] : [`category:${folded(category)}`]),
    ...(office === null ? [] : [`office:${folded(office)}`]),
    ...tags.map((tag) => `tag:${folded(tag)}`),
    ...(isOpen(ticket) ? ['open', `open:kind:${kind}`, `open:assignee:${holder}`] : []),
    ...(isOpen(ticket) && isOverdue(ticket) ? ['overdue'] : []),
  ];
}

/** @param account whose tickets `mine` are */
export function termOfView(view: TicketView, account: string): string {
  const terms: Readonly<Record<TicketView, string>> = {
    open: 'open',
    mine: `open:assignee:${account}`,
    unassigned: 'open:assignee:none',
    overdue: 'overdue',
    callbacks: 'open:kind:callback',
    all: 'all',
  };
  return terms[view];
}

export interface FilterTerms {
  /** The narrowest list, to be walked. */
  readonly main: string;
  /** What else must be so: one of each. */
  readonly others: readonly (readonly string[])[];
}

export function termsOfFilter(filter: TicketFilter, account: string): FilterTerms {
  const { view, status, kind, priority, source, assignee, office, category, tag } = filter;
  const group = (name: string, values: readonly string[] | undefined): string[] =>
    (values ?? []).map((value) => `${name}:${value}`);
  // The narrower ones first: few tickets have a certain tag, many a certain kind.
  const groups = [
    group('tag', tag === undefined ? [] : [folded(tag)]),
    group('office', office === undefined ? [] : [folded(office)]),
    group('assignee', assignee === undefined ? [] : [assignee]),
    group('category', category === undefined ? [] : [folded(category)]),
    group('status', status),
    [termOfView(view, account)],
    group('source', source === undefined ? [] : [source]),
    group('priority', priority),
    group('kind', kind),
  ].filter((terms) => terms.length > 0);
  const main = groups.find((terms) => terms.length === 1)!;
  return { main: main[0]!, others: groups.filter((terms) => terms !== main) };
}

const MOST_WORDS = 200;

/** What a ticket is found by. A code is found by either half, too. */
export function wordsOf({ code, content, name, phone, email }: TicketSummary): string[] {
  const whole = code.replace('-', '');
  const words = searchWords([code, whole, phone, name, email, content].join(' '));
  return [...new Set([...words, ...(email === null ? [] : [email.toLowerCase()])])].slice(0, MOST_WORDS);
}

/** What is looked for: an address and a number are one word, however the number is grouped. */
export function wordsOfQuery(q: string): string[] {
  if (/^\S+@\S+$/.test(q)) return [q.toLowerCase()];
  const isNumber = /^[+\d][\d\s.-]{7,}$/.test(q);
  return searchWords(isNumber ? q.replace(/[\s.-]/g, '').replace(/^\+84/, '0') : q);
}
