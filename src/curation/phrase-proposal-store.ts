/** Wordings that the staff propose to the editors, in the database. */
import { type Connection, Schema } from 'mongoose';
import { SCHEMA_OPTIONS } from '../storage/schema-options.ts';
import type { PhraseProposal } from './phrase-proposal.ts';

const schema = new Schema(
  {
    /** `conversation:seq`: a message is proposed once, for whichever intent was named last. */
    _id: { type: String, required: true },
    text: { type: String, required: true },
    intent: { type: String, required: true },
    by: { type: Schema.Types.Mixed, required: true },
    conversation: String,
    seq: Number,
    at: { type: Date, required: true },
    status: { type: String, required: true },
  },
  { ...SCHEMA_OPTIONS, collection: 'phrase_proposals' },
);
schema.index({ status: 1, at: 1 });
schema.index({ conversation: 1 });

export interface PhraseProposalStore {
  readonly save: (proposal: PhraseProposal) => Promise<void>;
  /** Intents proposed in a conversation, by the place of the message. */
  readonly listIn: (conversation: string) => Promise<ReadonlyMap<number, string>>;
  /** Conversations whose proposals the editors do not see yet. */
  readonly listNew: (most: number) => Promise<string[]>;
  readonly markGathered: (conversation: string) => Promise<void>;
  /** Takes the link to a conversation off its proposals, which hold no personal data. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

export function createPhraseProposalStore(connection: Connection): PhraseProposalStore {
  const { collection } = connection.model('PhraseProposal', schema);
  return {
    async save({ conversation, seq, text, intent, by, at }) {
      await collection.updateOne(
        { _id: `${conversation}:${seq}` } as never,
        { $set: { conversation, seq, text, intent, by, at, status: 'new' } } as never,
        { upsert: true },
      );
    },
    async listIn(conversation) {
      const found = await collection.find({ conversation } as never).toArray();
      return new Map(found.map((document) => [document['seq'] as number, document['intent'] as string]));
    },
    async listNew(most) {
      const found = await collection
        .find({ status: 'new', conversation: { $exists: true } } as never)
        .sort({ at: 1 })
        .limit(most)
        .project({ conversation: 1 })
        .toArray();
      return [...new Set(found.map(({ conversation }) => String(conversation)))];
    },
    async markGathered(conversation) {
      await collection.updateMany(
        { conversation, status: 'new' } as never,
        { $set: { status: 'gathered' } } as never,
      );
    },
    async forgetConversation(conversation) {
      await collection.updateMany({ conversation } as never, { $unset: { conversation: '' } } as never);
    },
  };
}
