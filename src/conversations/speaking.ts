/** Saying something in a conversation: the contact, with the bot's answer behind it, and the staff. */
import type { Bubble, RedactedType, SendCommand } from '../contracts/chat.ts';
import type { Person } from '../contracts/console.ts';
import { AppError } from '../kernel/app-error.ts';
import type { AnswerTurns } from './answer-turns.ts';
import { type Conversation, type Message, makeMessage } from './conversation.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { ConversationStore } from './conversation-store.ts';
import { isHandledBy } from './handling.ts';
import type { MessageStore } from './message-store.ts';
import type { Thread } from './thread.ts';
import type { Threads } from './threads.ts';

/** Understands a message and takes out what must not be kept. */
export type ReadMessage = (
  message: Pick<SendCommand, 'text'> & {
    readonly choice: string | null;
    readonly platform: 'android' | 'ios' | null;
    readonly location: NonNullable<SendCommand['location']> | null;
  },
  dialogue: unknown,
) => Pick<Message, 'text' | 'redacted'> & {
  readonly understanding: unknown;
  /** Personal values that the dialogue asks for. */
  readonly kept: readonly unknown[];
  /** Numbers of persons that were masked: whoever handles the conversation may look at them. */
  readonly sealable: readonly SealedValue[];
  /** To be called once the message is stored: tells the editors what was asked, and where. */
  readonly note: (place: { readonly conversation: string; readonly seq: number }) => void;
  /** Left out: nobody knows. */
  readonly isQuestion?: boolean;
};

export interface SealedValue {
  readonly type: RedactedType;
  readonly value: string;
}

export interface SpeakingDeps {
  readonly conversations: Pick<ConversationStore, 'touch'>;
  readonly messages: MessageStore;
  readonly threads: Threads<Thread>;
  readonly turns: AnswerTurns;
  readonly events: ConversationEvents;
  readonly read: ReadMessage;
  /** Keeps values under lock, once for a message. */
  readonly seal: (conversation: string, clientId: string, values: readonly SealedValue[]) => Promise<void>;
  /**
   * Ties uploads to the conversation. May be repeated.
   * @param owner who uploaded them: `contact:…` or `account:…`
   * @throws AppError `attachment_not_found`
   */
  readonly claimAttachments: (
    ids: readonly string[],
    conversation: string,
    owner: `contact:${string}` | `account:${string}`,
  ) => Promise<readonly Bubble[]>;
  readonly reload: (thread: Thread) => Promise<void>;
  readonly now: () => Date;
}

/** What somebody of the staff says. */
export interface StaffSaid {
  readonly clientId: string;
  readonly text: string;
  readonly attachments: readonly string[];
}

export interface Speaking {
  /**
   * Stores a message of the contact and has the bot answer it where the bot is to. Said again with the same
   * `clientId` it is not stored again: the first one comes back.
   * @param origin passed on with the event
   * @throws AppError `not_open`, `conversation_closed`
   */
  readonly send: (conversation: string, command: SendCommand, origin: string | null) => Promise<Message>;
  /** The same for the staff. @throws AppError `not_yours` for whoever does not handle it, `not_possible_now` */
  readonly say: (
    conversation: string,
    said: StaffSaid,
    agent: Person,
    origin: string | null,
  ) => Promise<Message>;
}

/** While only the bot speaks, what the lists say of a conversation may be this far behind. */
export const TOUCH_EVERY_MS = 60_000;

