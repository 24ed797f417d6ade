import { describe, expect, it } from 'vitest';
import {
  applyCallChange,
  type Call,
  type CallChange,
  dueChange,
  LONGEST_NOTE_MS,
  maskNumber,
  normalizeNumber,
  PAGE_GRACE_MS,
  qualityOf,
  RINGS_FOR_MS,
  writeCallNotice,
} from '../../src/calls/call.ts';

const AT = new Date('2026-11-29T02:00:00Z');
const later = (ms: number): Date => new Date(AT.getTime() + ms);
const LAN = { id: 'lan', name: 'Lan' };
const MAI = { id: 'mai', name: 'Mai' };

const RINGING: Call = {
  id: 'a'.repeat(24),
  kind: 'voice',
  direction: 'inbound',
  status: 'ringing',
  revision: 1,
  contact: 'c1',
  conversation: 'k1',
  contactName: null,
  number: null,
  agent: null,
  declinedBy: [],
  pages: { contact: 'page-one', agent: null },
  seenAt: { contact: AT, agent: null },
  ringingAt: AT,
  acceptedAt: null,
  endedAt: null,
  endedBy: null,
  outcome: null,
  note: '',
  ticket: null,
  quality: { contact: null, agent: null },
  calledBackAt: null,
  untold: false,
};
const TALKING: Call = {
  ...RINGING,
  status: 'accepted',
  revision: 2,
  agent: LAN,
  acceptedAt: AT,
  pages: { contact: 'page-one', agent: 'page-two' },
  seenAt: { contact: AT, agent: AT },
};
const ENDED: Call = { ...TALKING, status: 'ended', revision: 3, endedAt: AT, endedBy: 'agent' };

const accept = (by: typeof LAN, page = 'page-two'): CallChange => ({ kind: 'accept', by, page });
const end = (by: 'contact' | 'agent', reason: 'hung-up' | 'lost' = 'hung-up'): CallChange => ({
  kind: 'end',
  by,
  reason,
});

describe('what may become of a call', () => {
  it.each<[string, Call, CallChange, object]>([
    ['is taken by the first one', RINGING, accept(LAN), { status: 'accepted', agent: LAN, acceptedAt: AT }],
    [
      'is given up before anybody took it',
      RINGING,
      end('contact'),
      { status: 'cancelled', endedBy: 'contact' },
    ],
    ['is missed when nobody takes it', RINGING, { kind: 'miss' }, { status: 'missed', endedBy: 'desk' }],
    [
      'rings on when one declines',
      RINGING,
      { kind: 'decline', by: 'lan' },
      { status: 'ringing', declinedBy: ['lan'] },
    ],
    [
      'is cancelled when the page goes',
      RINGING,
      { kind: 'vanish', side: 'contact' },
      { status: 'cancelled' },
    ],
    ['ends by the agent', TALKING, end('agent'), { status: 'ended', endedBy: 'agent', endedAt: AT }],
    ['ends by the contact', TALKING, end('contact'), { status: 'ended', endedBy: 'contact' }],
    ['fails when the pages do not reach each other', TALKING, end('agent', 'lost'), { status: 'failed' }],
    [
      'ends when a page goes',
      TALKING,
      { kind: 'vanish', side: 'agent' },
      { status: 'ended', endedBy: 'agent' },
    ],
  ])('%s', (_name, call, change, next) => {
    const result = applyCallChange(call, change, AT);
    expect(result).toMatchObject({ next: { ...next, revision: call.revision + 1 } });
  });

  it.each<[string, Call, CallChange]>([
    ['taking it twice from the same page', TALKING, accept(LAN)],
    ['declining it twice', { ...RINGING, declinedBy: ['lan'] }, { kind: 'decline', by: 'lan' }],
    ['declining it when it is taken', TALKING, { kind: 'decline', by: 'mai' }],
    ['ending it twice', ENDED, end('contact')],
    ['missing it when it is taken', TALKING, { kind: 'miss' }],
    ['a page that goes after the end', ENDED, { kind: 'vanish', side: 'contact' }],
  ])('nothing comes of %s', (_name, call, change) => {
    expect(applyCallChange(call, change, AT)).toEqual({ same: true });
  });

  it.each<[string, Call, CallChange, object]>([
    ['by another agent', TALKING, accept(MAI), { refused: 'call_taken', details: ['Lan'] }],
    ['from another page of the same agent', TALKING, accept(LAN, 'page-six'), { refused: 'call_taken' }],
    ['after its end', ENDED, accept(MAI), { refused: 'call_taken', details: ['Lan'] }],
    ['after it was missed', { ...RINGING, status: 'missed' }, accept(LAN), { refused: 'call_over' }],
  ])('cannot be taken %s', (_name, call, change, refusal) => {
    expect(applyCallChange(call, change, AT)).toMatchObject(refusal);
  });
});

