/** The staff's namespace, as far as conversations go: command → use case, and facts → whoever looks. */
import {
  closeCommand,
  conversationCommand,
  draftCommand,
  noteCommand,
  openConversationCommand,
  revealCommand,
  staffHistoryCommand,
  staffReadCommand,
  staffSendCommand,
  staffTypingCommand,
  transferCommand,
  type Viewer,
} from '../contracts/console.ts';
import { mayRole, type StaffMember } from '../contracts/permissions.ts';
import type { Logger } from '../kernel/logger.ts';
import { listConnected } from '../realtime/list-connected.ts';
import {
  accountRoom,
  EVERYBODY,
  type StaffCommand,
  type StaffNamespace,
  type StaffSocket,
  staffCommand,
} from '../realtime/staff-namespace.ts';
import type { Conversation, Message } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import { type Change, isHandledBy } from './handling.ts';
import type { StaffCaller, StaffedConversations } from './staffed-conversations.ts';

export interface StaffCommandsDeps {
  readonly staffed: StaffedConversations;
  readonly conversations: Pick<Conversations, 'events'>;
  /** Somebody who may take a conversation now. @throws AppError `agent_unavailable` */
  readonly getPresentAgent: (id: string) => Promise<{ readonly id: string; readonly name: string }>;
  readonly isContactOnline: (conversation: string) => Promise<boolean>;
}

const viewRoom = (conversation: string): string => `view:${conversation}`;

/** Who has the conversation on screen, each person once. */
async function listViewers(socket: StaffSocket, conversation: string): Promise<Viewer[]> {
  const viewers = new Map<string, Viewer>();
  for (const { data } of await listConnected(socket.nsp, viewRoom(conversation))) {
    const { id, name } = data.staff;
    const typing = (data.typing[conversation] ?? false) || (viewers.get(id)?.typing ?? false);
    viewers.set(id, { id, name, typing });
  }
  return [...viewers.values()];
}

async function tellViewers(socket: StaffSocket, conversation: string): Promise<Viewer[]> {
  const viewers = await listViewers(socket, conversation);
  socket.nsp.to(viewRoom(conversation)).emit('viewers:changed', { conversation, viewers });
  return viewers;
}

const callerOf = ({ id, name, role, address }: StaffMember): StaffCaller => ({
  id,
  name,
  address,
  oversees: mayRole(role, 'conversations.oversee'),
});

