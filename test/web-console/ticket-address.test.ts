/** The list of tickets in the address bar. */
import { describe, expect, test } from 'vitest';
import { ticketFilter, ticketQuery } from '../../src/contracts/tickets.ts';
import {
  atView,
  KINDS,
  PRIORITIES,
  piecesOf,
  queryOf,
  readAddress,
  SORTS,
  SOURCES,
  STATUSES,
  type TicketAddress,
  VIEWS,
  withFilter,
  withoutFilters,
  withoutPiece,
  writeAddress,
} from '../../web-console/features/tickets/ticket-address.ts';

const AGENT = 'a'.repeat(24);
const read = (search: string): TicketAddress => readAddress(new URLSearchParams(search));

test.each<[string, TicketAddress]>([
  ['', { view: 'open', sort: 'updated' }],
  ['?view=mine&q=m%E1%BA%ADt+kh%E1%BA%A9u', { view: 'mine', sort: 'updated', q: 'mật khẩu' }],
  ['?view=callbacks', { view: 'callbacks', sort: 'promised' }],
  ['?view=callbacks&sort=created', { view: 'callbacks', sort: 'created' }],
  [
    '?view=all&status=new,waiting&priority=urgent',
    { view: 'all', sort: 'updated', status: ['new', 'waiting'], priority: ['urgent'] },
  ],
  [
    `?source=email&assignee=${AGENT}&category=Th%E1%BA%BB+BHYT&tag=vip&from=2026-11-01&to=2026-11-30`,
    {
      view: 'open',
      sort: 'updated',
      source: 'email',
      assignee: AGENT,
      category: 'Thẻ BHYT',
      tag: 'vip',
      from: '2026-11-01',
      to: '2026-11-30',
    },
  ],
])('%s is read, and written the same again', (search, address) => {
  expect(read(search)).toEqual(address);
  expect(writeAddress(address)).toBe(search);
});

test.each(['?view=nowhere', '?status=lost,', '?assignee=Lan', '?sort=color', '?from=yesterday', '?q=+++'])(
  'what makes no sense is left out: %s',
  (search) => {
    expect(read(search)).toEqual({ view: 'open', sort: 'updated' });
  },
);

test('the desk understands every query, and the lists of words are its own', () => {
  const address = read(
    `?view=overdue&q=abc&status=${STATUSES.join()}&kind=${KINDS.join()}&priority=${PRIORITIES.join()}&source=form&assignee=none&office=X&category=Y&tag=Z&from=2026-01-01&to=2026-01-02`,
  );
  expect(piecesOf(address)).toHaveLength(STATUSES.length + KINDS.length + PRIORITIES.length + 7);
  expect(ticketQuery.parse(queryOf(address))).toEqual({ ...address });
  const shape = ticketFilter.shape;
  expect(shape.view.parse(undefined)).toBe(VIEWS[0]);
  for (const view of VIEWS) for (const sort of SORTS) ticketQuery.parse({ view, sort });
  for (const source of SOURCES) shape.source.parse(source);
});

describe('narrowing down', () => {
  const address = read('?view=mine&q=abc&status=new,waiting&tag=vip');

  test('one piece of several is taken off', () => {
    expect(withoutPiece(address, 'status', 'new').status).toEqual(['waiting']);
    expect(withoutPiece(withoutPiece(address, 'status', 'new'), 'status', 'waiting')).not.toHaveProperty(
      'status',
    );
    expect(withoutPiece(address, 'tag', 'vip')).not.toHaveProperty('tag');
  });

  test('what is set to nothing is gone', () => {
    expect(withFilter(address, 'tag', '')).not.toHaveProperty('tag');
    expect(withFilter(address, 'status', [])).not.toHaveProperty('status');
    expect(withFilter(address, 'kind', ['callback']).kind).toEqual(['callback']);
  });

  test('another list keeps the words only', () => {
    expect(atView(address, 'callbacks')).toEqual({ view: 'callbacks', sort: 'promised', q: 'abc' });
    expect(withoutFilters(address)).toEqual({ view: 'mine', sort: 'updated', q: 'abc' });
  });
});
