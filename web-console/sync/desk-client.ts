/** Keeps what is on this screen and what the desk knows the same, and the outbox empty. */
import type { CallRow, CallSignal } from '../../src/contracts/calls.ts';
import type { Ack } from '../../src/contracts/chat.ts';
import type { ConversationRow, Note, StaffCommands, StaffFacts } from '../../src/contracts/console.ts';
import type { IncidentNotice } from '../../src/contracts/incidents.ts';
import type { TicketRow } from '../../src/contracts/tickets.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import { type AckOf, type BodyOf, createConnection } from '../../web-sync/connection.ts';
import { createStore, type Store } from '../../web-sync/store.ts';
import { firstSeq, take, takeEarlier } from '../../web-sync/transcript.ts';
import { type DeskState, initialDeskState, newerRow, type OpenConversation, opening } from './desk-state.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createOutbox, OUTBOX_PREFIX, type OutboxDraft, type OutboxEntry } from './outbox.ts';
import { createVisit, SIGNED_OUT, type Visit } from './visit.ts';

/** Commands that are answered with the conversation as it is now. */
type RowCommand = Extract<
  keyof StaffCommands,
  `conversation:${'claim' | 'takeOver' | 'join' | 'transfer' | 'close'}`
>;

/** What screens may want to know besides the state. */
export type DeskEvent =
  /** `own`: it comes of what this person is just doing. */
  | { readonly kind: 'row'; readonly row: ConversationRow; readonly own: boolean }
  | { readonly kind: 'erased'; readonly conversation: string }
  /** Somebody has made or changed a ticket. */
  | { readonly kind: 'ticket'; readonly row: TicketRow }
  /** It is this person's now, without a claim. */
  | { readonly kind: 'assigned'; readonly row: ConversationRow }
  | { readonly kind: 'whisper'; readonly note: Note }
  /** Facts may have been missed before: lists are to be read anew. */
  | { readonly kind: 'entered' }
  | { readonly kind: 'call'; readonly call: CallRow }
  /** It rings with this person. */
  | { readonly kind: 'callRinging'; readonly call: CallRow }
  | { readonly kind: 'callSignal'; readonly call: string; readonly signal: CallSignal }
  /** What is on, or was noticed, has changed. */
  | { readonly kind: 'incidents' }
  | { readonly kind: 'incidentNoticed'; readonly notice: IncidentNotice }
  | { readonly kind: 'sessionEnded' };

export interface DeskClientDeps {
  readonly account: string;
  readonly storage: BrowserStorage;
  readonly newClientId: () => string;
}

export interface DeskClient {
  readonly store: Store<DeskState>;
  readonly drafts: Drafts;
  /** @returns the function that takes the listener away again */
  readonly listen: (listener: (event: DeskEvent) => void) => () => void;
  /** @returns the function that closes everything again */
  readonly start: () => () => void;
  readonly retryNow: () => void;
  /** Shows a conversation here. @returns the function that leaves it again */
  readonly open: (id: string) => () => void;
  readonly loadEarlier: (id: string) => Promise<void>;
  readonly send: (draft: OutboxDraft) => void;
  readonly retry: (entry: OutboxEntry) => void;
  readonly discard: (entry: OutboxEntry) => void;
  /** null: no answer came. */
  readonly ask: <Name extends keyof StaffCommands>(
    name: Name,
    body: BodyOf<StaffCommands, Name>,
  ) => Promise<AckOf<StaffCommands, Name> | null>;
  /** As `ask`; the lists and this screen then show what came of it. */
  readonly act: <Name extends RowCommand>(
    name: Name,
    body: BodyOf<StaffCommands, Name>,
  ) => Promise<Ack<ConversationRow> | null>;
}

const CONTACT_TYPES_FOR_MS = 8_000;

