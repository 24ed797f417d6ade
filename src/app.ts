/** The composition root: the only file that knows every room. */
import { createServer } from 'node:http';
import path from 'node:path';
import { createPresenceStore } from './agents/presence-store.ts';
import { createAnalyticsDesk } from './app/analytics-desk.ts';
import type { App, AppOptions } from './app/app-options.ts';
import { createArchiveDesk, daysOf } from './app/archive-desk.ts';
import { createChallengeDesk } from './app/challenge-desk.ts';
import { createCorpusParts } from './app/corpus-parts.ts';
import { createCurationDesk } from './app/curation-desk.ts';
import { createFloodGuard } from './app/flood-guard.ts';
import { createIncidentDesk } from './app/incident-desk.ts';
import { joinNodes } from './app/many-nodes.ts';
import { OFFICE_SPELLING } from './app/office-spelling.ts';
import { createOperationsDesk } from './app/operations-desk.ts';
import { createQueueDesk } from './app/queue-desk.ts';
import { createStaffDesk } from './app/staff-desk.ts';
import { createTicketDesk } from './app/ticket-desk.ts';
import { createTicketNotices } from './app/ticket-notices.ts';
import { createQuestionNotes, createUnansweredStores } from './app/unanswered-desk.ts';
import { welcomeFirstAdmin } from './app/welcome-first-admin.ts';
import { withNumbers } from './app/with-numbers.ts';
import { createAttachmentStore } from './attachments/attachment-store.ts';
import { createAttachmentRoutes } from './attachments/attachments.routes.ts';
import { createAttachments } from './attachments/attachments.ts';
import { createAuditLog } from './audit/audit-log.ts';
import { createAuditStore } from './audit/audit-store.ts';
import { createContactStore } from './auth/contact-store.ts';
import { createContacts } from './auth/contacts.ts';
import { parseAuthorization, readCredentials } from './auth/credentials.ts';
import { createAccountStore } from './auth/staff/account-store.ts';
import { createSessionStore } from './auth/staff/session-store.ts';
import { createSignInAttemptStore } from './auth/staff/sign-in-attempt-store.ts';
import { createStaff } from './auth/staff/staff.ts';
import { createBot } from './bot/bot.ts';
import { createCallStore } from './calls/call-store.ts';
import { createCannedReplyStore } from './canned/canned-reply-store.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createConversationRoutes } from './conversations/conversations.routes.ts';
import { serveConversations } from './conversations/conversations.sockets.ts';
import { createConversations } from './conversations/conversations.ts';
import { createInboxStore } from './conversations/inbox-store.ts';
import { createMessageStore } from './conversations/message-store.ts';
import { createNotesStore } from './conversations/notes-store.ts';
import { createAnswering } from './corpus/answers.routes.ts';
import { openLiveCorpus } from './corpus/live-corpus.ts';
import { readOffices } from './corpus/read-offices.ts';
import { createDialogue } from './dialogue/dialogue.ts';
import { createDuty } from './duty/duty.ts';
import { createConsolePage } from './http/console-page.ts';
import { openFastLane } from './http/fast-lane.ts';
import { createHttpApp, type HttpAppDeps } from './http/http-app.ts';
import { createIntakeStore } from './mail/intake-store.ts';
import { createMailRoutes } from './mail/mail.routes.ts';
import { createMail } from './mail/mail.ts';
import { createMailDesk } from './mail/mail-desk.ts';
import { createOutboxStore } from './mail/outbox-store.ts';
import { createLiveDirectory } from './offices/live-directory.ts';
import { createOfficeStore } from './offices/office-store.ts';
import { createOfficeRoutes } from './offices/offices.routes.ts';
import { presentOffice } from './offices/present-office.ts';
import { createDeskSettings } from './settings/desk-settings.ts';
import { createDeskSettingsStore } from './settings/desk-settings-store.ts';
import { createAttemptLimits } from './storage/attempt-limit.ts';
import { isStoreAway } from './storage/mongo-errors.ts';
import { createStorage } from './storage/storage.ts';
import { createSavedFilterStore } from './tickets/saved-filter-store.ts';
import { createTicketStore } from './tickets/ticket-store.ts';
import { createSealedValues, wordsForNumber } from './vault/sealed-values.ts';
import { createSealedValuesStore } from './vault/sealed-values-store.ts';
import { createVaultOpener } from './vault/vault-key.ts';
import { createVaultKeyStore } from './vault/vault-key-store.ts';

