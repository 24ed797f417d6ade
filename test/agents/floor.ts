/** The rooms that keep the queue moving, on a real store and a clock that the test turns; as many nodes as it wants. */
import { createConnection } from 'mongoose';
import { type AgentPresence, createPresence } from '../../src/agents/presence.ts';
import { createPresenceStore, type PresenceStore } from '../../src/agents/presence-store.ts';
import { createShift, type Shift, type ShiftDeps } from '../../src/agents/shift.ts';
import type { HandoverReason } from '../../src/contracts/console.ts';
import { createConversationStore } from '../../src/conversations/conversation-store.ts';
import { type Conversations, createConversations } from '../../src/conversations/conversations.ts';
import { createInboxStore } from '../../src/conversations/inbox-store.ts';
import { createMessageStore } from '../../src/conversations/message-store.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { newClientId } from '../support/chat-client.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

export interface Floor {
  readonly database: TestDatabase;
  readonly now: () => Date;
  readonly forward: (ms: number) => void;
  readonly settings: { automatic: boolean; onDuty: boolean; graceMs: number; isStoreUp: boolean };
  readonly presenceStore: PresenceStore;
  /** Another process on the same store. @param watch stands between its shift and the rest */
  readonly startNode: (watch?: (deps: ShiftDeps) => ShiftDeps) => FloorNode;
  readonly close: () => Promise<void>;
}

export interface FloorNode {
  readonly conversations: Conversations;
  readonly presence: AgentPresence;
  readonly shift: Shift;
  /** A new contact asks for a person. @returns the conversation */
  readonly ask: (reason?: HandoverReason) => Promise<string>;
}

/** Nothing happens by itself: the test says when. */
const NEVER_MS = 2 ** 31 - 1;

export async function openFloor(start: string): Promise<Floor> {
  const database = await openDatabase();
  const connection = await createConnection(database.uri).asPromise();
  const logger = createLogger('silent');
  const stores = {
    conversations: createConversationStore(connection),
    messages: createMessageStore(connection),
    inbox: createInboxStore(connection),
    presence: createPresenceStore(connection),
  };
  for (const { collection, schema } of Object.values(connection.models)) {
    for (const [keys, options] of schema.indexes()) {
      // What is unique is a rule; of the rest, what the queue is looked up by: a day is to pass quickly.
      if (options.unique || 'status' in keys || 'contact' in keys)
        await collection.createIndex(keys as never, options as never);
    }
  }
  let time = Date.parse(start);
  const now = (): Date => new Date(time);
  const settings = { automatic: true, onDuty: true, graceMs: 60_000, isStoreUp: true };
  const nodes: FloorNode[] = [];

  const startNode: Floor['startNode'] = (watch = (deps) => deps) => {
    const conversations = createConversations({
      conversations: stores.conversations,
      messages: stores.messages,
      bot: SILENT_BOT,
      outlook: async () => ({ onDuty: true, backAt: null, staffed: true, position: 1, wait: null }),
      reopenWithinMs: () => 60 * 60_000,
      seal: async () => undefined,
      claimAttachments: async () => [],
      forgetConversation: async () => undefined,
      removeContact: async () => undefined,
      isStoreUp: () => true,
      isStoreAway: () => false,
      logger,
      now,
      sweepEveryMs: NEVER_MS,
    });
    const presence = createPresence({
      store: stores.presence,
      listHeld: stores.inbox.listHeld,
      graceMs: () => settings.graceMs,
      isStoreUp: () => settings.isStoreUp,
      logger,
      now,
    });
    const shift = createShift(
      watch({
        store: stores.presence,
        listAgents: presence.list,
        listWaiting: stores.inbox.listWaiting,
        listHeld: stores.inbox.listHeld,
        async assign(id, { id: agent, name }) {
          await conversations.change(id, { kind: 'assign', to: { id: agent, name } });
        },
        async giveBack(id, agent) {
          await conversations.change(id, { kind: 'agent-gone', agent });
        },
        async tellDutyEnded(id) {
          await conversations.change(id, { kind: 'duty-ended' });
        },
        isAutomatic: () => settings.automatic,
        isOnDuty: () => settings.onDuty,
        graceMs: () => settings.graceMs,
        isStoreUp: () => settings.isStoreUp,
        logger,
        now,
        everyMs: NEVER_MS,
      }),
    );
    const node: FloorNode = {
      conversations,
      presence,
      shift,
      async ask(reason = 'asked') {
        const { id } = await stores.conversations.ensureOpen(newClientId(), now());
        await conversations.change(id, { kind: 'queue', reason });
        return id;
      },
    };
    nodes.push(node);
    return node;
  };

  return {
    database,
    now,
    forward(ms) {
      time += ms;
    },
    settings,
    presenceStore: stores.presence,
    startNode,
    async close() {
      for (const { conversations, presence, shift } of nodes) {
        await presence.stop();
        await shift.stop();
        await conversations.stop();
      }
      await connection.destroy();
      await database.drop();
    },
  };
}

const SILENT_BOT: Parameters<typeof createConversations>[0]['bot'] = {
  read: ({ text }) => ({
    text,
    redacted: [],
    understanding: null,
    kept: [],
    sealable: [],
    note: () => undefined,
  }),
  foresee: () => null,
  answer: async () => null,
  apologise: () => ({ bubbles: [], choices: [] }),
};