describe('what time makes of a call', () => {
  const note: Call = { ...TALKING, kind: 'phone', contact: null, seenAt: { contact: null, agent: null } };
  const seenLate = { contact: later(RINGS_FOR_MS), agent: later(RINGS_FOR_MS) };
  it.each<[string, Call, number, CallChange | null]>([
    ['rings on for its time', { ...RINGING, seenAt: seenLate }, RINGS_FOR_MS - 1, null],
    ['is missed after it', { ...RINGING, seenAt: seenLate }, RINGS_FOR_MS, { kind: 'miss' }],
    ['waits for a page that is just away', RINGING, PAGE_GRACE_MS, null],
    ['ends without the contact', RINGING, PAGE_GRACE_MS + 1, { kind: 'vanish', side: 'contact' }],
    [
      'ends without the agent',
      { ...TALKING, seenAt: { contact: later(PAGE_GRACE_MS), agent: AT } },
      PAGE_GRACE_MS + 1,
      { kind: 'vanish', side: 'agent' },
    ],
    ['goes on as long as both are there', { ...TALKING, seenAt: seenLate }, RINGS_FOR_MS, null],
    ['lets an agent write', note, LONGEST_NOTE_MS - 1, null],
    ['closes a note that was forgotten', note, LONGEST_NOTE_MS, { kind: 'vanish', side: 'agent' }],
    ['leaves what is over alone', ENDED, LONGEST_NOTE_MS, null],
  ])('%s', (_name, call, after, change) => {
    expect(dueChange(call, later(after))).toEqual(change);
  });
});

it.each<[string, Call, string | null]>([
  [
    'its length and with whom',
    { ...ENDED, endedAt: later(125_000) },
    'Cuộc gọi thoại 2 phút 05 giây với Lan.',
  ],
  ['seconds alone', { ...ENDED, endedAt: later(40_000) }, 'Cuộc gọi thoại 40 giây với Lan.'],
  ['that nobody took it', { ...RINGING, status: 'missed' }, 'Cuộc gọi thoại chưa có nhân viên nghe máy.'],
  [
    'that it broke off',
    { ...ENDED, status: 'failed' },
    'Cuộc gọi thoại với Lan bị gián đoạn vì kết nối kém.',
  ],
  ['nothing of one that was given up', { ...RINGING, status: 'cancelled' }, null],
])('the conversation is told %s', (_name, call, notice) => {
  expect(writeCallNotice(call)).toBe(notice);
});

it('the worse of what the two sides measured is what it was like', () => {
  const contact = { packetsLost: 3, jitterMs: 40, roundTripMs: null, level: 'good' } as const;
  const agent = { packetsLost: 1, jitterMs: 90, roundTripMs: 120, level: 'fair' } as const;
  expect(qualityOf({ ...ENDED, quality: { contact, agent } })).toEqual({
    packetsLost: 3,
    jitterMs: 90,
    roundTripMs: 120,
    level: 'fair',
  });
  expect(qualityOf({ ...ENDED, quality: { contact: null, agent } })).toEqual(agent);
  expect(qualityOf(ENDED)).toBeNull();
});

it.each([
  ['0912 345 678', '0912345678', '0912•••678'],
  ['+84 912 345 678', '0912345678', '0912•••678'],
  ['84912345678', '0912345678', '0912•••678'],
  ['024.3936.1234', '02439361234', '0243•••234'],
])('%s is kept as %s and shown as %s', (typed, kept, shown) => {
  expect(normalizeNumber(typed)).toBe(kept);
  expect(maskNumber(normalizeNumber(typed))).toBe(shown);
});
