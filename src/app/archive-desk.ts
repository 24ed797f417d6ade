/** The archive put together: what goes into it, when, what is had of it; and what else goes by its age. */
import { randomUUID } from 'node:crypto';
import { createArchiveRoutes } from '../archive/archive.routes.ts';
import { type Archive, createArchive } from '../archive/archive.ts';
import { createArchiveStore } from '../archive/archive-store.ts';
import type { Archived } from '../archive/archived.ts';
import { type Archiving, createArchiving } from '../archive/archiving.ts';
import { createPackStore } from '../archive/pack-store.ts';
import { createRetentionRoutes } from '../archive/retention.routes.ts';
import { createRetention } from '../archive/retention.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Contacts } from '../auth/contacts.ts';
import type { RetentionSettings } from '../contracts/archive.ts';
import { createColdStore, type ToldConversation } from '../conversations/cold-store.ts';
import { labelOf } from '../conversations/present-for-staff.ts';
import type {
  StaffedConversations,
  StaffedConversationsDeps,
} from '../conversations/staffed-conversations.ts';
import type { AnswerBook } from '../corpus/answer-book.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import { createLeisure } from '../kernel/leisure.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { Settings } from '../settings/desk-settings.ts';
import type { Storage } from '../storage/storage.ts';
import { isOpen } from '../tickets/ticket.ts';
import { wordsForNumber } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';
import type { AnalyticsDesk } from './analytics-desk.ts';
import { type ArchivePlace, archiveFolderOf } from './archive-folder.ts';
import { createForgetting, type Forgetting, type ForgettingDeps } from './forget-conversation.ts';
import type { TicketDesk } from './ticket-desk.ts';
import type { UnansweredStores } from './unanswered-desk.ts';

export interface ArchiveSource {
  readonly connection: Storage['connection'];
  /** null: there is no archive. */
  readonly folder: string | null;
  readonly settings: () => RetentionSettings;
  readonly contacts: Pick<Contacts, 'describe'>;
  readonly listTickets: TicketDesk['tickets']['listOf'];
  readonly analyticsDesk: Pick<AnalyticsDesk, 'freezeConversation' | 'thawConversation'>;
  readonly forget: Pick<Forgetting, 'allButNumbers'>;
  readonly unansweredStores: Pick<UnansweredStores, 'questions' | 'misses'>;
  /** What one node does for all. */
  readonly lease: (name: string, owner: string, now: Date, until: Date) => Promise<boolean>;
  readonly release: (name: string, owner: string) => Promise<void>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
}

const LEASE_MS = 5 * 60_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Also for the command that archives. The stores of conversations are made; to be called before the store is opened. */
export function openArchive(source: ArchiveSource) {
  const { connection, folder, settings, contacts, logger } = source;
  const store = createArchiveStore(connection);
  const cold = createColdStore(connection);
  const owner = randomUUID();
  const packs = folder === null ? null : createPackStore(folder);
  const archiving =
    packs === null
      ? null
      : createArchiving({
          store,
          packs,
          cold,
          async listNeeded(ids) {
            const tickets = await source.listTickets(ids);
            return new Set(tickets.filter(isOpen).flatMap(({ conversation }) => conversation ?? []));
          },
          hasContact: async (id) => (await contacts.describe([id])).has(id),
          async wordsOf(contact) {
            const profile = (await contacts.describe([contact])).get(contact);
            return [...searchWords(profile?.name ?? ''), ...(profile?.words ?? [])];
          },
          freezeNumbers: source.analyticsDesk.freezeConversation,
          thawNumbers: source.analyticsDesk.thawConversation,
          forgetConversation: source.forget.allButNumbers,
          takeTurn: (now) => source.lease('archive', owner, now, new Date(now.getTime() + LEASE_MS)),
          endTurn: () => source.release('archive', owner),
          settings,
          logger,
        });
  const { questions, misses } = source.unansweredStores;
  const retention = createRetention({
    settings,
    countOver: cold.countOver,
    countEnded: store.countEnded,
    hasArchive: archiving !== null,
    countQuestions: async (before) =>
      (await questions.countBefore(before)) + (await misses.countBefore(before)),
    removeQuestions: async (before) =>
      (await questions.removeBefore(before)) + (await misses.removeBefore(before)),
  });
  return { store, cold, packs, archiving, retention };
}

export interface ArchiveDeskDeps
  extends ForgettingDeps,
    Pick<ArchiveSource, 'connection' | 'contacts' | 'unansweredStores' | 'isStoreUp' | 'logger'> {
  readonly ticketDesk: TicketDesk;
  readonly analyticsDesk: ArchiveSource['analyticsDesk'] & ForgettingDeps['analyticsDesk'];
  readonly unansweredStores: UnansweredStores;
  readonly presenceStore: Pick<ArchiveSource, 'lease' | 'release'>;
  readonly options: ArchivePlace;
  readonly settings: Pick<Settings, 'get'>;
  readonly audit: AuditLog['append'];
  readonly book: () => Pick<AnswerBook, 'titleOf'>;
  readonly openVault: () => Promise<Vault>;
}

