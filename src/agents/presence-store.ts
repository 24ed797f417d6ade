/** Who of the staff is there, and the lease of the one node that assigns, in the database. */
import { type Connection, Schema } from 'mongoose';
import { takeLease } from '../storage/lease.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Presence } from './agent.ts';

interface PresenceDocument extends Omit<Presence, 'id' | 'assignedAt'> {
  _id: string;
  assignedAt?: Date;
}

const schema = new Schema<PresenceDocument>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    state: { type: String, required: true },
    capacity: { type: Number, required: true },
    skills: [String],
    seenAt: { type: Date, required: true },
    assignedAt: Date,
  },
  { ...SCHEMA_OPTIONS, collection: 'agent_presence' },
);
const leaseSchema = new Schema(
  { _id: { type: String, required: true }, owner: String, until: Date },
  { ...SCHEMA_OPTIONS, collection: 'leases' },
);

export interface PresenceStore {
  readonly list: () => Promise<Presence[]>;
  readonly find: (id: string) => Promise<Presence | null>;
  /** Makes it, or brings name, capacity and skills up to date. */
  readonly enter: (presence: Omit<Presence, 'assignedAt'>) => Promise<void>;
  readonly setState: (id: string, state: Presence['state'], seenAt: Date) => Promise<void>;
  readonly beat: (ids: readonly string[], seenAt: Date) => Promise<void>;
  /** Nobody is there behind it any more: from now on it counts as not seen. */
  readonly leave: (id: string) => Promise<void>;
  readonly noteAssigned: (id: string, at: Date) => Promise<void>;
  /** Takes or prolongs a lease. @returns false: another owner has it */
  readonly lease: (name: string, owner: string, now: Date, until: Date) => Promise<boolean>;
  readonly release: (name: string, owner: string) => Promise<void>;
}

export function createPresenceStore(connection: Connection): PresenceStore {
  const { collection } = connection.model('AgentPresence', schema);
  const leases = connection.model('Lease', leaseSchema).collection;
  const update = async (id: string, change: object): Promise<void> => {
    await collection.updateOne({ _id: id } as never, change as never);
  };
  return {
    async list() {
      const found = await collection.find({}).toArray();
      return (found as unknown as PresenceDocument[]).map(toPresence);
    },
    async find(id) {
      const found = (await collection.findOne({ _id: id } as never)) as PresenceDocument | null;
      return found === null ? null : toPresence(found);
    },
    async enter({ id, ...rest }) {
      await collection.updateOne({ _id: id } as never, { $set: rest } as never, { upsert: true });
    },
    setState: (id, state, seenAt) => update(id, { $set: { state, seenAt } }),
    async beat(ids, seenAt) {
      if (ids.length > 0)
        await collection.updateMany({ _id: { $in: ids } } as never, { $set: { seenAt } } as never);
    },
    leave: (id) => update(id, { $set: { seenAt: new Date(0) } }),
    noteAssigned: (id, assignedAt) => update(id, { $set: { assignedAt } }),
    lease: (name, owner, now, until) => takeLease(leases, name, { owner, now, until }),
    async release(name, owner) {
      await leases.deleteOne({ _id: name, owner } as never);
    },
  };
}

function toPresence({ _id, name, state, capacity, skills, seenAt, assignedAt }: PresenceDocument): Presence {
  return { id: _id, name, state, capacity, skills, seenAt, assignedAt: assignedAt ?? null };
}
