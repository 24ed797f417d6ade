/** Every collection that a desk declares, for commands that look at a store without starting a desk. */
import { createPresenceStore } from '../agents/presence-store.ts';
import { createFactsStore } from '../analytics/facts-store.ts';
import { createNumbersStore } from '../analytics/numbers-store.ts';
import { createArchiveStore } from '../archive/archive-store.ts';
import { createAttachmentStore } from '../attachments/attachment-store.ts';
import { createAuditStore } from '../audit/audit-store.ts';
import { createContactStore } from '../auth/contact-store.ts';
import { createAccountStore } from '../auth/staff/account-store.ts';
import { createSessionStore } from '../auth/staff/session-store.ts';
import { createSignInAttemptStore } from '../auth/staff/sign-in-attempt-store.ts';
import { createCallStore } from '../calls/call-store.ts';
import { createCannedReplyStore } from '../canned/canned-reply-store.ts';
import { createSpentSolutionStore } from '../challenges/spent-solution-store.ts';
import { createConversationStore } from '../conversations/conversation-store.ts';
import { createMessageStore } from '../conversations/message-store.ts';
import { createNotesStore } from '../conversations/notes-store.ts';
import { createCheckupStore } from '../corpus/doctor/checkup-store.ts';
import { createEngineImageStore } from '../corpus/engine-image-store.ts';
import { createReleaseStore } from '../corpus/release-store.ts';
import { createCheckStore } from '../curation/check-store.ts';
import { createDraftStore } from '../curation/draft-store.ts';
import { createBucketStore } from '../incidents/bucket-store.ts';
import { createIncidentStore } from '../incidents/incident-store.ts';
import { createSuspicionStore } from '../incidents/suspicion-store.ts';
import { createTouchStore } from '../incidents/touch-store.ts';
import { createIntakeStore } from '../mail/intake-store.ts';
import { createOutboxStore } from '../mail/outbox-store.ts';
import { createOfficeStore } from '../offices/office-store.ts';
import { createDeskSettingsStore } from '../settings/desk-settings-store.ts';
import { createAttemptLimits } from '../storage/attempt-limit.ts';
import type { Storage } from '../storage/storage.ts';
import { createSavedFilterStore } from '../tickets/saved-filter-store.ts';
import { createTicketStore } from '../tickets/ticket-store.ts';
import { createSealedValuesStore } from '../vault/sealed-values-store.ts';
import { createVaultKeyStore } from '../vault/vault-key-store.ts';
import { createUnansweredStores } from './unanswered-desk.ts';

const STORES: readonly ((connection: Storage['connection']) => unknown)[] = [
  createAccountStore,
  createArchiveStore,
  createAttachmentStore,
  createAuditStore,
  createBucketStore,
  createCallStore,
  createCannedReplyStore,
  createCheckStore,
  createCheckupStore,
  createContactStore,
  createConversationStore,
  createDeskSettingsStore,
  createDraftStore,
  createEngineImageStore,
  createFactsStore,
  createIncidentStore,
  createIntakeStore,
  createMessageStore,
  createNotesStore,
  createNumbersStore,
  createOfficeStore,
  createOutboxStore,
  createPresenceStore,
  createReleaseStore,
  createSavedFilterStore,
  createSealedValuesStore,
  createSessionStore,
  createSignInAttemptStore,
  createSpentSolutionStore,
  createSuspicionStore,
  createTicketStore,
  createTouchStore,
  createUnansweredStores,
  createVaultKeyStore,
  (connection) => createAttemptLimits(connection, 'ticket_attempts'),
];

/** @param connection need not be open */
export function declareCollections(connection: Storage['connection']): void {
  for (const create of STORES) create(connection);
}
