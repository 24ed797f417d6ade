import { expect, test } from 'vitest';
import type { AnswerResponse } from '../../src/contracts/answers.ts';
import type { ConversationStatus, MessageView } from '../../src/contracts/chat.ts';
import { startWith } from '../../web-sync/transcript.ts';
import { type ChatState, initialState } from '../../web-widget/sync/chat-state.ts';
import { arrange } from '../../web-widget/sync/log-items.ts';
import type { OutboxEntry } from '../../web-widget/sync/outbox.ts';
import { conversation, fromContact, message } from './messages.ts';

const entry = (clientId: string, change: Partial<OutboxEntry> = {}): OutboxEntry => ({
  clientId,
  owner: 'anonymous',
  text: 'chào',
  at: Date.UTC(2025, 4, 12, 5),
  ...change,
});
const state = (messages: readonly MessageView[], change: Partial<ChatState> = {}): ChatState => ({
  ...initialState('anonymous', []),
  link: 'online',
  conversation: { ...conversation, lastSeq: messages.length },
  transcript: startWith(messages, false),
  ...change,
});
const kinds = (of: ChatState): string[] => arrange(of).map(({ kind }) => kind);
const choices = [{ id: 'agent', label: 'Gặp nhân viên' }];

test('nothing said, nothing shown', () => {
  expect(arrange(state([]))).toEqual([]);
});

test('days are parted as they are in Việt Nam', () => {
  const days = [
    message(1, { at: '2025-05-12T16:59:59.000Z' }),
    message(2, { at: '2025-05-12T17:00:00.000Z' }),
    // A clock of the desk that was set back makes no third day.
    message(3, { at: '2025-05-12T10:00:00.000Z' }),
  ];
  expect(kinds(state(days))).toEqual(['day', 'message', 'day', 'message', 'message']);
  const keys = arrange(state(days)).map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});

test('a message keeps its place and name from the outbox to the transcript', () => {
  const waiting = arrange(state([], { pending: [entry('abc')] }));
  const stored = arrange(state([fromContact(1, 'abc')]));
  expect(waiting.map(({ key }) => key)).toEqual(stored.map(({ key }) => key));
});

test('choices are offered below the newest message until something is sent', () => {
  const asked = [message(1, { choices }), message(2, { choices })];
  expect(kinds(state(asked)).filter((kind) => kind === 'choices')).toHaveLength(1);
  expect(kinds(state(asked, { pending: [entry('abc')] }))).not.toContain('choices');
  expect(kinds(state([...asked, fromContact(3)]))).not.toContain('choices');
  const refused = entry('abc', { refused: { code: 'text_too_long', message: 'Dài quá' } });
  expect(kinds(state(asked, { pending: [refused] }))).toContain('choices');
});

test('the ways out of the queue are not offered below the message too: the banner holds them', () => {
  const ways = [
    { id: 'queue:callback', label: 'Để lại số' },
    { id: 'queue:bot', label: 'Hỏi tiếp' },
  ];
  const asked = state([message(1, { choices: ways })]);
  expect(kinds(asked)).toContain('choices');
  const queued = { ...asked, conversation: { ...asked.conversation!, status: 'queued' as const } };
  expect(kinds(queued)).not.toContain('choices');
  const more = { ...queued, transcript: startWith([message(1, { choices: [...ways, ...choices] })], false) };
  expect(arrange(more).flatMap((item) => (item.kind === 'choices' ? item.choices : []))).toEqual(choices);
});

test('what was refused stays where it was typed', () => {
  const refused = (clientId: string, after?: number) =>
    entry(clientId, {
      refused: { code: 'text_malformed', message: 'Hỏng', ...(after === undefined ? {} : { after }) },
    });
  const order = (pending: readonly OutboxEntry[], messages = [1, 2, 3].map((seq) => message(seq))) =>
    arrange(state(messages, { pending }))
      .filter(({ kind }) => kind !== 'day')
      .map(({ key }) => key);
  expect(order([refused('a', 1), refused('b', 1), refused('c', 3), entry('d')])).toEqual([
    'seq-1',
    'client-a',
    'client-b',
    'seq-2',
    'seq-3',
    'client-c',
    'client-d',
  ]);
  expect(order([refused('a', 0), refused('b')])[0]).toBe('client-a');
  expect(order([refused('a', 0), refused('b')])[4]).toBe('client-b');
  // Of an earlier conversation, which was longer.
  expect(order([refused('a', 9), refused('b', 2)]).slice(2)).toEqual(['client-b', 'seq-3', 'client-a']);
});

