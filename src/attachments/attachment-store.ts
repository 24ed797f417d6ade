/** Files in the database's GridFS: chunks first, then the document that makes them a file. */
import type { Writable } from 'node:stream';
import { type Connection, mongo, Schema, Types } from 'mongoose';
import type { AttachmentType } from '../contracts/attachments.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import { type Attachment, type AttachmentKey, type Owner, toAttachmentId } from './attachment.ts';
import type { AttachmentsDeps } from './attachments.ts';

const BUCKET = 'attachments';
const DAY_MS = 24 * 60 * 60 * 1_000;
/** How far back chunks without a file are looked for: further than a desk stands still. */
const BROKEN_OFF_MS = 14 * DAY_MS;

interface FileDocument {
  _id: Types.ObjectId;
  filename: string;
  uploadDate: Date;
  length: number;
  metadata: {
    secret: string;
    owner: Owner;
    conversation: string | null;
    type: AttachmentType;
    at: Date;
    /** Its chunks are going: it is there for nobody, and a removal that broke off is taken up again. */
    removing: boolean;
  };
}

const fileSchema = new Schema<FileDocument>(
  {
    filename: { type: String, required: true },
    uploadDate: { type: Date, required: true },
    length: { type: Number, required: true },
    metadata: {
      secret: { type: String, required: true },
      owner: { type: String, required: true },
      conversation: String,
      type: { type: String, required: true },
      at: { type: Date, required: true },
      removing: Boolean,
    },
  },
  { ...SCHEMA_OPTIONS, collection: `${BUCKET}.files` },
);
// The first of these, and the one of the chunks, are what GridFS itself asks for.
fileSchema.index({ filename: 1, uploadDate: 1 });
fileSchema.index({ 'metadata.conversation': 1, 'metadata.at': 1 });
fileSchema.index({ 'metadata.removing': 1 }, { partialFilterExpression: { 'metadata.removing': true } });

interface ChunkDocument {
  _id: Types.ObjectId;
  files_id: Types.ObjectId;
  n: number;
}

const chunkSchema = new Schema<ChunkDocument>(
  { files_id: Schema.Types.ObjectId, n: Number },
  { ...SCHEMA_OPTIONS, collection: `${BUCKET}.chunks` },
);
chunkSchema.index({ files_id: 1, n: 1 }, { unique: true });

interface CountDocument {
  /** Owner and window. */
  _id: string;
  count: number;
  expiresAt: Date;
}

