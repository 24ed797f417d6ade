/** Mails on their way out, in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { OutboxDeps } from './outbox.ts';
import { type GivenUpMail, maskAddress, type OutboxMail } from './outbox-mail.ts';

interface OutboxDocument {
  _id: Types.ObjectId;
  key: string;
  messageId: string;
  status: 'waiting' | 'sent' | 'failed';
  /** Masked once it is sent. */
  to: string;
  /** What was written is there as long as it may have to be sent. */
  subject?: string;
  text?: string;
  html?: string;
  inReplyTo?: string;
  references?: string[];
  isAutomatic: boolean;
  postedAt: Date;
  triedSince: Date;
  attempts: number;
  /** Nobody may try before. */
  dueAt: Date;
  /** Of whoever tries it now; null: nobody. */
  claim: string | null;
  /** Of the last try. */
  failure: string | null;
  /** The last try met a server that was not there. */
  metServerAway: boolean;
  endedAt: Date | null;
  forgetAt: Date | null;
}

const schema = new Schema<OutboxDocument>(
  {
    key: { type: String, required: true },
    messageId: { type: String, required: true },
    status: { type: String, required: true },
    to: { type: String, required: true },
    subject: String,
    text: String,
    html: String,
    inReplyTo: String,
    references: [String],
    isAutomatic: { type: Boolean, required: true },
    postedAt: { type: Date, required: true },
    triedSince: { type: Date, required: true },
    attempts: { type: Number, required: true },
    dueAt: { type: Date, required: true },
    claim: String,
    failure: String,
    metServerAway: { type: Boolean, required: true },
    endedAt: Date,
    forgetAt: Date,
  },
  { ...SCHEMA_OPTIONS, collection: 'outbox_mails' },
);
schema.index({ key: 1 }, { unique: true });
schema.index({ status: 1, dueAt: 1 });
schema.index({ forgetAt: 1 }, { expireAfterSeconds: 0 });

export function createOutboxStore(connection: Connection): OutboxDeps['store'] {
  const { collection } = connection.model('OutboxMail', schema);
  /** @returns whether the claim still held */
  const endTry = async (id: string, claim: string, change: object): Promise<boolean> => {
    const query = { _id: new Types.ObjectId(id), claim };
    return (await collection.updateOne(query as never, change as never)).matchedCount === 1;
  };
  return {
    async insert(draft, { messageId, at }) {
      const document: Omit<OutboxDocument, '_id'> = {
        key: draft.key,
        messageId,
        status: 'waiting',
        to: draft.to,
        subject: draft.subject,
        text: draft.text,
        ...(draft.html === undefined ? {} : { html: draft.html }),
        ...(draft.inReplyTo === undefined ? {} : { inReplyTo: draft.inReplyTo }),
        references: [...(draft.references ?? [])],
        isAutomatic: draft.isAutomatic,
        postedAt: at,
        triedSince: at,
        attempts: 0,
        dueAt: at,
        claim: null,
        failure: null,
        metServerAway: false,
        endedAt: null,
        forgetAt: null,
      };
      try {
        await collection.insertOne(document as never);
        return messageId;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const first = (await collection.findOne({ key: draft.key } as never)) as OutboxDocument | null;
        return first?.messageId ?? messageId;
      }
    },
    async claim(claim, now, until) {
      const found = (await collection.findOneAndUpdate(
        { status: 'waiting', dueAt: { $lte: now } } as never,
        { $set: { claim, dueAt: until }, $inc: { attempts: 1 } } as never,
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )) as OutboxDocument | null;
      return found === null ? null : toOutboxMail(found);
    },
    async markSent({ id, to }, claim, { at, forgetAt }) {
      return endTry(id, claim, {
        $set: {
          status: 'sent',
          to: maskAddress(to),
          claim: null,
          failure: null,
          endedAt: at,
          forgetAt,
        },
        $unset: { subject: '', text: '', html: '', inReplyTo: '', references: '' },
      });
    },
    async markForLater({ id }, claim, { dueAt, failure, metServerAway }) {
      return endTry(id, claim, { $set: { claim: null, dueAt, failure, metServerAway } });
    },
    async markGivenUp({ id }, claim, { at, forgetAt, failure }) {
      return endTry(id, claim, {
        $set: { status: 'failed', claim: null, failure, endedAt: at, forgetAt },
      });
    },
    async hasten(now) {
      const query = { status: 'waiting', claim: null, metServerAway: true, dueAt: { $gt: now } };
      await collection.updateMany(query as never, { $set: { dueAt: now, metServerAway: false } } as never);
    },
    async retry(id, now) {
      if (!Types.ObjectId.isValid(id)) return false;
      const { matchedCount } = await collection.updateOne(
        { _id: new Types.ObjectId(id), status: 'failed' } as never,
        {
          $set: { status: 'waiting', dueAt: now, triedSince: now, endedAt: null, forgetAt: null },
        } as never,
      );
      return matchedCount === 1;
    },
    countWaiting: () => collection.countDocuments({ status: 'waiting' } as never),
    async findLastFailure() {
      const [found] = (await collection
        .find({ status: 'waiting', failure: { $ne: null } } as never)
        .sort({ dueAt: -1 })
        .limit(1)
        .toArray()) as unknown as OutboxDocument[];
      return found?.failure ?? null;
    },
    async listGivenUp(most) {
      const found = await collection
        .find({ status: 'failed' } as never)
        .sort({ endedAt: -1 })
        .limit(most)
        .toArray();
      return (found as unknown as OutboxDocument[]).map(toGivenUpMail);
    },
  };
}

function toOutboxMail(document: OutboxDocument): OutboxMail {
  return {
    id: document._id.toHexString(),
    messageId: document.messageId,
    to: document.to,
    subject: document.subject ?? '',
    text: document.text ?? '',
    html: document.html ?? null,
    inReplyTo: document.inReplyTo ?? null,
    references: document.references ?? [],
    isAutomatic: document.isAutomatic,
    postedAt: document.postedAt,
    triedSince: document.triedSince,
    attempts: document.attempts,
  };
}

function toGivenUpMail(document: OutboxDocument): GivenUpMail {
  return {
    id: document._id.toHexString(),
    to: document.to,
    postedAt: document.postedAt,
    failedAt: document.endedAt ?? document.postedAt,
    attempts: document.attempts,
    reason: document.failure ?? '',
  };
}
