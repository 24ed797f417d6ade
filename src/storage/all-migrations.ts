/** Every migration of the product, in the order of their numbers. Never changed once released; only added to. */
import type { Migration } from './migrations.ts';

/** NamespaceNotFound, IndexNotFound. */
const NOTHING_THERE: ReadonlySet<unknown> = new Set([26, 27]);

export const MIGRATIONS: readonly Migration[] = [
  {
    number: 1,
    name: 'places in the queue',
    async run(database) {
      await database.collection('conversations').updateMany({ status: 'queued', queue: { $exists: false } }, [
        {
          $set: {
            activeAt: '$queuedAt',
            queue: { queuedAt: '$queuedAt', priority: 0, skill: null, notTo: null, knowsDutyEnded: false },
            stays: [
              {
                reason: 'asked',
                requestedAt: '$queuedAt',
                claimedAt: null,
                agent: null,
                endedAt: null,
                end: null,
              },
            ],
          },
        },
        { $unset: ['queuedAt', 'handoverReason'] },
      ]);
    },
  },
  {
    number: 2,
    name: 'no numbers of contacts in the clear',
    // They come again, under seal, when the contact does.
    async run(database) {
      await database.collection('contacts').updateMany(
        { $or: [{ phone: { $exists: true } }, { bhxhNumber: { $exists: true } }] },
        {
          $unset: { phone: '', bhxhNumber: '' },
        },
      );
    },
  },
  {
    number: 3,
    name: 'tickets with a history and deadlines',
    // Nobody could change one before: all are new, and their time runs since they were made.
    async run(database) {
      const clock = (limitMs: number) => ({
        limitMs,
        usedMs: 0,
        runningSince: '$createdAt',
        dueAt: null,
        warnAt: null,
        warnedAt: null,
        breachedAt: null,
        metAt: null,
      });
      await database.collection('tickets').updateMany({ revision: { $exists: false } }, [
        {
          $set: {
            complaintType: { $cond: [{ $eq: ['$kind', 'complaint'] }, 'report', null] },
            outcome: null,
            reason: null,
            mergedInto: null,
            category: null,
            email: null,
            office: { $ifNull: ['$office', null] },
            phone: { $ifNull: ['$phone', null] },
            name: { $ifNull: ['$name', null] },
            callAt: { $ifNull: ['$callAt', null] },
            score: { $ifNull: ['$score', null] },
            conversation: { $ifNull: ['$conversation', null] },
            waitingSince: { $ifNull: ['$waitingSince', null] },
            words: { $ifNull: ['$words', []] },
            priority: 'normal',
            assignee: null,
            tags: [],
            attachments: [],
            source: 'bot',
            promised: {
              $cond: [{ $eq: ['$kind', 'callback'] }, { from: '$createdAt', to: '$createdAt' }, null],
            },
            promisedFrom: { $cond: [{ $eq: ['$kind', 'callback'] }, '$createdAt', '$$REMOVE'] },
            attempts: 0,
            satisfaction: null,
            updatedAt: '$createdAt',
            endedAt: null,
            firstResponse: clock(7 * 60 * 60 * 1_000),
            resolution: clock(70 * 60 * 60 * 1_000),
            unanswered: true,
            erasedAt: null,
            revision: 1,
            entries: [
              {
                id: 1,
                at: '$createdAt',
                by: { kind: 'citizen' },
                kind: 'created',
                key: null,
                field: null,
                from: null,
                to: null,
                text: '',
                quoted: '',
                attachments: [],
                via: null,
              },
            ],
            untold: [],
            hasUntold: false,
            terms: [
              'all',
              'open',
              'status:new',
              'priority:normal',
              'source:bot',
              'assignee:none',
              'open assignee:none',
              { $concat: ['kind:', '$kind'] },
              { $concat: ['open kind:', '$kind'] },
              'open priority:normal',
              'open source:bot',
              'status:new priority:normal',
              { $concat: ['status:new kind:', '$kind'] },
              { $concat: ['kind:', '$kind', ' priority:normal'] },
            ],
            wakeAt: '$createdAt',
          },
        },
        { $unset: ['latestReply'] },
      ]);
    },
  },
  {
    number: 4,
    name: 'questions are kept as long as the settings say',
    // Two years are the longest that can be set; until it is set otherwise they go after 180 days as before.
    async run(database) {
      const expireAfterSeconds = 730 * 24 * 60 * 60;
      for (const collMod of ['questions', 'misses']) {
        const index = { keyPattern: { at: 1 }, expireAfterSeconds };
        await database.command({ collMod, index }).catch((error: { code?: unknown }) => {
          // On a store that never had them they are made so.
          if (!NOTHING_THERE.has(error.code)) throw error;
        });
      }
    },
  },
];
