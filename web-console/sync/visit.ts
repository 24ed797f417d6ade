/** What happens over one connection: entering, catching up, sending. When it is gone, every step ends by itself. */
import type {
  AgentOnDuty,
  ConversationOpened,
  Note,
  StaffCommands,
  StaffMessage,
} from '../../src/contracts/console.ts';
import { backOffMs } from '../../web-sync/back-off.ts';
import type { Wire } from '../../web-sync/connection.ts';
import { lastSeq, startWith, take } from '../../web-sync/transcript.ts';
import { newerRow, type OpenConversation, withNotes } from './desk-state.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

/** What a visit reads and changes of the state. */
export interface VisitDeps {
  readonly account: string;
  readonly outbox: Outbox;
  readonly openIds: () => readonly string[];
  /** null: not open here. */
  readonly find: (id: string) => OpenConversation | null;
  readonly patch: (id: string, change: Partial<OpenConversation>) => void;
  /** The desk does not know the conversation any more. */
  readonly onGone: (id: string) => void;
  /** The outbox is another now. */
  readonly onPending: () => void;
  readonly onSending: (clientId: string, sending: boolean) => void;
  readonly onEntered: (agents: readonly AgentOnDuty[], me: AgentOnDuty) => void;
  readonly onLink: (link: 'online' | 'degraded') => void;
  readonly onSessionEnded: () => void;
}

export interface Visit {
  readonly wire: Wire<StaffCommands>;
  /** The first thing on a connection. */
  readonly enter: () => Promise<void>;
  /** Opens a conversation, or brings what is missing in it. */
  readonly sync: (id: string) => Promise<void>;
  /** Sends what waits in the outbox. */
  readonly flush: () => void;
  readonly takeMessage: (id: string, message: StaffMessage) => void;
  readonly takeNote: (note: Note) => void;
}

/** A message that makes the desk fail so often is given back to the person. */
const MOST_FAULTS = 3;
const STORE_AWAY = 'store_unavailable';
const ARCHIVED = 'conversation_archived';
const GONE: readonly string[] = ['conversation_not_found', 'not_open', ARCHIVED];
/** It cannot be shown, whatever the reason. */
const MISSING: readonly string[] = [...GONE, 'not_found', 'invalid_request'];
export const SIGNED_OUT: readonly string[] = ['signed_out', 'unauthenticated'];

interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number;
}

