/** What the console decides by itself about one conversation: marks, collisions, notices, who may do what. */
import { expect, test } from 'vitest';
import { MAX_TEXT_LENGTH } from '../../src/contracts/answers.ts';
import { attachmentType, LARGEST_ATTACHMENT } from '../../src/contracts/attachments.ts';
import { type ConversationRow, staffSendCommand } from '../../src/contracts/console.ts';
import { mayRole, type Role } from '../../src/contracts/permissions.ts';
import { findCollision } from '../../web-console/features/conversations/collision.ts';
import { marksOf } from '../../web-console/features/conversations/delivery-marks.ts';
import { noticeOf } from '../../web-console/features/conversations/notices.ts';
import {
  FILE_TYPES,
  faultOf,
  LARGEST_BYTES,
  LONGEST_TEXT,
  MOST_FILES,
} from '../../web-console/features/conversations/sending-rules.ts';
import { type Standing, standingOf } from '../../web-console/features/conversations/standing.ts';
import { CONVERSATION, fromAgent, LAN, ME, message, row } from './staff-messages.ts';

const LAN_TYPES = { ...LAN, typing: true };
const LAN_READS = { ...LAN, typing: false };

test.each([
  ['nobody else is there', [message(1)], [], null],
  ['a colleague only reads', [message(1)], [LAN_READS], null],
  ['a colleague writes', [message(1)], [LAN_TYPES], { kind: 'typing', person: LAN_TYPES }],
  [
    'a colleague has answered since',
    [message(1), fromAgent(2, LAN)],
    [LAN_TYPES],
    { kind: 'sent', person: LAN },
  ],
  ['a colleague had answered before', [fromAgent(1, LAN), message(2)], [], null],
  ['the own answer from another window', [message(1), fromAgent(2, ME)], [], null],
] as const)('a reply that was begun after message 1, when %s', (_, messages, viewers, expected) => {
  expect(findCollision(ME.id, 1, messages, viewers)).toEqual(expected);
});

test('each mark stands at the last message that it is true of', () => {
  const messages = [fromAgent(1), fromAgent(2), message(3), fromAgent(4), fromAgent(5), fromAgent(6)];
  expect([...marksOf(messages, 4, 2)]).toEqual([
    [2, 'read'],
    [4, 'delivered'],
    [6, 'sent'],
  ]);
});

const MINE: Partial<ConversationRow> = { status: 'active', agent: ME, queuedAt: null };
const LANS: Partial<ConversationRow> = { status: 'active', agent: LAN, queuedAt: null };
const WITH_BOT: Partial<ConversationRow> = { status: 'bot', queuedAt: null };
const said = (lastSeq: number, author: 'contact' | 'agent' = 'contact'): Partial<ConversationRow> => ({
  lastSeq,
  lastMessage: { author, text: 'alo', at: '2026-11-27T03:05:00.000Z' },
});

test.each([
  ['somebody begins to wait', undefined, row(), 'queued'],
  ['somebody waits on, and says more', row(), row(said(2)), null],
  ['somebody is back in the queue', row(MINE), row({ priority: 2 }), 'queued'],
  ['it needs a skill of this person', undefined, row({ skill: 'thẻ BHYT' }), 'queued'],
  ['it needs another skill', undefined, row({ skill: 'lương hưu' }), null],
  ['a colleague hands one over', row(LANS), row(MINE), 'assigned'],
  ['the contact writes in an own one', row(MINE), row({ ...MINE, ...said(2) }), 'message'],
  ['an own one is seen for the first time', undefined, row({ ...MINE, ...said(2) }), null],
  ['one has answered oneself', row(MINE), row({ ...MINE, ...said(2, 'agent') }), null],
  ['the contact writes to a colleague', row(LANS), row({ ...LANS, ...said(2) }), null],
  [
    'the contact writes where one has joined',
    row(LANS),
    row({ ...LANS, ...said(2), joined: [ME] }),
    'message',
  ],
] as const)('a sound when %s: %s → %s', (_, before, after, expected) => {
  expect(noticeOf(before, after, { account: ME.id, skills: ['thẻ BHYT'] })).toBe(expected);
});

const RIGHTS = [
  'canReply',
  'canNote',
  'canWhisper',
  'canClaim',
  'canTakeOver',
  'canJoin',
  'canTransfer',
] as const;
const rightsOf = (role: Role, change: Partial<ConversationRow>): (keyof Standing)[] => {
  const standing = standingOf(row(change), ME.id, (permission) => mayRole(role, permission));
  return RIGHTS.filter((right) => standing[right]);
};

test.each([
  ['agent', 'one that waits', {}, ['canNote', 'canClaim']],
  ['agent', 'an own one', MINE, ['canReply', 'canNote', 'canTransfer']],
  ['agent', "a colleague's", LANS, ['canNote']],
  ['agent', 'a closed one', { status: 'closed', queuedAt: null }, ['canNote']],
  ['supervisor', "a colleague's", LANS, ['canNote', 'canWhisper', 'canTakeOver', 'canJoin', 'canTransfer']],
  [
    'supervisor',
    'one that was joined',
    { ...LANS, joined: [ME] },
    ['canReply', 'canNote', 'canWhisper', 'canTakeOver', 'canTransfer'],
  ],
  ['agent', 'one with the bot', WITH_BOT, ['canNote', 'canClaim']],
  ['supervisor', 'one with the bot', WITH_BOT, ['canNote', 'canClaim']],
  ['editor', 'one with the bot', WITH_BOT, []],
  ['editor', 'one that waits', {}, []],
] as const)('%s may in %s', (role, _, change, expected) => {
  expect(rightsOf(role, change)).toEqual(expected);
});

test('the bounds of what is sent are those of the contracts', () => {
  expect([LONGEST_TEXT, LARGEST_BYTES, FILE_TYPES]).toEqual([
    MAX_TEXT_LENGTH,
    LARGEST_ATTACHMENT,
    attachmentType.options,
  ]);
  const command = { id: CONVERSATION, clientId: 'client-1', text: 'x' };
  const files = (count: number): string[] => Array.from({ length: count }, (_, place) => `file-${place}`);
  expect(
    [MOST_FILES, MOST_FILES + 1].map(
      (count) => staffSendCommand.safeParse({ ...command, attachments: files(count) }).success,
    ),
  ).toEqual([true, false]);
});

test.each([
  [{ size: LARGEST_BYTES, type: 'image/png' }, null],
  [{ size: LARGEST_BYTES + 1, type: 'image/png' }, 'tooLarge'],
  [{ size: 10, type: 'text/html' }, 'type'],
] as const)('a file of %o', (file, expected) => {
  expect(faultOf(file)).toBe(expected);
});
