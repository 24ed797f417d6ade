/** npm run analytics:rebuild: makes all numbers anew from conversations and tickets, also while a desk runs. */
import { setTimeout as delay } from 'node:timers/promises';
import { createContactStore } from '../auth/contact-store.ts';
import { createContacts } from '../auth/contacts.ts';
import { readConfig } from '../config.ts';
import { createConversationStore } from '../conversations/conversation-store.ts';
import { createMessageStore } from '../conversations/message-store.ts';
import { createMarkStore } from '../curation/unanswered/mark-store.ts';
import { AppError } from '../kernel/app-error.ts';
import { createLogger } from '../kernel/logger.ts';
import { expectStore } from '../storage/open-store.ts';
import { createProgressLine, formatCount } from '../storage/progress-line.ts';
import { createStorage } from '../storage/storage.ts';
import { createTicketStore } from '../tickets/ticket-store.ts';
import { openAnalytics } from './analytics-desk.ts';

/** A person is waiting at a terminal. */
const PATIENCE_MS = 15_000;
/** A desk that counts is done within seconds; one that died holds the lease for two minutes. */
const TRY_FOR_MS = 150_000;
const TRY_EVERY_MS = 500;

async function main(): Promise<string> {
  const { mongodbUri, dataDir } = readConfig();
  const logger = createLogger('silent');
  await expectStore({ mongodbUri, dataDir });
  const storage = await createStorage({ uri: mongodbUri, folder: dataDir, share: true, logger });
  const progress = createProgressLine(process.stderr);
  try {
    const { connection } = storage;
    createConversationStore(connection);
    createMessageStore(connection);
    const ticketStore = createTicketStore(connection);
    const contacts = createContacts({
      store: createContactStore(connection),
      openVault: () => Promise.reject(new Error('no number is revealed here')),
    });
    const isStoreUp = storage.isUp;
    const { analytics, stories } = openAnalytics({
      connection,
      ticketStore,
      contacts,
      marks: createMarkStore(connection),
      isStoreUp,
      logger,
    });
    if (!(await storage.open(PATIENCE_MS))) {
      const message = `${storage.name} cannot be reached. Start it, or correct MONGODB_URI.`;
      throw new AppError({ code: 'no_store', message });
    }
    const [conversations, tickets] = await Promise.all([stories.count(), ticketStore.countAll()]);
    const total = conversations + tickets;
    let done = 0;
    await rebuildWhenFree(() =>
      analytics.rebuild((more) => {
        done += more;
        progress.show({ phase: 'counting', done, total, unit: 'documents' });
      }),
    );
    return `the numbers are made anew from ${formatCount(conversations)} conversations and ${formatCount(tickets)} tickets`;
  } finally {
    progress.end();
    await storage.close();
  }
}

async function rebuildWhenFree(rebuild: () => Promise<unknown>): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += TRY_EVERY_MS) {
    try {
      await rebuild();
      return;
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'analytics_busy';
      if (!isBusy || waitedMs >= TRY_FOR_MS) throw error;
      await delay(TRY_EVERY_MS);
    }
  }
}

try {
  process.stdout.write(`${await main()}\n`);
} catch (error) {
  const { message, stack } = error as Error;
  process.stderr.write(`${error instanceof AppError ? message : stack}\n`);
  process.exit(1);
}
