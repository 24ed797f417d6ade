/** The staff's side of the desk put together: accounts, queue, conversations, assist, settings. */
import type { Router } from 'express';
import { isPresent } from '../agents/agent.ts';
import {
  createAgentCommands,
  enterShift,
  type Telling,
  tellMovement,
  tellPresence,
} from '../agents/agents.sockets.ts';
import { createBoardRoutes } from '../agents/board.routes.ts';
import { startOfToday } from '../agents/board.ts';
import type { AgentPresence } from '../agents/presence.ts';
import type { PresenceStore } from '../agents/presence-store.ts';
import { createShift } from '../agents/shift.ts';
import { createStaffAttachmentRoutes } from '../attachments/attachments.routes.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { createAuditRoutes } from '../audit/audit.routes.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Contacts } from '../auth/contacts.ts';
import { createStaffAccountRoutes } from '../auth/staff/staff.routes.ts';
import type { Staff } from '../auth/staff/staff.ts';
import { createCannedRoutes } from '../canned/canned.routes.ts';
import { createCannedReplies } from '../canned/canned-replies.ts';
import { CHAT_NAMESPACE } from '../contracts/chat.ts';
import type { Suggestions } from '../contracts/console.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import { contactRoom } from '../conversations/conversations.sockets.ts';
import type { Conversations } from '../conversations/conversations.ts';
import { createInboxRoutes } from '../conversations/inbox.routes.ts';
import type { InboxStore } from '../conversations/inbox-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { NotesStore } from '../conversations/notes-store.ts';
import { createSearchable } from '../conversations/searchable.ts';
import { createStaffCommands, tellStaff, watchViews } from '../conversations/staff.sockets.ts';
import { createStaffedConversations } from '../conversations/staffed-conversations.ts';
import type { AnswerBook } from '../corpus/answer-book.ts';
import type { LiveCorpus } from '../corpus/live-corpus.ts';
import { createAssistRoutes } from '../curation/assist.routes.ts';
import { createPhraseProposals } from '../curation/phrase-proposals.ts';
import { createDutyRoutes } from '../duty/duty.routes.ts';
import type { DutyCalendar } from '../duty/duty.ts';
import { createStaffRouter, isSameSite, type StaffRoute } from '../http/staff-route.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { LiveDirectory } from '../offices/live-directory.ts';
import type { OfficeStore } from '../offices/office-store.ts';
import { createOffices } from '../offices/offices.ts';
import { createStaffOfficeRoutes } from '../offices/staff-offices.routes.ts';
import { listConnected } from '../realtime/list-connected.ts';
import type { SocketServer } from '../realtime/socket-server.ts';
import {
  accountRoom,
  EVERYBODY,
  endConnections,
  type StaffCommand,
  serveStaff,
  sessionRoom,
} from '../realtime/staff-namespace.ts';
import type { Settings } from '../settings/desk-settings.ts';
import { createSettingsRoutes } from '../settings/settings.routes.ts';
import type { TicketSummary } from '../tickets/ticket.ts';
import type { SealedValues } from '../vault/sealed-values.ts';
import type { AnalyticsDesk } from './analytics-desk.ts';
import type { ArchiveDesk } from './archive-desk.ts';
import type { FloodGuard } from './flood-guard.ts';
import { createHotline, type HotlineDeps } from './hotline.ts';
import type { TicketDesk } from './ticket-desk.ts';
import { createUnansweredDesk, type UnansweredDeskDeps } from './unanswered-desk.ts';

