/** Conversations that are not in the database any more, as the staff look for them and read them. */
import { z } from 'zod';
import type { ContactCard, ConversationRow, Note, Person, StaffMessage } from './console.ts';
import { accountId } from './staff.ts';

export const archiveQuery = z.strictObject({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** Words that were said, the contact's name, or a number; accents do not matter. */
  q: z.string().trim().max(200).optional(),
  agent: accountId.optional(),
  /** An intent. */
  topic: z.string().max(100).optional(),
  cursor: z.string().max(100).optional(),
});
export type ArchiveQuery = z.infer<typeof archiveQuery>;

export interface ArchivedRow {
  readonly id: string;
  readonly contactName: string | null;
  readonly contactLabel: string;
  readonly openedAt: string;
  readonly endedAt: string;
  readonly archivedAt: string;
  readonly agents: readonly Person[];
  readonly topics: readonly { readonly intent: string; readonly title: string }[];
  readonly messages: number;
  readonly tickets: readonly string[];
  /** What was said where the words are; null: they are not in what was said. */
  readonly found: string | null;
}

export interface ArchivePage {
  readonly conversations: readonly ArchivedRow[];
  /** Where to go on; null: all of it was looked through. */
  readonly cursor: string | null;
  /** How many were looked through for this page, and how many there are in all with these filters. */
  readonly searched: number;
  readonly total: number;
}

export interface ArchivedConversation {
  readonly conversation: ConversationRow;
  readonly messages: readonly StaffMessage[];
  readonly notes: readonly Note[];
  readonly contact: ContactCard;
  readonly archivedAt: string;
}

export const retentionSettings = z
  .strictObject({
    /** Days without anything happening, after which a conversation goes into the archive; null: never. */
    archiveAfterDays: z.int().min(7).max(3_650).nullable(),
    /** Days since a conversation's end, after which it goes from the archive too; null: never. */
    deleteArchivedAfterDays: z.int().min(30).max(36_500).nullable(),
    /** How long the editors have what was asked. */
    questionDays: z.int().min(7).max(730),
    /** How long numbers of persons are kept under seal. Of what is sealed from then on. */
    sealedDays: z.int().min(1).max(365),
    /** How long the desk knows that a mail was sent. Of mails that end from then on. */
    mailDays: z.int().min(1).max(365),
  })
  .refine(
    ({ archiveAfterDays, deleteArchivedAfterDays }) =>
      archiveAfterDays === null ||
      deleteArchivedAfterDays === null ||
      deleteArchivedAfterDays > archiveAfterDays,
    { path: ['deleteArchivedAfterDays'], error: 'before it is in the archive' },
  );
export type RetentionSettings = z.infer<typeof retentionSettings>;

/** What would move or go within the next day, were these the settings. */
export interface RetentionPreview {
  readonly archive: number;
  readonly deleteArchived: number;
  readonly questions: number;
  /** Is there an archive at all? Several machines need a folder that all of them share. */
  readonly hasArchive: boolean;
}