export function createStaffCommands(deps: StaffCommandsDeps): StaffCommand[] {
  const { staffed } = deps;
  const { events } = deps.conversations;
  const change = (id: string, staff: StaffMember, make: (by: StaffCaller) => Change) => {
    const by = callerOf(staff);
    return staffed.change(id, make(by), by);
  };

  return [
    staffCommand({
      name: 'conversation:open',
      permission: 'conversations.read',
      schema: openConversationCommand,
      async perform({ id, after }, staff, socket) {
        // Joined before it is read: what is said in between comes twice rather than never.
        await socket.join(viewRoom(id));
        const opened = await staffed.open(id, after, staff.id);
        // Asked last: a contact who comes meanwhile is told behind the answer, not before it. Together: a node that does
        // not answer is waited for once.
        const [viewers, contactOnline] = await Promise.all([
          tellViewers(socket, id),
          deps.isContactOnline(id),
        ]);
        return { ...opened, viewers, contactOnline };
      },
    }),
    staffCommand({
      name: 'conversation:leave',
      permission: 'conversations.read',
      needsStore: false,
      schema: conversationCommand,
      async perform({ id }, _staff, socket) {
        delete socket.data.typing[id];
        await socket.leave(viewRoom(id));
        await tellViewers(socket, id);
        return null;
      },
    }),
    staffCommand({
      name: 'conversation:claim',
      permission: 'conversations.handle',
      schema: conversationCommand,
      perform: ({ id }, staff) => change(id, staff, (by) => ({ kind: 'claim', by })),
    }),
    staffCommand({
      name: 'conversation:takeOver',
      permission: 'conversations.oversee',
      schema: conversationCommand,
      perform: ({ id }, staff) => change(id, staff, (by) => ({ kind: 'take-over', by })),
    }),
    staffCommand({
      name: 'conversation:join',
      permission: 'conversations.oversee',
      schema: conversationCommand,
      perform: ({ id }, staff) => change(id, staff, (by) => ({ kind: 'join', by })),
    }),
    staffCommand({
      name: 'conversation:transfer',
      permission: 'conversations.handle',
      schema: transferCommand,
      async perform({ id, to, note }, staff, socket) {
        if (to.kind === 'bot') return change(id, staff, (by) => ({ kind: 'to-bot', by, note }));
        if (to.kind === 'queue')
          return change(id, staff, (by) => ({ kind: 'return', by, skill: to.skill, note }));
        const agent = await deps.getPresentAgent(to.agent);
        const row = await change(id, staff, (by) => ({ kind: 'transfer', by, to: agent, note }));
        socket.nsp.to(accountRoom(agent.id)).emit('conversation:assigned', row);
        return row;
      },
    }),
    staffCommand({
      name: 'conversation:close',
      permission: 'conversations.handle',
      schema: closeCommand,
      perform: ({ id, reason, tags }, staff) =>
        change(id, staff, (by) => ({ kind: 'close', by, reason, tags })),
    }),
    staffCommand({
      name: 'message:send',
      permission: 'conversations.handle',
      schema: staffSendCommand,
      async perform(command, staff, socket) {
        socket.data.typing[command.id] = false;
        return { message: await staffed.say(command, callerOf(staff), socket.id) };
      },
    }),
    staffCommand({
      name: 'note:add',
      permission: 'conversations.handle',
      schema: noteCommand,
      async perform(command, staff, socket) {
        const by = callerOf(staff);
        const whisper = command.whisper && by.oversees;
        const note = await staffed.note({ ...command, whisper }, by);
        socket.to(viewRoom(command.id)).emit('note:added', note);
        const { handling } = await staffed.get(command.id);
        if (whisper && handling !== null)
          socket.nsp.to(accountRoom(handling.agent.id)).emit('whisper:heard', note);
        return note;
      },
    }),
    staffCommand({
      name: 'history:read',
      permission: 'conversations.read',
      schema: staffHistoryCommand,
      perform: ({ id, before }) => staffed.readHistory(id, before),
    }),
    staffCommand({
      name: 'value:reveal',
      permission: 'values.reveal',
      schema: revealCommand,
      perform: ({ id, seq }, staff) => staffed.reveal(id, seq, callerOf(staff)),
    }),
    staffCommand({
      name: 'contact:reveal',
      permission: 'values.reveal',
      schema: conversationCommand,
      perform: ({ id }, staff) => staffed.revealContact(id, callerOf(staff)),
    }),
    staffCommand({
      name: 'draft:save',
      permission: 'conversations.handle',
      schema: draftCommand,
      async perform({ id, text }, staff) {
        await staffed.saveDraft(id, text, staff.id);
        return null;
      },
    }),
    staffCommand({
      name: 'typing:set',
      permission: 'conversations.handle',
      schema: staffTypingCommand,
      async perform({ id, typing }, staff, socket) {
        socket.data.typing[id] = typing;
        await tellViewers(socket, id);
        // A supervisor who types a note is not the contact's business.
        if (isHandledBy(await staffed.get(id), staff))
          events.emit('agentTyping', {
            conversation: id,
            agent: { id: staff.id, name: staff.name },
            typing,
          });
        return null;
      },
    }),
    staffCommand({
      name: 'read:mark',
      permission: 'conversations.handle',
      schema: staffReadCommand,
      async perform({ id, seq }, staff) {
        // Who only looks on has not seen it for the contact.
        if (isHandledBy(await staffed.get(id), staff)) events.emit('agentSaw', { conversation: id, seq });
        return null;
      },
    }),
  ];
}

export interface StaffFactsDeps {
  readonly namespace: StaffNamespace;
  readonly staffed: StaffedConversations;
  readonly conversations: Pick<Conversations, 'events' | 'find'>;
  readonly findMessage: (conversation: string, seq: number) => Promise<Message | null>;
  /** Staff may be connected to other nodes. */
  readonly hasOtherNodes: boolean;
  readonly logger: Logger;
}

