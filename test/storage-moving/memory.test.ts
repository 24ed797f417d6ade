import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { expect, it } from 'vitest';
import { openTestFolder, openTestStore, startCommand } from './stores.ts';

/** The commands need 40 MB themselves; the documents as text are 75 MB. */
const HEAP_MB = 64;
const DOCUMENTS = 20_000;
const TEXT_BYTES = 3600;

it('a store is moved with less memory than it holds', async () => {
  const source = await openTestStore();
  const target = await openTestStore();
  for (let from = 0; from < DOCUMENTS; from += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => ({
      seq: from + index,
      text: randomBytes(TEXT_BYTES / 2).toString('hex'),
    }));
    await source.db.collection('messages').insertMany(rows);
  }
  const file = path.join(await openTestFolder(), 'store.jsonl');
  const heap = { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` };

  const exported = await startCommand('export', [file], { ...source.settings, ...heap }).ended;
  const imported = await startCommand('import', [file], { ...target.settings, ...heap }).ended;

  expect(exported).toMatchObject({ code: 0, output: expect.stringContaining('Exported 20,000 documents') });
  expect(imported).toMatchObject({ code: 0, output: expect.stringContaining('20,000 added') });
});
