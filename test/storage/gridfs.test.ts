import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GridFSBucket, ObjectId } from 'mongodb';
import { describe, expect } from 'vitest';
import { openStorage } from '../support/storage.ts';

const storage = await openStorage('gridfs');
const { db, it } = storage;
const bucket = new GridFSBucket(db, { chunkSizeBytes: 100_000 });

/** Bytes that differ from place to place, so that a lost or doubled chunk shows. */
function someBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8)) & 255;
  return bytes;
}

async function upload(name: string, bytes: Buffer): Promise<ObjectId> {
  const stream = bucket.openUploadStream(name, { metadata: { from: 'test' } });
  await pipeline(Readable.from([bytes]), stream);
  return stream.id;
}

async function download(id: ObjectId, options?: { start: number; end: number }): Promise<Buffer> {
  return Buffer.concat(await bucket.openDownloadStream(id, options).toArray());
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('files', () => {
  it('come back byte by byte', async () => {
    const bytes = someBytes(2_345_678);
    const id = await upload('anh.png', bytes);
    expect(digest(await download(id))).toBe(digest(bytes));
    const [file] = await bucket.find({ filename: 'anh.png' }).toArray();
    expect(file).toMatchObject({ length: 2_345_678, chunkSize: 100_000, metadata: { from: 'test' } });
    expect(await db.collection('fs.chunks').countDocuments({ files_id: id })).toBe(24);
  });

  it('come back in part', async () => {
    const bytes = someBytes(350_000);
    const id = await upload('phần', bytes);
    const part = await download(id, { start: 99_990, end: 200_010 });
    expect(part.equals(bytes.subarray(99_990, 200_010))).toBe(true);
  });

  it('may be empty', async () => {
    const id = await upload('rỗng', Buffer.alloc(0));
    expect(await download(id)).toHaveLength(0);
  });

  it('come back by name, the newest first', async () => {
    await upload('bản', Buffer.from('cũ'));
    await upload('bản', Buffer.from('mới'));
    const newest = Buffer.concat(await bucket.openDownloadStreamByName('bản').toArray());
    expect(newest.toString()).toBe('mới');
    const first = Buffer.concat(await bucket.openDownloadStreamByName('bản', { revision: 0 }).toArray());
    expect(first.toString()).toBe('cũ');
  });

  it('are renamed', async () => {
    const id = await upload('trước', Buffer.from('x'));
    await bucket.rename(id, 'sau');
    expect(await bucket.find({ filename: 'trước' }).toArray()).toEqual([]);
    expect((await bucket.find({ filename: 'sau' }).toArray()).map((file) => file._id)).toEqual([id]);
  });

  it('are deleted with all their chunks', async () => {
    const id = await upload('xoá', someBytes(250_000));
    await bucket.delete(id);
    expect(await db.collection('fs.chunks').countDocuments({ files_id: id })).toBe(0);
    await expect(download(id)).rejects.toThrow('FileNotFound');
  });

  it('that are not there are an error', async () => {
    await expect(download(new ObjectId())).rejects.toThrow('FileNotFound');
    await expect(bucket.delete(new ObjectId())).rejects.toThrow('File not found');
  });

  it('have the indexes that GridFS makes for itself', async () => {
    await upload('chỉ mục', Buffer.from('x'));
    const chunks = await db.collection('fs.chunks').listIndexes().toArray();
    expect(chunks).toContainEqual(expect.objectContaining({ key: { files_id: 1, n: 1 }, unique: true }));
    const files = await db.collection('fs.files').listIndexes().toArray();
    expect(files).toContainEqual(expect.objectContaining({ key: { filename: 1, uploadDate: 1 } }));
  });
});
