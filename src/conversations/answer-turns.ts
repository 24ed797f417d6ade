/** The bot's turns: every question is answered once, also when the process dies between question and answer. */

import type { HandoverReason } from '../contracts/console.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type Conversation, type Message, makeMessage, replyIdOf } from './conversation.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { Change } from './handling.ts';
import type { Awaiting, MessageStore } from './message-store.ts';
import type { Thread } from './thread.ts';
import type { Threads } from './threads.ts';

/** What answers. The dialogue's state is opaque to this room; null: nothing was said yet. */
export interface Bot {
  /** The answer where that is all: null where something must be done for it, or the bot stays silent. */
  readonly foresee: (message: ForBotToAnswer, state: unknown) => Said | null;
  readonly answer: (
    message: ForBotToAnswer,
    state: unknown,
    queue: {
      readonly enter: (reason: HandoverReason) => Promise<Entered>;
      readonly leave: () => Promise<void>;
    },
  ) => Promise<Said | null>;
  /** What to say when the bot itself failed. */
  readonly apologise: () => Pick<Message, 'bubbles' | 'choices'>;
}

/** What became of asking for a person. */
export type Entered =
  | {
      readonly queued: true;
      /** Somebody is there to take it. */
      readonly staffed: boolean;
      readonly position: number;
      readonly wait: { readonly lowMs: number; readonly highMs: number } | null;
    }
  /** Outside the hours of duty nobody is made to wait. */
  | { readonly queued: false; readonly backAt: Date | null };

/**
 * What those who wait, or think of it, have to expect.
 * @param conversation the one that waits; null: none yet
 */
export type QueueOutlook = (conversation: Conversation | null) => Promise<{
  readonly onDuty: boolean;
  readonly backAt: Date | null;
  readonly staffed: boolean;
  /** 1: the next one. */
  readonly position: number;
  readonly wait: { readonly lowMs: number; readonly highMs: number } | null;
}>;

interface ForBotToAnswer {
  readonly conversation: string;
  readonly seq: number;
  readonly text: string;
  readonly choice: string | null;
  readonly platform: 'android' | 'ios' | null;
  readonly understanding: never;
  readonly kept: never;
  readonly queued: boolean;
}
type Said = Pick<Message, 'bubbles' | 'choices' | 'isPrivate'> & { readonly state: unknown };

export interface AnswerTurnsDeps {
  readonly bot: Bot;
  readonly outlook: QueueOutlook;
  readonly changeIn: (thread: Thread, change: Change) => Promise<Conversation>;
  readonly messages: MessageStore;
  readonly threads: Threads<Thread>;
  readonly reload: (thread: Thread) => Promise<void>;
  readonly events: ConversationEvents;
  readonly isStoreUp: () => boolean;
  readonly isStoreAway: (error: unknown) => boolean;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly sweepEveryMs: number;
}

