/** How tickets are filed, so that every list is one walk through an index. Pure. */
import type { TicketFilter, TicketView } from '../contracts/tickets.ts';
import { searchWords } from '../kernel/search-words.ts';
import { isOpen, isOverdue, type TicketSummary } from './ticket.ts';

function folded<Text extends string | undefined>(text: Text): Text {
  return text === undefined ? text : (searchWords(text).join(' ').slice(0, 100) as Text);
}

/** The lists that a ticket stands in: one for each of its marks, and for marks that are often asked for together. */
export function termsOf(ticket: TicketSummary): string[] {
  const { status, kind, priority, source, assignee, category, office, tags } = ticket;
  const holder = `assignee:${assignee?.id ?? 'none'}`;
  const kept = category === null ? [] : [`category:${folded(category)}`];
  const [ofStatus, ofKind, ofPriority] = [`status:${status}`, `kind:${kind}`, `priority:${priority}`];
  const ofOpen = [ofKind, ofPriority, `source:${source}`, holder, ...kept];
  return [
    'all',
    ofStatus,
    ...ofOpen,
    pair(ofStatus, ofKind),
    pair(ofStatus, ofPriority),
    pair(ofKind, ofPriority),
    pair(pair(ofStatus, ofKind), ofPriority),
    ...(office === null ? [] : [`office:${folded(office)}`]),
    ...tags.map((tag) => `tag:${folded(tag)}`),
    ...(isOpen(ticket) ? ['open', ...ofOpen.map((term) => pair('open', term))] : []),
    ...(isOpen(ticket) && isOverdue(ticket) ? ['overdue'] : []),
  ];
}

const pair = (one: string, other: string): string => `${one} ${other}`;

/** @param account whose tickets `mine` are */
export function termOfView(view: TicketView, account: string): string {
  const terms: Readonly<Record<TicketView, string>> = {
    open: 'open',
    mine: pair('open', `assignee:${account}`),
    unassigned: pair('open', 'assignee:none'),
    overdue: 'overdue',
    callbacks: pair('open', 'kind:callback'),
    all: 'all',
  };
  return terms[view];
}

/**
 * Of each list what is asked for: a ticket must stand in one of each. Those that are likely to be short come first; where
 * there is a list for several marks together, it stands for them all.
 */
export function listsOfFilter(filter: TicketFilter, account: string): readonly (readonly string[])[] {
  const { view, status, kind, priority, source, assignee, office, category, tag } = filter;
  const group = (name: string, values: readonly string[] | undefined): string[] =>
    (values ?? []).map((value) => `${name}:${value}`);
  const only = (name: string, value: string | undefined): string[] =>
    group(name, value === undefined ? [] : [value]);
  const kinds = group('kind', kind);
  const priorities = group('priority', priority);
  const marks = combine([group('status', status), kinds, priorities]);
  const few = [only('assignee', assignee), only('category', folded(category)), only('source', source)];
  const fewest = [only('tag', folded(tag)), only('office', folded(office))];
  if (view !== 'open') return given([...fewest, ...few, marks, [termOfView(view, account)]]);
  // Those of which there is a list among the open ones.
  const isPaired = marks === kinds || marks === priorities;
  const among = given([...few, ...(isPaired ? [marks] : [])]).map((terms) => combine([['open'], terms]));
  const open = among.length > 0 ? among : [['open']];
  return given([...fewest, ...open, isPaired ? [] : marks]);
}

const given = (lists: readonly (readonly string[])[]) => lists.filter((terms) => terms.length > 0);

/** One of each list, all ways of taking them; what is not asked for is left out. */
function combine(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = given(lists);
  return others.reduce((all, terms) => all.flatMap((one) => terms.map((term) => pair(one, term))), first);
}

const MOST_WORDS = 200;

/**
 * What a ticket is found by; open ones, which are few, a second time among themselves. A code is found by either half,
 * too.
 */
export function wordsOf(ticket: TicketSummary): string[] {
  const { code, content, name, phone, email } = ticket;
  const whole = code.replace('-', '');
  const all = searchWords([code, whole, phone, name, email, content].join(' '));
  const words = [...new Set([...(email === null ? [] : [email.toLowerCase()]), ...all])].slice(0, MOST_WORDS);
  return isOpen(ticket) ? [...words, ...words.map((word) => amongOpen(word, true))] : words;
}

/** A word as it stands in the index. */
export function amongOpen(word: string, isOpenOnly: boolean): string {
  return isOpenOnly ? `open ${word}` : word;
}

/** What is looked for: an address and a number are one word, however the number is grouped. */
export function wordsOfQuery(q: string): string[] {
  if (/^\S+@\S+$/.test(q)) return [q.toLowerCase()];
  const isNumber = /^[+\d][\d\s.-]{7,}$/.test(q);
  return searchWords(isNumber ? q.replace(/[\s.-]/g, '').replace(/^\+84/, '0') : q);
}
