import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { afterAll, expect, it, vi } from 'vitest';
import { startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { bundlePrograms } from '../support/bundled-programs.ts';
import { examineDatabase } from './examine-database.ts';
import { createPromises } from './promises.ts';

/** Another seed is another run: `FAULT_SEED=7 npx vitest run --project storage test/storage-faults/kill.test.ts`. */
const SEED = Number(process.env['FAULT_SEED'] ?? 1);
const KILLS = Number(process.env['FAULT_KILLS'] ?? 50);
/** One kill of these many strikes while the server starts, the others while it is written to. */
const EARLY = 5;
/** Longer than a start takes, so that an early kill can strike any part of one. */
const START_MS = 400;
/** How long writing may go on before the kill: some hundred writes. */
const WRITING_MS = 250;

const programs = await bundlePrograms('writer');
const folder = await mkdtemp(path.join(tmpdir(), 'killed-'));
afterAll(async () => {
  await programs.close();
  await rm(folder, { recursive: true });
});

it(`keeps every acknowledged write through ${KILLS} kills, none twice, none by halves`, async () => {
  const random = seededRandom(SEED);
  const promises = createPromises();
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = programs.start('writer', folder, `${kill}`, `${Math.floor(random() * 2 ** 32)}`);
    if (kill % EARLY === EARLY - 1) await sleep(random() * START_MS);
    else {
      while (!(await writer.nextLine()).startsWith('{"done"')) {
        // The kill waits for the first acknowledgement.
      }
      await sleep(random() * WRITING_MS);
    }
    writer.kill();
    const { signal, complaint } = await writer.ended;
    expect({ kill, signal, complaint }).toEqual({ kill, signal: 'SIGKILL', complaint: '' });
    promises.read(writer.lines);
    expect({ kill, complaints: promises.complaints }).toEqual({ kill, complaints: [] });
  }
  // Fewer would mean that the kills struck nothing.
  expect(promises.acknowledged()).toBeGreaterThan(KILLS * 10);
  expect(promises.unsure()).toBeGreaterThan(KILLS);
  console.info(
    `${KILLS} kills: ${promises.acknowledged()} writes acknowledged, ${promises.unsure()} cut off`,
  );

  const server = await startEmbeddedMongo({ folder, ttlIntervalMs: 20 });
  const client = await new MongoClient(server.uri).connect();
  try {
    const db = client.db('faults');
    expect(await promises.brokenIn(db)).toEqual([]);
    // What has expired goes, also what the kills kept from going.
    await vi.waitFor(
      async () =>
        expect(await db.collection('sessions').countDocuments({ until: { $lt: Date.now() } })).toBe(0),
      { timeout: 20_000 },
    );
    expect(await promises.brokenIn(db)).toEqual([]);
    const found = await examineDatabase(db);
    expect(Object.keys(found)).toEqual(['ledgers', 'sessions', 'tickets']);
    for (const [name, { valid, errors, documents, counted, alongIndex }] of Object.entries(found)) {
      expect({ name, valid, errors }).toEqual({ name, valid: true, errors: [] });
      expect({ name, counted }).toEqual({ name, counted: documents });
      if (name === 'tickets')
        expect(alongIndex).toMatchObject({
          code_1: documents,
          owner_1_state_1_at_1: documents,
          tags_1: documents,
        });
    }
  } finally {
    await client.close();
    await server.close();
  }
}, 240_000);