const countSchema = new Schema<CountDocument>(
  {
    _id: { type: String, required: true },
    count: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'upload_counts' },
);
countSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function createAttachmentStore(connection: Connection): AttachmentsDeps['store'] {
  const files = connection.model('AttachmentFile', fileSchema).collection;
  const chunks = connection.model('AttachmentChunk', chunkSchema).collection;
  const counts = connection.model('UploadCount', countSchema).collection;
  /** Not before it is used: the connection may not be open when the store is made. */
  const openBucket = (): mongo.GridFSBucket =>
    new mongo.GridFSBucket(connection.getClient().db(connection.name), { bucketName: BUCKET });

  /** Chunks before the file, so that none is left without one. */
  const finishRemoval = async (id: Types.ObjectId): Promise<void> => {
    await chunks.deleteMany({ files_id: id } as never);
    await files.deleteOne({ _id: id } as never);
  };

  /** Marks what matches in one step, so that none of it can be claimed meanwhile, and then removes it. */
  const removeWhere = async (query: object): Promise<void> => {
    await files.updateMany(query as never, { $set: { 'metadata.removing': true } } as never);
    const marked = { ...query, 'metadata.removing': true };
    for await (const { _id } of files.find(marked as never).project({ _id: 1 })) await finishRemoval(_id);
  };

  /** The ids of files carry the time: only that far back, and never an upload that is under way. */
  const removeBrokenOff = async (before: Date): Promise<void> => {
    const range = { $gte: idAt(new Date(before.getTime() - BROKEN_OFF_MS)), $lt: idAt(before) };
    const first = { files_id: range, n: 0 };
    for await (const { files_id: id } of chunks.find(first as never).project({ _id: 0, files_id: 1 })) {
      if ((await files.findOne({ _id: id } as never, { projection: { _id: 1 } })) === null)
        await chunks.deleteMany({ files_id: id } as never);
    }
  };

  return {
    async countUpload(owner, { from, to }) {
      const count = () =>
        counts.findOneAndUpdate(
          { _id: `${owner}@${from.toISOString()}` } as never,
          { $inc: { count: 1 }, $setOnInsert: { expiresAt: to } } as never,
          { upsert: true, returnDocument: 'after' },
        );
      // Two first uploads at once: the second meets the first one's document.
      const counted = await count().catch((error: unknown) => {
        if (isDuplicateKey(error)) return count();
        throw error;
      });
      return (counted as CountDocument | null)?.count ?? 1;
    },
    async write({ owner, conversation, name, type, at, secret }, content) {
      const id = idAt(at, true);
      const metadata = { secret, owner, conversation, type, at, removing: false };
      const upload = openBucket().openUploadStreamWithId(id, name, { metadata });
      // Its errors come with the write that failed.
      upload.on('error', () => undefined);
      try {
        // One after the other: nothing is under way when the content breaks off.
        for await (const bytes of content) await writeTo(upload, bytes);
        await endOf(upload);
      } catch (error) {
        // A sweep takes up what cannot be taken back now.
        await chunks.deleteMany({ files_id: id } as never).catch(() => undefined);
        throw error;
      }
      const file = { file: id.toHexString(), secret };
      return { id: toAttachmentId(file), owner, conversation, name, type, size: upload.length, at };
    },
    async find(key) {
      const found = (await files.findOne(queryOf(key) as never)) as FileDocument | null;
      return found === null ? null : toAttachment(found);
    },
    open: ({ file }) => openBucket().openDownloadStream(new Types.ObjectId(file)),
    async claim(key, conversation, owner) {
      const claimed = (await files.findOneAndUpdate(
        {
          ...queryOf(key),
          'metadata.owner': owner,
          'metadata.conversation': { $in: [null, conversation] },
        } as never,
        { $set: { 'metadata.conversation': conversation } } as never,
        { returnDocument: 'after' },
      )) as FileDocument | null;
      return claimed === null ? null : toAttachment(claimed);
    },
    remove: (key) => removeWhere(queryOf(key)),
    removeOf: (conversation) => removeWhere({ 'metadata.conversation': conversation }),
    async removeUnsent(before) {
      const unsent = { 'metadata.conversation': null, 'metadata.at': { $lt: before } };
      const removed = await files.countDocuments(unsent as never);
      await removeWhere(unsent);
      await removeWhere({ 'metadata.removing': true });
      await removeBrokenOff(before);
      return removed;
    },
  };
}

function writeTo(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, 'utf8', (error) => (error ? reject(error) : resolve()));
  });
}

function endOf(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.end(() => resolve());
  });
}

function queryOf({ file, secret }: AttachmentKey): object {
  return {
    _id: new Types.ObjectId(file),
    'metadata.secret': secret,
    'metadata.removing': false,
  };
}

/** @param unique with the random part, for a new file; else the first id of that second */
function idAt(at: Date, unique = false): Types.ObjectId {
  const seconds = Math.floor(at.getTime() / 1_000);
  return unique
    ? new Types.ObjectId(Types.ObjectId.generate(seconds))
    : Types.ObjectId.createFromTime(seconds);
}

function toAttachment(document: FileDocument): Attachment {
  const { secret, owner, conversation, type, at } = document.metadata;
  return {
    id: toAttachmentId({ file: document._id.toHexString(), secret }),
    owner,
    conversation,
    name: document.filename,
    type,
    size: document.length,
    at,
  };
}
