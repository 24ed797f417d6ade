/** Calls in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import type { CallQuality } from '../contracts/calls.ts';
import { isDuplicateKey } from '../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import { type Call, isLive, type SealedNumber, type Side } from './call.ts';

interface CallDocument extends Omit<Call, 'id' | 'number' | 'untold'> {
  _id: Types.ObjectId;
  number?: SealedNumber;
  untold?: true;
  /** Set while the call is on: a contact has one such, and an agent too. */
  liveContact?: string;
  liveAgent?: string;
}

const schema = new Schema<CallDocument>(
  {
    kind: { type: String, required: true },
    direction: { type: String, required: true },
    status: { type: String, required: true },
    revision: { type: Number, required: true },
    contact: String,
    conversation: String,
    contactName: String,
    number: Schema.Types.Mixed,
    agent: Schema.Types.Mixed,
    declinedBy: [String],
    pages: Schema.Types.Mixed,
    seenAt: Schema.Types.Mixed,
    ringingAt: { type: Date, required: true },
    acceptedAt: Date,
    endedAt: Date,
    endedBy: String,
    outcome: String,
    note: String,
    ticket: String,
    quality: Schema.Types.Mixed,
    calledBackAt: Date,
    untold: Boolean,
    liveContact: String,
    liveAgent: String,
  },
  { ...SCHEMA_OPTIONS, collection: 'calls' },
);
const one = (key: 'liveContact' | 'liveAgent') => ({
  unique: true,
  partialFilterExpression: { [key]: { $type: 'string' } },
});
schema.index({ liveContact: 1 }, one('liveContact'));
schema.index({ liveAgent: 1 }, one('liveAgent'));
schema.index({ ringingAt: -1, _id: -1 });
schema.index({ 'agent.id': 1, ringingAt: -1 });
schema.index({ status: 1, ringingAt: -1 });
schema.index({ 'number.words': 1 });
schema.index({ conversation: 1 });
schema.index({ untold: 1 }, { partialFilterExpression: { untold: true } });

export interface CallFilter {
  readonly agent?: string | undefined;
  readonly status?: Call['status'] | undefined;
  readonly kind?: Call['kind'] | undefined;
  /** All of them. */
  readonly words?: readonly string[] | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
}

/** What an agent writes beside the call's own course. */
export type CallNotes = Partial<
  Pick<Call, 'contactName' | 'number' | 'outcome' | 'note' | 'ticket' | 'calledBackAt'>
>;

