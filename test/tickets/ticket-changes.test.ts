/** The rules of tickets, as tables: from every state, by everything that may happen. */
import { describe, expect, it } from 'vitest';
import type { TicketStatus } from '../../src/contracts/tickets.ts';
import { openTicket } from '../../src/tickets/open-ticket.ts';
import type { Ticket } from '../../src/tickets/ticket.ts';
import type { TicketChange } from '../../src/tickets/ticket-change.ts';
import { applyChange } from '../../src/tickets/ticket-changes.ts';
import type { ChangeRules } from '../../src/tickets/ticket-steps.ts';
import { BY_BOT, CITIZEN, DESK, DRAFT, LAN, MORNING, work } from './sample-ticket.ts';

const HOUR = 60 * 60 * 1_000;
const DAY = 24 * HOUR;
const rules: ChangeRules = {
  work,
  warnAtShare: 0.25,
  reopenWithinMs: 10 * DAY,
  closeResolvedAfterMs: 7 * DAY,
  limitsOf: ({ priority }) => ({
    firstResponseMs: (priority === 'urgent' ? 1 : 4) * HOUR,
    resolutionMs: (priority === 'urgent' ? 4 : 16) * HOUR,
  }),
};
const since = (ms: number): Date => new Date(MORNING.getTime() + ms);
const fresh = (more: Partial<typeof DRAFT> = {}): Ticket =>
  openTicket({ ...DRAFT, ...more }, { code: 'PA-22222T', key: 'made' }, BY_BOT, MORNING, rules);

const tryTo = (
  ticket: Ticket,
  change: TicketChange,
  by: Parameters<typeof applyChange>[2] = LAN,
  now = since(HOUR),
) => applyChange(ticket, change, by, now, rules);
const change = (...args: Parameters<typeof tryTo>): Ticket => {
  const changed = tryTo(...args);
  if ('next' in changed) return changed.next;
  if ('same' in changed) return args[0];
  throw new Error(changed.refused);
};
const said = (text: string) => ({ key: `key-${text.length}`, text, attachments: [] });

const IN: Readonly<Record<TicketStatus, () => Ticket>> = {
  new: fresh,
  in_progress: () => change(fresh(), { kind: 'start' }),
  waiting: () => change(fresh(), { kind: 'wait' }),
  resolved: () => change(fresh(), { kind: 'resolve' }),
  closed: () => change(fresh(), { kind: 'close' }),
};

describe('the state', () => {
  const ROWS: readonly [TicketStatus, Record<string, TicketStatus | 'same' | 'refused'>][] = [
    [
      'new',
      {
        start: 'in_progress',
        wait: 'waiting',
        resolve: 'resolved',
        close: 'closed',
        reject: 'closed',
        reopen: 'same',
      },
    ],
    [
      'in_progress',
      {
        start: 'same',
        wait: 'waiting',
        resolve: 'resolved',
        close: 'closed',
        reject: 'closed',
        reopen: 'same',
      },
    ],
    [
      'waiting',
      {
        start: 'in_progress',
        wait: 'same',
        resolve: 'resolved',
        close: 'closed',
        reject: 'closed',
        reopen: 'same',
      },
    ],
    [
      'resolved',
      {
        start: 'in_progress',
        wait: 'refused',
        resolve: 'same',
        close: 'closed',
        reject: 'refused',
        reopen: 'in_progress',
      },
    ],
    [
      'closed',
      {
        start: 'in_progress',
        wait: 'refused',
        resolve: 'refused',
        close: 'same',
        reject: 'refused',
        reopen: 'in_progress',
      },
    ],
  ];
  it.each(ROWS.flatMap(([from, row]) => Object.entries(row).map(([kind, to]) => [from, kind, to] as const)))(
    '%s, %s: %s',
    (from, kind, to) => {
      const ticket = IN[from]();
      const changed = tryTo(ticket, { kind, reason: 'Không thuộc thẩm quyền' } as TicketChange);
      if (to === 'refused') return expect(changed).toEqual({ refused: 'ticket_not_possible' });
      if (to === 'same') return expect(changed).toEqual({ same: true });
      const { next } = changed as { next: Ticket };
      expect(next.status).toBe(to);
      // Who, when, from, to.
      expect(next.entries.at(-1)).toMatchObject({ kind: 'status', from, to, by: LAN, at: since(HOUR) });
      expect(next.untold).toContain(next.entries.at(-1)!.id);
    },
  );

  it('of one that is refused says why, and taking it up again takes that back', () => {
    const rejected = change(fresh(), { kind: 'reject', reason: 'Không thuộc thẩm quyền' });
    expect(rejected).toMatchObject({
      outcome: 'rejected',
      reason: 'Không thuộc thẩm quyền',
      endedAt: since(HOUR),
    });
    expect(change(rejected, { kind: 'reopen', reason: '' })).toMatchObject({
      outcome: null,
      reason: null,
      endedAt: null,
    });
  });

  it('of what is resolved becomes closed by itself after a week, and not before', () => {
    const resolved = IN.resolved();
    expect(change(resolved, { kind: 'tick' }, DESK, since(6 * DAY)).status).toBe('resolved');
    const closed = change(resolved, { kind: 'tick' }, DESK, since(8 * DAY));
    expect(closed).toMatchObject({ status: 'closed', outcome: 'solved' });
    expect(closed.entries.at(-1)?.by).toEqual(DESK);
  });
});

