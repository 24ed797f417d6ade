/** What may happen to a conversation, in which state, by whose hand. */
import { describe, expect, it } from 'vitest';
import { type HandoverReason, handoverReason, type Person, PRIORITIES } from '../../src/contracts/console.ts';
import type { Conversation, Stay } from '../../src/conversations/conversation.ts';
import {
  type Actor,
  applyChange,
  type Change,
  isHandledBy,
  reopenableUntil,
} from '../../src/conversations/handling.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = new Date('2026-03-02T02:00:00Z');
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

const person = (name: string): Person => ({ id: name.toLowerCase(), name });
const agent = (name: string): Actor => ({ ...person(name), oversees: false });
/** Has it, where somebody has it. */
const LAN = agent('Lan');
const HOA = agent('Hoa');
const THUY: Actor = { ...person('Thuy'), oversees: true };

const STAY: Stay = {
  reason: 'asked',
  requestedAt: ago(10 * MINUTE),
  claimedAt: null,
  agent: null,
  endedAt: null,
  end: null,
};
const BOT: Conversation = {
  id: 'c',
  contact: 'k',
  status: 'bot',
  openedAt: ago(HOUR),
  activeAt: ago(5 * MINUTE),
  revision: 7,
  queue: null,
  handling: null,
  stays: [],
  heldPlace: null,
  waitsForAgent: false,
  closing: null,
  satisfaction: null,
  deliveredSeq: 0,
  readSeq: 0,
};
const QUEUED: Conversation = {
  ...BOT,
  status: 'queued',
  queue: {
    queuedAt: ago(10 * MINUTE),
    priority: PRIORITIES.normal,
    skill: null,
    notTo: null,
    knowsDutyEnded: false,
  },
  stays: [STAY],
};
const SERVED = { ...STAY, claimedAt: ago(6 * MINUTE), agent: person('Lan') };
const ACTIVE: Conversation = {
  ...BOT,
  status: 'active',
  handling: { agent: person('Lan'), joined: [], since: ago(6 * MINUTE) },
  stays: [SERVED],
  waitsForAgent: true,
};
const CLOSED: Conversation = {
  ...BOT,
  status: 'closed',
  stays: [{ ...SERVED, endedAt: ago(MINUTE), end: 'closed' }],
  closing: { at: ago(MINUTE), by: person('Lan'), reason: 'Đã giải quyết', tags: [] },
};
const STATES = { bot: BOT, queued: QUEUED, active: ACTIVE, closed: CLOSED };

function apply(conversation: Conversation, change: Change): Conversation {
  const changed = applyChange(conversation, change, NOW);
  if ('next' in changed) return changed.next;
  throw new Error(JSON.stringify(changed));
}

/** What came of it, in a line. */
function outcomeOf(conversation: Conversation, change: Change): string {
  const changed = applyChange(conversation, change, NOW);
  if ('same' in changed) return 'same';
  if ('refused' in changed) return [changed.refused, ...changed.details].join(' ');
  const { next, event } = changed;
  expect(next.revision).toBe(conversation.revision + 1);
  // Each status has its own, and nothing of another.
  expect([next.queue !== null, next.handling !== null, next.closing !== null]).toEqual([
    next.status === 'queued',
    next.status === 'active',
    next.status === 'closed',
  ]);
  const names = [next.handling?.agent, ...(next.handling?.joined ?? [])].flatMap((one) => one?.name ?? []);
  const named = [event?.kind ?? '(silent)', event?.by?.name, event?.to && `to ${event.to.name}`];
  return [[next.status, ...names].join(' '), named.filter(Boolean).join(' ')].join(' · ');
}