export function createSpeaking(deps: SpeakingDeps): Speaking {
  const { messages, threads, turns, events, now } = deps;

  const touch = async (thread: Thread, waitsForAgent: boolean): Promise<void> => {
    const { conversation } = thread;
    const at = now();
    const isDue = at.getTime() - conversation.activeAt.getTime() >= TOUCH_EVERY_MS;
    if (!isDue && conversation.waitsForAgent === waitsForAgent) return;
    thread.conversation = { ...conversation, activeAt: at, waitsForAgent };
    await deps.conversations.touch(conversation.id, { activeAt: at, waitsForAgent });
  };

  /** Stores what the contact says at the next free place, and the bot's answer with it where there is one already. */
  const append = async (
    thread: Thread,
    command: SendCommand,
  ): Promise<{ message: Message; isNew: boolean; answer: Message | null }> => {
    const { clientId, choice = null, platform = null, attachments = [], location = null } = command;
    for (;;) {
      const { id, status, contact } = thread.conversation;
      if (status === 'closed') throw new AppError({ code: 'conversation_closed', message: id });
      const said = { text: command.text, choice, platform, location };
      const read = deps.read(said, thread.dialogue);
      const { text, redacted, understanding, kept, sealable, note } = read;
      if (sealable.length > 0) await deps.seal(id, clientId, sealable);
      const bubbles =
        attachments.length === 0 ? [] : await deps.claimAttachments(attachments, id, `contact:${contact}`);
      const hasKept = kept.length > 0;
      const queued = status === 'queued';
      const isQuestion = read.isQuestion === true && status === 'bot';
      const forBot =
        status === 'active'
          ? null
          : { choice, platform, queued, understanding, kept: hasKept ? kept : null, isQuestion };
      const message = makeMessage({
        conversation: id,
        seq: thread.lastSeq + 1,
        clientId,
        author: 'contact',
        at: now(),
        text,
        redacted,
        bubbles,
        forBot,
        isPrivate: forBot !== null && hasKept,
      });
      const answer = turns.foresee(thread, message);
      const stored =
        answer === null
          ? Number(await messages.append(message))
          : await messages.appendAnswered(message, answer);
      if (stored > 0) {
        if (choice === null && status === 'bot') note(message);
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
      await deps.reload(thread);
    }
  };

  const appendOfStaff = async (
    thread: Thread,
    { clientId, text, attachments }: StaffSaid,
    agent: Person,
  ): Promise<{ message: Message; isNew: boolean }> => {
    for (let isFresh = false; ; isFresh = true) {
      const { id } = thread.conversation;
      const first = isFresh ? await messages.findByClientId(id, clientId) : null;
      if (first !== null) return { message: first, isNew: false };
      const refusal = refuse(thread.conversation, agent);
      if (refusal === null) {
        const bubbles =
          attachments.length === 0 ? [] : await deps.claimAttachments(attachments, id, `account:${agent.id}`);
        const message = makeMessage({
          conversation: id,
          seq: thread.lastSeq + 1,
          clientId,
          author: 'agent',
          agent,
          at: now(),
          text,
          bubbles,
        });
        if (await messages.append(message)) {
          thread.lastSeq = message.seq;
          return { message, isNew: true };
        }
      } else if (isFresh) throw refusal;
      await deps.reload(thread);
    }
  };

  return {
    send: (conversation, command, origin) =>
      new Promise((resolve, reject) => {
        // The message is acknowledged before the bot answers, but nothing comes between the two.
        threads
          .run(conversation, async (thread) => {
            await turns.settle(thread);
            const { message, isNew, answer } = await append(thread, command);
            resolve(message);
            if (isNew) {
              events.emit('messageStored', { message, origin });
              await touch(thread, thread.conversation.status === 'active');
            }
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
    say: (conversation, said, agent, origin) =>
      threads.run(conversation, async (thread) => {
        const { message, isNew } = await appendOfStaff(thread, said, agent);
        if (isNew) {
          events.emit('messageStored', { message, origin });
          await touch(thread, false);
        }
        return message;
      }),
  };
}

function refuse(conversation: Conversation, agent: Person): AppError | null {
  if (isHandledBy(conversation, agent)) return null;
  const { handling, id } = conversation;
  return handling === null
    ? new AppError({ code: 'not_possible_now', message: id })
    : new AppError({ code: 'not_yours', message: id, details: [handling.agent.name] });
}
