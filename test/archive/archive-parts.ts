/** An archive over a database and a folder of a test's own, with conversations that are long over. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createConnection, mongo } from 'mongoose';
import { createArchive } from '../../src/archive/archive.ts';
import { createArchiveStore } from '../../src/archive/archive-store.ts';
import { type ArchivingDeps, createArchiving } from '../../src/archive/archiving.ts';
import { createPackStore } from '../../src/archive/pack-store.ts';
import { createColdStore } from '../../src/conversations/cold-store.ts';
import { makeMessage } from '../../src/conversations/conversation.ts';
import { createConversationStore } from '../../src/conversations/conversation-store.ts';
import { createMessageStore } from '../../src/conversations/message-store.ts';
import { createNotesStore } from '../../src/conversations/notes-store.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { openDatabase } from '../support/database.ts';

export const NOW = new Date('2026-11-30T01:00:00+07:00');
export const LONG_AGO = new Date('2026-03-10T09:00:00+07:00');
const MODELS = ['Conversation', 'Message', 'ConversationNote', 'ArchivedConversation', 'ArchivePack'];

export async function openParts() {
  const database = await openDatabase();
  const connection = await createConnection(database.uri, { autoIndex: false }).asPromise();
  const folder = await mkdtemp(path.join(tmpdir(), 'archive-'));
  const conversations = createConversationStore(connection);
  const messages = createMessageStore(connection);
  const notes = createNotesStore(connection);
  const cold = createColdStore(connection);
  const store = createArchiveStore(connection);
  const packs = createPackStore(folder);
  for (const name of MODELS) await connection.model(name).createIndexes();
  const settings: { archiveAfterDays: number | null; deleteArchivedAfterDays: number | null } = {
    archiveAfterDays: 180,
    deleteArchivedAfterDays: null,
  };
  const gone = new Set<string>();
  const needed = new Set<string>();
  const frozen = new Set<string>();
  const forgotten: string[] = [];
  const audited: string[] = [];

  /** A node of its own. @param breaking takes the place of some parts */
  const newArchiving = (breaking: Partial<Pick<ArchivingDeps, 'store' | 'packs' | 'cold'>> = {}) =>
    createArchiving({
      store,
      packs,
      cold,
      ...breaking,
      listNeeded: async (ids) => new Set(ids.filter((id) => needed.has(id))),
      hasContact: async (id) => !gone.has(id),
      wordsOf: async () => ['lan'],
      freezeNumbers: async (id) => void frozen.add(id),
      thawNumbers: async (id) => void frozen.delete(id),
      forgetConversation: async (id) => void forgotten.push(id),
      takeTurn: async () => true,
      endTurn: async () => undefined,
      settings: () => settings,
      logger: createLogger('silent'),
      now: () => NOW,
      settleMs: 0,
    });
  const archiving = newArchiving();
  const newArchive = (most?: { readonly read: number; readonly ms: number }) =>
    createArchive({
      store,
      packs,
      archiving,
      wordsForNumber: async (text) => (/^\d{10}$/.test(text) ? [`number:${text}`] : []),
      nameThem: async () => ({
        contactName: () => 'Lan',
        contactLabel: (contact) => contact,
        titleOf: (intent) => intent,
        ticketsOf: () => [],
      }),
      present: async () => null,
      audit: async ({ action }) => void audited.push(action),
      now: () => NOW,
      ...(most === undefined ? {} : { most }),
    });

  /** One that the contact and the bot had, and what staff noted of it. */
  const makeOver = async (contact: string, texts: readonly string[], at = LONG_AGO): Promise<string> => {
    const { id } = await conversations.ensureOpen(contact, at);
    for (const [index, text] of texts.entries())
      await messages.append(
        makeMessage({
          conversation: id,
          seq: index + 1,
          clientId: `c${index}`,
          author: index % 2 === 0 ? 'contact' : 'bot',
          at: new Date(at.getTime() + index * 1_000),
          text,
        }),
      );
    const author = { id: 'a'.repeat(24), name: 'Lê Thị Lan' };
    await notes.add({ conversation: id, author, text: 'đã xem', whisper: false, at, after: 1 }, 'n1');
    await connection
      .model('Conversation')
      .collection.updateOne(
        { _id: new mongo.ObjectId(id) },
        { $set: { words: ['lan', `number:0912345678`] } },
      );
    return id;
  };
  /** What is stored of one, as text; null: nothing. */
  const readHot = async (id: string): Promise<string | null> => {
    const db = database.client.db();
    const parts = await Promise.all([
      db
        .collection('conversations')
        .find({ _id: new mongo.ObjectId(id) })
        .toArray(),
      db.collection('messages').find({ conversation: id }).sort({ seq: 1 }).toArray(),
      db.collection('conversation_notes').find({ conversation: id }).toArray(),
    ]);
    return parts.every((part) => part.length === 0) ? null : JSON.stringify(parts);
  };
  /** What the archive holds of one; null: nothing. */
  const readCold = async (id: string) => {
    const found = await store.find(id);
    return found === null ? null : cold.tell(await packs.read(found.place));
  };

  return {
    database,
    connection,
    folder,
    conversations,
    messages,
    notes,
    cold,
    store,
    packs,
    settings,
    gone,
    needed,
    frozen,
    forgotten,
    audited,
    archiving,
    newArchiving,
    newArchive,
    makeOver,
    readHot,
    readCold,
    async close() {
      await connection.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
