/** The use cases of a conversation: open it, say something, read it, rate an answer, have it deleted. */
import { EventEmitter } from 'node:events';
import type { HistoryQuery, RateCommand, SendCommand } from '../contracts/chat.ts';
import { PAGE_LENGTH } from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Bot, createAnswerTurns } from './answer-turns.ts';
import { type Conversation, canBeRated, type Message } from './conversation.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { MessageStore } from './message-store.ts';
import { loadThread, type Thread } from './thread.ts';
import { createThreads } from './threads.ts';

/** Understands a message and takes out what must not be kept. */
export type ReadMessage = (
  message: Pick<SendCommand, 'text'> & {
    readonly choice: string | null;
    readonly platform: 'android' | 'ios' | null;
  },
  dialogue: unknown,
) => Pick<Message, 'text' | 'redacted'> & {
  readonly understanding: unknown;
  /** Personal values that the dialogue asks for. */
  readonly kept: readonly unknown[];
  /** To be called once the message is stored: tells the editors what was asked. */
  readonly note: () => void;
};

export interface ConversationsDeps {
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly bot: Bot & { readonly read: ReadMessage };
  /** Tickets stay, without their link to the conversation. */
  readonly forgetConversation: (id: string) => Promise<void>;
  readonly removeContact: (id: string) => Promise<void>;
  readonly isStoreUp: () => boolean;
  /** Is it an error of a store that is out of reach? */
  readonly isStoreAway: (error: unknown) => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly sweepEveryMs?: number;
}

export interface Conversations {
  readonly events: ConversationEvents;
  /** The contact's open conversation; a new one where there is none. */
  readonly open: (contact: string) => Promise<Conversation>;
  /** A page of a conversation, in order, and the last place taken in it. */
  readonly read: (
    conversation: string,
    query: HistoryQuery,
  ) => Promise<{
    readonly messages: readonly Message[];
    readonly hasMore: boolean;
    readonly lastSeq: number;
  }>;
  /**
   * Stores a message and has the bot answer it where the bot is to. Said again with the same `clientId` it is not
   * stored again: the first one comes back.
   * @param origin passed on with the event
   * @throws AppError `not_open`, `conversation_closed`
   */
  readonly send: (conversation: string, command: SendCommand, origin: string | null) => Promise<Message>;
  /** A page of the contact's open conversation; empty when there is none. */
  readonly readHistory: (
    contact: string,
    query: HistoryQuery,
  ) => Promise<{ readonly messages: readonly Message[]; readonly hasMore: boolean }>;
  /** @throws AppError `message_not_found` when there is none that can be rated */
  readonly rate: (conversation: string, command: RateCommand) => Promise<Message>;
  /** Deletes the contact and all that was said. May be repeated after it broke off. @param origin as in `send` */
  readonly erase: (contact: string, origin: string | null) => Promise<void>;
  /** Finishes what is under way. */
  readonly stop: () => Promise<void>;
}

/** About 2 KB each. */
const MOST_THREADS = 20_000;
const SWEEP_EVERY_MS = 5_000;

