/** The composition root: the only file that knows every room. */
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { createContactStore } from './auth/contact-store.ts';
import { createContacts } from './auth/contacts.ts';
import { parseAuthorization, parseCredentials, readCredentials } from './auth/credentials.ts';
import { createBot } from './bot/bot.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createConversationRoutes } from './conversations/conversations.routes.ts';
import { serveConversations } from './conversations/conversations.sockets.ts';
import { createConversations } from './conversations/conversations.ts';
import { createMessageStore } from './conversations/message-store.ts';
import { createAnswerRoutes } from './corpus/answers.routes.ts';
import { openLiveCorpus } from './corpus/live-corpus.ts';
import { readCorpus } from './corpus/load-corpus.ts';
import { readOffices } from './corpus/read-offices.ts';
import { createReleaseStore } from './corpus/release-store.ts';
import { createReleases } from './corpus/releases.ts';
import { createQuestionLog } from './curation/question-log.ts';
import { createQuestionLogStore } from './curation/question-log-store.ts';
import { createDialogue } from './dialogue/dialogue.ts';
import { createHttpApp } from './http/http-app.ts';
import type { Logger } from './kernel/logger.ts';
import { createOfficeRoutes } from './offices/offices.routes.ts';
import { createOffices } from './offices/offices.ts';
import { presentOffice } from './offices/present-office.ts';
import { createSocketServer } from './realtime/socket-server.ts';
import { isStoreAway } from './storage/mongo-errors.ts';
import { createStorage } from './storage/storage.ts';
import { createTicketStore } from './tickets/ticket-store.ts';
import { createTickets } from './tickets/tickets.ts';

export interface AppOptions {
  /** Folder that holds intents/, faq/, web-widget/ and dist/. */
  readonly root: string;
  /** undefined: the embedded store in `dataDir`. */
  readonly mongodbUri?: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** undefined: identities of a host app are not taken. */
  readonly hostAppSecret?: string | undefined;
  /** Origins whose pages may show the chat in a frame. */
  readonly allowedOrigins?: readonly string[];
  readonly logger: Logger;
}

export interface App {
  /** Ready to listen; whoever listens closes it before `close`. */
  readonly server: Server;
  /** Ends the sockets, which would hold up the server's own end. */
  readonly closeSockets: () => Promise<void>;
  /** Writes what is waiting and lets go of the store. To be called once, when the server answers no more. */
  readonly close: () => Promise<void>;
}

/** A database in reach answers in milliseconds; one that is away is not to hold up the bot. */
const STORE_PATIENCE_MS = 2_000;

/**
 * Opens the store, loads and trains the live corpus and puts the rooms together. With the database away it
 * starts all the same, answers from the files, and goes over to the store when that comes.
 * @throws AppError that says what to mend: a data folder in use, a store that must not be touched, a corpus
 *   that is wrong
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { root, mongodbUri, dataDir, hostAppSecret, allowedOrigins = [], logger } = options;
  // Read while the store is on its way up; what is wrong with the files is said by whoever needs them.
  const files = readCorpus(root);
  files.catch(() => undefined);
  const storage = await createStorage({ uri: mongodbUri, folder: dataDir, logger });
  try {
    const { connection, isUp: isStoreUp } = storage;
    const releases = createReleases({ store: createReleaseStore(connection) });
    const questionStore = createQuestionLogStore(connection);
    const contacts = createContacts({ store: createContactStore(connection) });
    const tickets = createTickets({ store: createTicketStore(connection) });
    const conversationStore = createConversationStore(connection);
    const messageStore = createMessageStore(connection);
    const offices = createOffices(await readOffices(root));
    await storage.open(STORE_PATIENCE_MS);

    const corpus = await openLiveCorpus({ releases, readFiles: () => files, isStoreUp, logger });
    const questions = createQuestionLog({ store: questionStore, isStoreUp, logger });
    const noteAsked: Parameters<typeof createAnswerRoutes>[0]['noteAnswered'] = (text, decided) => {
      const { redactions, platform = null, decision, intent, confidence, candidates } = decided;
      const release = corpus.release();
      questions.note({ text, redactions, platform, decision, intent, confidence, candidates, release });
    };

    const bot = createBot({
      dialogue: createDialogue(),
      decide: (text, { platform, lastIntent }) => corpus.book().ask({ text, platform, lastIntent }).decision,
      faq: () => corpus.book().faq,
      createTicket: (key, draft, conversation) => tickets.create(key, draft, conversation),
      async findTicket(code, phone) {
        const ticket = await tickets.findFor(code, phone);
        return ticket && { ...ticket, createdAt: ticket.createdAt.toISOString() };
      },
      findOffices: (query) => offices.find(query).map(presentOffice),
      noteAsked,
      isStoreAway,
      logger,
    });
    const conversations = createConversations({
      conversations: conversationStore,
      messages: messageStore,
      bot,
      forgetConversation: tickets.forgetConversation,
      removeContact: contacts.remove,
      isStoreUp,
      isStoreAway,
      logger,
    });

    const server = createServer(
      createHttpApp({
        logger,
        apiRoutes: [
          createAnswerRoutes({ book: corpus.book, noteAnswered: noteAsked }),
          createConversationRoutes({
            conversations,
            findContact: async (authorization) =>
              contacts.find(await readCredentials(parseAuthorization(authorization), hostAppSecret)),
          }),
          createOfficeRoutes({ offices }),
        ],
        chat: { page: path.join(root, 'web-widget', 'public', 'widget.html'), allowedOrigins },
        staticFolders: [path.join(root, 'web-widget', 'public'), path.join(root, 'dist', 'web')],
        notReadyReasons: storage.notReadyReasons,
      }),
    );
    const sockets = createSocketServer(server);
    serveConversations({
      sockets,
      conversations,
      readCredentials: (shown) => readCredentials(parseCredentials(shown), hostAppSecret),
      ensureContact: contacts.ensure,
      isStoreUp,
      isStoreAway,
      logger,
    });

    return {
      server,
      async closeSockets() {
        sockets.disconnectSockets(true);
        sockets.engine.close();
      },
      async close() {
        corpus.stop();
        await conversations.stop();
        await questions.close();
        await storage.close();
      },
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}
