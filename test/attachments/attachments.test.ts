import { createConnection } from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAttachmentStore } from '../../src/attachments/attachment-store.ts';
import { type Attachments, createAttachments } from '../../src/attachments/attachments.ts';
import { LARGEST_ATTACHMENT } from '../../src/contracts/attachments.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { ensureIndexes } from '../../src/storage/ensure-indexes.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import { createReadableLog } from '../support/log.ts';
import { NOT_TAKEN, pdfOf, png, SAMPLES } from './samples.ts';

const HOUR_MS = 60 * 60 * 1_000;
const LAN = 'contact:lan';
const MAI = 'account:mai';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let attachments: Attachments;
let now = new Date('2026-11-30T03:00:00Z');
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  const store = createAttachmentStore(connection);
  await ensureIndexes(connection, createLogger('silent'));
  attachments = createAttachments({
    store,
    isStoreUp: () => true,
    logger: createLogger('silent'),
    now: () => now,
  });
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

const files = () => database.client.db().collection('attachments.files');
const chunks = () => database.client.db().collection('attachments.chunks');
beforeEach(async () => {
  await files().deleteMany({});
  await chunks().deleteMany({});
  now = new Date('2026-11-30T03:00:00Z');
});

async function* inPieces(bytes: Buffer, length = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
const upload = (bytes: Buffer = png(), owner: typeof LAN | typeof MAI = LAN) =>
  attachments.store(inPieces(bytes), 'ảnh.png', owner);
async function read(id: string): Promise<Buffer> {
  return Buffer.concat(await attachments.open(id).toArray());
}

describe('a file', () => {
  it('comes back byte by byte, whatever pieces it came in', async () => {
    const bytes = pdfOf(1_234_567);
    const stored = await Promise.all([
      attachments.store(inPieces(bytes), 'a.pdf', LAN),
      attachments.store(inPieces(bytes, 7_919), 'b.pdf', LAN),
    ]);
    for (const { id, size } of stored) {
      expect(size).toBe(bytes.length);
      expect((await read(id)).equals(bytes)).toBe(true);
      expect(await attachments.find(id)).toMatchObject({ id, size, type: 'application/pdf', owner: LAN });
    }
  });

  it.each(Object.entries(SAMPLES))('is %s by its content alone', async (type, bytes) => {
    const { id } = await attachments.store(inPieces(bytes, 3), 'tên sai.exe', LAN);
    expect(await attachments.find(id)).toMatchObject({ type, size: bytes.length });
  });

  it('may be a picture behind a long colour profile', async () => {
    expect(await upload(png(40_000))).toMatchObject({ type: 'image/png' });
  });

  it.each(Object.entries(NOT_TAKEN))('is not taken when it is %s', async (_name, bytes) => {
    await expect(upload(bytes)).rejects.toMatchObject({ code: 'attachment_type' });
    expect(await chunks().countDocuments()).toBe(0);
  });

  it('of the largest size is taken, and one byte more leaves nothing behind', async () => {
    expect(await upload(pdfOf(LARGEST_ATTACHMENT))).toMatchObject({ size: LARGEST_ATTACHMENT });
    const before = await chunks().countDocuments();
    const tooLarge = upload(pdfOf(LARGEST_ATTACHMENT + 1));
    await expect(tooLarge).rejects.toMatchObject({ code: 'attachment_too_large' });
    expect(await chunks().countDocuments()).toBe(before);
    expect(await files().countDocuments()).toBe(1);
  });

  it('that breaks off on its way leaves nothing behind', async () => {
    const broken = async function* () {
      yield pdfOf(600_000);
      throw new Error('đứt mạng');
    };
    await expect(attachments.store(broken(), 'a.pdf', LAN)).rejects.toThrow('đứt mạng');
    expect(await chunks().countDocuments()).toBe(0);
    expect(await files().countDocuments()).toBe(0);
  });

  it('is there for those who know its whole id only', async () => {
    const { id } = await upload();
    const other = id.slice(0, 25) + (await upload()).id.slice(25);
    for (const wrong of [other, id.slice(0, 24), `${id}x`, '', id.toUpperCase()])
      expect(await attachments.find(wrong)).toBeNull();
  });
});

describe('sending files', () => {
  it('ties them to the conversation and tells what to show, as often as it is asked', async () => {
    const [one, two] = [await upload(), await upload(SAMPLES['application/pdf'])];
    const bubbles = await attachments.claim([two.id, one.id], 'c1', LAN);
    expect(bubbles).toEqual([
      {
        kind: 'file',
        url: `attachments/${two.id}`,
        name: 'ảnh.pdf',
        type: 'application/pdf',
        size: two.size,
      },
      { kind: 'file', url: `attachments/${one.id}`, name: 'ảnh.png', type: 'image/png', size: one.size },
    ]);
    expect(await attachments.claim([two.id, one.id], 'c1', LAN)).toEqual(bubbles);
    expect(await attachments.claim([], 'c1', LAN)).toEqual([]);
  });

  it('is refused for files of others, of other conversations, and of none', async () => {
    const [lans, mais] = [await upload(), await upload(png(), MAI)];
    await attachments.claim([lans.id], 'c1', LAN);
    for (const [id, conversation, owner] of [
      [mais.id, 'c1', LAN],
      [lans.id, 'c1', MAI],
      [lans.id, 'c2', LAN],
      [`${'f'.repeat(24)}.${'x'.repeat(22)}`, 'c1', LAN],
      ['nope', 'c1', LAN],
    ] as const)
      await expect(attachments.claim([id], conversation, owner)).rejects.toMatchObject({
        code: 'attachment_not_found',
      });
  });

  it('gives a file to one of two conversations that want it at once', async () => {
    const { id } = await upload();
    const tries = await Promise.allSettled(['c1', 'c2'].map((one) => attachments.claim([id], one, LAN)));
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('forgetting files', () => {
  it('takes what was not sent for a day, and nothing else', async () => {
    const [unsent, sent] = [await upload(), await upload()];
    await attachments.claim([sent.id], 'c1', LAN);
    now = new Date(now.getTime() + 24 * HOUR_MS);
    const fresh = await upload();
    now = new Date(now.getTime() + HOUR_MS);
    expect(await attachments.sweep()).toBe(1);
    expect(await attachments.find(unsent.id)).toBeNull();
    for (const { id } of [sent, fresh]) expect((await read(id)).equals(png())).toBe(true);
    expect(await chunks().countDocuments()).toBe(2);
  });

  it('takes a conversation’s files, to the last byte', async () => {
    const [ours, theirs] = [await upload(pdfOf(600_000)), await upload()];
    await attachments.claim([ours.id], 'c1', LAN);
    await attachments.claim([theirs.id], 'c2', LAN);
    await attachments.removeOf('c1');
    expect(await attachments.find(ours.id)).toBeNull();
    expect((await read(theirs.id)).equals(png())).toBe(true);
    expect(await chunks().countDocuments()).toBe(1);
  });

  it('takes up a removal and an upload that a crash broke off', async () => {
    const { id } = await upload();
    await attachments.claim([id], 'c1', LAN);
    await files().updateOne({}, { $set: { 'metadata.removing': true } });
    expect(await attachments.find(id)).toBeNull();
    await upload();
    await files().deleteOne({ 'metadata.conversation': null });
    expect(await chunks().countDocuments()).toBe(2);
    now = new Date(now.getTime() + 25 * HOUR_MS);
    await attachments.sweep();
    expect(await chunks().countDocuments()).toBe(0);
    expect(await files().countDocuments()).toBe(0);
  });

  it('leaves an upload that is under way alone', async () => {
    const uploading = async function* () {
      yield pdfOf(600_000);
      await attachments.sweep();
      yield Buffer.from('end');
    };
    const { id } = await attachments.store(uploading(), 'a.pdf', LAN);
    expect(await read(id)).toHaveLength(600_003);
  });

  it('happens by itself at the start, and says so when it cannot', async () => {
    const log = createReadableLog();
    const store = createAttachmentStore(connection);
    const open = (removeUnsent = store.removeUnsent) =>
      createAttachments({
        store: { ...store, removeUnsent },
        isStoreUp: () => true,
        logger: log.logger,
        now: () => new Date(now.getTime() + 25 * HOUR_MS),
      });
    await upload();
    for (const part of [open(), open(() => Promise.reject(new Error('đứt dây')))]) {
      part.start();
      await part.stop();
    }
    expect(await files().countDocuments()).toBe(0);
    expect(log.lines()).toMatchObject([
      { level: 30, removed: 1 },
      { level: 40, reason: 'đứt dây' },
    ]);
  });
});

describe('uploads', () => {
  it('are twenty in ten minutes for each owner, also when they come at once', async () => {
    const tries = await Promise.allSettled(Array.from({ length: 25 }, () => attachments.admit(LAN)));
    const refused = tries.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(5).fill('too_many_attachments'));
    await attachments.admit(MAI);
    now = new Date(now.getTime() + 10 * 60_000);
    await attachments.admit(LAN);
  });

  it('are refused while the store is away', async () => {
    const away = createAttachments({
      store: createAttachmentStore(connection),
      isStoreUp: () => false,
      logger: createLogger('silent'),
    });
    const refused = { code: 'store_unavailable' };
    await expect(away.admit(LAN)).rejects.toMatchObject(refused);
    await expect(away.store(inPieces(png()), 'a.png', LAN)).rejects.toMatchObject(refused);
    await expect(away.find(`${'f'.repeat(24)}.${'x'.repeat(22)}`)).rejects.toMatchObject(refused);
  });

  it('leave the store with the indexes that GridFS asks for, and no others', async () => {
    await upload();
    const log = createReadableLog();
    await ensureIndexes(connection, log.logger);
    expect(log.lines()).toEqual([]);
  });
});
