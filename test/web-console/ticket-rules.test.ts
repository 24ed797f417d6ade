/** What the console may offer to do with tickets, and what becomes of its lists. */
import { describe, expect, test } from 'vitest';
import { type TicketOutcome, type TicketRow, ticketChange } from '../../src/contracts/tickets.ts';
import { listTransitions } from '../../src/tickets/ticket-status.ts';
import { runBulk } from '../../web-console/features/tickets/bulk-run.ts';
import { nextActsOf } from '../../web-console/features/tickets/next-acts.ts';
import { STATUSES, type TicketAddress } from '../../web-console/features/tickets/ticket-address.ts';
import { fits, patchPages, placeInColumn, rowsOf } from '../../web-console/features/tickets/ticket-pages.ts';
import { changeTo, targetsOf } from '../../web-console/features/tickets/transitions.ts';
import { deadline, ticketRow } from './ticket-rows.ts';

const ME = 'a'.repeat(24);
const LAN = { id: 'b'.repeat(24), name: 'Lan' };

test('a column takes exactly the cards that the desk would let into its state', () => {
  const outcomes: readonly (TicketOutcome | null)[] = [null, 'solved', 'rejected', 'merged', 'erased'];
  for (const status of STATUSES)
    for (const outcome of outcomes)
      expect(targetsOf({ status, outcome })).toEqual(listTransitions({ status, outcome }));
});

test('every move that is offered is a change that the desk knows', () => {
  for (const status of STATUSES)
    for (const to of STATUSES) {
      const change = changeTo({ status, outcome: null }, to);
      expect(change !== null).toBe(targetsOf({ status, outcome: null }).includes(to));
      if (change !== null) expect(ticketChange.parse(change)).toEqual(change);
    }
  expect(changeTo({ status: 'closed', outcome: 'solved' }, 'in_progress')).toEqual({
    kind: 'reopen',
    reason: '',
  });
  expect(changeTo({ status: 'waiting', outcome: null }, 'in_progress')).toEqual({ kind: 'start' });
});

test.each<[string, Partial<TicketRow>, string]>([
  ['nobody has yet', {}, 'take'],
  ['that is mine and new', { assignee: { id: ME, name: 'Tôi' } }, 'start'],
  ['under way', { status: 'in_progress', assignee: LAN }, 'resolve'],
  ['that waits for the citizen', { status: 'waiting', assignee: LAN }, 'resume'],
  ['to be called back', { kind: 'callback', status: 'in_progress', assignee: LAN }, 'call'],
  ['that is over', { status: 'closed', outcome: 'solved', assignee: LAN }, 'reopen'],
])('the first thing to do with a ticket %s is offered first', (_what, change, act) => {
  const row = ticketRow(change);
  const acts = nextActsOf({ ...row, transitions: listTransitions(row) }, ME);
  expect(acts.usual[0]).toBe(act);
  expect(acts.seldom.filter((name) => acts.usual.includes(name))).toEqual([]);
});

test('nothing is left to do with a ticket that was merged', () => {
  const row = ticketRow({ status: 'closed', outcome: 'merged' });
  expect(nextActsOf({ ...row, transitions: listTransitions(row) }, ME)).toEqual({ usual: [], seldom: [] });
});

describe('lists that were read', () => {
  const first = ticketRow();
  const second = ticketRow({ code: 'PA-222222' });
  const data = {
    pages: [
      { tickets: [first], cursor: 'c' },
      { tickets: [second, first], cursor: null },
    ],
    pageParams: [null, 'c'],
  };

  test('show each ticket once', () => {
    expect(rowsOf(data.pages).map(({ code }) => code)).toEqual([first.code, second.code]);
  });

  test('take a newer row in its place, and leave an older one', () => {
    const newer = { ...second, status: 'resolved' as const, revision: 2 };
    expect(rowsOf(patchPages(data, newer).pages)[1]).toEqual(newer);
    expect(patchPages(data, { ...second, revision: 1 })).toBe(data);
    expect(patchPages(data, ticketRow({ code: 'PA-333333', revision: 9 }))).toBe(data);
  });

  test('as a column: a card comes in on top, and goes', () => {
    const third = ticketRow({ code: 'PA-333333' });
    expect(rowsOf(placeInColumn(data, third, true).pages)[0]).toEqual(third);
    const gone = placeInColumn(data, { ...first, revision: 2 }, false);
    expect(rowsOf(gone.pages).map(({ code }) => code)).toEqual([second.code]);
    expect(placeInColumn(data, third, false)).toBe(data);
  });
});

const late = deadline({ state: 'breached' });
test.each<[Partial<TicketAddress>, Partial<TicketRow>, boolean]>([
  [{ view: 'open' }, {}, true],
  [{ view: 'open' }, { status: 'resolved' }, false],
  [{ view: 'mine' }, { assignee: LAN }, false],
  [{ view: 'mine' }, { assignee: { id: ME, name: 'Tôi' } }, true],
  [{ view: 'unassigned' }, {}, true],
  [{ view: 'overdue' }, {}, false],
  [{ view: 'overdue' }, { resolution: late }, true],
  [{ view: 'callbacks' }, { kind: 'callback' }, true],
  [{ view: 'all', status: ['waiting'] }, { status: 'waiting' }, true],
  [{ view: 'all', priority: ['high', 'urgent'] }, {}, false],
  [{ assignee: 'none' }, {}, true],
  [{ assignee: LAN.id }, {}, false],
  [{ tag: 'vip' }, { tags: ['vip'] }, true],
  [{ from: '2026-11-29', to: '2026-11-29' }, {}, true],
  [{ to: '2026-11-28' }, {}, false],
  // 18:00 UTC is tomorrow in Việt Nam.
  [{ from: '2026-11-30' }, { createdAt: '2026-11-29T18:00:00.000Z' }, true],
  // With words to look for nobody here can tell.
  [{ q: 'abc' }, {}, false],
])('into the list %o a ticket %o comes: %s', (filter, change, belongs) => {
  expect(fits(ticketRow(change), { view: 'open', sort: 'updated', ...filter }, ME)).toBe(belongs);
});

describe('the same change for many', () => {
  const codes = Array.from({ length: 45 }, (_, place) => `PA-${place}`);

  test('is made some at a time, and tells what was refused', async () => {
    const progress: number[] = [];
    const outcome = await runBulk(
      codes,
      { kind: 'close' },
      {
        post: async (some) => ({
          done: some.filter((code) => code !== 'PA-21'),
          refused: some.filter((code) => code === 'PA-21').map((code) => ({ code, message: 'không được' })),
        }),
        onProgress: (seen) => progress.push(seen),
      },
    );
    expect(outcome.done).toHaveLength(44);
    expect(outcome.refused).toEqual([{ code: 'PA-21', message: 'không được' }]);
    expect(outcome.unseen).toEqual([]);
    expect(progress).toEqual([0, 20, 40]);
  });

  test('names those that a break left out', async () => {
    let calls = 0;
    const outcome = await runBulk(
      codes,
      { kind: 'close' },
      {
        async post(some) {
          calls += 1;
          if (calls > 1) throw new Error('mất mạng');
          return { done: some, refused: [] };
        },
        onProgress: () => undefined,
      },
    );
    expect(outcome.done).toHaveLength(20);
    expect(outcome.unseen).toEqual(codes.slice(20));
    expect(outcome.failure).toEqual(new Error('mất mạng'));
  });
});
