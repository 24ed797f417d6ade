/** What stands in the log, from top to bottom. Pure: the same state gives the same items. */
import type { AnswerResponse } from '../../src/contracts/answers.ts';
import type { Choice, MessageView } from '../../src/contracts/chat.ts';
import { type ChatState, isAnswered, isBotThere, isQueueChoice } from './chat-state.ts';
import { dayNumber } from './days.ts';
import type { OutboxEntry } from './outbox.ts';

export type LogItem =
  | { readonly kind: 'earlier'; readonly key: string; readonly loading: boolean }
  | { readonly kind: 'day'; readonly key: string; readonly day: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: MessageView;
      /** Somebody else spoke before. */
      readonly takesOver: boolean;
      readonly seenByAgent: boolean;
    }
  | {
      readonly kind: 'pending';
      readonly key: string;
      readonly entry: OutboxEntry;
      readonly onItsWay: boolean;
    }
  | { readonly kind: 'provisional'; readonly key: string; readonly answer: AnswerResponse }
  /** How satisfied the contact is with a conversation that is closed; null: was not said yet. */
  | { readonly kind: 'satisfaction'; readonly key: string; readonly score: number | null }
  | { readonly kind: 'typing'; readonly key: string; readonly author: 'bot' | 'agent' }
  | { readonly kind: 'choices'; readonly key: string; readonly choices: readonly Choice[] };

export function arrange(state: ChatState): LogItem[] {
  const { transcript, pending, sending, awaiting, agentTyping, provisional, conversation } = state;
  const items: LogItem[] = [];
  if (transcript.hasEarlier) items.push({ kind: 'earlier', key: 'earlier', loading: state.loadingEarlier });

  const seenByAgent = lastSeenByAgent(state);
  let day: number | null = null;
  let before: string | null = null;
  const beginDay = (at: number): void => {
    const next = dayNumber(at);
    if (day !== null && next <= day) return;
    items.push({ kind: 'day', key: `day-${next}`, day: next });
    day = next;
    before = null;
  };
  const answerFor = (clientId: string | null): void => {
    const answer = clientId === null ? undefined : provisional.get(clientId);
    if (answer !== undefined) items.push({ kind: 'provisional', key: `provisional-${clientId}`, answer });
  };

  const putPending = (entry: OutboxEntry): void => {
    items.push({
      kind: 'pending',
      key: `client-${entry.clientId}`,
      entry,
      onItsWay: entry.clientId === sending && state.link !== 'offline',
    });
    answerFor(entry.clientId);
  };

  const newest = transcript.messages[transcript.messages.length - 1];
  // What was refused stays where it was typed, above what was said since.
  const passed = pending.filter(({ refused }) => (refused?.after ?? Infinity) < (newest?.seq ?? 0));
  let nextPassed = 0;
  for (const message of transcript.messages) {
    for (let entry = passed[nextPassed]; entry?.refused?.after !== undefined; entry = passed[++nextPassed]) {
      if (entry.refused.after >= message.seq) break;
      if (day === null) beginDay(entry.at);
      putPending(entry);
      before = 'contact';
    }
    const { seq, author, clientId } = message;
    beginDay(Date.parse(message.at));
    items.push({
      kind: 'message',
      key: clientId === null ? `seq-${seq}` : `client-${clientId}`,
      message,
      takesOver: speakerOf(message) !== before,
      seenByAgent: author === 'contact' && seq === seenByAgent,
    });
    before = speakerOf(message);
    if (author === 'contact' && !isAnswered(transcript, seq)) answerFor(clientId);
  }
  if (conversation?.status === 'closed') {
    const { id, satisfaction } = conversation;
    items.push({ kind: 'satisfaction', key: `satisfaction-${id}`, score: satisfaction });
  }
  for (const entry of pending) {
    if (passed.includes(entry)) continue;
    beginDay(entry.at);
    putPending(entry);
  }

  if (agentTyping && conversation?.status === 'active')
    items.push({ kind: 'typing', key: 'typing', author: 'agent' });
  else if (awaiting !== null && isBotThere(conversation))
    items.push({ kind: 'typing', key: 'typing', author: 'bot' });

  // While the person waits for an agent, the banner holds the ways out of the queue.
  const choices = (newest?.choices ?? []).filter(
    ({ id }) => conversation?.status !== 'queued' || !isQueueChoice(id),
  );
  if (newest !== undefined && choices.length > 0 && pending.every(({ refused }) => refused)) {
    items.push({ kind: 'choices', key: `choices-${newest.seq}-${choices.length}`, choices });
  }
  return items;
}

/** One agent may follow another. */
function speakerOf({ author, by }: MessageView): string {
  return by === null ? author : `${author} ${by}`;
}

function lastSeenByAgent({ transcript, agentRead }: ChatState): number {
  let seen = 0;
  for (const { author, seq } of transcript.messages) if (author === 'contact' && seq <= agentRead) seen = seq;
  return seen;
}