export interface ArchiveDesk {
  readonly archive: Archive | null;
  readonly archiving: Archiving | null;
  readonly routes: (tell: StaffedConversations['tell']) => StaffRoute[];
  /** As the contact wishes: nothing that belongs to it stays. */
  readonly forgetConversation: (id: string) => Promise<void>;
  /** For conversations: what is not here any more. */
  readonly away: {
    readonly listIds: (contact: string) => Promise<readonly string[]>;
    readonly forget: (contact: string) => Promise<void>;
    readonly readAll: (contact: string) => Promise<readonly ToldConversation[]>;
  } & NonNullable<StaffedConversationsDeps['archive']>;
  readonly start: () => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 10 * 60_000;
/** Of the time; chat goes first. */
const SHARE = 0.1;

/** To be made before the store opens: it declares collections. */
export function createArchiveDesk(deps: ArchiveDeskDeps): ArchiveDesk {
  const { contacts, isStoreUp, logger } = deps;
  const forget = createForgetting(deps);
  const listTickets = deps.ticketDesk.tickets.listOf;
  const { store, cold, packs, archiving, retention } = openArchive({
    ...deps,
    ...deps.presenceStore,
    folder: archiveFolderOf(deps.options),
    settings: () => deps.settings.get().retention,
    listTickets,
    forget,
  });
  const leisure = createLeisure({ share: SHARE });
  const ended = new AbortController();
  let tell: StaffedConversations['tell'] | undefined;
  let running: Repeating | undefined;

  const nameThem = async (all: readonly Archived[]) => {
    const [profiles, tickets] = await Promise.all([
      contacts.describe(all.map(({ contact }) => contact)),
      listTickets(all.map(({ id }) => id)),
    ]);
    return {
      contactName: (contact: string) => profiles.get(contact)?.name ?? null,
      contactLabel: labelOf,
      titleOf: (intent: string) => deps.book().titleOf(intent),
      ticketsOf: (id: string) =>
        tickets.filter(({ conversation }) => conversation === id).map(({ code }) => code),
    };
  };
  const archive =
    packs === null || archiving === null
      ? null
      : createArchive({
          store,
          packs,
          archiving,
          wordsForNumber: async (text) => wordsForNumber(text, await deps.openVault()),
          nameThem,
          async present(documents) {
            const told = cold.tell(documents);
            return told === null || tell === undefined ? null : tell(told);
          },
          async audit(entry) {
            await deps.audit(entry);
          },
        });

  const run = async (): Promise<void> => {
    if (!isStoreUp()) return;
    await retention.sweep();
    const moved = await archiving?.run({ leisure, signal: ended.signal });
    if (moved && moved.archived + moved.deleted > 0) logger.info(moved, 'old conversations are put away');
  };

  return {
    archive,
    archiving,
    forgetConversation: forget.everything,
    routes(present) {
      tell = present;
      return [...createArchiveRoutes({ archive }), ...createRetentionRoutes({ retention })];
    },
    away: {
      has: async (id) => (await archive?.has(id)) ?? false,
      async listEarlier(contact) {
        const all = (await archive?.listOf(contact)) ?? [];
        return all.map(({ id, openedAt, endedAt, agents }) => ({
          id,
          openedAt: openedAt.toISOString(),
          closedAt: endedAt.toISOString(),
          status: 'closed',
          agent: agents.at(-1) ?? null,
          closeReason: null,
          archived: true,
        }));
      },
      listIds: async (contact) => (await store.listOf(contact)).map(({ id }) => id),
      async forget(contact) {
        if (archive === null || archiving === null) {
          // The packs are copied anew when there is an archive again.
          for (const one of await store.listOf(contact)) await store.remove(one);
          return;
        }
        if ((await archive.forget(contact)) === 0) return;
        // Another node may be at work: then that one, or the next run, copies the packs anew.
        await archiving.tidy().catch(({ message: reason }: Error) => {
          logger.warn({ reason }, 'what was erased is out of the index, and leaves its pack later');
        });
      },
      async readAll(contact) {
        const all = (await archive?.readAllOf(contact)) ?? [];
        return all.flatMap((documents) => cold.tell(documents) ?? []);
      },
    },
    start() {
      running = repeat(run, {
        everyMs: EVERY_MS,
        onError: ({ message: reason }) =>
          logger.warn({ reason }, 'old conversations stay where they are for now'),
      });
    },
    async stop() {
      ended.abort();
      leisure.hurry();
      await running?.stop();
    },
  };
}

/** In milliseconds. */
export function daysOf(days: number): number {
  return days * DAY_MS;
}