describe('a reply', () => {
  it('begins a new ticket, meets the first deadline and tells the citizen', () => {
    const next = change(fresh(), { kind: 'reply', next: null, ...said('Chúng tôi đang xem.') });
    expect(next).toMatchObject({ status: 'in_progress', unanswered: false });
    expect(next.firstResponse.metAt).toEqual(since(HOUR));
    expect(next.resolution.metAt).toBeNull();
    expect(next.entries.map(({ kind }) => kind)).toEqual(['created', 'reply', 'status']);
  });

  it.each(['waiting', 'resolved'] as const)('may leave it %s', (next) => {
    expect(change(fresh(), { kind: 'reply', next, ...said('x') }).status).toBe(next);
  });

  it('that is sent twice is there once', () => {
    const once = change(fresh(), { kind: 'reply', next: null, ...said('x') });
    expect(tryTo(once, { kind: 'reply', next: 'resolved', ...said('x') })).toEqual({ same: true });
  });

  it('behind the end takes nothing up again', () => {
    expect(change(IN.closed(), { kind: 'reply', next: 'waiting', ...said('x') }).status).toBe('closed');
  });

  it('is no note, which meets no deadline', () => {
    const noted = change(fresh(), { kind: 'note', ...said('gọi cho Quận 6') });
    expect([noted.firstResponse.metAt, noted.status]).toEqual([null, 'new']);
  });
});

describe('what the citizen adds', () => {
  const inform = { kind: 'information', via: 'web', quoted: '', ...said('Tôi gửi thêm ảnh.') } as const;

  it('sets a clock that stood still going again', () => {
    const waiting = IN.waiting();
    expect(waiting.resolution.runningSince).toBeNull();
    const next = change(waiting, inform, CITIZEN, since(3 * DAY));
    expect(next).toMatchObject({ status: 'in_progress', unanswered: true });
    expect(next.resolution.runningSince).toEqual(since(3 * DAY));
  });

  it.each(['new', 'in_progress'] as const)('leaves one that is %s where it is', (from) => {
    expect(change(IN[from](), inform, CITIZEN)).toMatchObject({ status: from, unanswered: true });
  });

  it('takes up again what was resolved or closed, for a while, with the whole time for it', () => {
    const next = change(IN.closed(), inform, CITIZEN, since(5 * DAY));
    expect(next).toMatchObject({ status: 'in_progress', unanswered: true, outcome: null });
    expect(next.resolution).toMatchObject({ usedMs: 0, metAt: null });
    expect(tryTo(IN.closed(), inform, CITIZEN, since(11 * DAY))).toEqual({ refused: 'ticket_closed' });
  });
});