export interface AnswerTurns {
  /**
   * The answer to a message that is about to be stored, so that both can be stored at once; null where that is not
   * possible: then `settle` answers it.
   */
  readonly foresee: (thread: Thread, message: Message) => Message | null;
  /** The answer is stored: the thread goes on from it, and what came before holds personal values no longer. */
  readonly standAt: (thread: Thread, answer: Message) => Promise<void>;
  /** Answers what waits in this thread. Never throws: what could not be answered is taken up again later. */
  readonly settle: (thread: Thread) => Promise<void>;
  /** Takes up what other processes, or this one before a break, left unanswered. */
  readonly sweep: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Younger questions are most likely being answered right now. */
const LEFT_BEHIND_MS = 5_000;
const SWEEP_MOST = 500;
const MARK_EVERY_MS = 250;

export function createAnswerTurns(deps: AnswerTurnsDeps): AnswerTurns {
  const { bot, messages, threads, reload, events, logger, now } = deps;
  let answered: Awaiting[] = [];

  /** Written behind the answers: should it be lost, the sweep finds the answer and marks again. */
  const writeMarks = async (): Promise<void> => {
    if (answered.length === 0 || !deps.isStoreUp()) return;
    const marks = answered;
    answered = [];
    try {
      await messages.markAnswered(marks);
    } catch (error) {
      logger.warn({ reason: (error as Error).message }, 'answered questions cannot be marked now');
    }
  };

  const enterQueue = async (thread: Thread, reason: HandoverReason): Promise<Entered> => {
    const { onDuty, backAt } = await deps.outlook(null);
    // A turn that is taken again finds the conversation in the queue already.
    if (thread.conversation.status === 'bot') {
      if (!onDuty) return { queued: false, backAt };
      try {
        await deps.changeIn(thread, { kind: 'queue', reason });
      } catch (error) {
        // Another node, or the contact's other device there, was quicker: it waits already.
        if (!isQueued(thread)) throw error;
      }
    }
    const { staffed, position, wait } = await deps.outlook(thread.conversation);
    return { queued: true, staffed, position, wait };
  };

  const leaveQueue = async (thread: Thread): Promise<void> => {
    if (thread.conversation.status === 'queued') await deps.changeIn(thread, { kind: 'leave' });
  };

  const compose = async (thread: Thread, message: Message) => {
    const { conversation, seq } = message;
    try {
      return await bot.answer(forBotToAnswer(message), thread.dialogue, {
        enter: (reason) => enterQueue(thread, reason),
        leave: () => leaveQueue(thread),
      });
    } catch (error) {
      if (deps.isStoreAway(error)) throw error;
      logger.error({ err: error, conversation, seq }, 'the bot failed');
      return { ...bot.apologise(), state: thread.dialogue, isPrivate: thread.hasPrivate };
    }
  };

  /** Takes one turn. Another node may be quicker, with this answer or with another message: then all is seen anew. */
  const answer = async (thread: Thread, message: Message): Promise<void> => {
    for (;;) {
      // Whoever took the conversation meanwhile answers, and what was passed over once stays so.
      const { status } = thread.conversation;
      if (status === 'active' || status === 'closed' || message.seq <= thread.passedSeq) break;
      const said = await compose(thread, message);
      if (said === null) break;
      const reply = replyTo(message, thread.lastSeq + 1, said, now());
      if (await messages.append(reply)) {
        events.emit('messageStored', { message: reply, origin: null });
        await standAt(thread, reply);
        break;
      }
      const waiting = thread.unanswered;
      await reload(thread);
      thread.unanswered = waiting;
      if ((await messages.findByClientId(message.conversation, reply.clientId)) !== null) break;
    }
    thread.passedSeq = Math.max(thread.passedSeq, message.seq);
    answered.push({ conversation: message.conversation, seq: message.seq });
  };

  const standAt = async (thread: Thread, answer: Message): Promise<void> => {
    thread.lastSeq = answer.seq;
    thread.passedSeq = answer.replyTo ?? thread.passedSeq;
    thread.dialogue = answer.dialogue;
    if (thread.hasPrivate) await messages.forgetPrivate(answer.conversation, answer.seq);
    thread.hasPrivate = answer.isPrivate;
  };

  const foresee = (thread: Thread, message: Message): Message | null => {
    if (message.forBot === null || thread.unanswered.length > 0) return null;
    try {
      const said = bot.foresee(forBotToAnswer(message), thread.dialogue);
      return said && replyTo(message, message.seq + 1, said, now());
    } catch {
      // The turn is taken again once the message is stored, and the error told then.
      return null;
    }
  };

  const settle = async (thread: Thread): Promise<void> => {
    try {
      for (let next = thread.unanswered[0]; next !== undefined; next = thread.unanswered[0]) {
        await answer(thread, next);
        thread.unanswered.shift();
      }
    } catch (error) {
      threads.forget(thread.conversation.id);
      const reason = (error as Error).message;
      if (deps.isStoreAway(error)) logger.warn({ reason }, 'a question waits for the store');
      else logger.error({ err: error }, 'a question could not be answered');
    }
  };

  const takeUp = async ({ conversation, seq }: Awaiting): Promise<void> => {
    await threads.run(conversation, async (thread) => {
      const [message, reply] = await Promise.all([
        messages.find(conversation, seq),
        messages.findByClientId(conversation, replyIdOf(seq)),
      ]);
      if (message === null || reply !== null || seq <= thread.passedSeq) {
        answered.push({ conversation, seq });
        return;
      }
      if (!thread.unanswered.some((other) => other.seq === seq)) thread.unanswered.unshift(message);
      await settle(thread);
    });
  };

  const sweep = async (olderThanMs = LEFT_BEHIND_MS): Promise<void> => {
    if (!deps.isStoreUp()) return;
    for (;;) {
      await writeMarks();
      const left = await messages.listAwaiting(new Date(now().getTime() - olderThanMs), SWEEP_MOST);
      for (const one of left) {
        await takeUp(one).catch((error: Error) => {
          logger.warn({ reason: error.message, ...one }, 'a question left behind cannot be taken up now');
        });
      }
      const isStuck = answered.length === 0;
      await writeMarks();
      // The same ones again would fail again: the next sweep tries them.
      if (isStuck || left.length < SWEEP_MOST) return;
    }
  };

  let first = true;
  const sweepAgain = async (): Promise<void> => {
    // At start everything that is unanswered was left behind.
    await sweep(first ? 0 : LEFT_BEHIND_MS);
    if (deps.isStoreUp()) first = false;
  };
  const sweeping = repeat(sweepAgain, {
    everyMs: deps.sweepEveryMs,
    now: true,
    onError: ({ message: reason }) => logger.warn({ reason }, 'unanswered questions cannot be looked up'),
  });
  const markTimer = setInterval(() => void writeMarks(), MARK_EVERY_MS).unref();

  return {
    standAt,
    foresee,
    settle,
    sweep,
    async stop() {
      clearInterval(markTimer);
      await sweeping.stop();
      await threads.settled();
      await writeMarks();
    },
  };
}

const isQueued = ({ conversation: { status } }: Thread): boolean => status === 'queued';

function forBotToAnswer({ conversation, seq, text, forBot }: Message): ForBotToAnswer {
  return {
    conversation,
    seq,
    text,
    choice: forBot?.choice ?? null,
    platform: forBot?.platform ?? null,
    queued: forBot?.queued ?? false,
    understanding: forBot?.understanding as never,
    kept: (forBot?.kept ?? []) as never,
  };
}

function replyTo({ conversation, seq: replyTo }: Message, seq: number, said: Said, at: Date): Message {
  return makeMessage({
    conversation,
    seq,
    clientId: replyIdOf(replyTo),
    author: 'bot',
    at,
    bubbles: said.bubbles,
    choices: said.choices,
    replyTo,
    dialogue: said.state,
    isPrivate: said.isPrivate,
  });
}
