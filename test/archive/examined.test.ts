/** What the doctor says of the archive. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { examineArchive } from '../../src/app/operator-doctor/examine-archive.ts';
import { openParts } from './archive-parts.ts';

let parts: Awaited<ReturnType<typeof openParts>>;
let pack: string;
beforeAll(async () => {
  parts = await openParts();
});
afterAll(() => parts.close());

const examine = async (folder: string | null = parts.folder) => {
  const findings = await examineArchive(parts.database.client.db() as never, folder);
  return findings.map(({ level, text }) => `${level}: ${text.replaceAll(parts.folder, 'FOLDER')}`);
};

it('is content with none, with an empty one, and with one that is whole', async () => {
  expect(await examine(null)).toEqual(['ok: there is none: ARCHIVE_DIR is not set']);
  expect(await examine()).toEqual(['ok: nothing is in it yet (FOLDER)']);
  for (const contact of ['one', 'two']) await parts.makeOver(contact, ['quên mật khẩu', 'vâng']);
  await parts.archiving.run();
  pack = path.join(parts.folder, `${(await parts.packs.list())[0]}.jsonl.gz`);
  expect(await examine()).toEqual(['ok: 2 conversations in 1 packs in FOLDER']);
});

it('sees that the folder is another one, or that none is named while something is in it', async () => {
  const other = await mkdtemp(path.join(tmpdir(), 'archive-other-'));
  expect(await examine(other)).toEqual([`problem: ${other} is not there, or is empty`]);
  await writeFile(path.join(other, 'archive.json'), '{"id":"another"}');
  expect(await examine(other)).toEqual([`problem: ${other} is the archive of another desk`]);
  await rm(other, { recursive: true });
  expect(await examine(null)).toEqual(['problem: 2 conversations are in it, and ARCHIVE_DIR is not set']);
});

it('sees packs that are damaged, cut off, gone, or of nobody', async () => {
  const bytes = await readFile(pack);
  const damaged = Buffer.from(bytes);
  damaged[bytes.length - 20]! ^= 1;
  await writeFile(pack, damaged);
  expect(await examine()).toEqual([expect.stringMatching(/^problem: of 2 conversations read, 1 are not as/)]);
  await writeFile(pack, bytes.subarray(0, -1));
  expect(await examine()).toEqual([expect.stringMatching(/^problem: 1 packs are missing or cut off/)]);
  await rm(pack);
  expect(await examine()).toEqual([expect.stringMatching(/^problem: 1 packs are missing or cut off/)]);
  await writeFile(pack, bytes);
  await writeFile(path.join(path.dirname(pack), 'unknown.jsonl.gz'), '');
  expect(await examine()).toEqual([expect.stringMatching(/^warning: 1 packs are in no index/)]);
});
