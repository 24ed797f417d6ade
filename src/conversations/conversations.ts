/** The use cases of a conversation: open it, say something, read it, rate an answer, reopen it, have it deleted. */
import { EventEmitter } from 'node:events';
import type { HistoryQuery, RateCommand, SatisfactionCommand } from '../contracts/chat.ts';
import { PAGE_LENGTH } from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Bot, createAnswerTurns, type QueueOutlook } from './answer-turns.ts';
import type { ToldConversation } from './cold-store.ts';
import { type Conversation, canBeRated, type Message } from './conversation.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { ConversationStore } from './conversation-store.ts';
import { reopenableUntil } from './handling.ts';
import type { MessageStore } from './message-store.ts';
import { createSpeaking, type ReadMessage, type Speaking, type SpeakingDeps } from './speaking.ts';
import { loadThread, type Thread } from './thread.ts';
import { createThreads } from './threads.ts';
import { createTransitions, type Transitions } from './transitions.ts';

export interface ConversationsDeps extends Pick<SpeakingDeps, 'seal' | 'claimAttachments'> {
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly bot: Bot & { readonly read: ReadMessage };
  /** What those who ask for a person have to expect. */
  readonly outlook: QueueOutlook;
  /** How long after closing the contact may reopen. */
  readonly reopenWithinMs: () => number;
  /** What belongs to a conversation elsewhere: tickets stay, without their link to it; all else goes. */
  readonly forgetConversation: (id: string) => Promise<void>;
  /** The contact's conversations that are not here any more; left out: there are none. */
  readonly archive?: {
    readonly listIds: (contact: string) => Promise<readonly string[]>;
    readonly forget: (contact: string) => Promise<void>;
    /** Oldest first. */
    readonly readAll: (contact: string) => Promise<readonly Pick<ToldConversation, 'messages'>[]>;
  };
  readonly removeContact: (id: string) => Promise<void>;
  readonly isStoreUp: () => boolean;
  /** Is it an error of a store that is out of reach? */
  readonly isStoreAway: (error: unknown) => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly sweepEveryMs?: number;
}

export interface Conversations extends Speaking, Pick<Transitions, 'change' | 'announce'> {
  readonly events: ConversationEvents;
  /**
   * The contact's open conversation; else the one closed last, while it may be reopened; else a new one.
   * @param fresh a closed one will not do
   */
  readonly open: (contact: string, fresh?: boolean) => Promise<Conversation>;
  /** null: there is none. */
  readonly find: (id: string) => Promise<Conversation | null>;
  /** The last place taken in it; 0: none. */
  readonly findLastSeq: (id: string) => Promise<number>;
  /** A page of a conversation, in order, and the last place taken in it. */
  readonly read: (
    conversation: string,
    query: HistoryQuery,
  ) => Promise<{
    readonly messages: readonly Message[];
    readonly hasMore: boolean;
    readonly lastSeq: number;
  }>;
  /** A page of the conversation that `open` would give; empty when there is none. */
  readonly readHistory: (
    contact: string,
    query: HistoryQuery,
  ) => Promise<{ readonly messages: readonly Message[]; readonly hasMore: boolean }>;
  /** All that was ever said with the contact and is kept, oldest first; a whole conversation at a time. */
  readonly readAll: (contact: string) => AsyncGenerator<readonly Message[]>;
  /** @throws AppError `message_not_found` when there is none that can be rated */
  readonly rate: (conversation: string, command: RateCommand) => Promise<Message>;
  /** The contact's word on a closed conversation; may be given anew. @throws AppError `not_possible_now` */
  readonly giveSatisfaction: (conversation: string, command: SatisfactionCommand) => Promise<Conversation>;
  /** The contact goes back to the queue. @throws AppError `reopen_expired`, `not_possible_now` */
  readonly reopen: (conversation: string) => Promise<Conversation>;
  /** The contact has got, or seen, everything up to a place; kept while a person has the conversation. */
  readonly markSeen: (
    conversation: string,
    seen: { readonly deliveredSeq?: number; readonly readSeq?: number },
  ) => Promise<void>;
  /** Deletes the contact and all that was said. May be repeated after it broke off. @param origin as in `send` */
  readonly erase: (contact: string, origin: string | null) => Promise<void>;
  /** Finishes what is under way. */
  readonly stop: () => Promise<void>;
}