export function createConversations(deps: ConversationsDeps): Conversations {
  const { conversations, messages, bot, now = () => new Date(), sweepEveryMs = SWEEP_EVERY_MS } = deps;
  const events: ConversationEvents = new EventEmitter();
  const load = (id: string): Promise<Thread> => loadThread(id, conversations, messages);
  const threads = createThreads(load, MOST_THREADS);
  const turns = createAnswerTurns({
    ...deps,
    threads,
    events,
    now,
    sweepEveryMs,
    async reload(thread) {
      Object.assign(thread, await load(thread.conversation.id));
    },
  });

  /** Stores what the contact says at the next free place, and the bot's answer with it where there is one already. */
  const append = async (
    thread: Thread,
    command: SendCommand,
  ): Promise<{ message: Message; isNew: boolean; answer: Message | null }> => {
    const { clientId, choice = null, platform = null } = command;
    for (;;) {
      const { id, status } = thread.conversation;
      if (status === 'closed') throw new AppError({ code: 'conversation_closed', message: id });
      const { text, redacted, understanding, kept, note } = bot.read(
        { text: command.text, choice, platform },
        thread.dialogue,
      );
      const hasKept = kept.length > 0;
      const forBot =
        status === 'active'
          ? null
          : {
              choice,
              platform,
              queued: status === 'queued',
              understanding,
              kept: hasKept ? kept : null,
            };
      const message: Message = {
        conversation: id,
        seq: thread.lastSeq + 1,
        clientId,
        author: 'contact',
        at: now(),
        text,
        redacted,
        bubbles: [],
        choices: [],
        replyTo: null,
        helpful: null,
        forBot,
        dialogue: null,
        isPrivate: forBot !== null && hasKept,
      };
      const answer = turns.foresee(thread, message);
      const stored =
        answer === null
          ? Number(await messages.append(message))
          : await messages.appendAnswered(message, answer);
      if (stored > 0) {
        if (choice === null && status === 'bot') note();
        if (answer !== null && stored === 2) return { message, isNew: true, answer };
        // Another node took the answer's place.
        if (answer !== null) await messages.markAwaiting(message);
        thread.lastSeq = message.seq;
        thread.hasPrivate ||= message.isPrivate;
        if (forBot !== null) thread.unanswered.push(message);
        return { message, isNew: true, answer: null };
      }
      const first = await messages.findByClientId(id, clientId);
      if (first !== null) return { message: first, isNew: false, answer: null };
      Object.assign(thread, await load(id));
    }
  };

  const readPage = async (conversation: string, { before, after }: HistoryQuery) => {
    const found =
      after === undefined
        ? await messages.listBefore(conversation, before ?? Number.POSITIVE_INFINITY, PAGE_LENGTH + 1)
        : await messages.listAfter(conversation, after, PAGE_LENGTH + 1);
    const hasMore = found.length > PAGE_LENGTH;
    if (!hasMore) return { messages: found, hasMore };
    return { messages: after === undefined ? found.slice(1) : found.slice(0, PAGE_LENGTH), hasMore };
  };

  const findLast = async (conversation: string): Promise<Message | undefined> =>
    (await messages.listBefore(conversation, Number.POSITIVE_INFINITY, 1)).at(-1);

  return {
    events,
    open: (contact) => conversations.ensureOpen(contact, now()),
    async read(conversation, query) {
      const page = await readPage(conversation, query);
      const isNewest = query.before === undefined && !(query.after !== undefined && page.hasMore);
      const last = isNewest ? page.messages.at(-1) : await findLast(conversation);
      return { ...page, lastSeq: last?.seq ?? query.after ?? 0 };
    },
    send: (conversation, command, origin) =>
      new Promise((resolve, reject) => {
        // The message is acknowledged before the bot answers, but nothing comes between the two.
        threads
          .run(conversation, async (thread) => {
            await turns.settle(thread);
            const { message, isNew, answer } = await append(thread, command);
            resolve(message);
            if (isNew) events.emit('messageStored', { message, origin });
            if (answer !== null) {
              // An answer that overtakes the acknowledgement would look as if something were missing before it.
              await new Promise(setImmediate);
              events.emit('messageStored', { message: answer, origin: null });
              await turns.standAt(thread, answer);
            }
            await turns.settle(thread);
          })
          .catch(reject);
      }),
    async readHistory(contact, query) {
      const conversation = await conversations.findOpen(contact);
      return conversation === null ? { messages: [], hasMore: false } : readPage(conversation.id, query);
    },
    async rate(conversation, { seq, helpful, reason = null }) {
      const message = await messages.find(conversation, seq);
      const rated =
        message !== null && canBeRated(message)
          ? await messages.rate(conversation, seq, { helpful, reason })
          : null;
      if (rated === null) throw new AppError({ code: 'message_not_found', message: String(seq) });
      events.emit('messageRated', rated);
      return rated;
    },
    async erase(contact, origin) {
      const all = (await conversations.listOf(contact)).map(({ id }) => id);
      for (const id of all) {
        await threads.run(id, async () => {
          await messages.removeAll(id);
          await deps.forgetConversation(id);
          await conversations.remove(id);
        });
        threads.forget(id);
      }
      await deps.removeContact(contact);
      events.emit('contactErased', { conversations: all, origin });
    },
    stop: turns.stop,
  };
}
