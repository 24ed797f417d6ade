/** Keeps this device's transcript and the desk's the same, and the outbox empty. */
import type { ContactCallCommands, ContactCallFacts } from '../../src/contracts/calls.ts';
import type {
  Ack,
  ChatCommands,
  ChatFacts,
  ConversationView,
  Credentials,
  RateCommand,
  RatingReason,
  SatisfactionCommand,
} from '../../src/contracts/chat.ts';
import { createConnection, type Wire } from '../../web-sync/connection.ts';
import { firstSeq, take, takeEarlier } from '../../web-sync/transcript.ts';
import { deskUrl } from '../desk-api.ts';
import { loadLater } from '../load-later.ts';
import type { CallLine, CallListener } from './call-line.ts';
import { createVisit, type Visit, type VisitDeps } from './visit.ts';

export interface ChatClientDeps extends Omit<VisitDeps, 'settle' | 'solve'> {
  readonly credentials: () => Credentials;
  readonly onIdentityRefused: () => void;
  readonly onErased: () => void;
  readonly onBanners: ChatFacts['banners:changed'];
}

export interface ChatClient {
  readonly start: () => void;
  readonly stop: () => void;
  readonly calls: CallLine;
  /** The network may be back, or the connection may have died unnoticed. */
  readonly retryNow: () => void;
  /** Sends what is in the outbox. */
  readonly flush: () => void;
  readonly loadEarlier: () => Promise<void>;
  readonly rate: (seq: number, helpful: boolean, reason?: RatingReason) => Promise<boolean>;
  readonly markRead: (seq: number) => void;
  readonly setTyping: (typing: boolean) => void;
  /** Goes back to the queue with a closed conversation. */
  readonly reopen: () => Promise<Failure | null>;
  readonly giveSatisfaction: (command: SatisfactionCommand) => Promise<Failure | null>;
  readonly erase: () => Promise<Failure | null>;
}

/** null in its place: done. Without a sentence: the desk cannot be reached. */
export interface Failure {
  readonly code?: string;
  readonly message?: string;
}

const AGENT_TYPES_FOR_MS = 8_000;

/** Hardly anybody ever needs it. */
const solve: VisitDeps['solve'] = async (challenge, isWanted) => {
  const { solveChallenge } =
    await loadLater<typeof import('../challenge/solve-challenge.ts')>('challenge.js');
  return solveChallenge(challenge, {
    now: () => performance.now(),
    isHidden: () => document.hidden,
    rest: () => new Promise((resolve) => setTimeout(() => resolve(isWanted()))),
  });
};

export function createChatClient(deps: ChatClientDeps): ChatClient {
  const { store } = deps;
  let visit: Visit | null = null;
  let callWire: Wire<ContactCallCommands> | null = null;
  const callListeners = new Set<CallListener>();
  let wasOnline = false;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;

  const connection = createConnection<ChatCommands & ContactCallCommands, ChatFacts & ContactCallFacts>({
    namespace: '/chat',
    path: deskUrl('socket.io').pathname,
    credentials: deps.credentials,
    onConnect(wire) {
      callWire = wire;
      visit = createVisit(wire, { ...deps, solve, settle: connection.settle });
      void visit.sync();
    },
    onCut() {
      visit = null;
      callWire = null;
      store.set({ link: navigator.onLine ? 'waiting' : 'offline', sending: null, agentTyping: false });
    },
    onRefused(code) {
      if (!code.startsWith('identity_')) return false;
      store.set({ link: 'refused', sending: null });
      deps.onIdentityRefused();
      return true;
    },
    facts: {
      'message:sent': (message) => {
        // It was this that was being written.
        if (message.author === 'agent') store.set({ agentTyping: false });
        visit?.takeFact(message);
      },
      'message:rated': (message) => {
        store.set({ transcript: take(store.get().transcript, [message]).transcript });
      },
      'conversation:changed': (conversation) => {
        const known = store.get().conversation;
        // Another conversation, or none so far: opening brings it.
        if (known?.id === conversation.id) store.set({ conversation });
        else if (known !== null) void visit?.sync();
      },
      'typing:changed': ({ author, typing }) => {
        if (author !== 'agent') return;
        clearTimeout(typingTimer);
        store.set({ agentTyping: typing });
        if (typing) typingTimer = setTimeout(() => store.set({ agentTyping: false }), AGENT_TYPES_FOR_MS);
      },
      'read:marked': ({ author, seq }) => {
        if (author === 'agent') store.set({ agentRead: Math.max(seq, store.get().agentRead) });
      },
      'contact:erased': deps.onErased,
      'sync:needed': () => void visit?.sync(),
      'banners:changed': deps.onBanners,
      'call:changed': (call) => {
        for (const listener of [...callListeners]) listener.changed(call);
      },
      'call:signal': (fact) => {
        for (const listener of [...callListeners]) listener.signal(fact);
      },
    },
  });
  store.subscribe(({ link }) => {
    const isOnline = link === 'online';
    if (isOnline && !wasOnline) for (const listener of [...callListeners]) listener.online();
    wasOnline = isOnline;
  });

  const takeChanged = (
    ack: Ack<{ readonly conversation: ConversationView }> | null | undefined,
  ): Failure | null => {
    if (!ack?.ok) return failureOf(ack);
    const { conversation } = ack.data;
    if (store.get().conversation?.id === conversation.id) store.set({ conversation });
    return null;
  };

  return {
    calls: {
      ask: async (name, body) => (await callWire?.ask(name, body)) ?? null,
      listen(listener) {
        callListeners.add(listener);
        return () => void callListeners.delete(listener);
      },
    },
    start: connection.start,
    stop() {
      connection.stop();
      visit = null;
      callWire = null;
    },
    retryNow() {
      if (visit === null) connection.retryNow();
      else visit.refresh();
    },
    flush: () => void visit?.flush(),
    async loadEarlier() {
      const { transcript, loadingEarlier, owner } = store.get();
      if (loadingEarlier || !transcript.hasEarlier || visit === null) return;
      store.set({ loadingEarlier: true });
      const ack = await visit.wire.ask('history:read', { before: firstSeq(transcript) });
      if (store.get().owner !== owner) return;
      store.set({
        loadingEarlier: false,
        ...(ack?.ok
          ? { transcript: takeEarlier(store.get().transcript, ack.data.messages, ack.data.hasMore) }
          : {}),
      });
    },
    async rate(seq, helpful, reason) {
      const command: RateCommand = { seq, helpful, ...(reason === undefined ? {} : { reason }) };
      const ack = await visit?.wire.ask('message:rate', command);
      if (!ack?.ok) return false;
      store.set({ transcript: take(store.get().transcript, [ack.data.message]).transcript });
      return true;
    },
    markRead(seq) {
      const isHandled = store.get().conversation?.status === 'active';
      void visit?.wire.ask('read:mark', { seq, ...(isHandled ? { handled: true } : {}) });
    },
    setTyping: (typing) => void visit?.wire.ask('typing:set', { typing }),
    reopen: async () => takeChanged(await visit?.wire.ask('conversation:reopen', {})),
    giveSatisfaction: async (command) => takeChanged(await visit?.wire.ask('satisfaction:give', command)),
    async erase() {
      const ack = await visit?.wire.ask('contact:erase', {});
      return ack?.ok ? null : failureOf(ack);
    },
  };
}

function failureOf(ack: Extract<Ack<never>, { ok: false }> | null | undefined): Failure {
  return ack ? { code: ack.error.code, message: ack.error.message } : {};
}
