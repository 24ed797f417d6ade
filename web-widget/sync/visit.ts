/** What happens over one connection: opening, catching up, sending. When it is gone, every step ends by itself. */
import type { ChallengeView } from '../../src/contracts/challenge.ts';
import type { ChatCommands, ChatError, MessageView, Opened } from '../../src/contracts/chat.ts';
import { backOffMs } from '../../web-sync/back-off.ts';
import type { Wire } from '../../web-sync/connection.ts';
import type { Store } from '../../web-sync/store.ts';
import { lastSeq, startWith, take } from '../../web-sync/transcript.ts';
import { type ChatState, isAnswered, isBotThere } from './chat-state.ts';
import { commandOf, type Outbox } from './outbox.ts';

export interface VisitDeps {
  readonly store: Store<ChatState>;
  readonly outbox: Outbox;
  /** Messages that came while the person was here: not the history. */
  readonly onArrived: (messages: readonly MessageView[]) => void;
  /** What a challenge of the desk wants to see; undefined: it was given up. */
  readonly solve: (challenge: ChallengeView, isWanted: () => boolean) => Promise<string | undefined>;
  /** Everything is well. */
  readonly settle: () => void;
}

export interface Visit {
  readonly wire: Wire<ChatCommands>;
  readonly sync: () => Promise<void>;
  readonly flush: () => Promise<void>;
  readonly refresh: () => void;
  readonly takeFact: (message: MessageView) => void;
}

/** Answers to which opening the conversation is the remedy; of one that is closed, opening a fresh one. */
const CLOSED = 'conversation_closed';
const OPEN_FIRST: readonly string[] = ['not_open', CLOSED];
/** A message that makes the desk fail so often is given back to the person. */
const MOST_FAULTS = 3;
const STORE_AWAY = 'store_unavailable';
const PUT_OFF: readonly string[] = ['busy', 'too_many_requests'];
/** The bot answers within a second; one that stays silent is not waited for. */
const REPLY_WITHIN_MS = 20_000;
/** Is the connection still alive? After a phone has slept it often only looks so. */
const REFRESH_WITHIN_MS = 5_000;

