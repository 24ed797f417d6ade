/** What the staff write beside a conversation, in the database: notes that the contact never sees, and drafts. */
import { type Connection, Schema } from 'mongoose';
import type { Note } from '../contracts/console.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';

export interface NoteDocument extends Omit<Note, 'id' | 'at'> {
  /** `conversation:clientId`: written once, however often it is sent. */
  _id: string;
  at: Date;
}

const noteSchema = new Schema<NoteDocument>(
  {
    _id: { type: String, required: true },
    conversation: { type: String, required: true },
    author: { type: Schema.Types.Mixed, required: true },
    text: { type: String, required: true },
    whisper: { type: Boolean, required: true },
    at: { type: Date, required: true },
    after: { type: Number, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'conversation_notes' },
);
noteSchema.index({ conversation: 1, at: 1 });

const draftSchema = new Schema(
  { _id: { type: String, required: true }, text: String, at: Date, conversation: String },
  { ...SCHEMA_OPTIONS, collection: 'reply_drafts' },
);
/** A draft that nobody came back to in a month is of no use any more. */
const DRAFT_LIFE_S = 30 * 24 * 60 * 60;
draftSchema.index({ at: 1 }, { expireAfterSeconds: DRAFT_LIFE_S });
draftSchema.index({ conversation: 1 });

export interface NotesStore {
  /** @returns the note as it is stored: with the same clientId, the first one */
  readonly add: (note: Omit<Note, 'id' | 'at'> & { readonly at: Date }, clientId: string) => Promise<Note>;
  readonly list: (conversation: string) => Promise<Note[]>;
  /** Empty: there is none any more. */
  readonly saveDraft: (conversation: string, account: string, text: string, at: Date) => Promise<void>;
  readonly findDraft: (conversation: string, account: string) => Promise<string>;
  readonly removeOf: (conversation: string) => Promise<void>;
}

export function createNotesStore(connection: Connection): NotesStore {
  const notes = connection.model('ConversationNote', noteSchema).collection;
  const drafts = connection.model('ReplyDraft', draftSchema).collection;
  return {
    async add({ conversation, author, text, whisper, at, after }, clientId) {
      const document: NoteDocument = {
        _id: `${conversation}:${clientId}`,
        conversation,
        author,
        text,
        whisper,
        at,
        after,
      };
      try {
        await notes.insertOne(document as never);
        return toNote(document);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const first = (await notes.findOne({ _id: document._id } as never)) as unknown as NoteDocument | null;
        return toNote(first ?? document);
      }
    },
    async list(conversation) {
      const found = await notes
        .find({ conversation } as never)
        .sort({ at: 1 })
        .toArray();
      return (found as unknown as NoteDocument[]).map(toNote);
    },
    async saveDraft(conversation, account, text, at) {
      const _id = `${conversation}:${account}`;
      if (text === '') await drafts.deleteOne({ _id } as never);
      else
        await drafts.updateOne({ _id } as never, { $set: { conversation, text, at } } as never, {
          upsert: true,
        });
    },
    async findDraft(conversation, account) {
      const found = await drafts.findOne({ _id: `${conversation}:${account}` } as never);
      return (found as { text?: string } | null)?.text ?? '';
    },
    async removeOf(conversation) {
      await notes.deleteMany({ conversation } as never);
      await drafts.deleteMany({ conversation } as never);
    },
  };
}

export function toNote({ _id, conversation, author, text, whisper, at, after }: NoteDocument): Note {
  return { id: _id, conversation, author, text, whisper, at: at.toISOString(), after };
}
