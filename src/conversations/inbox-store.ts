/** Conversations in the database as the staff look for them: lists, the queue, figures of the day. */
import type { Connection } from 'mongoose';
import { type mongo, Types } from 'mongoose';
import type { InboxView } from '../contracts/console.ts';
import type { Conversation, QueuePlace } from './conversation.ts';
import { type ConversationDocument, conversationCollection, toConversation } from './conversation-store.ts';

export interface InboxFilter {
  readonly view: InboxView;
  /** Whose conversations `mine` are. */
  readonly me: string;
  /** Folded; all must occur, the last one may be the beginning of a word. */
  readonly words: readonly string[];
  readonly status?: Conversation['status'] | undefined;
  /** An account, or `none`. */
  readonly agent?: string | undefined;
  readonly reason?: string | undefined;
  readonly skill?: string | undefined;
  readonly tag?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface WordsDue {
  readonly id: string;
  readonly contact: string;
  readonly activeAt: Date;
  readonly dueAt: Date;
}

export interface InboxStore {
  /** Newest activity first; `after`: the cursor of the page before. */
  readonly list: (
    filter: InboxFilter,
    after: { readonly activeAt: Date; readonly id: string } | null,
    most: number,
  ) => Promise<Conversation[]>;
  /** In no order. */
  readonly listWaiting: () => Promise<({ readonly id: string } & QueuePlace)[]>;
  readonly listHeld: () => Promise<{ readonly id: string; readonly agent: string }[]>;
  readonly listClosedSince: (since: Date) => Promise<Conversation[]>;
  /** In which anything happened behind a place and up to a time, in that order. */
  readonly listActive: (
    after: { readonly at: Date; readonly id: string } | null,
    until: Date,
    most: number,
  ) => Promise<{ readonly at: Date; readonly id: string }[]>;
  /** How long those closed since then had waited and took, in milliseconds; newest first. */
  readonly listServed: (
    since: Date,
    most: number,
  ) => Promise<{ readonly waitMs: number; readonly handlingMs: number }[]>;
  /** Those in which a person was asked for since then. */
  readonly listRequestedSince: (since: Date) => Promise<Conversation[]>;
  /** Those whose words are to be written anew. */
  readonly listWordsDue: (now: Date, most: number) => Promise<WordsDue[]>;
  /** @param nextDueAt when once more; null: not before something happens. Left alone if something has happened */
  readonly setWords: (due: WordsDue, words: readonly string[], nextDueAt: Date | null) => Promise<void>;
}

export function createInboxStore(connection: Connection): InboxStore {
  const collection = conversationCollection(connection);
  const list = async (
    query: mongo.Filter<ConversationDocument>,
    sort: Record<string, 1 | -1>,
    most: number,
  ): Promise<Conversation[]> => {
    const found = await collection
      .find(query as never)
      .sort(sort)
      .limit(most)
      .project({ words: 0 })
      .toArray();
    return (found as unknown as ConversationDocument[]).map(toConversation);
  };

  return {
    list: (filter, after, most) =>
      list(
        { $and: [queryOf(filter), ...(after === null ? [] : [behind(after)])] } as never,
        { activeAt: -1, _id: -1 },
        most,
      ),
    async listWaiting() {
      const queued = await list({ status: 'queued' }, {}, 0);
      return queued.flatMap(({ id, queue }) => (queue === null ? [] : [{ id, ...queue }]));
    },
    async listActive(after, until, most) {
      const later =
        after === null
          ? {}
          : {
              $or: [
                { activeAt: { $gt: after.at } },
                { activeAt: after.at, _id: { $gt: new Types.ObjectId(after.id) } },
              ],
            };
      const found = (await collection
        .find({ $and: [{ activeAt: { $lte: until } }, later] } as never)
        .sort({ activeAt: 1, _id: 1 })
        .limit(most)
        .project({ activeAt: 1 })
        .toArray()) as unknown as ConversationDocument[];
      return found.map(({ _id, activeAt }) => ({ id: _id.toHexString(), at: activeAt ?? until }));
    },
    listClosedSince: (since) => list({ status: 'closed', activeAt: { $gte: since } }, {}, 0),
    async listHeld() {
      const found = (await collection
        .find({ status: 'active' } as never)
        .project({ handling: 1 })
        .toArray()) as unknown as ConversationDocument[];
      return found.flatMap(({ _id, handling }) =>
        handling === undefined ? [] : [{ id: _id.toHexString(), agent: handling.agent.id }],
      );
    },
    async listServed(since, most) {
      const closed = await list({ status: 'closed', activeAt: { $gte: since } }, { activeAt: -1 }, most);
      return closed.flatMap(({ stays }) => {
        const last = stays.at(-1);
        if (last === undefined || last.claimedAt === null || last.endedAt === null) return [];
        return [
          {
            waitMs: last.claimedAt.getTime() - last.requestedAt.getTime(),
            handlingMs: last.endedAt.getTime() - last.claimedAt.getTime(),
          },
        ];
      });
    },
    listRequestedSince: (since) => list({ 'stays.requestedAt': { $gte: since } } as never, {}, 0),
    async listWordsDue(now, most) {
      const found = await collection
        .find({ wordsDueAt: { $lte: now } } as never)
        .sort({ wordsDueAt: 1 })
        .limit(most)
        .project({ contact: 1, activeAt: 1, openedAt: 1, wordsDueAt: 1 })
        .toArray();
      return (found as unknown as ConversationDocument[]).map((document) => ({
        ...toConversation(document),
        dueAt: document.wordsDueAt ?? now,
      }));
    },
    async setWords({ id, dueAt }, words, nextDueAt) {
      await collection.updateOne(
        { _id: new Types.ObjectId(id), wordsDueAt: dueAt } as never,
        (nextDueAt === null
          ? { $set: { words }, $unset: { wordsDueAt: '' } }
          : { $set: { words, wordsDueAt: nextDueAt } }) as never,
      );
    },
  };
}

function queryOf(filter: InboxFilter): object {
  const { view, me, words, status, agent, reason, skill, tag, from, to } = filter;
  const mine = { $or: [{ 'handling.agent.id': me }, { 'handling.joined.id': me }] };
  const last = words.at(-1);
  const found = [
    ...words.slice(0, -1).map((word) => ({ words: word })),
    ...(last === undefined ? [] : [{ words: { $regex: `^${last}` } }]),
  ];
  return {
    $and: [
      {
        queue: { status: 'queued' },
        mine: { status: 'active', ...mine },
        all: {},
        closed: { status: 'closed' },
      }[view],
      status === undefined ? {} : { status },
      agent === undefined
        ? {}
        : agent === 'none'
          ? { handling: { $exists: false } }
          : { $or: [{ 'handling.agent.id': agent }, { 'stays.agent.id': agent }] },
      reason === undefined ? {} : { 'stays.reason': reason },
      skill === undefined ? {} : { 'queue.skill': skill },
      tag === undefined ? {} : { 'closing.tags': tag },
      from === undefined ? {} : { activeAt: { $gte: from } },
      to === undefined ? {} : { activeAt: { $lt: to } },
      ...found,
    ],
  };
}

function behind({ activeAt, id }: { readonly activeAt: Date; readonly id: string }): object {
  return { $or: [{ activeAt: { $lt: activeAt } }, { activeAt, _id: { $lt: new Types.ObjectId(id) } }] };
}
