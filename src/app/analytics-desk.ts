/** Analytics put together: what it reads of other rooms, what tells it that something happened, what it answers. */

import { createAnalyticsRoutes } from '../analytics/analytics.routes.ts';
import { type Analytics, createAnalytics } from '../analytics/analytics.ts';
import { createBehind } from '../analytics/behind.ts';
import { createFactsStore } from '../analytics/facts-store.ts';
import { createNumbers, type Use } from '../analytics/numbers.ts';
import { createNumbersStore } from '../analytics/numbers-store.ts';
import type { Story } from '../analytics/story.ts';
import { createSummary } from '../analytics/summary.ts';
import type { Contacts } from '../auth/contacts.ts';
import type { AnalyticsSettings, ConversationsBehind } from '../contracts/analytics.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { StaffedConversations } from '../conversations/staffed-conversations.ts';
import { createStoryStore, type Story as Told } from '../conversations/story-store.ts';
import type { MarkStore } from '../curation/unanswered/mark-store.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Logger } from '../kernel/logger.ts';
import { addDays, dayAt } from '../kernel/vietnam-time.ts';
import type { MailDesk } from '../mail/mail-desk.ts';
import type { Storage } from '../storage/storage.ts';
import type { TicketStories } from '../tickets/ticket-store.ts';
import type { Tickets } from '../tickets/tickets.ts';

/** What the numbers are made from. */
export interface AnalyticsSource {
  /** The stores of conversations, messages and tickets are declared on it. */
  readonly connection: Storage['connection'];
  readonly ticketStore: TicketStories;
  readonly contacts: Pick<Contacts, 'describe'>;
  /** What the staff think of answers. */
  readonly marks: Pick<MarkStore, 'listOf'>;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes; left out: this machine's. */
  readonly now?: () => Date;
  readonly logger: Logger;
}

/** Also for the command that makes everything anew. To be called before the store is opened. */
export function openAnalytics(source: AnalyticsSource, onCounted?: () => Promise<void>) {
  const { connection, ticketStore, contacts, marks, isStoreUp, now, logger } = source;
  const facts = createFactsStore(connection);
  const numbers = createNumbersStore(connection);
  const stories = createStoryStore(connection);
  const analytics = createAnalytics({
    facts,
    numbers,
    readStories: async (ids) => (await stories.read(ids)).map(toStory),
    readTickets: ticketStore.findMany,
    listMoved: { conversations: stories.listMoved, tickets: ticketStore.listMoved },
    listAll: { conversations: stories.listIds, tickets: ticketStore.listCodes },
    describeContacts: contacts.describe,
    listMarks: async (conversation) =>
      (await marks.listOf(conversation)).map(({ seq, mark }) => ({ seq, wrong: mark === 'wrong' })),
    ...(onCounted === undefined ? {} : { onCounted }),
    ...(now === undefined ? {} : { now }),
    isStoreUp,
    logger,
  });
  return { analytics, facts, numbers, stories };
}

export interface AnalyticsDeskDeps extends AnalyticsSource {
  readonly settings: () => AnalyticsSettings;
  readonly titleOf: (intent: string) => string;
  readonly post: MailDesk['post'];
  readonly publicUrl: string | undefined;
}

export interface AnalyticsDesk {
  /** @param row of the inbox */
  readonly routes: (row: StaffedConversations['row']) => StaffRoute[];
  readonly forgetConversation: Analytics['forgetConversation'];
  readonly freezeConversation: Analytics['freezeConversation'];
  readonly thawConversation: Analytics['thawConversation'];
  /** Something was said of its answers: it is counted anew. */
  readonly noteConversation: Analytics['noteConversation'];
  /** How the answers of each intent fared in the last 30 days. */
  readonly listUse: () => Promise<ReadonlyMap<string, Use>>;
  readonly start: (conversations: Pick<Conversations, 'events'>, tickets: Pick<Tickets, 'events'>) => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

const USE_DAYS = 30;
/** Of a question in a list. */
const LONGEST_QUESTION = 300;

export function createAnalyticsDesk(deps: AnalyticsDeskDeps): AnalyticsDesk {
  const { settings, titleOf, post, publicUrl, logger } = deps;
  const site = publicUrl?.replace(/\/+$/, '') ?? null;
  const onCounted = (): Promise<void> =>
    summarize().catch(({ message: reason }: Error) => logger.warn({ reason }, 'the summary is sent later'));
  const { analytics, facts, numbers: store, stories } = openAnalytics(deps, onCounted);
  const numbers = createNumbers({ store, titleOf });
  const summarize = createSummary({ settings, numbers, store, post, site });
  return {
    routes: (row) =>
      createAnalyticsRoutes({
        numbers,
        behind: createBehind({ facts, numbers: store }),
        async describe(places): Promise<ConversationsBehind['conversations']> {
          const read = await stories.read(places.map(({ id }) => id));
          const found = new Map(read.map((one) => [one.conversation.id, one]));
          return Promise.all(
            places.flatMap(({ id, seq }) => {
              const told = found.get(id);
              if (told === undefined) return [];
              const asked = told.messages.find((message) => message.seq === seq)?.text ?? '';
              const question = asked === '' ? null : asked.slice(0, LONGEST_QUESTION);
              return [row(told.conversation).then((line) => ({ ...line, question }))];
            }),
          );
        },
      }),
    forgetConversation: analytics.forgetConversation,
    freezeConversation: analytics.freezeConversation,
    thawConversation: analytics.thawConversation,
    noteConversation: analytics.noteConversation,
    listUse() {
      const today = dayAt(new Date());
      return numbers.listUse(addDays(today, 1 - USE_DAYS), today);
    },
    start(conversations, tickets) {
      const { events } = conversations;
      events.on('messageStored', ({ message }) => analytics.noteConversation(message.conversation));
      events.on('messageMarked', ({ conversation }) => analytics.noteConversation(conversation));
      events.on('messageRated', ({ conversation }) => analytics.noteConversation(conversation));
      events.on('conversationChanged', ({ conversation }) => analytics.noteConversation(conversation.id));
      tickets.events.on('changed', ({ code }) => analytics.noteTicket(code));
      analytics.start();
    },
    stop: analytics.stop,
  };
}

function toStory({ conversation, messages }: Told): Story {
  const { id, contact, activeAt, revision, stays, closing, satisfaction } = conversation;
  return {
    id,
    contact,
    activeAt,
    revision,
    stays,
    closedBy: closing?.by ?? null,
    satisfaction,
    messages,
  };
}
