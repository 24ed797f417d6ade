/** The archive: whether its folder is there, is this desk's, and holds what the index says. */
import { access, constants, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { createPackStore } from '../../archive/pack-store.ts';
import type { OpenStore } from '../../storage/open-store.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

type Db = OpenStore['db'];
interface Row {
  readonly pack: string;
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: string;
}

const check = 'archive';
/** So many conversations are read, evenly from all: a disk that loses bits loses them anywhere. */
const SAMPLED = 50;
const LISTED = 3;

/** @param folder null: there is none. Nothing is changed */
export async function examineArchive(db: Db, folder: string | null): Promise<Finding[]> {
  const index = db.collection<Row & { _id: string }>('archived_conversations');
  const count = await index.countDocuments();
  if (folder === null)
    return count === 0
      ? [ok(check, 'there is none: ARCHIVE_DIR is not set')]
      : [
          problem(
            check,
            `${count} conversations are in it, and ARCHIVE_DIR is not set`,
            'set ARCHIVE_DIR to the folder that they are in',
          ),
        ];
  const mark = await db.collection<{ _id: string; mark: string }>('archive_folders').findOne();
  const packs = await db.collection<{ _id: string }>('archive_packs').find().toArray();
  if (mark === null || packs.length === 0) return [await examineEmpty(folder)];
  const found = await readMark(folder);
  if (found !== mark.mark) {
    const what = found === null ? 'is not there, or is empty' : 'is the archive of another desk';
    const remedy =
      'mount the folder that all nodes share (ARCHIVE_DIR); conversations in it cannot be read meanwhile';
    return [problem(check, `${folder} ${what}`, remedy)];
  }
  const findings: Finding[] = [];
  if (!(await isWritable(folder)))
    findings.push(problem(check, `${folder} cannot be written by this user`, 'chown it to the desk’s user'));

  const store = createPackStore(folder);
  const ends = await index
    .aggregate<{ _id: string; end: number }>([
      { $group: { _id: '$pack', end: { $max: { $add: ['$offset', '$bytes'] } } } },
    ])
    .toArray();
  const short: string[] = [];
  for (const { _id, end } of ends) if ((await store.sizeOf(_id)) < end) short.push(_id);
  if (short.length > 0)
    findings.push(
      problem(
        check,
        `${short.length} packs are missing or cut off (${few(short)})`,
        'bring them back from the copy of ARCHIVE_DIR that belongs to the backup',
      ),
    );
  const known = new Set([...packs.map(({ _id }) => _id), ...ends.map(({ _id }) => _id)]);
  const strange = (await store.list()).filter((name) => !known.has(name));
  if (strange.length > 0)
    findings.push(
      warn(
        check,
        `${strange.length} packs are in no index (${few(strange)})`,
        'they are of a store that was replaced; look at them with zcat, and take them away when nobody needs them',
      ),
    );
  const damaged = await readSample(store, db, count, new Set(short));
  if (damaged.length > 0)
    findings.push(
      problem(
        check,
        `of ${Math.min(SAMPLED, count)} conversations read, ${damaged.length} are not as they were written (${few(damaged)})`,
        'look at the disk; bring these packs back from a copy',
      ),
    );
  return findings.length > 0
    ? findings
    : [ok(check, `${count} conversations in ${ends.length} packs in ${folder}`)];
}

async function examineEmpty(folder: string): Promise<Finding> {
  const isThere = await stat(folder).then(
    (one) => one.isDirectory(),
    () => false,
  );
  if (isThere && !(await isWritable(folder)))
    return problem(check, `${folder} cannot be written by this user`, 'chown it to the desk’s user');
  return ok(check, `nothing is in it yet (${folder})`);
}

async function readSample(
  store: ReturnType<typeof createPackStore>,
  db: Db,
  count: number,
  left: ReadonlySet<string>,
): Promise<string[]> {
  const step = Math.max(1, Math.floor(count / SAMPLED));
  const reader = store.openReader();
  const damaged: string[] = [];
  try {
    for (let at = 0; at < count && at / step < SAMPLED; at += step) {
      const [row] = await db
        .collection('archived_conversations')
        .find()
        .sort({ _id: 1 })
        .skip(at)
        .limit(1)
        .toArray();
      if (row === undefined || left.has(String(row['pack']))) continue;
      await reader.readBytes(row as unknown as Row).catch(() => damaged.push(String(row['pack'])));
    }
  } finally {
    await reader.close();
  }
  return [...new Set(damaged)];
}

async function readMark(folder: string): Promise<string | null> {
  try {
    return String(
      (JSON.parse(await readFile(path.join(folder, 'archive.json'), 'utf8')) as { id: unknown }).id,
    );
  } catch {
    // Whatever the reason: it is not the one.
    return null;
  }
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
}

function few(names: readonly string[]): string {
  return names.length <= LISTED ? names.join(', ') : `${names.slice(0, LISTED).join(', ')}, …`;
}
