/** Message and conversation → contract, field by field. */
import type { ConversationView, MessageView } from '../contracts/chat.ts';
import type { Conversation, Message } from './conversation.ts';

export function presentMessage(message: Message): MessageView {
  return {
    seq: message.seq,
    clientId: message.author === 'contact' ? message.clientId : null,
    author: message.author,
    at: message.at.toISOString(),
    text: message.text,
    redacted: [...message.redacted],
    bubbles: [...message.bubbles],
    choices: [...message.choices],
    replyTo: message.replyTo,
    helpful: message.helpful,
  };
}

export function presentConversation(
  { id, status, openedAt }: Conversation,
  lastSeq: number,
): ConversationView {
  return { id, status, lastSeq, openedAt: openedAt.toISOString() };
}