export function createVisit(wire: Wire<ChatCommands>, deps: VisitDeps): Visit {
  const { store, outbox } = deps;
  let syncing = false;
  let syncAgain = false;
  let flushing = false;
  let wantsFresh = false;
  /** Nothing could be sent since a fresh one was asked for. */
  let triedFresh = false;
  let patienceMs: number | undefined;
  let solution: string | undefined;
  const sleepers = new Set<() => void>();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  const sayTrouble = ({ code }: ChatError): void => {
    if (code === STORE_AWAY) store.set({ link: 'degraded' });
    if (PUT_OFF.includes(code)) store.set({ link: 'busy' });
  };
  const refreshPending = (): void => {
    store.set({ pending: outbox.list(store.get().owner) });
  };

  /** @returns whether something is missing before one of them */
  const takeIn = (messages: readonly MessageView[]): boolean => {
    const { transcript: before, owner, awaiting } = store.get();
    const { transcript, added, gap } = take(before, messages);
    outbox.remove(
      owner,
      added.map(({ clientId }) => clientId),
    );
    store.set({ transcript });
    if (awaiting !== null && isAnswered(transcript, awaiting)) store.set({ awaiting: null });
    if (added.some(({ clientId }) => clientId !== null)) refreshPending();
    if (added.length > 0) deps.onArrived(added);
    return gap;
  };

  /** @returns whether there is more to ask for */
  const takeOpened = (after: number | undefined, { conversation, messages, hasMore }: Opened): boolean => {
    const { conversation: known, transcript, owner } = store.get();
    const continues =
      after !== undefined && known?.id === conversation.id && conversation.lastSeq >= lastSeq(transcript);
    if (after !== undefined && !continues) {
      // Another conversation, or a desk that was set back: what is shown here is not so any more.
      store.set({ conversation: null });
      return true;
    }
    store.set({ conversation });
    if (continues) {
      // What does not continue here must not be asked for without end.
      return !takeIn(messages) && hasMore && messages.length > 0;
    }
    outbox.remove(
      owner,
      messages.map(({ clientId }) => clientId),
    );
    store.set({
      transcript: startWith(messages, hasMore),
      awaiting: null,
      // What was known of the agent may be of another conversation.
      agentRead: 0,
      agentTyping: false,
    });
    refreshPending();
    return false;
  };

  const readOn = async (): Promise<boolean> => {
    for (let failures = 0; wire.isUp(); ) {
      const { conversation, transcript } = store.get();
      const fresh = wantsFresh;
      const after = conversation === null || fresh ? undefined : lastSeq(transcript);
      const ack = await wire.ask(
        'conversation:open',
        {
          ...(after === undefined ? {} : { after }),
          ...(fresh ? { fresh } : {}),
          ...(solution === undefined ? {} : { solution }),
        },
        patienceMs,
      );
      patienceMs = undefined;
      solution = undefined;
      if (ack === null) wire.cut();
      else if (!ack.ok && ack.error.challenge?.kind === 'pow') {
        store.set({ link: 'checking' });
        solution = await deps.solve(ack.error.challenge, wire.isUp).catch(() => undefined);
        // It could not be loaded, or was given up: not at once again.
        if (solution === undefined) await pause(backOffMs(failures++, Math.random()));
      } else if (!ack.ok) {
        sayTrouble(ack.error);
        await pause(ack.error.retryAfterMs ?? backOffMs(failures++, Math.random()));
      } else {
        if (fresh) wantsFresh = false;
        if (!takeOpened(after, ack.data)) return true;
      }
    }
    return false;
  };

  const sync = async (): Promise<void> => {
    syncAgain = true;
    if (syncing) return;
    syncing = true;
    let done = true;
    while (done && syncAgain) {
      syncAgain = false;
      done = await readOn();
    }
    syncing = false;
    if (!done) return;
    deps.settle();
    store.set({ link: 'online' });
    void flush();
  };

  const accept = (message: MessageView): void => {
    outbox.remove(store.get().owner, [message.clientId]);
    refreshPending();
    const gap = takeIn([message]);
    // What is being read may begin anew without it.
    syncAgain = true;
    const { conversation, transcript } = store.get();
    // The reply may have been quicker than the acknowledgement.
    if (isBotThere(conversation) && !isAnswered(transcript, message.seq)) {
      const { seq } = message;
      store.set({ awaiting: seq, link: 'online' });
      setTimeout(() => store.get().awaiting === seq && store.set({ awaiting: null }), REPLY_WITHIN_MS);
    } else store.set({ link: 'online' });
    if (gap) void sync();
  };

  const flush = async (): Promise<void> => {
    if (flushing || syncing) return;
    flushing = true;
    const { owner } = store.get();
    for (let failures = 0; wire.isUp(); ) {
      const entry = outbox.nextToSend(owner);
      if (entry === null) break;
      store.set({ sending: entry.clientId });
      const ack = await wire.ask('message:send', commandOf(entry));
      if (ack === null) {
        wire.cut();
        break;
      }
      if (ack.ok) {
        failures = 0;
        triedFresh = false;
        accept(ack.data.message);
      } else if (OPEN_FIRST.includes(ack.error.code)) {
        // The desk closed the conversation; what waits is sent when the next one is open.
        const isNews = ack.error.code === CLOSED && !triedFresh;
        if (!isNews) await pause(backOffMs(failures++, Math.random()));
        wantsFresh = triedFresh = ack.error.code === CLOSED;
        store.set({ conversation: null });
        void sync();
        break;
      } else if (!isPassing(ack.error, failures)) {
        failures = 0;
        const { code, message } = ack.error;
        outbox.refuse(entry, { code, message, after: lastSeq(store.get().transcript) });
        refreshPending();
      } else {
        sayTrouble(ack.error);
        store.set({ sending: null });
        await pause(Math.max(ack.error.retryAfterMs ?? 0, backOffMs(failures++, Math.random())));
      }
    }
    flushing = false;
    if (wire.isUp()) store.set({ sending: null });
  };

  return {
    wire,
    sync,
    flush,
    refresh() {
      patienceMs = REFRESH_WITHIN_MS;
      for (const wake of sleepers) wake();
      void sync();
    },
    takeFact(message) {
      if (store.get().conversation === null || syncing) {
        // Opening brings it, unless it came in just behind what the desk had read.
        syncAgain = true;
      } else if (takeIn([message])) void sync();
    },
  };
}

/** Will it be over by itself? A fault of the desk may be; but not one that comes again and again. */
function isPassing({ code, retryAfterMs }: ChatError, failures: number): boolean {
  if (code === 'internal') return failures < MOST_FAULTS;
  return retryAfterMs !== undefined || code === STORE_AWAY;
}