export type { App, AppOptions };

/** A database in reach answers in milliseconds; one that is away is not to hold up the bot. */
const STORE_PATIENCE_MS = 2_000;

/**
 * Opens the store, loads and trains the live corpus and puts the rooms together. With the database away it
 * starts all the same, answers from the files, and goes over to the store when that comes.
 * @throws AppError that says what to mend: a data folder in use, a store that must not be touched, a corpus
 *   that is wrong
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { root, mongodbUri, dataDir, hostAppSecret, allowedOrigins = [], publicUrl, logger } = options;
  const { tracing, metricsToken } = options;
  const storage = await createStorage({ uri: mongodbUri, folder: dataDir, tracing, logger });
  try {
    const { connection, isUp: isStoreUp, now } = storage;
    const isEmbedded = mongodbUri === undefined;
    const operations = createOperationsDesk({ storage, isEmbedded, metricsToken, tracing, logger });
    const corpusDeps = createCorpusParts({ connection, root, isStoreUp, now, logger });
    const openVault = createVaultOpener({
      secret: options.sessionSecret,
      store: createVaultKeyStore(connection),
    });
    const openNumbers = async () => withNumbers(await openVault());
    const contacts = createContacts({ store: createContactStore(connection), openVault: openNumbers });
    const challenge = createChallengeDesk({ ...options, connection, openVault, isStoreAway });
    const guard = createFloodGuard({ ...options, contacts, challenge });
    const conversationStore = createConversationStore(connection);
    const messageStore = createMessageStore(connection);
    const inboxStore = createInboxStore(connection);
    const notesStore = createNotesStore(connection);
    const cannedStore = createCannedReplyStore(connection);
    const callStore = createCallStore(connection);
    const unansweredStores = createUnansweredStores(connection);
    const presenceStore = createPresenceStore(connection);
    const auditLog = operations.watchAudit(createAuditLog({ store: createAuditStore(connection) }));
    const audit = auditLog.append;
    const settingsStore = createDeskSettingsStore(connection);
    const settings = createDeskSettings({ store: settingsStore, isStoreUp, audit, logger });
    const duty = createDuty(() => settings.get().duty);
    const attachments = createAttachments({ store: createAttachmentStore(connection), isStoreUp, logger });
    const keptMs = (kind: 'sealedDays' | 'mailDays') => () => daysOf(settings.get().retention[kind]);
    const sealedStore = createSealedValuesStore(connection);
    const sealedValues = createSealedValues({ store: sealedStore, openVault, keepMs: keptMs('sealedDays') });
    const staff = createStaff({
      accountStore: createAccountStore(connection),
      sessionStore: createSessionStore(connection),
      attempts: createSignInAttemptStore(connection),
      audit,
      openVault,
      isPublicHttps: publicUrl?.startsWith('https:') ?? false,
    });
    const ticketStore = createTicketStore(connection);
    const ticketDesk = createTicketDesk({
      ticketStore,
      filterStore: createSavedFilterStore(connection),
      limit: createAttemptLimits(connection, 'ticket_attempts'),
      staff,
      audit: auditLog,
      settings,
      duty,
      attachments,
      sealedValues,
      openVault,
      book: () => corpus.book(),
      tell: (ticket, entry) => tellOfTicket(ticket, entry),
      isStoreUp,
      logger,
    });
    const mailFrom = options.mailFrom ?? 'VssID <no-reply@localhost>';
    const mailDesk = createMailDesk({
      smtpUrl: options.smtpUrl,
      imapUrl: options.imapUrl,
      from: mailFrom,
      outboxStore: createOutboxStore(connection),
      intakeStore: createIntakeStore(connection),
      settings: () => settings.get().mail,
      onMail: (mail) => ticketDesk.mailed.take(mail),
      keepSentMs: keptMs('mailDays'),
      isStoreUp,
      now,
      isStoreAway,
      logger,
    });
    const analyticsDesk = createAnalyticsDesk({
      connection,
      ticketStore,
      contacts,
      marks: unansweredStores.marks,
      settings: () => settings.get().analytics,
      titleOf: (intent) => corpus.book().titleOf(intent),
      post: mailDesk.post,
      publicUrl,
      isStoreUp,
      now,
      logger,
    });
    const tellOfTicket = createTicketNotices({
      mailDesk,
      openSign: async () => (await openVault()).hash,
      site: publicUrl?.replace(/\/+$/, '') ?? null,
      accounts: staff.accounts,
      sayInChat: (...said) => conversations.announce(...said),
    });
    const queueDesk = createQueueDesk({ presenceStore, inboxStore, settings, duty, isStoreUp, now, logger });
    const { presence, outlook } = queueDesk;
    const reopenWithinMs = (): number => settings.get().reopenHours * 60 * 60 * 1_000;
    const officeStore = createOfficeStore(connection);
    const officeDirectory = createLiveDirectory({
      store: officeStore,
      seed: await readOffices(root),
      spelling: OFFICE_SPELLING,
      isStoreUp,
      logger,
    });
    const book = () => corpus.book();
    const askBook = () => operations.timeAnswers(incidentDesk.pin(corpus.book()));
    const curationDesk = createCurationDesk({
      ...corpusDeps,
      lease: presenceStore.lease,
      connection,
      root,
      look: () => corpus.look(),
      needsApproval: () => settings.get().curation.secondPairOfEyes,
      release: () => corpus.release(),
      ...unansweredStores,
      onChecked: operations.onChecked,
      listUse: analyticsDesk.listUse,
      book,
      audit,
    });
    const incidentDesk = createIncidentDesk({
      connection,
      root,
      book,
      audit,
      lease: presenceStore.lease,
      announce: (...said) => conversations.announce(...said),
      isStoreUp,
      now,
      logger,
    });
    const desks = { ticketDesk, incidentDesk, analyticsDesk, unansweredStores, notesStore, callStore };
    const shared = { connection, contacts, attachments, sealedValues, settings, audit, book, openVault };
    const archiveDesk = createArchiveDesk({ ...desks, ...shared, presenceStore, options, isStoreUp, logger });
    // Everything that declares collections stands above: their indexes are made when the store opens.
    await storage.open(STORE_PATIENCE_MS);
    await settings.start();
    await officeDirectory.start();
    attachments.start();
    mailDesk.start();
    await welcomeFirstAdmin(staff, options, storage);

    const corpus = await openLiveCorpus(corpusDeps);
    const notesOf = { store: unansweredStores.questions, release: corpus.release };
    const questions = operations.watchNotes(createQuestionNotes({ ...notesOf, isStoreUp, logger }));

    const bot = createBot({
      dialogue: createDialogue(),
      decide: (text, { platform, lastIntent }) => askBook().ask({ text, platform, lastIntent }).decision,
      faq: () => incidentDesk.pin(corpus.book()).faq,
      async createTicket(key, draft, conversation) {
        const waiting = draft.kind === 'callback' ? await conversationStore.find(conversation) : null;
        const since = waiting?.queue?.queuedAt ?? waiting?.heldPlace?.queuedAt ?? null;
        const origin = { source: 'bot', by: { kind: 'citizen' }, conversation, waitingSince: since } as const;
        return ticketDesk.tickets.create(key, draft, origin);
      },
      findTicket: ticketDesk.citizens.findFor,
      addInformation: (code, contact, key, text) => ticketDesk.citizens.addFor(code, contact, { key, text }),
      findOffices: (query, near) => officeDirectory.find(query, near).map(presentOffice),
      noteAsked(text, decision, place) {
        questions.note(text, decision, place);
        incidentDesk.noteAsked(place.conversation, text, decision);
      },
      isStoreAway,
      logger,
    });
    const conversations = createConversations({
      conversations: conversationStore,
      messages: messageStore,
      bot,
      outlook,
      reopenWithinMs,
      seal: sealedValues.keep,
      claimAttachments: attachments.claim,
      forgetConversation: archiveDesk.forgetConversation,
      archive: archiveDesk.away,
      removeContact: contacts.remove,
      isStoreUp,
      isStoreAway,
      now,
      logger,
    });

    const staffDesk = createStaffDesk({
      staff,
      audit: auditLog,
      settings,
      duty,
      attachments,
      sealedValues,
      wordsForNumber: async (text) => wordsForNumber(text, await openVault()),
      contacts,
      ticketDesk,
      analyticsDesk,
      presence,
      presenceStore,
      conversations,
      conversationStore,
      inboxStore,
      messageStore,
      notesStore,
      unansweredStores,
      cannedStore,
      callStore,
      openVault: openNumbers,
      iceServers: options.iceServers ?? [],
      officeStore,
      officeDirectory,
      book: corpus.book,
      release: corpus.release,
      publicUrl,
      sendMail: createMail({ smtpUrl: options.smtpUrl, from: mailFrom, logger }).send,
      incidentRoutes: incidentDesk.staffRoutes,
      archiveDesk,
      released: corpus.events,
      curationRoutes: curationDesk.routes,
      draftDoor: curationDesk.door,
      mailRoutes: createMailRoutes({
        mailDesk,
        findEmail: async (account) => (await staff.accounts.find(account))?.email ?? null,
      }),
      guard,
      isStoreUp,
      isStoreAway,
      now,
      logger,
    });

    const findContact = async (authorization: string | undefined): Promise<string | null> =>
      contacts.find(await readCredentials(parseAuthorization(authorization), hostAppSecret));
    const page = (file: string): string => path.join(root, file);
    const staticFolders = [path.join(root, 'web-widget', 'public'), path.join(root, 'dist', 'web')];
    const answering = createAnswering({ book: askBook, noteAnswered: questions.note });
    const http: HttpAppDeps = {
      logger,
      apiRoutes: [
        answering.routes,
        createConversationRoutes({ conversations, findContact }),
        createAttachmentRoutes({ attachments, findContact }),
        createOfficeRoutes({ search: officeDirectory }),
        ticketDesk.citizenRoutes,
        incidentDesk.publicRoutes,
      ],
      chat: { page: page('web-widget/public/widget.html'), allowedOrigins },
      staff: staffDesk.router,
      ticketPage: page('web-widget/public/ticket.html'),
      console: createConsolePage({ page: page('web-console/public/console.html'), staticFolders }),
      staticFolders,
      ...operations.http,
      isStoreAway,
      ...guard.http,
    };
    const server = createServer(openFastLane(createHttpApp(http), answering.lane, http));
    const inStep = { inboxStore, isStoreUp, now: storage.now, logger };
    const nodes = await joinNodes(server, { redisUrl: options.redisUrl, ...inStep });
    const { sockets, hasOtherNodes, isLinked } = nodes;
    const { tellPlaces } = serveConversations({
      sockets,
      conversations,
      ...guard.chat,
      outlook,
      listOutlooks: queueDesk.listOutlooks,
      reopenWithinMs,
      isStoreUp,
      isStoreAway,
      logger,
    });

    const { tickets } = ticketDesk;
    const watched = { sockets, conversations, messageStore, inboxStore, presence, duty, tickets, mailDesk };
    operations.serve({ ...watched, release: corpus.release, isLinked });
    staffDesk.serve(sockets, { tellPlaces, hasOtherNodes });
    archiveDesk.start();
    curationDesk.start();
    analyticsDesk.start(conversations, ticketDesk.tickets);
    await incidentDesk.start();
    incidentDesk.serve(sockets, conversations.events);

    return {
      server,
      staffDesk,
      drain: operations.drain,
      moveSocketsAway: operations.moveSocketsAway,
      async closeSockets() {
        sockets.local.disconnectSockets(true);
        sockets.engine.close();
      },
      async close() {
        await nodes.stop();
        guard.stop();
        await archiveDesk.stop();
        await curationDesk.stop();
        await corpus.stop();
        await staffDesk.stop();
        await analyticsDesk.stop();
        await ticketDesk.stop();
        await mailDesk.stop();
        await settings.stop();
        await officeDirectory.stop();
        await attachments.stop();
        await conversations.stop();
        await incidentDesk.stop();
        await questions.close();
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