export interface StaffDeskDeps {
  readonly staff: Staff;
  readonly audit: AuditLog;
  readonly settings: Settings;
  readonly duty: DutyCalendar;
  readonly attachments: Attachments;
  readonly sealedValues: SealedValues;
  readonly wordsForNumber: (text: string) => Promise<readonly string[]>;
  readonly contacts: Contacts;
  readonly ticketDesk: TicketDesk;
  readonly analyticsDesk: AnalyticsDesk;
  readonly presence: AgentPresence;
  readonly presenceStore: PresenceStore;
  readonly conversations: Conversations;
  readonly conversationStore: ConversationStore;
  readonly inboxStore: InboxStore;
  readonly messageStore: MessageStore;
  readonly notesStore: NotesStore;
  readonly unansweredStores: UnansweredDeskDeps['stores'];
  readonly release: () => number | null;
  readonly cannedStore: Parameters<typeof createCannedReplies>[0]['store'];
  readonly callStore: HotlineDeps['callStore'];
  readonly openVault: HotlineDeps['openVault'];
  readonly iceServers: HotlineDeps['iceServers'];
  readonly officeStore: OfficeStore;
  readonly officeDirectory: LiveDirectory;
  readonly book: () => AnswerBook;
  readonly publicUrl: string | undefined;
  readonly sendMail: Parameters<typeof createStaffAccountRoutes>[0]['sendMail'];
  readonly mailRoutes: readonly StaffRoute[];
  readonly curationRoutes: readonly StaffRoute[];
  readonly incidentRoutes: readonly StaffRoute[];
  readonly archiveDesk: Pick<ArchiveDesk, 'routes' | 'away'>;
  readonly released: LiveCorpus['events'];
  readonly draftDoor: UnansweredDeskDeps['drafts'];
  readonly guard: Pick<FloodGuard, 'addressOf' | 'staffCommands'>;
  readonly isStoreUp: () => boolean;
  readonly isStoreAway: (error: unknown) => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly logger: Logger;
}

export interface StaffDesk {
  /** Every endpoint of the staff, and who may call it. */
  readonly routes: readonly StaffRoute[];
  readonly router: Router;
  /** Every command of the staff's sockets, and who may give it. */
  readonly commands: readonly StaffCommand[];
  readonly serve: (
    sockets: SocketServer,
    floor: {
      /** Tells those who wait where they stand. */
      readonly tellPlaces: () => Promise<void>;
      /** People may be connected to other nodes. */
      readonly hasOtherNodes: boolean;
    },
  ) => void;
  readonly stop: () => Promise<void>;
}

const SUGGESTED = 3;
/** For words that an agent types: who looks for something wants to choose. */
const FOUND = 6;
/** So far back the contact's last message is looked for. */
const LOOK_BACK = 20;

