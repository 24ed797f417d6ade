/** Every migration of the product, in the order of their numbers. Never changed once released; only added to. */
import type { Migration } from './migrations.ts';

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
];
