/** Making changes of handling.ts: written with a check of what was read, then told in the conversation, each once. */
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { type Conversation, eventIdOf, type Message, makeMessage } from './conversation.ts';
import type { ConversationEvents } from './conversation-events.ts';
import type { ConversationStore, Untold } from './conversation-store.ts';
import { applyChange, type Change } from './handling.ts';
import type { MessageStore } from './message-store.ts';
import { writeNotice } from './notices.ts';
import type { Thread } from './thread.ts';
import type { Threads } from './threads.ts';

export interface TransitionsDeps {
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly threads: Threads<Thread>;
  readonly reload: (thread: Thread) => Promise<void>;
  readonly events: ConversationEvents;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly sweepEveryMs: number;
}

export interface Transitions {
  /** @throws AppError with the reason why it cannot be, `not_open` when there is no such conversation */
  readonly change: (id: string, change: Change) => Promise<Conversation>;
  /** The same in a job of the thread that is under way. */
  readonly changeIn: (thread: Thread, change: Change) => Promise<Conversation>;
  /**
   * Says something in the desk's name, once for a name: whoever repeats it changes nothing. Nor does it where the
   * conversation is gone.
   * @param shape a line on what happened, or a message to be read; left out: a line
   */
  readonly announce: (id: string, name: string, text: string, shape?: 'line' | 'message') => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Younger ones are most likely being told right now. */
const LEFT_BEHIND_MS = 5_000;
const SWEEP_MOST = 200;

export function createTransitions(deps: TransitionsDeps): Transitions {
  const { conversations, messages, threads, reload, events, logger, now } = deps;

  /** Another node may be quicker, with this notice or with another message: then all is seen anew. */
  const appendNotice = async (
    thread: Thread,
    notice: Pick<Message, 'clientId' | 'event' | 'at'> & Partial<Pick<Message, 'text' | 'bubbles'>>,
  ): Promise<void> => {
    const { id } = thread.conversation;
    for (;;) {
      const message = makeMessage({
        ...notice,
        conversation: id,
        seq: thread.lastSeq + 1,
        author: 'system',
      });
      if (await messages.append(message)) {
        thread.lastSeq = message.seq;
        events.emit('messageStored', { message, origin: null });
        break;
      }
      await reload(thread);
      if ((await messages.findByClientId(id, notice.clientId)) !== null) break;
    }
  };

  const tell = async (thread: Thread, { revision, event, at }: Untold): Promise<void> => {
    await appendNotice(thread, { clientId: eventIdOf(revision), event, text: writeNotice(event), at });
    await conversations.markTold(thread.conversation.id, revision);
  };

  const changeIn = async (thread: Thread, change: Change): Promise<Conversation> => {
    for (let isFresh = false; ; isFresh = true) {
      const result = applyChange(thread.conversation, change, now());
      if ('next' in result) {
        const { next, event } = result;
        const own = event && { revision: next.revision, event, at: now() };
        const untold = await conversations.replace(next, own);
        if (untold !== null) {
          thread.conversation = next;
          // What a node that hangs or died has not told of before comes first.
          for (const one of untold) await tell(thread, one);
          events.emit('conversationChanged', {
            conversation: next,
            lastSeq: thread.lastSeq,
            change: change.kind,
          });
          return next;
        }
      } else if (isFresh) {
        if ('same' in result) return thread.conversation;
        const { refused, details } = result;
        throw new AppError({
          code: refused,
          message: `${change.kind} of ${thread.conversation.id}`,
          details,
        });
      }
      // Another node may have changed it: neither a refusal nor a repetition is believed unseen.
      await reload(thread);
    }
  };

  const sweep = async (): Promise<void> => {
    if (!deps.isStoreUp()) return;
    for (const id of await conversations.listUntold(new Date(now().getTime() - LEFT_BEHIND_MS), SWEEP_MOST)) {
      await threads.run(id, async (thread) => {
        await reload(thread);
        for (const untold of await conversations.findUntold(id)) await tell(thread, untold);
        events.emit('conversationChanged', { conversation: thread.conversation, lastSeq: thread.lastSeq });
      });
    }
  };

  const sweeping = repeat(sweep, {
    everyMs: deps.sweepEveryMs,
    now: true,
    onError: ({ message: reason }) => logger.warn({ reason }, 'changes left untold wait for the store'),
  });

  return {
    change: (id, change) => threads.run(id, (thread) => changeIn(thread, change)),
    changeIn,
    async announce(id, name, text, shape = 'line') {
      if ((await conversations.find(id)) === null) return;
      await threads.run(id, async (thread) => {
        if ((await messages.findByClientId(id, name)) !== null) return;
        const said = shape === 'line' ? { text } : { bubbles: [{ kind: 'text', markdown: text } as const] };
        await appendNotice(thread, { clientId: name, event: null, ...said, at: now() });
      });
    },
    stop: sweeping.stop,
  };
}