const NO = 'not_possible_now';
const ROWS: readonly (readonly [
  string,
  Change,
  { readonly bot: string; readonly queued: string; readonly active: string; readonly closed: string },
])[] = [
  [
    'a person is asked for',
    { kind: 'queue', reason: 'asked' },
    { bot: 'queued · (silent)', queued: NO, active: NO, closed: NO },
  ],
  [
    'the contact leaves the queue',
    { kind: 'leave' },
    { bot: NO, queued: 'bot · (silent)', active: NO, closed: NO },
  ],
  [
    'Lan claims',
    { kind: 'claim', by: LAN },
    { bot: 'active Lan · claimed Lan', queued: 'active Lan · claimed Lan', active: 'same', closed: NO },
  ],
  [
    'Hoa claims',
    { kind: 'claim', by: HOA },
    {
      bot: 'active Hoa · claimed Hoa',
      queued: 'active Hoa · claimed Hoa',
      active: 'already_claimed Lan',
      closed: NO,
    },
  ],
  [
    'a supervisor claims',
    { kind: 'claim', by: THUY },
    {
      bot: 'active Thuy · claimed Thuy',
      queued: 'active Thuy · claimed Thuy',
      active: 'already_claimed Lan',
      closed: NO,
    },
  ],
  [
    'the desk gives it to Lan',
    { kind: 'assign', to: LAN },
    { bot: NO, queued: 'active Lan · assigned to Lan', active: 'same', closed: NO },
  ],
  [
    'the desk gives it to Hoa',
    { kind: 'assign', to: HOA },
    { bot: NO, queued: 'active Hoa · assigned to Hoa', active: 'already_claimed Lan', closed: NO },
  ],
  [
    'a supervisor takes over',
    { kind: 'take-over', by: THUY },
    { bot: NO, queued: 'active Thuy · taken-over Thuy', active: 'active Thuy · taken-over Thuy', closed: NO },
  ],
  [
    'a supervisor joins',
    { kind: 'join', by: THUY },
    { bot: NO, queued: NO, active: 'active Lan Thuy · joined Thuy', closed: NO },
  ],
  ['who has it joins', { kind: 'join', by: LAN }, { bot: NO, queued: NO, active: 'same', closed: NO }],
  [
    'Lan transfers to Hoa',
    { kind: 'transfer', by: LAN, to: HOA, note: '' },
    { bot: NO, queued: NO, active: 'active Hoa · transferred Lan to Hoa', closed: NO },
  ],
  [
    'Hoa transfers to a third',
    { kind: 'transfer', by: HOA, to: person('Minh'), note: '' },
    { bot: NO, queued: NO, active: 'not_yours Lan', closed: NO },
  ],
  [
    'a supervisor transfers to Hoa',
    { kind: 'transfer', by: THUY, to: HOA, note: '' },
    {
      bot: NO,
      queued: 'active Hoa · transferred Thuy to Hoa',
      active: 'active Hoa · transferred Thuy to Hoa',
      closed: NO,
    },
  ],
  [
    'Lan gives it back',
    { kind: 'return', by: LAN, skill: null, note: '' },
    { bot: NO, queued: NO, active: 'queued · returned Lan', closed: NO },
  ],
  [
    'Hoa gives back what is not hers',
    { kind: 'return', by: HOA, skill: null, note: '' },
    { bot: NO, queued: NO, active: 'not_yours Lan', closed: NO },
  ],
  [
    'a supervisor sends it to a skill',
    { kind: 'return', by: THUY, skill: 'thẻ BHYT', note: '' },
    { bot: NO, queued: 'queued · returned Thuy', active: 'queued · returned Thuy', closed: NO },
  ],
  [
    'Lan gives it to the bot',
    { kind: 'to-bot', by: LAN, note: '' },
    { bot: NO, queued: NO, active: 'bot · to-bot Lan', closed: NO },
  ],
  [
    'Hoa gives to the bot what is not hers',
    { kind: 'to-bot', by: HOA, note: '' },
    { bot: NO, queued: NO, active: 'not_yours Lan', closed: NO },
  ],
  [
    'a supervisor gives it to the bot',
    { kind: 'to-bot', by: THUY, note: '' },
    { bot: NO, queued: 'bot · to-bot Thuy', active: 'bot · to-bot Thuy', closed: NO },
  ],
  [
    'Lan vanishes',
    { kind: 'agent-gone', agent: LAN.id },
    { bot: NO, queued: NO, active: 'queued · agent-gone Lan', closed: NO },
  ],
  ['Hoa vanishes', { kind: 'agent-gone', agent: HOA.id }, { bot: NO, queued: NO, active: NO, closed: NO }],
  [
    'Lan closes',
    { kind: 'close', by: LAN, reason: 'Đã giải quyết', tags: [] },
    { bot: NO, queued: NO, active: 'closed · closed Lan', closed: 'same' },
  ],
  [
    'Hoa closes',
    { kind: 'close', by: HOA, reason: 'Đã giải quyết', tags: [] },
    { bot: NO, queued: NO, active: 'not_yours Lan', closed: NO },
  ],
  [
    'a supervisor closes',
    { kind: 'close', by: THUY, reason: 'Đã giải quyết', tags: [] },
    { bot: NO, queued: 'closed · closed Thuy', active: 'closed · closed Thuy', closed: NO },
  ],
  [
    'the contact reopens',
    { kind: 'reopen', withinMs: HOUR },
    { bot: NO, queued: 'same', active: 'same', closed: 'queued · reopened' },
  ],
  ['duty ends', { kind: 'duty-ended' }, { bot: NO, queued: 'queued · duty-ended', active: NO, closed: NO }],
];

describe.each(ROWS)('%s', (_name, change, expected) => {
  it.each(Object.entries(STATES))('while it is %s', (status, conversation) => {
    expect(outcomeOf(conversation, change)).toBe(expected[status as keyof typeof STATES]);
  });
});

