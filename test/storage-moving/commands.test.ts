import { randomBytes } from 'node:crypto';
import { access, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { mongo } from 'mongoose';
import { describe, expect, it } from 'vitest';
import { exportStore } from '../../src/storage/export-store.ts';
import { openTestFolder, openTestStore, rawDocuments, startCommand, type TestStore } from './stores.ts';

/** Large enough that a command can be caught in the middle. */
const DOCUMENTS = 6000;

async function fill(store: TestStore, documents = DOCUMENTS): Promise<mongo.Collection> {
  const collection = store.db.collection('messages');
  await collection.createIndex({ seq: 1 }, { unique: true });
  for (let from = 0; from < documents; from += 2000) {
    const rows = Array.from({ length: Math.min(2000, documents - from) }, (_, index) => ({
      seq: from + index,
    }));
    await collection.insertMany(rows.map((row) => ({ ...row, text: randomBytes(250).toString('hex') })));
  }
  await store.db.collection('offices').insertMany([{ name: 'BHXH quận 1' }, { name: 'BHXH quận 3' }]);
  return collection;
}

/** Looks again and again, as soon as it may, until `reached`; gives up when the command has ended. */
async function killWhen(
  { child, ended }: ReturnType<typeof startCommand>,
  reached: () => Promise<boolean>,
): Promise<void> {
  while (child.exitCode === null && !(await reached())) await delay(1);
  child.kill('SIGKILL');
  expect(await ended).toMatchObject({ signal: 'SIGKILL' });
}

const sizeOf = async (file: string): Promise<number> => (await stat(file).catch(() => undefined))?.size ?? 0;
const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

describe('store:export', () => {
  it.each(['store.jsonl', 'store.jsonl.gz'])(
    'goes on where it was killed, and the file (%s) is as if nothing had been',
    async (name) => {
      const source = await openTestStore();
      await fill(source);
      const folder = await openTestFolder();
      const file = path.join(folder, name);
      await killWhen(
        startCommand('export', [file], source.settings),
        async () => (await sizeOf(`${file}.part`)) > 500_000,
      );
      expect(await isThere(file)).toBe(false);

      const resumed = await startCommand('export', [file, '--resume'], source.settings).ended;

      expect(resumed).toMatchObject({ code: 0 });
      const [, before] = /Went on behind the ([\d,]+) documents/.exec(resumed.output) ?? [];
      expect(Number(before?.replace(',', ''))).toBeGreaterThan(0);
      expect(Number(before?.replace(',', ''))).toBeLessThan(DOCUMENTS);
      expect(await isThere(`${file}.part`)).toBe(false);
      expect(await isThere(`${file}.part.old`)).toBe(false);

      const whole = path.join(folder, 'whole.jsonl');
      await exportStore({ db: source.db, file: whole });
      const bytes = await readFile(file);
      const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().split('\n');
      const expected = (await readFile(whole, 'utf8')).split('\n');
      // The header has the time of the export, and the checksum covers the header.
      expect(lines.slice(1, -2)).toEqual(expected.slice(1, -2));
    },
  );

  it('goes on when even going on was killed', async () => {
    const source = await openTestStore();
    await fill(source);
    const file = path.join(await openTestFolder(), 'store.jsonl');
    const part = `${file}.part`;
    await killWhen(
      startCommand('export', [file], source.settings),
      async () => (await sizeOf(part)) > 2_000_000,
    );
    await killWhen(startCommand('export', [file, '--resume'], source.settings), () => isThere(`${part}.old`));

    const resumed = await startCommand('export', [file, '--resume'], source.settings).ended;

    expect(resumed).toMatchObject({ code: 0 });
    expect(resumed.output).toContain(`Exported 6,002 documents of 2 collections`);
    expect(JSON.parse((await readFile(file, 'utf8')).split('\n').at(-2) ?? '')).toMatchObject({
      documents: DOCUMENTS + 2,
      counts: { messages: DOCUMENTS, offices: 2 },
    });
  });

  it('does not go on with the export of another database', async () => {
    const source = await openTestStore();
    await source.db.collection('notes').insertOne({ n: 1 });
    const file = path.join(await openTestFolder(), 'store.jsonl');
    await exportStore({ db: source.db, file });
    const other = (await readFile(file, 'utf8')).replace(/"database":"[^"]*"/, '"database":"other"');
    await writeFile(`${file}.part`, other);

    const resumed = await startCommand('export', [file, '--resume'], source.settings).ended;

    expect(resumed).toMatchObject({ code: 1 });
    expect(resumed.output).toContain('is of database other, not of');
    expect(await readFile(`${file}.part`, 'utf8')).toBe(other);
  });

  it('takes all that was there before, each document whole, while others write', async () => {
    const source = await openTestStore();
    const messages = await fill(source, 3000);
    const file = path.join(await openTestFolder(), 'store.jsonl');
    const exporting = startCommand('export', [file], source.settings);
    let running = true;
    exporting.child.once('exit', () => {
      running = false;
    });
    let added = 0;
    while (running) {
      await messages.insertOne({ seq: DOCUMENTS + added, text: 'mới' });
      await messages.updateOne({ seq: added }, { $set: { text: 'sửa', again: 'sửa' } });
      added += 1;
    }

    expect(await exporting.ended).toMatchObject({ code: 0 });
    expect(added).toBeGreaterThan(0);
    const lines = (await readFile(file, 'utf8')).split('\n').slice(1, -2);
    const documents = lines
      .map((line) => JSON.parse(line))
      .filter(({ c }) => c === 'messages')
      .map(({ d }) => ({ seq: Number(d.seq.$numberInt), text: d.text, again: d.again }));
    expect(new Set(documents.map(({ seq }) => seq)).size).toBe(documents.length);
    expect(documents.filter(({ seq }) => seq < 3000)).toHaveLength(3000);
    const halfWritten = documents.filter(({ text, again }) => (text === 'sửa') !== (again === 'sửa'));
    expect(halfWritten).toEqual([]);
  });
});

describe('store:import', () => {
  it('finishes when it is run again after it was killed', async () => {
    const source = await openTestStore();
    const messages = await fill(source);
    const file = path.join(await openTestFolder(), 'store.jsonl.gz');
    await exportStore({ db: source.db, file });
    const target = await openTestStore();
    const moved = target.db.collection('messages');
    const countNow = () => moved.estimatedDocumentCount();
    await killWhen(startCommand('import', [file], target.settings), async () => (await countNow()) > 0);
    const before = await moved.countDocuments();
    expect(before).toBeLessThan(DOCUMENTS);

    const again = await startCommand('import', [file], target.settings).ended;

    expect(again).toMatchObject({ code: 0 });
    expect(again.output).toMatch(/Imported 6,002 of 6,002 documents of 2 collections, .* there already/);
    expect(await rawDocuments(moved)).toEqual(await rawDocuments(messages));
    const checked = await startCommand('check', [], target.settings).ended;
    expect(checked).toMatchObject({ code: 0 });
    expect(checked.output).toMatch(/messages +6,000 +2 +right/);
  });

  it('leaves what can be run again when it is told to stop', async () => {
    const source = await openTestStore();
    await fill(source);
    const file = path.join(await openTestFolder(), 'store.jsonl');
    await exportStore({ db: source.db, file });
    const target = await openTestStore();
    const moved = target.db.collection('messages');
    const { child, ended } = startCommand('import', [file], target.settings);
    while (child.exitCode === null && (await moved.estimatedDocumentCount()) === 0) await delay(1);
    child.kill('SIGINT');

    expect(await ended).toMatchObject({
      code: 1,
      output: expect.stringMatching(/Run it again to go on.*\nInterrupted\./),
    });
    expect(await moved.countDocuments()).toBeLessThan(DOCUMENTS);
  });

  it('ends with 1 and names what it could not import', async () => {
    const source = await openTestStore();
    await source.db.collection('contacts').insertMany([{ phone: '0900' }, { phone: '0901' }]);
    await source.db.collection('contacts').createIndex({ phone: 1 }, { unique: true });
    const file = path.join(await openTestFolder(), 'store.jsonl');
    await exportStore({ db: source.db, file });
    const target = await openTestStore();
    await target.db.collection('contacts').insertOne({ phone: '0900' });

    const { code, output } = await startCommand('import', [file], target.settings).ended;

    expect(code).toBe(1);
    expect(output).toMatch(/Not imported: contacts \{"\$oid":"\w{24}"\}, index phone_1: /);
    expect(output).toContain('Imported 1 of 2 documents');
    expect(output).toContain('1 documents were not imported');
  });
});

describe('a command on a store', () => {
  it.each([
    ['export', []],
    ['export', ['one', 'two']],
    ['import', ['one', '--no-verify']],
    ['check', ['one']],
  ] as const)('store:%s %j says how it is used and ends with 2', async (name, args) => {
    const { code, output } = await startCommand(name, args, { MONGODB_URI: '' }).ended;
    expect(code).toBe(2);
    expect(output).toContain(`Usage: npm run store:${name}`);
  });

  it.each(['export', 'check'] as const)(
    'store:%s does not make a store where there is none',
    async (name) => {
      const folder = path.join(await openTestFolder(), 'none');
      const args = name === 'export' ? [`${folder}.jsonl`] : [];
      const { code, output } = await startCommand(name, args, { MONGODB_URI: '', DATA_DIR: folder }).ended;
      expect(code).toBe(1);
      expect(output).toContain(`There is no store in ${folder}`);
      expect(await isThere(folder)).toBe(false);
    },
  );

  it('store:export says when the file cannot be written', async () => {
    const source = await openTestStore();
    const file = path.join(await openTestFolder(), 'no-such-folder', 'store.jsonl');
    const { code, output } = await startCommand('export', [file], source.settings).ended;
    expect(code).toBe(1);
    expect(output).toContain(`${file}.part cannot be written`);
    expect(output).not.toContain('--resume');
  });

  it('does not say the password of a server that it cannot reach', async () => {
    const uri = 'mongodb://desk:hunter2@127.0.0.1:1/vssid?serverSelectionTimeoutMS=200';
    const { code, output } = await startCommand('check', [], { MONGODB_URI: uri }).ended;
    expect(code).toBe(1);
    expect(output).toContain('mongodb://127.0.0.1:1/vssid cannot be reached');
    expect(output).not.toContain('hunter2');
  });
});
