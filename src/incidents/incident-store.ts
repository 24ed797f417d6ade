/** Incidents in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import type { Affected, BannerLevel, PinnedAnswer } from '../contracts/incidents.ts';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { Incident, Person, Told } from './incident.ts';

interface IncidentDocument {
  _id: Types.ObjectId;
  revision: number;
  title: string;
  affects: Affected;
  answer: PinnedAnswer | null;
  banner: { text: string; level: BannerLevel } | null;
  bannerRevision: number;
  startedAt: Date;
  endsAt: Date | null;
  openedBy: Person;
  endedAt: Date | null;
  endedBy: Person | null;
  remindedAt: Date | null;
  told: Told | null;
  suspicion: string | null;
  /** Its end has not been noted: nodes follow these. */
  open?: true;
  /** Conversations are still being told. */
  telling?: true;
}

const schema = new Schema<IncidentDocument>(
  {
    revision: { type: Number, required: true },
    title: { type: String, required: true },
    affects: { type: Schema.Types.Mixed, required: true },
    answer: Schema.Types.Mixed,
    banner: Schema.Types.Mixed,
    bannerRevision: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    endsAt: Date,
    openedBy: { type: Schema.Types.Mixed, required: true },
    endedAt: Date,
    endedBy: Schema.Types.Mixed,
    remindedAt: Date,
    told: Schema.Types.Mixed,
    suspicion: String,
    open: Boolean,
    telling: Boolean,
  },
  { ...SCHEMA_OPTIONS, collection: 'incidents' },
);
schema.index({ open: 1 }, { partialFilterExpression: { open: true } });
schema.index({ telling: 1 }, { partialFilterExpression: { telling: true } });
schema.index({ endedAt: -1 });

export interface IncidentStore {
  readonly newId: () => string;
  readonly insert: (incident: Incident) => Promise<void>;
  readonly find: (id: string) => Promise<Incident | null>;
  /** Those whose end has not been noted. */
  readonly listOpen: () => Promise<Incident[]>;
  /** The newest first. */
  readonly listEnded: (most: number) => Promise<Incident[]>;
  readonly listTelling: () => Promise<Incident[]>;
  /** Writes it in the place of the revision before. false: somebody was quicker, or it is gone. */
  readonly replace: (next: Incident) => Promise<boolean>;
}

export function createIncidentStore(connection: Connection): IncidentStore {
  const { collection } = connection.model('Incident', schema);
  const listBy = async (query: object, order: Record<string, 1 | -1>, most = 0): Promise<Incident[]> => {
    const found = await collection
      .find(query as never)
      .sort(order)
      .limit(most)
      .toArray();
    return (found as unknown as IncidentDocument[]).map(toIncident);
  };
  return {
    newId: () => new Types.ObjectId().toHexString(),
    async insert(incident) {
      await collection.insertOne(toDocument(incident) as never);
    },
    async find(id) {
      if (!Types.ObjectId.isValid(id)) return null;
      const found = await collection.findOne({ _id: new Types.ObjectId(id) } as never);
      return found === null ? null : toIncident(found as unknown as IncidentDocument);
    },
    listOpen: () => listBy({ open: true }, { startedAt: 1 }),
    listEnded: (most) => listBy({ endedAt: { $gt: new Date(0) } }, { endedAt: -1 }, most),
    listTelling: () => listBy({ telling: true }, { endedAt: 1 }),
    async replace(next) {
      const query = { _id: new Types.ObjectId(next.id), revision: next.revision - 1 };
      const { matchedCount } = await collection.replaceOne(query as never, toDocument(next) as never);
      return matchedCount === 1;
    },
  };
}

function toDocument(incident: Incident): IncidentDocument {
  return {
    _id: new Types.ObjectId(incident.id),
    revision: incident.revision,
    title: incident.title,
    affects: { all: incident.affects.all, intents: [...incident.affects.intents] },
    answer: incident.answer && { markdown: incident.answer.markdown, place: incident.answer.place },
    banner: incident.banner && { text: incident.banner.text, level: incident.banner.level },
    bannerRevision: incident.bannerRevision,
    startedAt: incident.startedAt,
    endsAt: incident.endsAt,
    openedBy: { id: incident.openedBy.id, name: incident.openedBy.name },
    endedAt: incident.endedAt,
    endedBy: incident.endedBy && { id: incident.endedBy.id, name: incident.endedBy.name },
    remindedAt: incident.remindedAt,
    told: incident.told && {
      text: incident.told.text,
      by: { id: incident.told.by.id, name: incident.told.by.name },
      at: incident.told.at,
      doneAt: incident.told.doneAt,
    },
    suspicion: incident.suspicion,
    ...(incident.endedAt === null ? { open: true } : {}),
    ...(incident.told !== null && incident.told.doneAt === null ? { telling: true } : {}),
  };
}

function toIncident(document: IncidentDocument): Incident {
  return {
    id: document._id.toHexString(),
    revision: document.revision,
    title: document.title,
    affects: document.affects,
    answer: document.answer,
    banner: document.banner,
    bannerRevision: document.bannerRevision,
    startedAt: document.startedAt,
    endsAt: document.endsAt,
    openedBy: document.openedBy,
    endedAt: document.endedAt,
    endedBy: document.endedBy,
    remindedAt: document.remindedAt,
    told: document.told,
    suspicion: document.suspicion,
  };
}