describe('deadlines', () => {
  it('stand still while the citizen is waited for', () => {
    const waiting = IN.waiting();
    expect(
      change(waiting, { kind: 'tick' }, DESK, since(60 * DAY)).entries.filter(
        ({ from }) => from === 'resolution',
      ),
    ).toEqual([]);
  });

  it('warn and are late, each told once, without calling it a change of the matter', () => {
    const started = IN.in_progress();
    const late = change(started, { kind: 'tick' }, DESK, since(3 * DAY));
    expect(late.entries.filter(({ kind }) => kind === 'deadline').map(({ from, to }) => [from, to])).toEqual([
      ['firstResponse', 'breached'],
      ['resolution', 'breached'],
    ]);
    expect(late.updatedAt).toEqual(started.updatedAt);
    expect(change(late, { kind: 'tick' }, DESK, since(4 * DAY)).entries).toEqual(late.entries);
  });

  it('of a more urgent ticket come sooner', () => {
    const urgent = change(fresh(), { kind: 'priority', to: 'urgent' });
    expect(urgent.firstResponse.dueAt).toEqual(since(HOUR));
    expect(urgent.resolution.limitMs).toBe(4 * HOUR);
  });

  it('are met by refusing, too', () => {
    const { firstResponse, resolution } = change(fresh(), { kind: 'reject', reason: 'x' });
    expect([firstResponse.metAt, resolution.metAt]).toEqual([since(HOUR), since(HOUR)]);
  });
});

describe('a call', () => {
  const back = (): Ticket => fresh({ kind: 'callback', complaintType: null, callAt: 'chiều nay' });
  it.each(['no-answer', 'busy', 'wrong-number', 'later'] as const)(
    'that came to %s is an attempt',
    (outcome) => {
      const next = change(back(), { kind: 'call', outcome, note: '', callAt: '' });
      expect(next).toMatchObject({ attempts: 1, status: 'in_progress' });
      expect(next.firstResponse.metAt).toBeNull();
    },
  );

  it('that is put off to another time is not late before then', () => {
    const next = change(back(), {
      kind: 'call',
      outcome: 'later',
      note: 'đang họp',
      callAt: '9h sáng thứ tư',
    });
    const from = new Date('2026-12-02T08:45:00+07:00');
    expect(next).toMatchObject({ callAt: '9h sáng thứ tư', promised: { from } });
    expect(next.firstResponse).toMatchObject({ runningSince: from, breachedAt: null });
    expect(next.entries.at(-1)).toMatchObject({
      kind: 'call',
      to: 'later',
      text: 'đang họp · 9h sáng thứ tư',
    });
    expect(back().firstResponse.runningSince).toEqual(new Date('2026-11-30T13:30:00+07:00'));
  });

  it('that reached the contact ends a call back, and no other ticket', () => {
    expect(change(back(), { kind: 'call', outcome: 'reached', note: '', callAt: '' })).toMatchObject({
      status: 'resolved',
      outcome: 'solved',
    });
    const other = change(fresh(), { kind: 'call', outcome: 'reached', note: '', callAt: '' });
    expect([other.status, other.firstResponse.metAt]).toEqual(['in_progress', since(HOUR)]);
  });
});

describe('fields', () => {
  it.each<[TicketChange, string | null, string | null]>([
    [{ kind: 'assign', to: { id: 'b'.repeat(24), name: 'Minh' } }, null, 'Minh'],
    [{ kind: 'priority', to: 'high' }, 'normal', 'high'],
    [{ kind: 'category', to: 'Thẻ BHYT' }, null, 'Thẻ BHYT'],
    [{ kind: 'office', to: null }, 'BHXH Quận 6', null],
    [{ kind: 'complaintType', to: 'grievance' }, 'report', 'grievance'],
    [{ kind: 'tags', add: ['gấp', 'báo chí'], remove: [] }, '', 'gấp, báo chí'],
    // Numbers stay out of a history that many read.
    [{ kind: 'contact', name: 'An', phone: '0987654321', email: '' }, null, null],
  ])('%j is written down with from and to, and does nothing twice', (wanted, from, to) => {
    const next = change(fresh(), wanted);
    expect(next.entries.find(({ field }) => field === wanted.kind)).toMatchObject({ from, to, by: LAN });
    expect(tryTo(next, wanted)).toEqual({ same: true });
  });

  it('of somebody who takes it begin it', () => {
    expect(change(fresh(), { kind: 'assign', to: { id: LAN.id, name: LAN.name } }).status).toBe(
      'in_progress',
    );
  });
});