/** About 2 KB each. */
const MOST_THREADS = 20_000;
const SWEEP_EVERY_MS = 5_000;
/** Of one conversation for its contact; longer ones are cut. */
const MOST_READ = 5_000;

export function createConversations(deps: ConversationsDeps): Conversations {
  const { conversations, messages, bot, now = () => new Date(), sweepEveryMs = SWEEP_EVERY_MS } = deps;
  const events: ConversationEvents = new EventEmitter();
  const load = (id: string): Promise<Thread> => loadThread(id, conversations, messages);
  const threads = createThreads(load, MOST_THREADS, () => now().getTime());
  const shared = {
    ...deps,
    threads,
    events,
    now,
    sweepEveryMs,
    async reload(thread: Thread) {
      Object.assign(thread, await load(thread.conversation.id));
    },
  };
  const transitions = createTransitions(shared);
  const turns = createAnswerTurns({ ...shared, changeIn: transitions.changeIn });
  const speaking = createSpeaking({ ...shared, turns, read: bot.read });

  const readPage = async (conversation: string, { before, after }: HistoryQuery) => {
    const found =
      after === undefined
        ? await messages.listBefore(conversation, before ?? Number.POSITIVE_INFINITY, PAGE_LENGTH + 1)
        : await messages.listAfter(conversation, after, PAGE_LENGTH + 1);
    const hasMore = found.length > PAGE_LENGTH;
    if (!hasMore) return { messages: found, hasMore };
    return { messages: after === undefined ? found.slice(1) : found.slice(0, PAGE_LENGTH), hasMore };
  };

  /** What may be kept of a text that belongs to no dialogue. */
  const cover = (text: string): string => {
    if (text.trim() === '') return text;
    return bot.read({ text, choice: null, platform: null, location: null }, null).text;
  };

  const findLastSeq = async (conversation: string): Promise<number> =>
    (await messages.listBefore(conversation, Number.POSITIVE_INFINITY, 1)).at(-1)?.seq ?? 0;

  /** The open one, or the one closed last while it may be reopened. */
  const findCurrent = async (contact: string): Promise<Conversation | null> => {
    const newest = await conversations.findNewest(contact);
    if (newest === null || newest.status !== 'closed') return newest;
    return reopenableUntil(newest, deps.reopenWithinMs(), now()) === null ? null : newest;
  };

  return {
    events,
    ...speaking,
    change: transitions.change,
    announce: transitions.announce,
    find: conversations.find,
    findLastSeq,
    async open(contact, fresh = false) {
      const current = fresh ? null : await findCurrent(contact);
      return current ?? conversations.ensureOpen(contact, now());
    },
    async read(conversation, query) {
      const page = await readPage(conversation, query);
      const isNewest = query.before === undefined && !(query.after !== undefined && page.hasMore);
      const newest = page.messages.at(-1)?.seq ?? query.after ?? 0;
      return { ...page, lastSeq: isNewest ? newest : await findLastSeq(conversation) };
    },
    async readHistory(contact, query) {
      const conversation = await findCurrent(contact);
      return conversation === null ? { messages: [], hasMore: false } : readPage(conversation.id, query);
    },
    async *readAll(contact) {
      for (const { messages: said } of (await deps.archive?.readAll(contact)) ?? []) yield said;
      for (const { id } of (await conversations.listOf(contact)).reverse())
        yield await messages.listAfter(id, 0, MOST_READ);
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
    async giveSatisfaction(id, { score, comment = '' }) {
      const rated = await conversations.rate(id, { score, comment: cover(comment), at: now() });
      if (rated === null) throw new AppError({ code: 'not_possible_now', message: id });
      threads.forget(id);
      events.emit('conversationChanged', { conversation: rated, lastSeq: await findLastSeq(id) });
      return rated;
    },
    reopen: (id) => transitions.change(id, { kind: 'reopen', withinMs: deps.reopenWithinMs() }),
    async markSeen(id, seen) {
      await conversations.raiseSeen(id, seen);
      events.emit('contactSaw', { conversation: id, ...seen });
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
      const archived = (await deps.archive?.listIds(contact)) ?? [];
      for (const id of archived) {
        await messages.removeAll(id);
        await deps.forgetConversation(id);
      }
      await deps.archive?.forget(contact);
      await deps.removeContact(contact);
      // What was on its way into the archive meanwhile.
      await deps.archive?.forget(contact);
      events.emit('contactErased', { conversations: [...all, ...archived], origin });
    },
    async stop() {
      await transitions.stop();
      await turns.stop();
    },
  };
}
