/** A process that ends with more to count than there is time for. */
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection } from 'mongoose';
import { expect, it } from 'vitest';
import { createAnalytics } from '../../src/analytics/analytics.ts';
import { createFactsStore } from '../../src/analytics/facts-store.ts';
import { createNumbersStore } from '../../src/analytics/numbers-store.ts';
import { createConversationStore } from '../../src/conversations/conversation-store.ts';
import { createMessageStore } from '../../src/conversations/message-store.ts';
import { createStoryStore } from '../../src/conversations/story-store.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { createTicketStore } from '../../src/tickets/ticket-store.ts';
import { openDatabase } from '../support/database.ts';

const NOTED = 400;
/** All of them would take four seconds. */
const SLOW_MS = 200;

it('begins no more after a while, and leaves the rest to whoever comes next', async () => {
  const database = await openDatabase();
  const connection = await createConnection(database.uri).asPromise();
  createConversationStore(connection);
  createMessageStore(connection);
  const stories = createStoryStore(connection);
  const tickets = createTicketStore(connection);
  let asked = 0;
  const analytics = createAnalytics({
    facts: createFactsStore(connection),
    numbers: createNumbersStore(connection),
    async readStories(ids) {
      asked += ids.length;
      await pause(SLOW_MS);
      return (await stories.read(ids)).map(({ conversation, messages }) => ({
        ...conversation,
        closedBy: conversation.closing?.by ?? null,
        messages,
      }));
    },
    readTickets: tickets.findMany,
    listMoved: { conversations: stories.listMoved, tickets: tickets.listMoved },
    listAll: { conversations: stories.listIds, tickets: tickets.listCodes },
    listMarks: async () => [],
    describeContacts: async () => new Map(),
    isStoreUp: () => true,
    logger: createLogger('silent'),
  });
  for (let one = 0; one < NOTED; one++) analytics.noteConversation(one.toString(16).padStart(24, '0'));
  await analytics.stop();
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(NOTED);
  await connection.destroy();
  await database.drop();
});