describe('a command that comes again because its acknowledgement was lost', () => {
  const COMMANDS: readonly (readonly [string, Conversation, Change])[] = [
    ['claim', QUEUED, { kind: 'claim', by: LAN }],
    ['assign', QUEUED, { kind: 'assign', to: LAN }],
    ['take-over', ACTIVE, { kind: 'take-over', by: THUY }],
    ['join', ACTIVE, { kind: 'join', by: THUY }],
    ['transfer', ACTIVE, { kind: 'transfer', by: LAN, to: HOA, note: '' }],
    ['return', ACTIVE, { kind: 'return', by: LAN, skill: null, note: '' }],
    ['return to a skill', ACTIVE, { kind: 'return', by: LAN, skill: 'thẻ BHYT', note: '' }],
    ['return of what waits', QUEUED, { kind: 'return', by: THUY, skill: 'thẻ BHYT', note: '' }],
    ['to-bot', ACTIVE, { kind: 'to-bot', by: LAN, note: '' }],
    ['to-bot by a supervisor', QUEUED, { kind: 'to-bot', by: THUY, note: '' }],
    ['close', ACTIVE, { kind: 'close', by: LAN, reason: 'Khác', tags: [] }],
    ['reopen', CLOSED, { kind: 'reopen', withinMs: HOUR }],
    ['duty-ended', QUEUED, { kind: 'duty-ended' }],
  ];

  it.each(COMMANDS)('%s changes nothing the second time', (_name, conversation, change) => {
    expect(applyChange(apply(conversation, change), change, NOW)).toEqual({ same: true });
  });

  it('is told apart from one that is meant anew', () => {
    const toHoa = { kind: 'transfer', by: LAN, to: HOA, note: '' } as const;
    const onward = apply(apply(ACTIVE, toHoa), { kind: 'transfer', by: HOA, to: THUY, note: '' });
    expect(outcomeOf(onward, toHoa)).toBe('not_yours Thuy');
    const returned = apply(ACTIVE, { kind: 'return', by: LAN, skill: null, note: '' });
    expect(outcomeOf(returned, { kind: 'return', by: HOA, skill: null, note: '' })).toBe(NO);
    expect(outcomeOf(returned, { kind: 'return', by: LAN, skill: 'thẻ BHYT', note: '' })).toBe(NO);
    const askedAgain = apply(apply(ACTIVE, { kind: 'to-bot', by: LAN, note: '' }), {
      kind: 'queue',
      reason: 'asked',
    });
    expect(outcomeOf(askedAgain, { kind: 'to-bot', by: LAN, note: '' })).toBe(NO);
  });
});

describe('the place in the queue', () => {
  it.each(handoverReason.options)('of one who comes because of “%s” has its priority', (reason) => {
    const urgent: readonly HandoverReason[] = ['anger', 'flow-failed', 'negative-feedback'];
    const priority = urgent.includes(reason) ? PRIORITIES.high : PRIORITIES.normal;
    expect(apply(BOT, { kind: 'queue', reason }).queue).toEqual({
      queuedAt: NOW,
      priority,
      skill: null,
      notTo: null,
      knowsDutyEnded: false,
    });
  });

  it('is kept for half an hour after the contact left it', () => {
    const left = apply(QUEUED, { kind: 'leave' });
    expect(left.heldPlace).toEqual({ queuedAt: ago(10 * MINUTE), until: new Date(+NOW + 30 * MINUTE) });
    const comeBackAfter = (ms: number) =>
      applyChange(left, { kind: 'queue', reason: 'asked' }, new Date(+NOW + ms));
    expect(comeBackAfter(30 * MINUTE - 1)).toMatchObject({
      next: { queue: { queuedAt: ago(10 * MINUTE) }, heldPlace: null },
    });
    expect(comeBackAfter(30 * MINUTE)).toMatchObject({
      next: { queue: { queuedAt: new Date(+NOW + 30 * MINUTE) }, heldPlace: null },
    });
  });

  it.each<[string, Change, string | null]>([
    ['of whom an agent gave back', { kind: 'return', by: LAN, skill: null, note: '' }, null],
    [
      'of whom an agent sent to a skill',
      { kind: 'return', by: LAN, skill: 'thẻ BHYT', note: '' },
      'thẻ BHYT',
    ],
    ['of whom an agent left without a word', { kind: 'agent-gone', agent: LAN.id }, null],
  ])('%s is in front', (_name, change, skill) => {
    const { queue, stays } = apply(ACTIVE, change);
    expect(queue).toMatchObject({ priority: PRIORITIES.front, skill, notTo: LAN.id });
    // It is the same request still, and was answered when it was.
    expect(stays).toEqual([SERVED]);
  });

  it('of one who reopens has precedence', () => {
    expect(apply(CLOSED, { kind: 'reopen', withinMs: HOUR }).queue).toMatchObject({
      queuedAt: NOW,
      priority: PRIORITIES.high,
    });
  });

  it('stays what it is when duty ends', () => {
    expect(apply(QUEUED, { kind: 'duty-ended' }).queue).toEqual({ ...QUEUED.queue, knowsDutyEnded: true });
  });
});

