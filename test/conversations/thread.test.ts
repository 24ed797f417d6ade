/** Where a conversation stands, as a node that has not seen it before reads it. */
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ConversationEvent } from '../../src/contracts/console.ts';
import { type Message, makeMessage } from '../../src/conversations/conversation.ts';
import { createConversationStore } from '../../src/conversations/conversation-store.ts';
import { createMessageStore } from '../../src/conversations/message-store.ts';
import { loadThread } from '../../src/conversations/thread.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

type Said = Partial<Message> & Pick<Message, 'author'>;
const forBot = { choice: null, platform: null, queued: true, understanding: null, kept: null };
const question: Said = { author: 'contact', forBot };
const toPerson: Said = { author: 'contact' };
const answerTo = (replyTo: number): Said => ({ author: 'bot', replyTo });
const LAN = { id: 'a'.repeat(24), name: 'Lan' };
const told = (kind: ConversationEvent['kind']): Said => ({
  author: 'system',
  event: { kind, by: LAN, to: LAN, skill: null, note: '' },
});

it.each<[string, readonly Said[], readonly number[]]>([
  ['a question without an answer', [question, answerTo(1), question], [3]],
  ['several, in order', [question, question], [1, 2]],
  ['not what it left out before it answered another', [question, question, answerTo(2), question], [4]],
  ['not what a person took', [question, told('claimed'), toPerson, told('to-bot'), question], [5]],
  ['not what the desk gave to a person', [question, told('assigned'), told('agent-gone'), question], [4]],
  ['not what a person answered', [question, { author: 'agent', agent: LAN }, told('to-bot')], []],
  ['what was asked while nobody came', [question, told('reopened'), question], [1, 3]],
])('the bot still has to answer %s', async (_, said, expected) => {
  const conversations = createConversationStore(connection);
  const messages = createMessageStore(connection);
  const { id } = await conversations.ensureOpen(`contact ${_}`, new Date());
  for (const [at, message] of said.entries())
    await messages.append(
      makeMessage({ conversation: id, seq: at + 1, clientId: `message-${at}`, at: new Date(), ...message }),
    );
  const thread = await loadThread(id, conversations, messages);
  expect(thread.unanswered.map(({ seq }) => seq)).toEqual(expected);
});
