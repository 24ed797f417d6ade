/** Messages as the desk sends them. */
import type { ConversationView, MessageView } from '../../src/contracts/chat.ts';

export function message(seq: number, change: Partial<MessageView> = {}): MessageView {
  return {
    seq,
    clientId: null,
    author: 'bot',
    by: null,
    at: new Date(Date.UTC(2025, 4, 12, 3, seq)).toISOString(),
    text: '',
    redacted: [],
    bubbles: [{ kind: 'text', markdown: `số ${seq}` }],
    choices: [],
    replyTo: null,
    helpful: null,
    ...change,
  };
}

export function fromContact(seq: number, clientId = `client-${seq}`): MessageView {
  return message(seq, { author: 'contact', clientId, text: `câu ${seq}`, bubbles: [] });
}

export const conversation: ConversationView = {
  id: 'c',
  status: 'bot',
  lastSeq: 0,
  openedAt: '2025-05-12T03:00:00.000Z',
  queue: null,
  agent: null,
  satisfaction: null,
  reopenUntil: null,
};
