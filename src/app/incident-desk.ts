/** Incidents put together: what is asked is counted, what is pinned is said, whom it concerns is told. */
import { randomUUID } from 'node:crypto';
import type { Router } from 'express';
import type { Decision } from '../answering/engine.ts';
import { sayTextFaults } from '../contracts/answer-text.ts';
import type { ConversationEvents } from '../conversations/conversation-events.ts';
import type { AnswerBook, Shown } from '../corpus/answer-book.ts';
import { listPictures } from '../corpus/load-corpus.ts';
import { maskSuspects, maskText } from '../curation/question.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { createBucketStore } from '../incidents/bucket-store.ts';
import { type Incident, isAffected } from '../incidents/incident.ts';
import { createIncidentStore } from '../incidents/incident-store.ts';
import { createBannerRoutes, createIncidentRoutes } from '../incidents/incidents.routes.ts';
import { tellIncidents } from '../incidents/incidents.sockets.ts';
import { createIncidents, type IncidentsDeps } from '../incidents/incidents.ts';
import { createLiveIncidents } from '../incidents/live-incidents.ts';
import { pinTo } from '../incidents/pinned-answers.ts';
import { createQuestionCounter } from '../incidents/question-counter.ts';
import { createRiseWatch } from '../incidents/rise-watch.ts';
import { readSubject } from '../incidents/subject.ts';
import { createSuspicionStore } from '../incidents/suspicion-store.ts';
import { createTelling, type TellingDeps } from '../incidents/telling.ts';
import { createTouchStore } from '../incidents/touch-store.ts';
import { createTouches } from '../incidents/touches.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import type { Storage } from '../storage/storage.ts';

export interface IncidentDeskDeps {
  readonly connection: Storage['connection'];
  /** Folder that holds the images of answers. */
  readonly root: string;
  readonly book: () => AnswerBook;
  readonly audit: IncidentsDeps['audit'];
  /** What one node does for all. */
  readonly lease: (name: string, owner: string, now: Date, until: Date) => Promise<boolean>;
  readonly announce: (...said: [...Parameters<TellingDeps['announce']>, 'message']) => Promise<void>;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly logger: Logger;
}

export interface IncidentDesk {
  readonly staffRoutes: readonly StaffRoute[];
  readonly publicRoutes: Router;
  /** The book with what is pinned to its answers just now. */
  readonly pin: (book: AnswerBook) => AnswerBook;
  /** A question of a conversation. Never throws and never waits. */
  readonly noteAsked: (conversation: string, text: string, decision: Decision) => void;
  readonly forgetConversation: (id: string) => Promise<void>;
  /** Reads what is on, and follows it from then on. To be called when the store has been opened. */
  readonly start: () => Promise<void>;
  readonly serve: (sockets: SocketServer, conversations: ConversationEvents) => void;
  readonly stop: () => Promise<void>;
}

const KEEP_TIME_EVERY_MS = 5_000;
const RISE_TURN_MS = 30_000;
/** A lot of conversations is told within it; a node that dies meanwhile gives way after it. */
const TELL_TURN_MS = 60_000;