describe('merging', () => {
  it('closes one for good and brings what it has to the other', () => {
    const source = fresh({ name: 'Lê Văn An' });
    const target = { ...fresh({ name: null }), code: 'PA-33333W', phone: null };
    const merged = change(source, { kind: 'merge', into: target.code });
    expect(merged).toMatchObject({ status: 'closed', outcome: 'merged', mergedInto: target.code });
    expect(tryTo(merged, { kind: 'reopen', reason: '' })).toEqual({ refused: 'ticket_not_possible' });
    const next = change(target, { kind: 'absorb', from: source });
    expect(next).toMatchObject({ name: 'Lê Văn An', phone: DRAFT.phone });
    expect(next.entries.at(-1)).toMatchObject({ kind: 'merge', from: source.code, text: source.content });
    expect(tryTo(next, { kind: 'absorb', from: source })).toEqual({ same: true });
  });

  it('takes no name, number or address of another person', () => {
    const target = { ...fresh({ name: null }), code: 'PA-33333W', phone: null, email: 'b@example.vn' };
    expect(change(target, { kind: 'absorb', from: fresh() })).toMatchObject({
      name: null,
      phone: null,
      email: 'b@example.vn',
    });
  });

  it('into itself is refused', () => {
    expect(tryTo(fresh(), { kind: 'merge', into: 'PA-22222T' })).toEqual({ refused: 'ticket_not_possible' });
  });
});

describe('rating', () => {
  it('is for what is over, and may be changed', () => {
    expect(tryTo(fresh(), { kind: 'rate', score: 5, comment: '' }, CITIZEN)).toEqual({
      refused: 'ticket_not_possible',
    });
    const rated = change(IN.resolved(), { kind: 'rate', score: 2, comment: 'lâu' }, CITIZEN);
    expect(rated.satisfaction).toMatchObject({ score: 2, comment: 'lâu' });
    expect(change(rated, { kind: 'rate', score: 4, comment: '' }, CITIZEN).entries.at(-1)).toMatchObject({
      from: '2',
      to: '4',
    });
  });
});

describe('erasing', () => {
  const cover = (text: string): string => text.replaceAll('An', '•••');
  const busy = (): Ticket =>
    change(change(fresh(), { kind: 'reply', next: null, ...said('Chào anh An') }), {
      kind: 'link',
      conversation: 'c'.repeat(24),
    });

  it('leaves no person, closes what is open, and keeps what a complaint was about', () => {
    const erased = change(busy(), { kind: 'erase', cover }, CITIZEN);
    expect(erased).toMatchObject({
      name: null,
      phone: null,
      email: null,
      conversation: null,
      status: 'closed',
      outcome: 'erased',
    });
    expect(erased.content).toBe(DRAFT.content);
    expect(JSON.stringify(erased)).not.toContain('anh An');
    expect(erased.entries.map(({ kind }) => kind)).toContain('erasure');
  });

  it('leaves no words either where the law does not ask for them', () => {
    const erased = change(busy(), { kind: 'erase', cover: null }, CITIZEN);
    expect([erased.content, ...erased.entries.map(({ text }) => text)].join('')).toBe('');
  });

  it('is for good', () => {
    const erased = change(busy(), { kind: 'erase', cover: null }, CITIZEN);
    expect(tryTo(erased, { kind: 'reopen', reason: '' })).toEqual({ refused: 'ticket_erased' });
    expect(tryTo(erased, { kind: 'erase', cover: null })).toEqual({ same: true });
  });
});