export function createVisit(wire: Wire<StaffCommands>, deps: VisitDeps): Visit {
  const { outbox, find, patch } = deps;
  /** Conversations that are being read, and whether they must be read once more. */
  const reading = new Map<string, { again: boolean }>();
  const flushing = new Set<string>();

  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  /** @returns after a while, when it is worth trying again */
  const sitOut = async (error: Trouble, failures: number): Promise<void> => {
    if (error.code === STORE_AWAY) deps.onLink('degraded');
    await pause(Math.max(error.retryAfterMs ?? 0, backOffMs(failures, Math.random())));
  };
  const endIfSignedOut = ({ code }: Trouble): boolean => {
    if (!SIGNED_OUT.includes(code)) return false;
    deps.onSessionEnded();
    return true;
  };

  /** @returns whether something is missing before one of them */
  const takeIn = (id: string, messages: readonly StaffMessage[]): boolean => {
    const conversation = find(id);
    if (conversation === null) return false;
    const { transcript, added, gap } = take(conversation.transcript, messages);
    patch(id, { transcript });
    if (outbox.remove(added.map(({ clientId }) => clientId))) deps.onPending();
    return gap;
  };

  /** @returns whether there is more to ask for */
  const takeOpened = (id: string, after: number | null, opened: ConversationOpened): boolean => {
    const known = find(id);
    if (known === null) return false;
    const continues = after !== null && opened.conversation.lastSeq >= lastSeq(known.transcript);
    if (after !== null && !continues) {
      // A desk that was set back: what is shown here is not so any more.
      patch(id, { phase: 'opening' });
      return true;
    }
    patch(id, {
      phase: 'open',
      row: after === null ? opened.conversation : newerRow(known.row, opened.conversation),
      notes: withNotes(known.notes, opened.notes),
      contact: opened.contact,
      contactOnline: opened.contactOnline,
      deliveredSeq: opened.deliveredSeq,
      readSeq: opened.readSeq,
      viewers: opened.viewers.filter(({ id: viewer }) => viewer !== deps.account),
      draft: opened.draft,
    });
    // What does not continue here must not be asked for without end.
    if (continues) return !takeIn(id, opened.messages) && opened.hasMore && opened.messages.length > 0;
    patch(id, {
      transcript: startWith(opened.messages, opened.hasMore),
      openedAtSeq: opened.conversation.lastSeq,
    });
    if (outbox.remove(opened.messages.map(({ clientId }) => clientId))) deps.onPending();
    return false;
  };

  /** @returns whether it was read to its end */
  const readOn = async (id: string): Promise<boolean> => {
    for (let failures = 0; wire.isUp(); ) {
      const conversation = find(id);
      if (conversation === null) return false;
      const after = conversation.phase === 'open' ? lastSeq(conversation.transcript) : null;
      const ack = await wire.ask('conversation:open', { id, ...(after === null ? {} : { after }) });
      if (ack === null) wire.cut();
      else if (ack.ok) {
        if (!takeOpened(id, after, ack.data)) return true;
      } else if (endIfSignedOut(ack.error)) return false;
      else if (MISSING.includes(ack.error.code)) {
        if (GONE.includes(ack.error.code)) deps.onGone(id);
        else patch(id, { phase: 'missing' });
        if (ack.error.code === ARCHIVED) patch(id, { phase: 'archived' });
        return false;
      } else await sitOut(ack.error, failures++);
    }
    return false;
  };

  const sync = async (id: string): Promise<void> => {
    const running = reading.get(id);
    if (running !== undefined) {
      running.again = true;
      return;
    }
    const turn = { again: true };
    reading.set(id, turn);
    while (turn.again) {
      turn.again = false;
      if (!(await readOn(id))) break;
    }
    reading.delete(id);
    if (wire.isUp()) deps.onLink('online');
  };

  const takeMessage = (id: string, message: StaffMessage): void => {
    const running = reading.get(id);
    // Reading brings it, unless it came in just behind what the desk had read.
    if (running !== undefined) running.again = true;
    else if (find(id)?.phase === 'open' && takeIn(id, [message])) void sync(id);
  };

  const send = async (entry: OutboxEntry): Promise<Trouble | 'sent' | null> => {
    const { conversation: id, clientId, text } = entry;
    if (entry.kind === 'reply') {
      const attachments = entry.files.map((file) => file.id);
      const ack = await wire.ask('message:send', { id, clientId, text, attachments });
      if (!ack?.ok) return ack?.error ?? null;
      outbox.remove([clientId]);
      takeMessage(id, ack.data.message);
    } else {
      const ack = await wire.ask('note:add', { id, clientId, text, whisper: entry.kind === 'whisper' });
      if (!ack?.ok) return ack?.error ?? null;
      outbox.remove([clientId]);
      takeNote(ack.data);
    }
    deps.onPending();
    return 'sent';
  };

  const flushOne = async (conversation: string): Promise<void> => {
    flushing.add(conversation);
    for (let failures = 0; wire.isUp(); ) {
      const entry = outbox.nextToSend(conversation);
      if (entry === null) break;
      deps.onSending(entry.clientId, true);
      const outcome = await send(entry);
      deps.onSending(entry.clientId, false);
      if (outcome === null) wire.cut();
      else if (outcome === 'sent') {
        failures = 0;
        deps.onLink('online');
      } else if (endIfSignedOut(outcome)) break;
      else if (isPassing(outcome, failures)) await sitOut(outcome, failures++);
      else if (GONE.includes(outcome.code)) deps.onGone(conversation);
      else {
        failures = 0;
        outbox.refuse(entry, { code: outcome.code, message: outcome.message });
        deps.onPending();
      }
    }
    flushing.delete(conversation);
  };

  const flush = (): void => {
    const waiting = new Set(outbox.list().map(({ conversation }) => conversation));
    for (const id of waiting) if (!flushing.has(id)) void flushOne(id);
  };

  const takeNote = (note: Note): void => {
    const conversation = find(note.conversation);
    if (conversation !== null) patch(note.conversation, { notes: withNotes(conversation.notes, [note]) });
  };

  return {
    wire,
    sync,
    flush,
    takeNote,
    async enter() {
      for (let failures = 0; wire.isUp(); ) {
        const ack = await wire.ask('desk:enter', {});
        if (ack === null) wire.cut();
        else if (ack.ok) {
          deps.onEntered(ack.data.agents, ack.data.me);
          deps.onLink('online');
          break;
        } else if (endIfSignedOut(ack.error)) return;
        else await sitOut(ack.error, failures++);
      }
      if (!wire.isUp()) return;
      flush();
      await Promise.all(deps.openIds().map(sync));
    },
    takeMessage,
  };
}

/** Will it be over by itself? A fault of the desk may be; but not one that comes again and again. */
function isPassing({ code, retryAfterMs }: Trouble, failures: number): boolean {
  if (code === 'internal') return failures < MOST_FAULTS;
  return retryAfterMs !== undefined || code === STORE_AWAY;
}