describe('reopening', () => {
  it.each([
    [MINUTE + 1, true],
    [MINUTE, false],
    [0, false],
  ])('within %i ms of closing, a minute after it: %s', (withinMs, may) => {
    expect(reopenableUntil(CLOSED, withinMs, NOW) !== null).toBe(may);
    const outcome = outcomeOf(CLOSED, { kind: 'reopen', withinMs });
    expect(outcome).toBe(may ? 'queued · reopened' : 'reopen_expired');
  });

  it('is for what is closed', () => {
    expect(reopenableUntil(QUEUED, HOUR, NOW)).toBeNull();
  });
});

describe('who has it', () => {
  const joined = apply(ACTIVE, { kind: 'join', by: THUY });

  it('may write, and so may who joined, and nobody else', () => {
    expect([LAN, THUY, HOA].map((one) => isHandledBy(joined, one))).toEqual([true, true, false]);
    expect(isHandledBy(QUEUED, LAN)).toBe(false);
  });

  it('is alone again after it was handed on', () => {
    const { handling } = apply(joined, { kind: 'transfer', by: LAN, to: HOA, note: '' });
    expect(handling).toEqual({ agent: person('Hoa'), joined: [], since: NOW });
  });

  it('may hand on and close as one who joined', () => {
    const helper = { ...joined, handling: { ...joined.handling!, joined: [person('Hoa')] } };
    expect(outcomeOf(helper, { kind: 'close', by: HOA, reason: 'Khác', tags: [] })).toBe(
      'closed · closed Hoa',
    );
  });
});

describe('a request for a person', () => {
  const end = (conversation: Conversation) => conversation.stays.at(-1);

  it('begins when it is asked for, and is answered when it is first taken', () => {
    const queued = apply(BOT, { kind: 'queue', reason: 'anger' });
    expect(queued.stays).toEqual([{ ...STAY, reason: 'anger', requestedAt: NOW }]);
    const claimed = apply(queued, { kind: 'claim', by: LAN });
    expect(end(claimed)).toMatchObject({ claimedAt: NOW, agent: person('Lan'), endedAt: null });
    const later = new Date(+NOW + HOUR);
    const handedOn = applyChange(claimed, { kind: 'transfer', by: LAN, to: HOA, note: '' }, later);
    expect(handedOn).toMatchObject({ next: { stays: [{ claimedAt: NOW, agent: person('Hoa') }] } });
  });

  it.each<[string, Conversation, Change, Stay['end']]>([
    ['leaving the queue', QUEUED, { kind: 'leave' }, 'left'],
    ['going back to the bot', ACTIVE, { kind: 'to-bot', by: LAN, note: '' }, 'to-bot'],
    ['closing', ACTIVE, { kind: 'close', by: LAN, reason: 'Khác', tags: [] }, 'closed'],
  ])('ends with %s', (_name, conversation, change, how) => {
    const changed = apply(conversation, change);
    expect(end(changed)).toMatchObject({ endedAt: NOW, end: how });
    expect(changed.waitsForAgent).toBe(false);
  });

  it('follows the one before', () => {
    const reopened = apply(CLOSED, { kind: 'reopen', withinMs: HOUR });
    expect(reopened.stays).toEqual([...CLOSED.stays, { ...STAY, requestedAt: NOW }]);
  });
});

describe('what is told of a change', () => {
  it('carries the note and the skill for the staff', () => {
    const change = { kind: 'return', by: LAN, skill: 'thẻ BHYT', note: 'hỏi về thẻ' } as const;
    expect(applyChange(ACTIVE, change, NOW)).toMatchObject({
      event: { kind: 'returned', by: person('Lan'), to: null, skill: 'thẻ BHYT', note: 'hỏi về thẻ' },
    });
  });

  it('names people without what they may do', () => {
    expect(apply(QUEUED, { kind: 'claim', by: THUY }).handling?.agent).toEqual(person('Thuy'));
  });

  it('keeps why and how a conversation was closed', () => {
    const change = { kind: 'close', by: LAN, reason: 'Khác', tags: ['vneid'] } as const;
    expect(apply(ACTIVE, change).closing).toEqual({
      at: NOW,
      by: person('Lan'),
      reason: 'Khác',
      tags: ['vneid'],
    });
  });
});
