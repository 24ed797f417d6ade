/** Incidents on a real store: one or more nodes of them, with a clock that stands still. */
import { createConnection } from 'mongoose';
import { sayTextFaults } from '../../src/contracts/answer-text.ts';
import type { IncidentDraft } from '../../src/contracts/incidents.ts';
import { createBucketStore } from '../../src/incidents/bucket-store.ts';
import { createIncidentStore } from '../../src/incidents/incident-store.ts';
import { createIncidents, type Editor, type IncidentsDeps } from '../../src/incidents/incidents.ts';
import { createLiveIncidents } from '../../src/incidents/live-incidents.ts';
import { createQuestionCounter } from '../../src/incidents/question-counter.ts';
import { createRiseWatch } from '../../src/incidents/rise-watch.ts';
import { createSuspicionStore } from '../../src/incidents/suspicion-store.ts';
import { createTelling, type TellingDeps } from '../../src/incidents/telling.ts';
import { createTouchStore } from '../../src/incidents/touch-store.ts';
import { createTouches } from '../../src/incidents/touches.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { ensureIndexes } from '../../src/storage/ensure-indexes.ts';
import { openDatabase } from '../support/database.ts';

export const LAN: Editor = { id: 'a'.repeat(24), name: 'Lan', address: '10.0.0.1' };
export const BEGINNING = new Date('2026-11-30T03:00:00Z');
export const MINUTE_MS = 60_000;

export const DRAFT: IncidentDraft = {
  title: 'Không nhận được OTP',
  affects: { all: false, intents: ['otp.missing'] },
  answer: { markdown: 'Tin nhắn OTP đang gửi chậm.', place: 'above' },
  banner: { text: 'Tin nhắn OTP đang gửi chậm, Anh/Chị chờ 15 phút rồi thử lại.', level: 'warning' },
  endsAt: null,
};

export async function openIncidentRoom() {
  const database = await openDatabase();
  const connection = await createConnection(database.uri).asPromise();
  const stores = {
    incidents: createIncidentStore(connection),
    suspicions: createSuspicionStore(connection),
    buckets: createBucketStore(connection),
    touches: createTouchStore(connection),
  };
  let at = BEGINNING;
  const now = (): Date => at;
  const logger = createLogger('silent');
  await ensureIndexes(connection, logger);
  const audited: Parameters<IncidentsDeps['audit']>[0][] = [];
  const state = { isStoreUp: true };
  const isStoreUp = (): boolean => state.isStoreUp;
  /** Repeating jobs are done by hand. */
  const never = 3_600_000;

  const openNode = ({
    announce = async () => undefined,
  }: {
    readonly announce?: TellingDeps['announce'];
  } = {}) => {
    const live = createLiveIncidents({
      listOpen: stores.incidents.listOpen,
      listRising: stores.suspicions.listRising,
      isStoreUp,
      logger,
      now,
      lookEveryMs: never,
    });
    return {
      live,
      incidents: createIncidents({
        store: stores.incidents,
        suspicions: stores.suspicions,
        touches: stores.touches,
        buckets: stores.buckets,
        hasIntent: (intent) => intent !== 'no.such',
        checkAnswer: async (markdown) => sayTextFaults(markdown, new Set(['otp.png'])),
        refresh: live.refresh,
        audit: async (entry) => audited.push(entry),
        now,
      }),
      counter: createQuestionCounter({
        store: stores.buckets,
        isQuestion: (intent) => !intent.startsWith('smalltalk.'),
        isStoreUp,
        logger,
        now,
        writeEveryMs: never,
      }),
      watch: createRiseWatch({
        buckets: stores.buckets,
        suspicions: stores.suspicions,
        isKnown: (subject) =>
          live
            .active()
            .some(({ affects }) => affects.intents.some((intent) => subject === `intent:${intent}`)),
        takeTurn: async () => true,
        isStoreUp,
        logger,
        now,
        lookEveryMs: never,
      }),
      touches: createTouches({
        store: stores.touches,
        active: live.active,
        isStoreUp,
        logger,
        now,
        writeEveryMs: never,
      }),
      telling: createTelling({
        store: stores.incidents,
        touches: stores.touches,
        announce,
        takeTurn: async () => true,
        isStoreUp,
        logger,
        now,
        lookEveryMs: never,
      }),
    };
  };

  return {
    stores,
    state,
    audited,
    openNode,
    now,
    collection: (name: string) => database.client.db().collection(name),
    pass(ms: number) {
      at = new Date(at.getTime() + ms);
    },
    async empty() {
      at = BEGINNING;
      state.isStoreUp = true;
      audited.length = 0;
      for (const name of ['incidents', 'incident_suspicions', 'incident_buckets', 'incident_touches'])
        await database.client.db().collection(name).deleteMany({});
    },
    async close() {
      await connection.destroy();
      await database.drop();
    },
  };
}

export type IncidentRoom = Awaited<ReturnType<typeof openIncidentRoom>>;
