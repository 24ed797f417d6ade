/** The chat's namespace: event name → use case, and facts → whoever has the conversation open. */
import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import {
  CHAT_NAMESPACE,
  type ChatCommands,
  type ChatFacts,
  eraseCommand,
  historyQuery,
  type OpenCommand,
  type Opened,
  openCommand,
  rateCommand,
  readCommand,
  reopenCommand,
  satisfactionCommand,
  sendCommand,
  typingCommand,
} from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Taken } from '../kernel/flood-limit.ts';
import { answerCommand, type CommandDeps, toChatError } from '../realtime/answer-command.ts';
import { guardSocket } from '../realtime/guard-socket.ts';
import { listConnected } from '../realtime/list-connected.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import type { QueueOutlook } from './answer-turns.ts';
import type { Conversation, Message } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { reopenableUntil } from './handling.ts';
import { presentConversation, presentMessage } from './present-message.ts';

export interface ConversationSocketsDeps<Caller> extends CommandDeps {
  readonly sockets: SocketServer;
  readonly conversations: Conversations;
  /** Where a handshake comes from. */
  readonly addressOf: (handshake: Socket['handshake']) => string;
  /** @throws AppError for a connection that is one too many */
  readonly admitConnection: (address: string) => void;
  /** Who calls, by what the handshake shows; nothing is looked up. @throws AppError */
  readonly readCredentials: (shown: unknown, address: string) => Promise<Caller>;
  /** Counts the commands of one connection. */
  readonly countCommands: (caller: Caller) => (name: string, body: unknown) => Taken;
  /** @throws AppError for a new one that is one too many, or has something to prove first */
  readonly ensureContact: (caller: Caller, address: string, solution?: string) => Promise<string>;
  readonly outlook: QueueOutlook;
  /** Those that wait, each with what it has to expect. */
  readonly listOutlooks: () => Promise<ReadonlyMap<string, Awaited<ReturnType<QueueOutlook>>>>;
  readonly reopenWithinMs: () => number;
  /** A store that is known to be away is not asked. */
  readonly isStoreUp: () => boolean;
}

interface SocketData<Caller> {
  caller: Caller;
  address: string;
  /** Once the conversation is open. */
  opened?: { readonly contact: string; readonly conversation: string };
}
type ChatSocket<Caller> = Socket<ChatCommands, ChatFacts, DefaultEventsMap, SocketData<Caller>>;

/** The conversation as the contact sees it, with its place in the queue. */
async function viewOf<Caller>(
  conversation: Conversation,
  lastSeq: number,
  { outlook, reopenWithinMs }: Pick<ConversationSocketsDeps<Caller>, 'outlook' | 'reopenWithinMs'>,
) {
  return presentConversation(conversation, {
    lastSeq,
    outlook: conversation.status === 'queued' ? await outlook(conversation) : null,
    reopenUntil: reopenableUntil(conversation, reopenWithinMs(), new Date()),
  });
}

/** Where the contact's devices are that have a conversation open. */
export const contactRoom = (conversation: string): string => `conversation:${conversation}`;

/** Which conversation a device of the chat's namespace has open; null: none yet. */
export function openedBy(socket: {
  readonly data: unknown;
}): NonNullable<SocketData<unknown>['opened']> | null {
  return (socket.data as Partial<SocketData<unknown>>).opened ?? null;
}

export interface ConversationSockets {
  /** The queue has moved: tells those who wait and look, on this node, where they stand. */
  readonly tellPlaces: () => Promise<void>;
}

export function serveConversations<Caller>(deps: ConversationSocketsDeps<Caller>): ConversationSockets {
  const namespace: Namespace<ChatCommands, ChatFacts, DefaultEventsMap, SocketData<Caller>> = deps.sockets.of(
    CHAT_NAMESPACE,
  );
  const { events } = deps.conversations;

  namespace.use(async (socket, next) => {
    try {
      const address = deps.addressOf(socket.handshake);
      deps.admitConnection(address);
      socket.data.address = address;
      socket.data.caller = await deps.readCredentials(socket.handshake.auth, address);
      next();
    } catch (error) {
      const said = toChatError(error, deps);
      next(Object.assign(new Error(said.message), { data: said }));
    }
  });
  namespace.on('connection', (socket) => serveContact(socket, deps));

  /** A device of the contact has got it with the fact. */
  const noteDelivered = async ({ conversation, seq }: Message): Promise<void> => {
    try {
      const devices = await listConnected(namespace, contactRoom(conversation));
      if (devices.length > 0) await deps.conversations.markSeen(conversation, { deliveredSeq: seq });
    } catch (error) {
      deps.logger.warn({ reason: (error as Error).message }, 'a delivery cannot be noted now');
    }
  };
  events.on('messageStored', ({ message, origin }) => {
    const room = namespace.to(contactRoom(message.conversation));
    (origin === null ? room : room.except(origin)).emit('message:sent', presentMessage(message));
    if (message.author === 'agent') void noteDelivered(message);
  });
  events.on('messageRated', (message) => {
    namespace.to(contactRoom(message.conversation)).emit('message:rated', presentMessage(message));
  });
  events.on('conversationChanged', ({ conversation, lastSeq }) => {
    viewOf(conversation, lastSeq, deps).then(
      (view) => namespace.to(contactRoom(conversation.id)).emit('conversation:changed', view),
      (error: Error) => deps.logger.warn({ reason: error.message }, 'a change cannot be told now'),
    );
  });
  events.on('agentTyping', ({ conversation, typing }) => {
    namespace.volatile.to(contactRoom(conversation)).emit('typing:changed', { author: 'agent', typing });
  });
  events.on('agentSaw', ({ conversation, seq }) => {
    namespace.volatile.to(contactRoom(conversation)).emit('read:marked', { author: 'agent', seq });
  });
  events.on('contactErased', ({ conversations, origin }) => {
    for (const id of conversations) {
      const rest =
        origin === null ? namespace.to(contactRoom(id)) : namespace.to(contactRoom(id)).except(origin);
      rest.emit('contact:erased');
      rest.disconnectSockets(true);
    }
  });

  return {
    async tellPlaces() {
      if (namespace.sockets.size === 0) return;
      for (const [id, outlook] of await deps.listOutlooks()) {
        if (!namespace.adapter.rooms.has(contactRoom(id))) continue;
        const conversation = await deps.conversations.find(id);
        if (conversation?.status !== 'queued') continue;
        const lastSeq = await deps.conversations.findLastSeq(id);
        namespace.local
          .to(contactRoom(id))
          .emit(
            'conversation:changed',
            presentConversation(conversation, { lastSeq, outlook, reopenUntil: null }),
          );
      }
    },
  };
}

