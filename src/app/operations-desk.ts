/**
 * What operators need, put together: metrics, traces, readiness, and moving out. The rooms know nothing of it: it hears
 * what they tell anyway, and stands around what is called anyway.
 */

import type { AgentPresence } from '../agents/presence.ts';
import type { Decision } from '../answering/engine.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { CHAT_NAMESPACE } from '../contracts/chat.ts';
import { STAFF_NAMESPACE } from '../contracts/console.ts';
import type { Conversation } from '../conversations/conversation.ts';
import { openedBy } from '../conversations/conversations.sockets.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { InboxStore } from '../conversations/inbox-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { AnswerBook, AskRequest } from '../corpus/answer-book.ts';
import type { ChecksDeps } from '../curation/checks.ts';
import type { Question } from '../curation/question.ts';
import type { DutyCalendar } from '../duty/duty.ts';
import type { HttpAppDeps, NotReadyReason } from '../http/http-app.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Tracing, trace } from '../kernel/tracing.ts';
import type { MailDesk } from '../mail/mail-desk.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import { type CommandWatch, type EndedCommand, watchCommands } from '../realtime/watch-commands.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tickets } from '../tickets/tickets.ts';
import { createMetrics } from './metrics.ts';
import { createSurvey } from './survey-desk.ts';

export interface OperationsDeps {
  readonly storage: Storage;
  readonly isEmbedded: boolean;
  readonly metricsToken: string | undefined;
  readonly tracing: Tracing | undefined;
  readonly logger: Logger;
}

/** What there is to be watched once everything stands. */
export interface Watched {
  readonly sockets: SocketServer;
  readonly conversations: Conversations;
  readonly messageStore: Pick<MessageStore, 'surveyAwaiting'>;
  readonly inboxStore: Pick<InboxStore, 'listWaiting'>;
  readonly presence: Pick<AgentPresence, 'listOnDuty'>;
  readonly duty: DutyCalendar;
  readonly tickets: Pick<Tickets, 'count' | 'events'>;
  readonly mailDesk: Pick<MailDesk, 'survey'>;
  readonly release: () => number | null;
  /** This process hears the others, or is alone. */
  readonly isLinked: () => boolean;
}

interface Notes {
  readonly note: (text: string, decision: Decision, place?: Question['place']) => void;
}

/** So long the last socket may stay after the first has gone, and each of them with a command that does not end. */
const MOVE_OVER_MS = 3_000;
const COMMAND_PATIENCE_MS = 2_000;
/** Turns whose end is measured; beyond, the oldest are not. */
const MOST_TURNS = 10_000;

