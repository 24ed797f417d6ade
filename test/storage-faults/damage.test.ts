import { copyFile, mkdir, mkdtemp, open, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Db, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { bundlePrograms, type Ending } from '../support/bundled-programs.ts';
import type { Examined } from './programs/examine.ts';

const DOCUMENTS = 3_000;
const PAGE_BYTES = 4096;
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);

const programs = await bundlePrograms('examine');
let home: string;
let whole: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'damaged-'));
  whole = path.join(home, 'whole');
  const server = await startEmbeddedMongo({ folder: whole });
  const client = await new MongoClient(server.uri).connect();
  await fill(client.db('desk'));
  await client.close();
  await server.close();
});
afterAll(async () => {
  await programs.close();
  await rm(home, { recursive: true });
});

async function fill(db: Db): Promise<void> {
  const tickets = db.collection<{ _id: number; code: string; tags: string[]; text: string }>('tickets');
  await tickets.createIndexes([{ key: { code: 1 }, unique: true }, { key: { tags: 1 } }]);
  await tickets.insertMany(
    Array.from({ length: DOCUMENTS }, (_, n) => ({
      _id: n,
      code: `PA-${n}`,
      tags: [`a${n % 10}`, `b${n}`],
      text: 'Không đăng nhập được VssID. '.repeat(n % 20),
    })),
  );
  // Deleted documents leave free pages, which a damage may hit too.
  await tickets.deleteMany({ _id: { $gte: DOCUMENTS - 500 } });
  await tickets.insertMany(
    Array.from({ length: 500 }, (_, n) => ({ _id: DOCUMENTS - 500 + n, code: `B-${n}`, tags: [], text: '' })),
  );
  await db.collection<{ _id: string }>('settings').insertOne({ _id: 'live' });
}

/** What a process of its own says of a copy of the store in which `damage` was done. */
async function examineDamaged(
  name: string,
  damage: (file: string, folder: string) => Promise<unknown>,
): Promise<Ending & { readonly examined: Examined | undefined }> {
  const folder = path.join(home, name);
  await mkdir(folder);
  for (const file of ['store.mdb', 'FORMAT']) await copyFile(path.join(whole, file), path.join(folder, file));
  await damage(path.join(folder, 'store.mdb'), folder);
  const program = programs.start('examine', folder, 'desk');
  const ending = await program.ended;
  const [line] = program.lines;
  await rm(folder, { recursive: true });
  return { ...ending, examined: line === undefined ? undefined : (JSON.parse(line) as Examined) };
}

/** Overwrites part of a file. */
async function overwrite(file: string, at: number, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

const zeros = (length: number): Buffer => Buffer.alloc(length);

/** Not a crash, and not a word about something else than damage. */
function expectRefusal({
  code,
  signal,
  complaint,
  examined,
}: Awaited<ReturnType<typeof examineDamaged>>): void {
  expect({ code, signal, complaint }).toEqual({ code: 0, signal: null, complaint: '' });
  expect(examined).toMatchObject({ failed: { code: 'damaged' } });
  // It says what to do.
  expect((examined as { failed: { message: string } }).failed.message).toMatch(/backup|import/);
}

const damages: Readonly<Record<string, (file: string, folder: string) => Promise<unknown>>> = {
  'cut to half': async (file) =>
    truncate(file, Math.floor((await stat(file)).size / 2 / PAGE_BYTES) * PAGE_BYTES),
  'cut in the middle of a page': async (file) =>
    truncate(file, Math.floor((await stat(file)).size / 2) + 100),
  'cut by its last page in use': async (file) => truncate(file, (await stat(file)).size - PAGE_BYTES),
  'cut to its two meta pages': (file) => truncate(file, 2 * PAGE_BYTES),
  'cut to one byte': (file) => truncate(file, 1),
  emptied: (file) => truncate(file, 0),
  'without its first page': (file) => overwrite(file, 0, zeros(PAGE_BYTES)),
  'without both meta pages': (file) => overwrite(file, 0, zeros(2 * PAGE_BYTES)),
  'all zeros': async (file) => writeFile(file, zeros((await stat(file)).size)),
  'text instead of data': async (file) => writeFile(file, 'this is not a store\n'.repeat(50_000)),
  'noise instead of data': async (file) => {
    const random = seededRandom(3);
    await writeFile(file, Buffer.from(Array.from({ length: 200_000 }, () => Math.floor(random() * 256))));
  },
  gone: (file) => rm(file),
};

describe('a store whose file is', () => {
  for (const [name, damage] of Object.entries(damages)) {
    it(`${name} is refused, with a word on what to do`, async () => {
      expectRefusal(await examineDamaged(name.replaceAll(' ', '-'), damage));
    });
  }

  it('undamaged opens with all it had', async () => {
    const { examined } = await examineDamaged('undamaged', async () => {});
    expect(examined).toMatchObject({
      collections: {
        settings: { valid: true, documents: 1 },
        tickets: { valid: true, documents: DOCUMENTS, counted: DOCUMENTS, alongIndex: { code_1: DOCUMENTS } },
      },
    });
  });

  it('undamaged, but its FORMAT is lost, opens with all it had', async () => {
    const { examined } = await examineDamaged('no-format', (_, folder) => rm(path.join(folder, 'FORMAT')));
    expect(examined).toMatchObject({ collections: { tickets: { valid: true, documents: DOCUMENTS } } });
  });

  it('undamaged, but its FORMAT is not readable, is refused', async () => {
    expectRefusal(
      await examineDamaged('bad-format', (_, folder) => writeFile(path.join(folder, 'FORMAT'), '{')),
    );
  });

  it('without its second meta page opens with all it had, or is refused', async () => {
    const result = await examineDamaged('second-meta', (file) =>
      overwrite(file, PAGE_BYTES, zeros(PAGE_BYTES)),
    );
    if (result.examined !== undefined && 'collections' in result.examined)
      expect(result.examined).toMatchObject({
        collections: { tickets: { valid: true, documents: DOCUMENTS } },
      });
    else expectRefusal(result);
  });
});

describe('a store with flipped bytes in the middle', () => {
  for (const seed of SEEDS) {
    it(`opens whole or is refused, never without a word less than it was (seed ${seed})`, async () => {
      const result = await examineDamaged(`flipped-${seed}`, (file) => flip(file, seed));
      const { examined } = result;
      if (examined === undefined || 'failed' in examined) return expectRefusal(result);
      expect(result).toMatchObject({ code: 0, signal: null });
      expect(examined.collections).toMatchObject({
        settings: { valid: true, errors: [], documents: 1 },
        tickets: { valid: true, errors: [], documents: DOCUMENTS, counted: DOCUMENTS },
      });
    });
  }
});

/** Turns 32 random bytes behind the meta pages into other ones. */
async function flip(file: string, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const bytes = await readFile(file);
  for (let n = 0; n < 32; n++) {
    const at = 2 * PAGE_BYTES + Math.floor(random() * (bytes.length - 2 * PAGE_BYTES));
    bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(random() * 255));
  }
  await writeFile(file, bytes);
}
