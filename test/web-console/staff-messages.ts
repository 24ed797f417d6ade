/** Messages, rows and notes as the desk sends them to the console. */
import type { ConversationRow, Note, StaffMessage } from '../../src/contracts/console.ts';

export const CONVERSATION = 'a'.repeat(24);
export const ME = { id: '1'.repeat(24), name: 'Mai' };
export const LAN = { id: '2'.repeat(24), name: 'Lan' };

export function message(seq: number, change: Partial<StaffMessage> = {}): StaffMessage {
  return {
    seq,
    clientId: null,
    author: 'contact',
    by: null,
    at: new Date(Date.UTC(2026, 10, 27, 3, seq)).toISOString(),
    text: `câu ${seq}`,
    redacted: [],
    bubbles: [],
    choices: [],
    replyTo: null,
    helpful: null,
    agent: null,
    event: null,
    understanding: null,
    sealed: [],
    mark: null,
    ...change,
  };
}

export function fromAgent(seq: number, agent = ME, clientId: string | null = null): StaffMessage {
  return message(seq, { author: 'agent', agent, by: agent.name, clientId });
}

export function note(after: number, change: Partial<Note> = {}): Note {
  return {
    id: `note ${after}`,
    conversation: CONVERSATION,
    author: LAN,
    text: 'gọi lại sau',
    whisper: false,
    at: new Date(Date.UTC(2026, 10, 27, 3, after, 30)).toISOString(),
    after,
    ...change,
  };
}

export function row(change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: CONVERSATION,
    status: 'queued',
    contactName: null,
    contactLabel: 'Khách 4F2A',
    openedAt: '2026-11-27T03:00:00.000Z',
    activeAt: '2026-11-27T03:00:00.000Z',
    reason: 'asked',
    priority: 0,
    skill: null,
    queuedAt: '2026-11-27T03:00:00.000Z',
    agent: null,
    joined: [],
    assignedAt: null,
    waitsForAgent: true,
    lastSeq: 1,
    lastMessage: { author: 'contact', text: 'cho tôi gặp người', at: '2026-11-27T03:00:00.000Z' },
    closedAt: null,
    closeReason: null,
    tags: [],
    satisfaction: null,
    revision: 1,
    ...change,
  };
}
