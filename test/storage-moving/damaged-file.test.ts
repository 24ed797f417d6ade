import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mongo } from 'mongoose';
import { afterAll, describe, expect, it } from 'vitest';
import { exportStore } from '../../src/storage/export-store.ts';
import { importStore } from '../../src/storage/import-store.ts';
import { formatDocument, parseLine } from '../../src/storage/store-lines.ts';
import { openTestFolder, openTestStore } from './stores.ts';

type Edit = (lines: string[]) => string[];
const DAMAGES: readonly { readonly name: string; readonly edit: Edit; readonly says: string }[] = [
  {
    name: 'a value was changed',
    edit: (lines) => lines.map((line) => line.replace('câu 7"', 'câu 8"')),
    says: 'was changed after the export',
  },
  {
    name: 'a line is no JSON any more',
    edit: (lines) => lines.map((line, index) => (index === 5 ? line.slice(0, -4) : line)),
    says: 'line 6 is not Extended JSON',
  },
  {
    name: 'a line is JSON, but no Extended JSON',
    edit: (lines) => lines.map((line, index) => (index === 5 ? line.replace('"$oid":"', '$&x') : line)),
    says: 'line 6 is not Extended JSON',
  },
  {
    name: 'a line is missing',
    edit: (lines) => lines.filter((_, index) => index !== 5),
    says: 'has 19 documents of notes where the footer says 20',
  },
  { name: 'the end is missing', edit: (lines) => lines.slice(0, 10).concat(''), says: 'has no footer' },
  {
    name: 'the file ends within a line',
    edit: (lines) => lines.slice(0, 10).concat('{"c":"no'),
    says: 'ends in the middle of line 11',
  },
  { name: 'the header is missing', edit: (lines) => lines.slice(1), says: 'line 1 is not the header' },
  {
    name: 'a newer program wrote it',
    edit: (lines) => lines.map((line) => line.replace('"version":1', '"version":2')),
    says: 'format version 2, this program knows 1',
  },
  {
    name: 'something comes after the footer',
    edit: (lines) => [...lines.slice(0, -1), lines[1] ?? '', ''],
    says: 'line 23 comes after the footer',
  },
  { name: 'it is empty', edit: () => [], says: 'is empty' },
];

const source = await openTestStore({ after: afterAll });
const target = await openTestStore({ after: afterAll });
const notes = Array.from({ length: 20 }, (_, index) => ({ n: index, text: `câu ${index}` }));
await source.db.collection('notes').insertMany(notes);

async function exportTwenty(name: string): Promise<string> {
  const file = path.join(await openTestFolder(), name);
  await exportStore({ db: source.db, file });
  return file;
}

describe('a file that is not as it was exported', () => {
  it.each(DAMAGES)('is refused before anything is written when $name', async ({ edit, says }) => {
    const file = await exportTwenty('store.jsonl');
    const lines = (await readFile(file, 'utf8')).split('\n');
    const edited = edit(lines);
    expect(edited).not.toEqual(lines);
    await writeFile(file, edited.join('\n'));
    await expect(importStore({ db: target.db, file })).rejects.toThrow(says);
    expect(await target.db.listCollections().toArray()).toEqual([]);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
    ['overwritten in the middle', (bytes: Buffer) => Buffer.from(bytes).fill(0x55, 200, 240)],
  ])('is refused when its gzip is %s', async (_, damage) => {
    const file = await exportTwenty('store.jsonl.gz');
    await writeFile(file, damage(await readFile(file)));
    await expect(importStore({ db: target.db, file })).rejects.toMatchObject({ code: 'damaged_file' });
    expect(await target.db.listCollections().toArray()).toEqual([]);
  });

  it('is refused with its name when it is not there', async () => {
    const importing = importStore({ db: target.db, file: 'no-such-file.jsonl' });
    await expect(importing).rejects.toMatchObject({
      code: 'file_not_readable',
      message: expect.stringContaining('no-such-file.jsonl'),
    });
  });
});

describe('a document that the driver cannot write unchanged', () => {
  it('stays whole in its line and is marked', () => {
    const { BSON } = mongo;
    const bytes = BSON.serialize({ _id: 1, at: BSON.Long.MAX_VALUE });
    const at = Buffer.from(bytes).indexOf('at');
    bytes[at - 1] = 9; // The type of a date: one beyond what JavaScript can hold.

    const line = parseLine(formatDocument('notes', bytes), 2);

    expect(line).toMatchObject({ kind: 'document', collection: 'notes', writable: false });
    expect(line.kind === 'document' && Buffer.compare(line.bytes, bytes)).toBe(0);
  });
});
