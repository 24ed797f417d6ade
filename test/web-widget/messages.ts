/** Messages as the desk sends them. */
import type { MessageView } from '../../src/contracts/chat.ts';

export function message(seq: number, change: Partial<MessageView> = {}): MessageView {
  return {
    seq,
    clientId: null,
    author: 'bot',
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