export function createStaffDesk(deps: StaffDeskDeps): StaffDesk {
  const { staff, settings, duty, presence, conversations, inboxStore, messageStore, isStoreUp, now, logger } =
    deps;
  const audit = deps.audit.append;

  const unanswered = createUnansweredDesk({ ...deps, drafts: deps.draftDoor, stores: deps.unansweredStores });
  const staffed = createStaffedConversations({
    conversations,
    store: inboxStore,
    listOf: deps.conversationStore.listOf,
    archive: deps.archiveDesk.away,
    messages: messageStore,
    notes: deps.notesStore,
    describeContacts: deps.contacts.describe,
    revealContact: deps.contacts.reveal,
    listTickets: async (ids) => (await deps.ticketDesk.tickets.listOf(ids)).map(presentTicket),
    findTickets: async (text) => (await deps.ticketDesk.tickets.search(text)).map(presentTicket),
    wordsForNumber: deps.wordsForNumber,
    titleOf: (intent) => deps.book().titleOf(intent),
    sealedTypes: deps.sealedValues.typesOf,
    marksOf: unanswered.marksOf,
    revealValues: async (conversation, clientId) =>
      (await deps.sealedValues.find(conversation, clientId)) ?? [],
    audit,
    now,
  });
  const shift = createShift({
    store: deps.presenceStore,
    listAgents: presence.list,
    listWaiting: inboxStore.listWaiting,
    listHeld: inboxStore.listHeld,
    async assign(id, { id: agent, name }) {
      const conversation = await conversations.change(id, { kind: 'assign', to: { id: agent, name } });
      const row = await staffed.row(conversation);
      namespace?.to(accountRoom(agent)).emit('conversation:assigned', row);
    },
    giveBack: async (id, agent) => void (await conversations.change(id, { kind: 'agent-gone', agent })),
    tellDutyEnded: async (id) => void (await conversations.change(id, { kind: 'duty-ended' })),
    isAutomatic: () => settings.get().assignment === 'automatic',
    isOnDuty: (at) => duty.at(at).onDuty,
    graceMs: () => settings.get().agentGraceSeconds * 1_000,
    isStoreUp,
    now,
    logger,
  });
  const searchable = createSearchable({
    store: inboxStore,
    messages: messageStore,
    async moreWords({ id, contact }) {
      const profile = (await deps.contacts.describe([contact])).get(contact);
      const numbers = await deps.sealedValues.wordsOf(id);
      return [...searchWords(profile?.name ?? ''), ...(profile?.words ?? []), ...numbers];
    },
    isStoreUp,
    now,
    logger,
  });

  const findContactText = async (conversation: string, seq: number): Promise<string | null> => {
    const message = await messageStore.find(conversation, seq);
    return message?.author === 'contact' ? message.text : null;
  };
  const findAnswers = (text: string, most: number): Suggestions['entries'] => {
    const book = deps.book();
    const { decision } = book.ask({ text });
    return decision.candidates.slice(0, most).flatMap(({ intent, confidence }) => {
      const shown = book.find(intent, decision.platform);
      return shown === null
        ? []
        : [{ intent, title: shown.entry.title, confidence, markdown: shown.markdown }];
    });
  };
  const suggest = async (conversation: string): Promise<Suggestions> => {
    const said = await messageStore.listBefore(conversation, Number.POSITIVE_INFINITY, LOOK_BACK);
    const last = said.findLast(({ author }) => author === 'contact');
    if (last === undefined) return { seq: null, entries: [] };
    return { seq: last.seq, entries: findAnswers(last.text, SUGGESTED) };
  };
  const proposals = createPhraseProposals({
    store: deps.unansweredStores.proposals,
    findText: findContactText,
    hasIntent: (intent) => deps.book().find(intent) !== null,
    audit,
  });
  const surveyBoard = async () => {
    const at = now();
    const today = startOfToday(at);
    const [waiting, held, agents, requested, closed] = await Promise.all([
      inboxStore.listWaiting(),
      inboxStore.listHeld(),
      presence.listOnDuty(),
      inboxStore.listRequestedSince(today),
      inboxStore.listClosedSince(today),
    ]);
    const all = new Map([...requested, ...closed].map((one) => [one.id, one]));
    return {
      now: at,
      onDuty: duty.at(at).onDuty,
      waitingSince: waiting.map(({ queuedAt }) => queuedAt),
      active: held.length,
      agents,
      stays: [...all.values()].flatMap(({ stays }) => stays),
      scores: [...all.values()].flatMap(({ satisfaction }) =>
        satisfaction !== null && satisfaction.at >= today ? [satisfaction.score] : [],
      ),
    };
  };

  const hotline = createHotline({
    ...deps,
    listOnDuty: async () => {
      const at = now();
      return duty.at(at).onDuty ? (await presence.list()).filter((agent) => isPresent(agent, at)) : [];
    },
    findByNumber: (number, me) => staffed.list({ view: 'all', q: number }, me),
    audit,
  });

  const routes: StaffRoute[] = [
    ...createStaffAccountRoutes({
      staff,
      publicUrl: (request) => deps.publicUrl ?? `${request.protocol}://${request.host}`,
      sendMail: deps.sendMail,
    }),
    ...createAuditRoutes({ audit: deps.audit }),
    ...createSettingsRoutes({ settings }),
    ...createDutyRoutes({ duty }),
    ...createCannedRoutes({
      canned: createCannedReplies({ store: deps.cannedStore, audit }),
    }),
    ...createStaffOfficeRoutes({
      offices: createOffices({
        store: deps.officeStore,
        directory: deps.officeDirectory,
        isStoreUp,
        audit,
      }),
    }),
    ...createStaffAttachmentRoutes(deps.attachments),
    ...createInboxRoutes({ staffed }),
    ...createAssistRoutes({
      suggest,
      search: (text) => ({ entries: findAnswers(text, FOUND) }),
      proposals,
    }),
    ...createBoardRoutes({ survey: surveyBoard }),
    ...deps.ticketDesk.staffRoutes,
    ...deps.mailRoutes,
    ...deps.curationRoutes,
    ...unanswered.routes,
    ...deps.incidentRoutes,
    ...deps.archiveDesk.routes(staffed.tell),
    ...hotline.routes,
    ...deps.analyticsDesk.routes(staffed.row),
  ];

  const agentDeps = {
    presence,
    shift,
    async getProfile(id: string) {
      const account = await staff.accounts.find(id);
      if (account === null) throw new AppError({ code: 'account_not_found', message: id });
      return { id, name: account.name, capacity: account.capacity, skills: account.skills };
    },
  };
  const commands = [
    ...createAgentCommands(agentDeps),
    ...hotline.commands,
    ...createStaffCommands({
      staffed,
      conversations,
      async getPresentAgent(id) {
        const agent = (await presence.list()).find((one) => one.id === id);
        if (agent === undefined || !isPresent(agent, now()))
          throw new AppError({ code: 'agent_unavailable', message: id });
        return { id, name: agent.name };
      },
      async isContactOnline(conversation) {
        if (sockets === undefined) return false;
        return (await listConnected(sockets.of(CHAT_NAMESPACE), contactRoom(conversation))).length > 0;
      },
    }),
  ];

  /** Who signs off everywhere is not waited for: what is held goes to others at once. */
  const leaveWithLastSession = async (account: string): Promise<void> => {
    if ((await staff.sessions.list(account)).length > 0) return;
    await presence.leave(account);
    shift.wake();
  };

  let sockets: SocketServer | undefined;
  let namespace: ReturnType<typeof serveStaff> | undefined;
  let tellings: readonly Telling[] = [];

  return {
    routes,
    router: createStaffRouter({
      routes,
      findStaff: (request) => staff.findStaff(request.headers.cookie, request.ip ?? ''),
    }),
    commands,
    serve(server, { tellPlaces, hasOtherNodes }) {
      sockets = server;
      namespace = serveStaff({
        sockets: server,
        findStaff: staff.findStaff,
        isSameSite,
        commands,
        addressOf: deps.guard.addressOf,
        countCommands: deps.guard.staffCommands,
        async onEnter(member, socket) {
          watchViews(socket, logger);
          await enterShift(member, agentDeps);
        },
        onExit: ({ id }) => presence.exit(id),
        isStoreUp,
        isStoreAway: deps.isStoreAway,
        logger,
      });
      const { find: findMessage } = messageStore;
      tellStaff({ namespace, staffed, conversations, findMessage, hasOtherNodes, logger });
      const everybody = namespace.to(EVERYBODY);
      const everybodyHere = namespace.local.to(EVERYBODY);
      unanswered.start();
      deps.ticketDesk.start((row) => everybody.emit('ticket:changed', row));
      deps.released.on('released', (release) => everybodyHere.emit('corpus:released', { release }));
      hotline.serve(server, namespace);
      const movement = tellMovement(tellPlaces, { isStoreUp, logger });
      tellings = [tellPresence(namespace, { presence, isStoreUp, logger }), movement];
      const own = namespace;
      const tellAll = (): void => {
        for (const { changed } of tellings) changed();
        if (hasOtherNodes) own.serverSideEmit('queue:moved');
      };
      own.on('queue:moved', movement.changed);
      staff.sessions.events.on('sessionEnded', ({ session, account }) => {
        endConnections(own, sessionRoom(session));
        leaveWithLastSession(account).catch((error: Error) =>
          logger.warn({ reason: error.message }, 'who signed off is missed only after the grace time'),
        );
      });
      presence.events.on('changed', tellAll);
      conversations.events.on('conversationChanged', () => {
        tellAll();
        shift.wake();
      });
    },
    async stop() {
      for (const { stop } of tellings) stop();
      await unanswered.stop();
      await hotline.stop();
      await presence.stop();
      await searchable.stop();
      await shift.stop();
    },
  };
}

function presentTicket({ code, kind, status, createdAt, content }: TicketSummary) {
  return { code, kind, status, createdAt: createdAt.toISOString(), content };
}