/**
 * Tells the staff what happens in conversations. What is made up for those who look at one is made up by the node that
 * they are connected to: the others tell it the place only.
 */
export function tellStaff(deps: StaffFactsDeps): void {
  const { namespace, staffed, conversations, hasOtherNodes, logger } = deps;
  const { events } = conversations;
  const telling = (doing: Promise<void>): void => {
    doing.catch((error: Error) => logger.warn({ reason: error.message }, 'the staff cannot be told now'));
  };
  const tellRow = async (conversation: Conversation): Promise<void> => {
    const row = await staffed.row(conversation);
    namespace.to(EVERYBODY).emit('conversation:changed', row);
  };
  /** On this node. Nobody looks at most conversations with the bot: they cost nothing here. */
  const isViewed = (conversation: string): boolean =>
    (namespace.adapter.rooms.get(viewRoom(conversation))?.size ?? 0) > 0;

  /** Of this node. */
  const tellViewers = async (
    name: 'message:sent' | 'message:changed',
    message: Message,
    origin: string | null = null,
  ): Promise<void> => {
    const { conversation } = message;
    if (!isViewed(conversation)) return;
    const fact = { conversation, message: await staffed.present(message) };
    const room = namespace.local.to(viewRoom(conversation));
    (origin === null ? room : room.except(origin)).emit(name, fact);
  };

  events.on('messageStored', ({ message, origin }) => {
    const id = message.conversation;
    telling(
      (async () => {
        if (hasOtherNodes) namespace.serverSideEmit('message:sent', { conversation: id, seq: message.seq });
        await tellViewers('message:sent', message, origin);
        // What the bot and its contact say does not change the lists; a change tells itself.
        if (message.author === 'bot' || message.author === 'system') return;
        if (namespace.sockets.size === 0 && !hasOtherNodes) return;
        const conversation = await conversations.find(id);
        if (conversation !== null && conversation.status !== 'bot') await tellRow(conversation);
      })(),
    );
  });
  const tellChanged = (message: Message): void => {
    const { conversation, seq } = message;
    if (hasOtherNodes) namespace.serverSideEmit('message:changed', { conversation, seq });
    telling(tellViewers('message:changed', message));
  };
  for (const name of ['message:sent', 'message:changed'] as const)
    namespace.on(name, ({ conversation, seq }: { readonly conversation: string; readonly seq: number }) => {
      if (!isViewed(conversation)) return;
      telling(
        (async () => {
          const message = await deps.findMessage(conversation, seq);
          if (message !== null) await tellViewers(name, message);
        })(),
      );
    });
  events.on('messageRated', tellChanged);
  events.on('messageMarked', tellChanged);
  events.on('conversationChanged', ({ conversation }) => {
    telling(tellRow(conversation));
  });
  events.on('contactErased', ({ conversations: erased }) => {
    for (const conversation of erased) namespace.to(EVERYBODY).emit('conversation:erased', { conversation });
  });
  events.on('contactTyping', (fact) => {
    namespace.volatile.to(viewRoom(fact.conversation)).emit('contact:typing', fact);
  });
  events.on('contactPresence', (fact) => {
    namespace.volatile.to(viewRoom(fact.conversation)).emit('contact:online', fact);
  });
  events.on('contactSaw', ({ conversation, deliveredSeq = 0, readSeq = 0 }) => {
    namespace.to(viewRoom(conversation)).emit('contact:got', { conversation, deliveredSeq, readSeq });
  });
}

/** When the connection goes, the conversations that were on screen have one viewer less. */
export function watchViews(socket: StaffSocket, logger: Logger): void {
  socket.on('disconnecting', () => {
    const views = [...socket.rooms].filter((room) => room.startsWith(viewRoom('')));
    // Only then it has left them.
    socket.once('disconnect', () => {
      Promise.all(views.map((room) => tellViewers(socket, room.slice(viewRoom('').length)))).catch(
        (error: Error) => logger.warn({ reason: error.message }, 'viewers cannot be told now'),
      );
    });
  });
}