export interface CallStore {
  /** false: its contact, or its agent, has a call that is on. */
  readonly insert: (call: Call) => Promise<boolean>;
  readonly find: (id: string) => Promise<Call | null>;
  readonly findLiveOfContact: (contact: string) => Promise<Call | null>;
  readonly findLiveOfAgent: (agent: string) => Promise<Call | null>;
  /** Those that ring, and those that were taken. */
  readonly listLive: () => Promise<Call[]>;
  readonly listUntold: (most: number) => Promise<Call[]>;
  /** Newest first; `after`: the last one of the page before. */
  readonly list: (
    filter: CallFilter,
    after: { readonly ringingAt: Date; readonly id: string } | null,
    most: number,
  ) => Promise<Call[]>;
  /** Missed ones that nobody has called back. */
  readonly countMissed: (since: Date) => Promise<number>;
  /**
   * Writes a transition, unless somebody was quicker.
   * @param next its revision is one above the one that was read
   * @returns busy: the agent has another call
   */
  readonly replace: (next: Call) => Promise<'written' | 'late' | 'busy'>;
  readonly annotate: (id: string, notes: CallNotes) => Promise<Call | null>;
  readonly report: (id: string, side: Side, quality: CallQuality) => Promise<void>;
  /** Pages that a node is connected to. */
  readonly beat: (ids: readonly string[], side: Side, at: Date) => Promise<void>;
  readonly markTold: (id: string) => Promise<void>;
  /** Keeps that there was a call, and not whose. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

const LIVE = { status: { $in: ['ringing', 'accepted'] } };

export function createCallStore(connection: Connection): CallStore {
  const { collection } = connection.model('Call', schema);
  const listBy = async (query: object, most: number): Promise<Call[]> => {
    const found = await collection
      .find(query as never)
      .sort({ ringingAt: -1, _id: -1 })
      .limit(most)
      .toArray();
    return (found as unknown as CallDocument[]).map(toCall);
  };
  const findOne = async (query: object): Promise<Call | null> => (await listBy(query, 1))[0] ?? null;

  return {
    async insert(call) {
      try {
        await collection.insertOne(toDocument(call) as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    find: (id) => findOne({ _id: new Types.ObjectId(id) }),
    findLiveOfContact: (contact) => findOne({ liveContact: contact }),
    findLiveOfAgent: (agent) => findOne({ liveAgent: agent }),
    listLive: () => listBy(LIVE, 0),
    listUntold: (most) => listBy({ untold: true }, most),
    list: (filter, after, most) =>
      listBy({ $and: [queryOf(filter), after === null ? {} : behind(after)] }, most),
    countMissed: (since) =>
      collection.countDocuments({
        status: 'missed',
        ringingAt: { $gte: since },
        calledBackAt: null,
      } as never),
    async replace(next) {
      const { status, revision, agent, declinedBy, pages, acceptedAt, endedAt, endedBy } = next;
      const keys = liveKeysOf(next);
      const unset = {
        ...(keys.liveContact === undefined ? { liveContact: '' } : {}),
        ...(keys.liveAgent === undefined ? { liveAgent: '' } : {}),
      };
      const set = { status, revision, agent, declinedBy, pages, acceptedAt, endedAt, endedBy, ...keys };
      try {
        const { matchedCount } = await collection.updateOne(
          { _id: new Types.ObjectId(next.id), revision: revision - 1 } as never,
          {
            $set: {
              ...set,
              ...(next.untold ? { untold: true } : {}),
              // Of the other page only its own node knows when it was last seen.
              ...(status === 'accepted' ? { 'seenAt.agent': next.seenAt.agent } : {}),
            },
            ...(Object.keys(unset).length === 0 ? {} : { $unset: unset }),
          } as never,
        );
        return matchedCount > 0 ? 'written' : 'late';
      } catch (error) {
        if (isDuplicateKey(error)) return 'busy';
        throw error;
      }
    },
    async annotate(id, notes) {
      const changed = (await collection.findOneAndUpdate(
        { _id: new Types.ObjectId(id) } as never,
        { $set: notes } as never,
        { returnDocument: 'after' },
      )) as CallDocument | null;
      return changed === null ? null : toCall(changed);
    },
    async report(id, side, quality) {
      await collection.updateOne(
        { _id: new Types.ObjectId(id) } as never,
        { $set: { [`quality.${side}`]: quality } } as never,
      );
    },
    async beat(ids, side, at) {
      await collection.updateMany(
        { _id: { $in: ids.map((id) => new Types.ObjectId(id)) }, ...LIVE } as never,
        { $set: { [`seenAt.${side}`]: at } } as never,
      );
    },
    async markTold(id) {
      await collection.updateOne(
        { _id: new Types.ObjectId(id) } as never,
        { $unset: { untold: '' } } as never,
      );
    },
    async forgetConversation(conversation) {
      await collection.updateMany(
        { conversation } as never,
        {
          $set: { conversation: null, contact: null, contactName: null, note: '' },
          $unset: { number: '', untold: '' },
        } as never,
      );
    },
  };
}

function liveKeysOf(call: Call): Pick<CallDocument, 'liveContact' | 'liveAgent'> {
  if (!isLive(call)) return {};
  return {
    ...(call.contact === null ? {} : { liveContact: call.contact }),
    ...(call.agent === null ? {} : { liveAgent: call.agent.id }),
  };
}

function queryOf({ agent, status, kind, words, from, until }: CallFilter): object {
  return {
    ...(agent === undefined ? {} : { 'agent.id': agent }),
    ...(status === undefined ? {} : { status }),
    ...(kind === undefined ? {} : { kind }),
    ...(words === undefined ? {} : { 'number.words': { $in: [...words] } }),
    ...(from === undefined && until === undefined
      ? {}
      : { ringingAt: { ...(from && { $gte: from }), ...(until && { $lt: until }) } }),
  };
}

function behind({ ringingAt, id }: { readonly ringingAt: Date; readonly id: string }): object {
  return { $or: [{ ringingAt: { $lt: ringingAt } }, { ringingAt, _id: { $lt: new Types.ObjectId(id) } }] };
}

function toDocument(call: Call): CallDocument {
  const { id, number, untold, ...rest } = call;
  return {
    _id: new Types.ObjectId(id),
    ...rest,
    ...(number === null ? {} : { number }),
    ...(untold ? { untold } : {}),
    ...liveKeysOf(call),
  };
}

function toCall(document: CallDocument): Call {
  return {
    id: document._id.toHexString(),
    kind: document.kind,
    direction: document.direction,
    status: document.status,
    revision: document.revision,
    contact: document.contact,
    conversation: document.conversation,
    contactName: document.contactName,
    number: document.number ?? null,
    agent: document.agent,
    declinedBy: document.declinedBy,
    pages: document.pages,
    seenAt: document.seenAt,
    ringingAt: document.ringingAt,
    acceptedAt: document.acceptedAt,
    endedAt: document.endedAt,
    endedBy: document.endedBy,
    outcome: document.outcome,
    note: document.note,
    ticket: document.ticket,
    quality: document.quality,
    calledBackAt: document.calledBackAt,
    untold: document.untold ?? false,
  };
}
