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
  sendCommand,
  typingCommand,
} from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import { answerCommand, type CommandDeps, toChatError } from '../realtime/answer-command.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import type { Conversations } from './conversations.ts';
import { presentConversation, presentMessage } from './present-message.ts';

export interface ConversationSocketsDeps<Caller> extends CommandDeps {
  readonly sockets: SocketServer;
  readonly conversations: Conversations;
  /** Who calls, by what the handshake shows; nothing is looked up. @throws AppError */
  readonly readCredentials: (shown: unknown) => Promise<Caller>;
  readonly ensureContact: (caller: Caller) => Promise<string>;
  /** A store that is known to be away is not asked. */
  readonly isStoreUp: () => boolean;
}

interface SocketData<Caller> {
  caller: Caller;
  /** Once the conversation is open. */
  opened?: { readonly contact: string; readonly conversation: string };
}
type ChatSocket<Caller> = Socket<ChatCommands, ChatFacts, DefaultEventsMap, SocketData<Caller>>;

const roomOf = (conversation: string): string => `conversation:${conversation}`;

export function serveConversations<Caller>(deps: ConversationSocketsDeps<Caller>): void {
  const namespace: Namespace<ChatCommands, ChatFacts, DefaultEventsMap, SocketData<Caller>> = deps.sockets.of(
    CHAT_NAMESPACE,
  );
  const { events } = deps.conversations;

  namespace.use(async (socket, next) => {
    try {
      socket.data.caller = await deps.readCredentials(socket.handshake.auth);
      next();
    } catch (error) {
      const { code, message } = toChatError(error, deps);
      next(Object.assign(new Error(message), { data: { code, message } }));
    }
  });
  namespace.on('connection', (socket) => serveContact(socket, deps));

  events.on('messageStored', ({ message, origin }) => {
    const room = namespace.to(roomOf(message.conversation));
    (origin === null ? room : room.except(origin)).emit('message:sent', presentMessage(message));
  });
  events.on('messageRated', (message) => {
    namespace.to(roomOf(message.conversation)).emit('message:rated', presentMessage(message));
  });
  events.on('conversationChanged', ({ conversation, lastSeq }) => {
    namespace
      .to(roomOf(conversation.id))
      .emit('conversation:changed', presentConversation(conversation, lastSeq));
  });
  events.on('contactErased', ({ conversations, origin }) => {
    for (const id of conversations) {
      const rest = origin === null ? namespace.to(roomOf(id)) : namespace.to(roomOf(id)).except(origin);
      rest.emit('contact:erased');
      rest.disconnectSockets(true);
    }
  });
}

function serveContact<Caller>(socket: ChatSocket<Caller>, deps: ConversationSocketsDeps<Caller>): void {
  const { conversations } = deps;
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
  /** The others who have the conversation open: the contact's other devices, and staff. */
  const others = () => socket.volatile.to(roomOf(current().conversation));

  const open = async ({ after }: OpenCommand): Promise<Opened> => {
    const contact = await deps.ensureContact(socket.data.caller);
    const conversation = await conversations.open(contact);
    // Joined before it is read: what is said in between comes twice rather than never.
    if (socket.data.opened?.conversation !== conversation.id) {
      socket.data.opened = { contact, conversation: conversation.id };
      await socket.join(roomOf(conversation.id));
      others().emit('presence:changed', { author: 'contact', online: true });
    }
    const { messages, hasMore, lastSeq } = await conversations.read(conversation.id, { after });
    return {
      conversation: presentConversation(conversation, lastSeq),
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
  socket.on(
    'contact:erase',
    answerCommand(
      eraseCommand,
      withStore(async () => {
        const { contact, conversation } = current();
        await conversations.erase(contact, socket.id);
        delete socket.data.opened;
        await socket.leave(roomOf(conversation));
        return null;
      }),
      deps,
    ),
  );
  socket.on(
    'read:mark',
    answerCommand(
      readCommand,
      ({ seq }) => {
        others().emit('read:marked', { author: 'contact', seq });
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
        return null;
      },
      deps,
    ),
  );
  socket.on('disconnect', async () => {
    if (socket.data.opened === undefined) return;
    const left = await socket.nsp.in(roomOf(current().conversation)).fetchSockets();
    // Another device of the contact may still look at it.
    if (left.every(({ data }) => (data as SocketData<Caller>).caller === undefined))
      others().emit('presence:changed', { author: 'contact', online: false });
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
