/** Message and conversation → contract, field by field. */
import type { ConversationView, MessageView } from '../contracts/chat.ts';
import type { Conversation, Message } from './conversation.ts';

export function presentMessage(message: Message): MessageView {
  return {
    seq: message.seq,
    clientId: message.author === 'contact' ? message.clientId : null,
    author: message.author,
    by: message.agent?.name ?? null,
    at: message.at.toISOString(),
    text: message.text,
    redacted: [...message.redacted],
    bubbles: [...message.bubbles],
    choices: [...message.choices],
    replyTo: message.replyTo,
    helpful: message.helpful,
  };
}

/** What stands beside the conversation itself in what the contact sees of it. */
export interface Surroundings {
  readonly lastSeq: number;
  /** null unless it is queued. */
  readonly outlook: ConversationOutlook | null;
  readonly reopenUntil: Date | null;
}

interface ConversationOutlook {
  readonly position: number;
  readonly wait: { readonly lowMs: number; readonly highMs: number } | null;
  readonly staffed: boolean;
  readonly backAt: Date | null;
}

export function presentConversation(
  { id, status, openedAt, handling, satisfaction }: Conversation,
  { lastSeq, outlook, reopenUntil }: Surroundings,
): ConversationView {
  return {
    id,
    status,
    lastSeq,
    openedAt: openedAt.toISOString(),
    queue: outlook && {
      position: outlook.position,
      wait: outlook.wait && { lowMs: outlook.wait.lowMs, highMs: outlook.wait.highMs },
      staffed: outlook.staffed,
      backAt: outlook.backAt?.toISOString() ?? null,
    },
    agent: handling?.agent.name ?? null,
    satisfaction: satisfaction?.score ?? null,
    reopenUntil: reopenUntil?.toISOString() ?? null,
  };
}
