/** Conversation and message → contract of the console, field by field. */
import { z } from 'zod';
import type { RedactedType } from '../contracts/chat.ts';
import type { ConversationRow, EarlierConversation, MarkView, StaffMessage } from '../contracts/console.ts';
import type { Conversation, Message } from './conversation.ts';
import { presentMessage } from './present-message.ts';
import { writeBubble } from './transcript.ts';

/** As the bot's room stores it; anything else is not shown. */
const understanding = z.object({
  decision: z.enum(['answer', 'clarify', 'unknown']),
  candidates: z.array(z.object({ intent: z.string(), confidence: z.number() })),
  entities: z.array(z.object({ type: z.string(), value: z.string() })),
});

const LONGEST_PREVIEW = 160;
const LABEL_LENGTH = 4;

export function presentRow(
  conversation: Conversation,
  contactName: string | null,
  newest: readonly Message[],
): ConversationRow {
  const last = newest.at(-1) ?? null;
  // What the bot said last is the same in every line.
  const shown = newest.findLast(({ author }) => author === 'contact' || author === 'agent') ?? last;
  const { id, contact, status, queue, handling, stays, closing, satisfaction } = conversation;
  return {
    id,
    status,
    contactName,
    contactLabel: labelOf(contact),
    openedAt: conversation.openedAt.toISOString(),
    activeAt: conversation.activeAt.toISOString(),
    reason: stays.at(-1)?.reason ?? null,
    priority: queue?.priority ?? 0,
    skill: queue?.skill ?? null,
    queuedAt: queue?.queuedAt.toISOString() ?? null,
    agent: handling?.agent ?? (status === 'closed' ? (closing?.by ?? null) : null),
    joined: handling?.joined ?? [],
    assignedAt: handling?.since.toISOString() ?? null,
    waitsForAgent: conversation.waitsForAgent,
    lastSeq: last?.seq ?? 0,
    lastMessage: shown && { author: shown.author, text: previewOf(shown), at: shown.at.toISOString() },
    closedAt: closing?.at.toISOString() ?? null,
    closeReason: closing?.reason ?? null,
    tags: closing?.tags ?? [],
    satisfaction: satisfaction && { score: satisfaction.score, comment: satisfaction.comment },
    revision: conversation.revision,
  };
}

export function presentEarlier({ id, openedAt, status, closing, stays }: Conversation): EarlierConversation {
  return {
    id,
    openedAt: openedAt.toISOString(),
    closedAt: closing?.at.toISOString() ?? null,
    status,
    agent: stays.at(-1)?.agent ?? null,
    closeReason: closing?.reason ?? null,
    archived: false,
  };
}

export function presentStaffMessage(
  message: Message,
  titleOf: (intent: string) => string,
  sealed: readonly string[],
  mark: MarkView | null = null,
): StaffMessage {
  return {
    ...presentMessage(message),
    clientId: message.author === 'contact' || message.author === 'agent' ? message.clientId : null,
    agent: message.agent,
    event: message.event,
    understanding: presentUnderstanding(message, titleOf),
    sealed: sealed as readonly RedactedType[],
    mark,
  };
}

export function presentUnderstanding(
  { forBot }: Message,
  titleOf: (intent: string) => string,
): StaffMessage['understanding'] {
  const read = understanding.safeParse(forBot?.understanding);
  if (!read.success) return null;
  const { decision, candidates, entities } = read.data;
  return {
    decision,
    candidates: candidates.slice(0, 3).map(({ intent, confidence }) => ({
      intent,
      title: titleOf(intent),
      confidence,
    })),
    entities: entities.map(({ type, value }) => ({ type, value })),
  };
}

/** Tells contacts without a name apart: "Khách 4F2A". */
export function labelOf(contact: string): string {
  return `Khách ${contact.slice(-LABEL_LENGTH).toUpperCase()}`;
}

function previewOf({ text, bubbles }: Message): string {
  const said = [text, ...bubbles.map(writeBubble)].filter((part) => part !== '').join(' · ');
  const line = said.replace(/\s+/g, ' ');
  return line.length <= LONGEST_PREVIEW ? line : `${line.slice(0, LONGEST_PREVIEW - 1)}…`;
}
