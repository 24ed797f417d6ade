import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { open } from 'lmdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTable } from '../../src/embedded-mongo/store/sealed-table.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'sealed-'));
const root = open({ path: path.join(folder, 'store.mdb'), noSubdir: true, maxDbs: 2 });
const table = openTable(root, 'documents');
const raw = root.openDB<Buffer, Buffer>('documents', { encoding: 'binary', keyEncoding: 'binary' });
const [good, bad] = [Buffer.from('good'), Buffer.from('bad')];

beforeAll(() =>
  root.transactionSync(() => {
    for (const key of [good, bad]) table.put(key, Buffer.from('what was written'));
    const stored = Buffer.from(raw.get(bad) ?? good);
    stored[stored.length - 1] = (stored.at(-1) ?? 0) ^ 1;
    raw.put(bad, stored);
  }),
);
afterAll(async () => {
  await root.close();
  rmSync(folder, { recursive: true });
});

it('gives back what was written', () => {
  expect(table.get(good)?.toString()).toBe('what was written');
  expect(table.get(Buffer.from('nothing'))).toBeUndefined();
});

it('refuses a value of which one bit has changed, read alone or in a row', () => {
  const damaged = { code: 246, codeName: 'DataCorruptionDetected' };
  expect(() => table.get(bad)).toThrow(expect.objectContaining(damaged));
  expect(() => [...table.range({})]).toThrow(expect.objectContaining(damaged));
});