export function createDeskClient({ account, storage, newClientId }: DeskClientDeps): DeskClient {
  const outbox = createOutbox({ storage, account, now: Date.now, newClientId });
  const store = createStore<DeskState>(initialDeskState(outbox.list()));
  const shown = new Map<string, number>();
  const typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  const listeners = new Set<(event: DeskEvent) => void>();
  const acting = new Set<string>();
  let visit: Visit | null = null;

  const tell = (event: DeskEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const endSession = (): void => tell({ kind: 'sessionEnded' });

  const find = (id: string): OpenConversation | null => store.get().conversations.get(id) ?? null;
  const patch = (id: string, change: Partial<OpenConversation>): void => {
    const known = find(id);
    if (known === null) return;
    store.set({ conversations: new Map(store.get().conversations).set(id, { ...known, ...change }) });
  };
  const onPending = (): void => store.set({ pending: outbox.list() });
  /** Whoever it was about has erased it: nothing of it stays in this browser. */
  const onGone = (id: string): void => {
    outbox.forget(id);
    drafts.forget(id);
    patch(id, { phase: 'missing' });
    onPending();
  };
  const onSending = (clientId: string, isSending: boolean): void => {
    const sending = new Set(store.get().sending);
    if (isSending) sending.add(clientId);
    else sending.delete(clientId);
    store.set({ sending });
  };
  const takeRow = (row: ConversationRow): void => {
    patch(row.id, { row: newerRow(find(row.id)?.row ?? null, row) });
    tell({ kind: 'row', row, own: acting.has(row.id) });
  };
  const setTyping = (id: string, contactTyping: boolean): void => {
    clearTimeout(typingTimers.get(id));
    patch(id, { contactTyping });
    if (contactTyping)
      typingTimers.set(
        id,
        setTimeout(() => setTyping(id, false), CONTACT_TYPES_FOR_MS),
      );
  };

  const connection = createConnection<StaffCommands, StaffFacts>({
    // `STAFF_NAMESPACE`, which would bring the schemas of the contracts into the bundle.
    namespace: '/staff',
    onConnect(wire) {
      visit = createVisit(wire, {
        account,
        outbox,
        openIds: () => [...store.get().conversations.keys()],
        find,
        patch,
        onPending,
        onGone,
        onSending,
        onSessionEnded: endSession,
        onLink: (link) => store.set({ link }),
        onEntered(agents, me) {
          store.set({ agents, me });
          connection.settle();
          drafts.saveNow();
          tell({ kind: 'entered' });
        },
      });
      void visit.enter();
    },
    onCut() {
      visit = null;
      store.set({ link: navigator.onLine ? 'waiting' : 'offline', sending: new Set() });
    },
    onRefused(code) {
      if (!SIGNED_OUT.includes(code)) return false;
      endSession();
      return true;
    },
    facts: {
      'message:sent': ({ conversation, message }) => {
        if (message.author === 'contact') {
          setTyping(conversation, false);
          // Whoever writes is there, whatever was told before.
          patch(conversation, { contactOnline: true });
        }
        visit?.takeMessage(conversation, message);
      },
      'message:changed': ({ conversation, message }) => {
        const known = find(conversation);
        if (known !== null) patch(conversation, { transcript: take(known.transcript, [message]).transcript });
      },
      'note:added': (note) => visit?.takeNote(note),
      'viewers:changed': ({ conversation, viewers }) =>
        patch(conversation, { viewers: viewers.filter(({ id }) => id !== account) }),
      'contact:typing': ({ conversation, typing }) => {
        setTyping(conversation, typing);
        if (typing) patch(conversation, { contactOnline: true });
      },
      'contact:online': ({ conversation, online }) => patch(conversation, { contactOnline: online }),
      'contact:got': ({ conversation, deliveredSeq, readSeq }) =>
        patch(conversation, { deliveredSeq, readSeq }),
      'conversation:changed': takeRow,
      'conversation:assigned': (row) => {
        takeRow(row);
        tell({ kind: 'assigned', row });
      },
      'conversation:erased': ({ conversation }) => {
        onGone(conversation);
        tell({ kind: 'erased', conversation });
      },
      'ticket:changed': (row) => tell({ kind: 'ticket', row }),
      'whisper:heard': (note) => {
        visit?.takeNote(note);
        tell({ kind: 'whisper', note });
      },
      'agents:changed': (agents) =>
        store.set({ agents, me: agents.find(({ id }) => id === account) ?? store.get().me }),
      'call:ringing': (call) => tell({ kind: 'callRinging', call }),
      'call:changed': (call) => tell({ kind: 'call', call }),
      'call:signal': (fact) => tell({ kind: 'callSignal', ...fact }),
      'incidents:changed': () => tell({ kind: 'incidents' }),
      'incident:noticed': (notice) => tell({ kind: 'incidentNoticed', notice }),
      'sync:needed': () => void visit?.enter(),
      'session:ended': endSession,
    },
  });

  const ask: DeskClient['ask'] = async (name, body) => (await visit?.wire.ask(name, body)) ?? null;
  const drafts = createDrafts({
    storage,
    account,
    save: async (id, text) => (await ask('draft:save', { id, text }))?.ok ?? false,
  });
  const flush = (): void => {
    onPending();
    visit?.flush();
  };
  const retryNow = (): void => {
    if (visit === null) connection.retryNow();
  };

  return {
    store,
    drafts,
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retryNow,
    ask,
    async act(name, body) {
      const { id } = body as { readonly id: string };
      acting.add(id);
      const ack = (await ask(name, body)) as Ack<ConversationRow> | null;
      if (ack?.ok) takeRow(ack.data);
      acting.delete(id);
      return ack;
    },
    start() {
      const onOnline = (): void => {
        if (store.get().link === 'offline') store.set({ link: 'waiting' });
        retryNow();
      };
      const onOffline = (): void => store.set({ link: 'offline' });
      const onVisible = (): void => {
        if (!document.hidden) retryNow();
      };
      // Another tab has sent, or given up, something.
      const onStorage = ({ key }: StorageEvent): void => {
        if (key === null || key.startsWith(OUTBOX_PREFIX)) onPending();
      };
      addEventListener('online', onOnline);
      addEventListener('offline', onOffline);
      addEventListener('storage', onStorage);
      document.addEventListener('visibilitychange', onVisible);
      connection.start();
      return () => {
        removeEventListener('online', onOnline);
        removeEventListener('offline', onOffline);
        removeEventListener('storage', onStorage);
        document.removeEventListener('visibilitychange', onVisible);
        connection.stop();
        visit = null;
      };
    },
    open(id) {
      const times = shown.get(id) ?? 0;
      shown.set(id, times + 1);
      if (times === 0) {
        store.set({ conversations: new Map(store.get().conversations).set(id, opening(id)) });
        void visit?.sync(id);
      }
      return () => {
        const left = (shown.get(id) ?? 1) - 1;
        shown.set(id, left);
        if (left > 0) return;
        shown.delete(id);
        const conversations = new Map(store.get().conversations);
        conversations.delete(id);
        store.set({ conversations });
        drafts.saveNow();
        void ask('conversation:leave', { id });
      };
    },
    async loadEarlier(id) {
      const known = find(id);
      if (known === null || known.loadingEarlier || !known.transcript.hasEarlier) return;
      patch(id, { loadingEarlier: true });
      const ack = await ask('history:read', { id, before: firstSeq(known.transcript) });
      const { transcript } = find(id) ?? known;
      patch(id, {
        loadingEarlier: false,
        ...(ack?.ok ? { transcript: takeEarlier(transcript, ack.data.messages, ack.data.hasMore) } : {}),
      });
    },
    send(draft) {
      outbox.add(draft);
      flush();
    },
    retry(entry) {
      outbox.retry(entry);
      flush();
    },
    discard(entry) {
      outbox.remove([entry.clientId]);
      onPending();
    },
  };
}