function serveContact<Caller>(socket: ChatSocket<Caller>, deps: ConversationSocketsDeps<Caller>): void {
  const { conversations } = deps;
  const { events } = conversations;
  guardSocket(socket, deps.countCommands(socket.data.caller), deps);
  const withStore =
    <Body, Data>(perform: (body: Body) => Promise<Data>) =>
    (body: Body) => {
      if (!deps.isStoreUp()) throw new AppError({ code: 'store_unavailable', message: 'the store is away' });
      return perform(body);
    };
  const current = (): { contact: string; conversation: string } => {
    if (socket.data.opened === undefined) throw new AppError({ code: 'not_open', message: socket.id });
    return socket.data.opened;
  };
  /** The contact's other devices that have the conversation open. */
  const others = () => socket.volatile.to(contactRoom(current().conversation));

  const open = async ({ after, fresh, solution }: OpenCommand): Promise<Opened> => {
    const contact = await deps.ensureContact(socket.data.caller, socket.data.address, solution);
    const conversation = await conversations.open(contact, fresh);
    // Joined before it is read: what is said in between comes twice rather than never.
    if (socket.data.opened?.conversation !== conversation.id) {
      if (socket.data.opened !== undefined) await socket.leave(contactRoom(socket.data.opened.conversation));
      await socket.join(contactRoom(conversation.id));
      events.emit('contactPresence', { conversation: conversation.id, online: true });
    }
    socket.data.opened = { contact, conversation: conversation.id };
    const { messages, hasMore, lastSeq } = await conversations.read(conversation.id, { after });
    if (conversation.status === 'active')
      await conversations.markSeen(conversation.id, { deliveredSeq: lastSeq });
    return {
      conversation: await viewOf(conversation, lastSeq, deps),
      messages: messages.map(presentMessage),
      hasMore,
    };
  };

  socket.on('conversation:open', answerCommand(openCommand, withStore(open), deps));
  socket.on(
    'message:send',
    answerCommand(
      sendCommand,
      withStore(async (command) => ({
        message: presentMessage(await conversations.send(current().conversation, command, socket.id)),
      })),
      deps,
    ),
  );
  socket.on(
    'message:rate',
    answerCommand(
      rateCommand,
      withStore(async (command) => ({
        message: presentMessage(await conversations.rate(current().conversation, command)),
      })),
      deps,
    ),
  );
  socket.on(
    'history:read',
    answerCommand(
      historyQuery,
      withStore(async (query) => {
        const { messages, hasMore } = await conversations.readHistory(current().contact, query);
        return { messages: messages.map(presentMessage), hasMore };
      }),
      deps,
    ),
  );
  const changed = async (changing: Promise<Conversation>) => {
    const conversation = await changing;
    return {
      conversation: await viewOf(conversation, await conversations.findLastSeq(conversation.id), deps),
    };
  };
  socket.on(
    'conversation:reopen',
    answerCommand(
      reopenCommand,
      withStore(() => changed(conversations.reopen(current().conversation))),
      deps,
    ),
  );
  socket.on(
    'satisfaction:give',
    answerCommand(
      satisfactionCommand,
      withStore((command) => changed(conversations.giveSatisfaction(current().conversation, command))),
      deps,
    ),
  );
  socket.on(
    'contact:erase',
    answerCommand(
      eraseCommand,
      withStore(async () => {
        const { contact, conversation } = current();
        await conversations.erase(contact, socket.id);
        delete socket.data.opened;
        await socket.leave(contactRoom(conversation));
        return null;
      }),
      deps,
    ),
  );
  socket.on(
    'read:mark',
    answerCommand(
      readCommand,
      async ({ seq, handled }) => {
        others().emit('read:marked', { author: 'contact', seq });
        if (handled && deps.isStoreUp())
          await conversations.markSeen(current().conversation, { readSeq: seq, deliveredSeq: seq });
        return null;
      },
      deps,
    ),
  );
  socket.on(
    'typing:set',
    answerCommand(
      typingCommand,
      ({ typing }) => {
        others().emit('typing:changed', { author: 'contact', typing });
        events.emit('contactTyping', { conversation: current().conversation, typing });
        return null;
      },
      deps,
    ),
  );
  socket.on('disconnect', async () => {
    if (socket.data.opened === undefined) return;
    const { conversation } = socket.data.opened;
    const left = await listConnected(socket.nsp, contactRoom(conversation));
    // Another device of the contact may still look at it.
    if (left.length === 0) events.emit('contactPresence', { conversation, online: false });
  });
  socket.onAny((name: string, ...rest: unknown[]) => {
    const acknowledge = rest.at(-1);
    if (socket.listenerCount(name as never) > 0 || typeof acknowledge !== 'function') return;
    acknowledge({
      ok: false,
      error: toChatError(new AppError({ code: 'unknown_command', message: name }), deps),
    });
  });
}
