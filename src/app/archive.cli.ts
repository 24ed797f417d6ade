/** npm run archive [-- --dry-run]: moves what is long over into the archive at once, also while a desk runs. */
import { parseArgs } from 'node:util';
import { createPresenceStore } from '../agents/presence-store.ts';
import { createAttachmentStore } from '../attachments/attachment-store.ts';
import { createAttachments } from '../attachments/attachments.ts';
import { createContactStore } from '../auth/contact-store.ts';
import { createContacts } from '../auth/contacts.ts';
import { createCallStore } from '../calls/call-store.ts';
import { readConfig } from '../config.ts';
import { createConversationStore } from '../conversations/conversation-store.ts';
import { createMessageStore } from '../conversations/message-store.ts';
import { createNotesStore } from '../conversations/notes-store.ts';
import { createTouchStore } from '../incidents/touch-store.ts';
import { AppError } from '../kernel/app-error.ts';
import { createLogger } from '../kernel/logger.ts';
import { createDeskSettings } from '../settings/desk-settings.ts';
import { createDeskSettingsStore } from '../settings/desk-settings-store.ts';
import { expectStore } from '../storage/open-store.ts';
import { createProgressLine, formatCount } from '../storage/progress-line.ts';
import { createStorage } from '../storage/storage.ts';
import { createTicketStore } from '../tickets/ticket-store.ts';
import { createSealedValuesStore } from '../vault/sealed-values-store.ts';
import { openAnalytics } from './analytics-desk.ts';
import { openArchive } from './archive-desk.ts';
import { archiveFolderOf } from './archive-folder.ts';
import { createForgetting } from './forget-conversation.ts';
import { createUnansweredStores } from './unanswered-desk.ts';

const USAGE = `Usage: npm run archive [-- --dry-run]
  --dry-run  says what would be moved and deleted, and does nothing`;
/** A person is waiting at a terminal. */
const PATIENCE_MS = 15_000;

async function main(isDry: boolean): Promise<string> {
  const { mongodbUri, dataDir, archiveDir } = readConfig();
  // What a pack that cannot be read back says is for whoever waits here.
  const logger = createLogger('error');
  const folder = archiveFolderOf({ mongodbUri, dataDir, archiveDir });
  if (folder === null)
    throw new AppError({
      code: 'archive_off',
      message: 'There is no archive: set ARCHIVE_DIR to a folder that all nodes share.',
    });
  await expectStore({ mongodbUri, dataDir });
  const storage = await createStorage({ uri: mongodbUri, folder: dataDir, share: true, logger });
  const progress = createProgressLine(process.stderr);
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
  try {
    const { connection, isUp: isStoreUp } = storage;
    createConversationStore(connection);
    createMessageStore(connection);
    const notesStore = createNotesStore(connection);
    const ticketStore = createTicketStore(connection);
    const unansweredStores = createUnansweredStores(connection);
    const contacts = createContacts({
      store: createContactStore(connection),
      openVault: () => Promise.reject(new Error('no number is revealed here')),
    });
    const settings = createDeskSettings({
      store: createDeskSettingsStore(connection),
      isStoreUp,
      audit: () => Promise.reject(new Error('nothing is saved here')),
      logger,
    });
    const { analytics } = openAnalytics({
      connection,
      ticketStore,
      contacts,
      marks: unansweredStores.marks,
      isStoreUp,
      logger,
    });
    const { archiving, retention } = openArchive({
      connection,
      folder,
      settings: () => settings.get().retention,
      contacts,
      listTickets: ticketStore.listOf,
      analyticsDesk: analytics,
      forget: createForgetting({
        ticketDesk: { tickets: ticketStore },
        unansweredStores,
        attachments: createAttachments({ store: createAttachmentStore(connection), isStoreUp, logger }),
        sealedValues: createSealedValuesStore(connection),
        notesStore,
        callStore: createCallStore(connection),
        incidentDesk: createTouchStore(connection),
        analyticsDesk: analytics,
      }),
      unansweredStores,
      ...createPresenceStore(connection),
      isStoreUp,
      logger,
    });
    if (!(await storage.open(PATIENCE_MS))) {
      const message = `${storage.name} cannot be reached. Start it, or correct MONGODB_URI.`;
      throw new AppError({ code: 'no_store', message });
    }
    await settings.read();
    const due = await retention.preview(settings.get().retention);
    if (isDry)
      return `${formatCount(due.archive)} conversations would go into ${folder}, ${formatCount(due.deleteArchived)} would be deleted from it; those with an open ticket stay`;
    let done = 0;
    const moved = await archiving?.run({
      signal: interruption.signal,
      onProgress(more) {
        done += more;
        progress.show({ phase: 'archiving', done, total: due.archive, unit: 'documents' });
      },
    });
    if (moved == null)
      throw new AppError({
        code: 'archive_busy',
        message: 'A desk is at it just now, or was until five minutes ago. Try again then.',
      });
    progress.end();
    return `${formatCount(moved.archived)} conversations went into ${folder}, ${formatCount(moved.deleted)} were deleted from it`;
  } finally {
    progress.end();
    await storage.close();
  }
}

try {
  const { values } = parseArgs({ options: { 'dry-run': { type: 'boolean', default: false } } });
  process.stdout.write(`${await main(values['dry-run'])}\n`);
} catch (error) {
  const { message, stack, code } = error as NodeJS.ErrnoException;
  const isUsage = code?.startsWith('ERR_PARSE_ARGS') ?? false;
  process.stderr.write(`${isUsage ? `${message}\n${USAGE}` : error instanceof AppError ? message : stack}\n`);
  process.exit(isUsage ? 2 : 1);
}