/** To be made before the store opens: it declares collections. */
export function createIncidentDesk(deps: IncidentDeskDeps): IncidentDesk {
  const { connection, book, isStoreUp, now, logger } = deps;
  const store = createIncidentStore(connection);
  const suspicions = createSuspicionStore(connection);
  const touchStore = createTouchStore(connection);
  const buckets = createBucketStore(connection);
  const owner = randomUUID();
  const turn = (name: string, ms: number) => (now: Date) =>
    deps.lease(`incidents:${name}`, owner, now, new Date(now.getTime() + ms));

  const live = createLiveIncidents({
    listOpen: store.listOpen,
    listRising: suspicions.listRising,
    isStoreUp,
    now,
    logger,
  });
  const incidents = createIncidents({
    store,
    suspicions,
    touches: touchStore,
    buckets,
    hasIntent: (intent) => book().find(intent) !== null,
    checkAnswer: async (markdown) => sayTextFaults(markdown, await listPictures(deps.root)),
    refresh: live.refresh,
    audit: deps.audit,
    now,
  });
  const counter = createQuestionCounter({
    store: buckets,
    isQuestion: (intent) => book().find(intent)?.entry.kind !== 'smalltalk',
    isStoreUp,
    now,
    logger,
  });
  const touches = createTouches({ store: touchStore, active: live.active, isStoreUp, now, logger });
  const watch = createRiseWatch({
    buckets,
    suspicions,
    isKnown(subject) {
      const read = readSubject(subject);
      return live
        .active()
        .some((incident) =>
          read.kind === 'intent' ? isAffected(incident, read.intent) : incident.affects.all,
        );
    },
    takeTurn: turn('rises', RISE_TURN_MS),
    isStoreUp,
    now,
    logger,
  });
  const telling = createTelling({
    store,
    touches: touchStore,
    announce: (conversation, name, text) => deps.announce(conversation, name, text, 'message'),
    takeTurn: turn('telling', TELL_TURN_MS),
    isStoreUp,
    now,
    logger,
  });

  const titleOf = (intent: string): string => book().titleOf(intent);
  let pinned: { readonly book: AnswerBook; readonly active: readonly Incident[]; readonly made: AnswerBook };
  let keepingTime: Repeating | undefined;

  return {
    staffRoutes: createIncidentRoutes({
      incidents,
      live,
      titleOf,
      listIntents: () =>
        book()
          .topics()
          .map(({ topic, entries }) => ({
            topic,
            intents: entries.filter(({ kind }) => kind === 'answer').map(({ id, title }) => ({ id, title })),
          }))
          .filter(({ intents }) => intents.length > 0),
    }),
    publicRoutes: createBannerRoutes({ live }),
    pin(plain) {
      const active = live.active();
      if (active.every(({ answer }) => answer === null)) return plain;
      if (pinned?.book !== plain || pinned.active !== active)
        pinned = { book: plain, active, made: pinBook(plain, active) };
      return pinned.made;
    },
    noteAsked(conversation, text, { decision, intent, candidates, redactions }) {
      const masked = maskSuspects(maskText(text, redactions));
      counter.note({ conversation, text: masked, decision, intent, candidates });
      touches.note(conversation, intent);
    },
    forgetConversation: touches.forgetConversation,
    async start() {
      await live.start();
      watch.start();
      telling.start();
      keepingTime = repeat(async () => isStoreUp() && incidents.keepTime(), {
        everyMs: KEEP_TIME_EVERY_MS,
        onError: ({ message: reason }) =>
          logger.warn({ reason }, 'what is due with incidents cannot be noted now'),
      });
    },
    serve(sockets, conversations) {
      tellIncidents({ sockets, live, titleOf });
      live.events.on('begun', touches.catchUp);
      // Also what was chosen from a list, and not asked in words.
      conversations.on('messageStored', ({ message }) => {
        if (message.author !== 'bot') return;
        for (const bubble of message.bubbles)
          if (bubble.kind === 'answer') touches.note(message.conversation, bubble.intent);
      });
    },
    async stop() {
      await keepingTime?.stop();
      await watch.stop();
      await telling.stop();
      await live.stop();
      await counter.stop();
      await touches.stop();
    },
  };
}

/** The same book, whose answers say what is pinned to them. */
export function pinBook(book: AnswerBook, active: readonly Incident[]): AnswerBook {
  const pinShown = (shown: Shown | null): Shown | null => {
    if (shown === null) return null;
    const { entry, markdown } = shown;
    const pin = pinTo(active, entry.id, { kind: entry.kind, markdown });
    if (pin === null) return shown;
    return { entry: pin.replaces ? { ...entry, sources: [] } : entry, markdown: pin.markdown };
  };
  return {
    ...book,
    ask(request) {
      const { decision, shown } = book.ask(request);
      return { decision, shown: pinShown(shown) };
    },
    find: (id, platform) => pinShown(book.find(id, platform)),
    faq: {
      find(intent, platform) {
        const entry = book.faq.find(intent, platform);
        const pin = entry && pinTo(active, intent, entry);
        if (entry === null || pin === null) return entry;
        const pinned = { ...entry, markdown: pin.markdown, isPinned: true };
        return pin.replaces ? { ...pinned, sources: [], variesByPlatform: false } : pinned;
      },
    },
  };
}