test('the bot is said to write only while it is the one who answers', () => {
  const open = state([fromContact(1)], { awaiting: 1 });
  const at = (status: ConversationStatus) => ({ ...open, conversation: { ...conversation, status } });
  expect(kinds(open)).toEqual(['day', 'message', 'typing']);
  // Whoever waits for a person may go on asking.
  expect(kinds(at('queued'))).toContain('typing');
  expect(kinds(at('active'))).not.toContain('typing');
  expect(kinds({ ...open, awaiting: null })).not.toContain('typing');
});

test('a provisional answer stands below its question until the real one is there', () => {
  const provisional = new Map([['abc', {} as AnswerResponse]]);
  expect(kinds(state([], { pending: [entry('abc'), entry('def')], provisional }))).toEqual([
    'day',
    'pending',
    'provisional',
    'pending',
  ]);
  expect(kinds(state([fromContact(1, 'abc')], { provisional }))).toEqual(['day', 'message', 'provisional']);
  expect(kinds(state([fromContact(1, 'abc'), message(2, { replyTo: 1 })], { provisional }))).toEqual([
    'day',
    'message',
    'message',
  ]);
});

test('whose words begin is said where somebody else spoke before, and on a new day', () => {
  const said = [
    message(1),
    message(2),
    fromContact(3),
    message(4),
    message(5, { at: '2025-05-14T03:00:00.000Z' }),
  ];
  const begins = arrange(state(said)).flatMap((item) => (item.kind === 'message' ? [item.takesOver] : []));
  expect(begins).toEqual([true, false, true, true, true]);
});

test('only the last message that the agent has seen says so', () => {
  const seen = arrange(state([fromContact(1), fromContact(2), fromContact(3)], { agentRead: 2 }));
  expect(seen.flatMap((item) => (item.kind === 'message' ? [item.seenByAgent] : []))).toEqual([
    false,
    true,
    false,
  ]);
});

test('an agent is said to write only while the conversation is in their hands', () => {
  const typing = (status: ConversationStatus) =>
    arrange(state([message(1)], { agentTyping: true, conversation: { ...conversation, status } })).filter(
      ({ kind }) => kind === 'typing',
    );
  expect(typing('active')).toEqual([{ kind: 'typing', key: 'typing', author: 'agent' }]);
  expect([...typing('queued'), ...typing('closed')]).toEqual([]);
});

test('one agent who follows another is named, also without a notice between them', () => {
  const of = (seq: number, by: string) => message(seq, { author: 'agent', by, text: 'Dạ', bubbles: [] });
  const notice = message(3, { author: 'system', text: 'Lan đã vào hỗ trợ', bubbles: [] });
  const said = [of(1, 'Lan'), of(2, 'Lan'), notice, of(4, 'Lan'), of(5, 'Minh')];
  const begins = arrange(state(said)).flatMap((item) => (item.kind === 'message' ? [item.takesOver] : []));
  expect(begins).toEqual([true, false, true, true, true]);
});

test('how satisfied the contact is, is asked below a closed conversation, above what is written next', () => {
  const closed = (satisfaction: number | null, pending: readonly OutboxEntry[] = []) =>
    arrange(
      state([message(1)], { pending, conversation: { ...conversation, status: 'closed', satisfaction } }),
    ).filter(({ kind }) => kind !== 'day');
  expect(closed(null)[1]).toEqual({ kind: 'satisfaction', key: 'satisfaction-c', score: null });
  expect(closed(4)[1]).toMatchObject({ score: 4 });
  expect(closed(null, [entry('abc')]).map(({ kind }) => kind)).toEqual([
    'message',
    'satisfaction',
    'pending',
  ]);
  expect(kinds(state([message(1)]))).not.toContain('satisfaction');
});

test('files keep the place of the message they go with', () => {
  const file = { url: 'attachments/x', name: 'the.jpg', type: 'image/jpeg', size: 7 } as const;
  const waiting = state([], { pending: [entry('abc', { attachments: [{ id: 'x', ...file }] })] });
  const stored = state([{ ...fromContact(1, 'abc'), bubbles: [{ kind: 'file', ...file }] }]);
  expect(arrange(waiting).map(({ key }) => key)).toEqual(arrange(stored).map(({ key }) => key));
});
