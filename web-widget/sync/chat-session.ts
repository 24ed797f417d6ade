/** The chat of whoever is here now: one identity after the other, each with its own transcript and outbox. */
import type { MessageView } from '../../src/contracts/chat.ts';
import type { BannerView } from '../../src/contracts/incidents.ts';
import type { BrowserStorage } from '../../web-sync/browser-storage.ts';
import { randomName } from '../../web-sync/random-name.ts';
import { createStore, type Store } from '../../web-sync/store.ts';
import { lastSeq } from '../../web-sync/transcript.ts';
import { deviceToken, type Owner, ownerOf, TOKEN_KEY } from '../device/device-token.ts';
import { PREFIX } from '../device/storage-prefix.ts';
import { type ChatClient, createChatClient, type Failure } from './chat-client.ts';
import { type ChatState, initialState } from './chat-state.ts';
import { createOutbox, type Draft, OUTBOX_PREFIX, type OutboxEntry } from './outbox.ts';

export interface ChatSessionDeps {
  readonly storage: BrowserStorage;
  readonly onArrived: (messages: readonly MessageView[]) => void;
  readonly onIdentityRefused: () => void;
  /** Everything of the person is gone, here too. */
  readonly onErased: () => void;
  /** What the desk tells everybody; at every connection, and when it changes. */
  readonly onBanners: (banners: readonly BannerView[]) => void;
}

export interface ChatSession
  extends Pick<
    ChatClient,
    'calls' | 'loadEarlier' | 'rate' | 'markRead' | 'setTyping' | 'reopen' | 'giveSatisfaction'
  > {
  readonly store: Store<ChatState>;
  readonly start: (identity: string | null) => void;
  /** null: nobody is signed in. */
  readonly identify: (identity: string | null) => void;
  /** What REST wants to know of who is asking. */
  readonly bearer: () => string;
  readonly send: (draft: Draft) => void;
  readonly retry: (entry: OutboxEntry) => void;
  readonly remove: (entry: OutboxEntry) => void;
  readonly retryNow: () => void;
  readonly saveDraft: (text: string) => void;
  readonly readDraft: () => string;
  /** null: done. */
  readonly erase: () => Promise<Failure | null>;
}

const CLIENT_ID_BYTES = 16;

export function createChatSession(deps: ChatSessionDeps): ChatSession {
  const { storage } = deps;
  const outbox = createOutbox({ storage, now: Date.now, newClientId: () => randomName(CLIENT_ID_BYTES) });
  let identity: string | null = null;
  let token = '';
  let started = false;

  const fresh = (owner: Owner): ChatState => initialState(owner, outbox.list(owner));
  const store = createStore(fresh(ownerOf(null)));
  const draftKey = (): string => `${PREFIX}draft.${store.get().owner}`;
  const refreshPending = (): void => store.set({ pending: outbox.list(store.get().owner) });

  const restart = (): void => {
    client.stop();
    token = deviceToken(storage);
    client.start();
  };
  const startAnew = (): void => {
    store.set(fresh(ownerOf(identity)));
    if (started) restart();
  };
  const forgetEverything = (): void => {
    // Another page of this browser may have done so already: its new token is then not ours to take away.
    if (storage.get(TOKEN_KEY) === token) for (const key of storage.keys(PREFIX)) storage.remove(key);
    deps.onErased();
    startAnew();
  };
  const client = createChatClient({
    store,
    outbox,
    credentials: () => ({ token, ...(identity === null ? {} : { identity }) }),
    onArrived: deps.onArrived,
    onIdentityRefused: deps.onIdentityRefused,
    onErased: forgetEverything,
    onBanners: deps.onBanners,
  });

  const retryNow = (): void => {
    // With the same identity the desk would only say the same again.
    if (started && store.get().link !== 'refused') client.retryNow();
  };

  addEventListener('storage', ({ key, newValue }) => {
    if (key === null || key.startsWith(OUTBOX_PREFIX)) refreshPending();
    // Another page has forgotten everything and begun anew.
    if (started && key === TOKEN_KEY && newValue !== null && newValue !== token) {
      if (identity !== null) token = newValue;
      else {
        if (lastSeq(store.get().transcript) > 0) deps.onErased();
        startAnew();
      }
    }
  });
  addEventListener('online', () => {
    if (store.get().link === 'offline') store.set({ link: 'waiting' });
    retryNow();
  });
  addEventListener('offline', () => {
    if (store.get().link !== 'refused') store.set({ link: 'offline' });
  });
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) retryNow();
  });

  return {
    store,
    calls: client.calls,
    loadEarlier: client.loadEarlier,
    rate: client.rate,
    markRead: client.markRead,
    setTyping: client.setTyping,
    reopen: client.reopen,
    giveSatisfaction: client.giveSatisfaction,
    retryNow,
    start(first) {
      started = true;
      identity = first;
      if (ownerOf(first) !== store.get().owner) store.set(fresh(ownerOf(first)));
      restart();
    },
    identify(next) {
      if (next === identity && store.get().link !== 'refused') return;
      identity = next;
      if (!started) return;
      const owner = ownerOf(next);
      if (owner === store.get().owner) {
        store.set({ link: 'connecting' });
        restart();
      } else startAnew();
    },
    bearer: () => identity ?? token,
    send(draft) {
      outbox.add(store.get().owner, draft);
      refreshPending();
      client.flush();
    },
    retry(entry) {
      outbox.retry(entry);
      refreshPending();
      client.flush();
    },
    remove(entry) {
      outbox.remove(entry.owner, [entry.clientId]);
      refreshPending();
    },
    saveDraft(text) {
      if (text === '') storage.remove(draftKey());
      else storage.set(draftKey(), text);
    },
    readDraft: () => storage.get(draftKey()) ?? '',
    async erase() {
      const before = token;
      const failure = await client.erase();
      // The desk also tells all pages, and cuts them off: that may have been quicker than its answer.
      if (token !== before) return null;
      if (failure === null) forgetEverything();
      return failure;
    },
  };
}