export function createOperationsDesk(deps: OperationsDeps) {
  const { storage, isEmbedded, metricsToken, tracing, logger } = deps;
  const metrics = createMetrics();
  metrics.info.set({ store: isEmbedded ? 'embedded' : 'mongodb', node: process.version }, 1);
  metrics.draining.set(0);
  storage.events.on('down', () => metrics.storeOutages.inc());
  storage.onCommand((tookMs) => metrics.storeSeconds.observe(tookMs / 1_000));

  let isDraining = false;
  let isWatched = false;
  let watched: Watched | undefined;
  let commands: CommandWatch | undefined;
  let survey: (() => Promise<void>) | undefined;

  const noteMasked = (types: Iterable<string>): void => {
    for (const type of new Set(types)) metrics.secretsMasked.inc({ type });
  };

  const onCommand = ({ namespace, command, code, tookMs }: EndedCommand): void => {
    metrics.commands.inc({ namespace, command, outcome: code ?? 'ok' });
    if (command !== 'unknown') metrics.commandSeconds.observe({ namespace, command }, tookMs / 1_000);
    if (code !== null) refuse('socket', code);
    else if (command === 'message:send')
      metrics.messagesAcknowledged.inc({ author: namespace === CHAT_NAMESPACE ? 'contact' : 'agent' });
  };
  const refuse = (surface: 'http' | 'socket', reason: string): void =>
    metrics.refused.inc({ surface, reason });

  let timed: { readonly book: AnswerBook; readonly made: AnswerBook } | undefined;
  const askTimed = (book: AnswerBook, request: AskRequest): ReturnType<AnswerBook['ask']> => {
    const startedAt = performance.now();
    const answered = trace(tracing, 'answer', () => book.ask(request));
    metrics.answerSeconds.observe((performance.now() - startedAt) / 1_000);
    return answered;
  };

  const hear = ({ conversations, tickets }: Watched): void => {
    const { events } = conversations;
    const turns = new Map<string, number>();
    events.on('messageStored', ({ message }) => {
      const { author, conversation, redacted, forBot } = message;
      metrics.messagesStored.inc({ author });
      if (redacted.length > 0) noteMasked(redacted);
      if (author === 'contact' && forBot !== null) {
        turns.set(conversation, message.at.getTime());
        if (turns.size > MOST_TURNS) turns.delete(turns.keys().next().value as string);
      } else if (author === 'bot') {
        const askedAt = turns.get(conversation);
        if (askedAt !== undefined)
          metrics.replySeconds.observe(Math.max(0, storage.now().getTime() - askedAt) / 1_000);
        turns.delete(conversation);
      }
    });
    events.on('messageRated', ({ helpful }) => metrics.ratings.inc({ helpful: helpful ? 'yes' : 'no' }));
    events.on('conversationChanged', ({ conversation, change }) => {
      if (change === undefined) return;
      metrics.changes.inc({ change });
      const stay = conversation.stays.at(-1);
      if (change === 'queue' && stay !== undefined) metrics.handovers.inc({ reason: stay.reason });
      const waitedMs = waitOf(conversation);
      if (waitedMs !== null) metrics.waitSeconds.observe(waitedMs / 1_000);
    });
    tickets.events.on('changed', ({ revision, kind, source }) => {
      if (revision === 1) metrics.ticketsOpened.inc({ kind, source });
    });
  };

  const read = async (): Promise<{ type: string; text: string }> => {
    if (!isWatched) {
      isWatched = true;
      metrics.watchProcess();
    }
    metrics.nodesLinked.set(watched?.isLinked() === false ? 0 : 1);
    metrics.storeUp.set(storage.isUp() ? 1 : 0);
    metrics.releaseLive.set(watched?.release() ?? 0);
    metrics.onDuty.set(watched?.duty.at(new Date()).onDuty === true ? 1 : 0);
    for (const namespace of [CHAT_NAMESPACE, STAFF_NAMESPACE])
      metrics.socketsOpen.set({ namespace }, watched?.sockets.of(namespace).sockets.size ?? 0);
    await survey?.();
    return { type: metrics.registry.contentType, text: await metrics.registry.metrics() };
  };

  const http: Pick<HttpAppDeps, 'notReadyReasons' | 'watch' | 'metrics'> = {
    notReadyReasons: (): NotReadyReason[] =>
      isDraining
        ? [{ code: 'draining', message: 'the process is about to stop' }, ...storage.notReadyReasons()]
        : storage.notReadyReasons(),
    watch: {
      tracing,
      isDraining: () => isDraining,
      onRequest({ area, status, code, tookMs }) {
        metrics.requests.inc({ area, status });
        metrics.requestSeconds.observe({ area }, tookMs / 1_000);
        if (code !== null) refuse('http', code);
      },
    },
    metrics: { token: metricsToken, read },
  };

  return {
    http,
    /** The audit log, whose entries are counted. */
    watchAudit: (log: AuditLog): AuditLog => ({
      ...log,
      async append(fact) {
        await log.append(fact);
        const { action, details } = fact;
        metrics.audited.inc({ action });
        if (action === 'value.revealed') metrics.revealed.inc({ where: 'conversation' });
        if (action === 'ticket.revealed') metrics.revealed.inc({ where: 'ticket' });
        if (action === 'release.published')
          metrics.published.inc({ signed: typeof details['answeredFor'] === 'string' ? 'yes' : 'no' });
        if (action === 'release.wentLive') metrics.wentBack.inc();
      },
    }),
    /** The notes of what was asked, which are counted. */
    watchNotes: <Noted extends Notes>(notes: Noted): Noted => ({
      ...notes,
      note(text, decision, place) {
        notes.note(text, decision, place);
        metrics.answers.inc({ via: place ? 'chat' : 'api', decision: decision.decision });
        // What is said in chat is counted when it is stored.
        if (!place) noteMasked(decision.redactions.map(({ type }) => type));
      },
    }),
    /** The same answers; how long each takes is noted. */
    timeAnswers(book: AnswerBook): AnswerBook {
      // One made for a book: who keeps something with it finds it again.
      if (timed?.book !== book)
        timed = { book, made: { ...book, ask: (request) => askTimed(book, request) } };
      return timed.made;
    },
    onChecked: ((verdict) => metrics.checks.inc({ verdict })) satisfies ChecksDeps['onChecked'],
    serve(all: Watched): void {
      watched = all;
      hear(all);
      commands = watchCommands({
        sockets: all.sockets,
        namespaces: [CHAT_NAMESPACE, STAFF_NAMESPACE],
        conversationOf: (socket, body) => openedBy(socket)?.conversation ?? conversationIn(body),
        onCommand,
        tracing,
        logger,
      });
      survey = createSurvey({
        metrics,
        isStoreUp: storage.isUp,
        now: storage.now,
        awaiting: all.messageStore.surveyAwaiting,
        listWaiting: all.inboxStore.listWaiting,
        listAgents: all.presence.listOnDuty,
        countTickets: (most) => all.tickets.count('', most),
        mails: all.mailDesk.survey,
      });
    },
    /** From now on it says that it is not ready; all else goes on. */
    drain(): void {
      isDraining = true;
      metrics.draining.set(1);
    },
    /** Sends the sockets to other processes. */
    moveSocketsAway: async (): Promise<void> => commands?.moveAway(MOVE_OVER_MS, COMMAND_PATIENCE_MS),
  };
}

/** How long the contact waited, where this change has ended it; null: it has not. */
function waitOf({ stays, handling }: Conversation): number | null {
  const { claimedAt, requestedAt } = stays.at(-1) ?? { claimedAt: null, requestedAt: null };
  // Handed on from one agent to the next nobody has waited once more.
  if (claimedAt === null || claimedAt.getTime() !== handling?.since.getTime()) return null;
  return claimedAt.getTime() - requestedAt.getTime();
}

/** What a command of the staff says it is about: not looked at yet by anybody, and nothing but an id. */
function conversationIn(body: unknown): string | null {
  const { conversation } = (typeof body === 'object' && body !== null ? body : {}) as {
    conversation?: unknown;
  };
  return typeof conversation === 'string' && /^[0-9a-f]{24}$/.test(conversation) ? conversation : null;
}
