/** Which conversations an incident concerned, in the database. */
import { type Connection, Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';

interface TouchDocument {
  /** Incident and conversation: a link is made once. */
  _id: string;
  incident: string;
  conversation: string;
  at: Date;
  /** Absent: not told. */
  toldAt?: Date;
}

const schema = new Schema<TouchDocument>(
  {
    _id: { type: String, required: true },
    incident: { type: String, required: true },
    conversation: { type: String, required: true },
    at: { type: Date, required: true },
    toldAt: Date,
  },
  { ...SCHEMA_OPTIONS, collection: 'incident_touches' },
);
schema.index({ incident: 1, toldAt: 1 });
schema.index({ conversation: 1 });

export interface Touch {
  readonly incident: string;
  readonly conversation: string;
  readonly at: Date;
}

export interface TouchStore {
  /** May be repeated: the first one stays. */
  readonly link: (touches: readonly Touch[]) => Promise<void>;
  readonly count: (incident: string) => Promise<{ readonly all: number; readonly told: number }>;
  /** Conversations that have not been told, in no order. */
  readonly listUntold: (incident: string, most: number) => Promise<string[]>;
  readonly markTold: (incident: string, conversation: string, at: Date) => Promise<void>;
  /** The conversation is being erased. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

export function createTouchStore(connection: Connection): TouchStore {
  const { collection } = connection.model('IncidentTouch', schema);
  return {
    async link(touches) {
      if (touches.length === 0) return;
      await collection.bulkWrite(
        touches.map(({ incident, conversation, at }) => ({
          updateOne: {
            filter: { _id: `${incident}:${conversation}` as never },
            update: { $setOnInsert: { incident, conversation, at } } as never,
            upsert: true,
          },
        })),
        { ordered: false },
      );
    },
    async count(incident) {
      const [all, told] = await Promise.all([
        collection.countDocuments({ incident } as never),
        collection.countDocuments({ incident, toldAt: { $type: 'date' } } as never),
      ]);
      return { all, told };
    },
    async listUntold(incident, most) {
      const found = (await collection
        .find({ incident, toldAt: null } as never, { projection: { conversation: 1 } })
        .limit(most)
        .toArray()) as unknown as Pick<TouchDocument, 'conversation'>[];
      return found.map(({ conversation }) => conversation);
    },
    async markTold(incident, conversation, at) {
      await collection.updateOne(
        { _id: `${incident}:${conversation}` } as never,
        { $set: { toldAt: at } } as never,
      );
    },
    async forgetConversation(conversation) {
      await collection.deleteMany({ conversation } as never);
    },
  };
}
