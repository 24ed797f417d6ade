/** The machine: folder, disk, open files. */
import { access, constants, readFile, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { formatBytes } from '../../storage/progress-line.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

const GIGABYTE = 1_000_000_000;
/** Below this a day of messages, or a backup beside them, may not fit. */
const LITTLE_ROOM = { bytes: 5 * GIGABYTE, share: 0.1 } as const;
/** Below this writing is about to fail. */
const NO_ROOM = { bytes: GIGABYTE / 2, share: 0.02 } as const;
/** A socket for each person, and files, and the database. */
const FEW_OPEN_FILES = 8_192;

/** @param dataDir of the embedded store; undefined: everything is in a MongoDB */
export async function examineMachine(dataDir: string | undefined): Promise<Finding[]> {
  const [files, folder] = await Promise.all([
    examineOpenFiles(),
    dataDir === undefined ? [] : Promise.all([examineFolder(dataDir), examineDisk(dataDir)]),
  ]);
  return [ok('Node.js', process.version), files, ...folder];
}

async function examineFolder(folder: string): Promise<Finding> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) {
    const parent = await existingParent(folder);
    return (await isWritable(parent))
      ? ok('DATA_DIR', `${folder} is not there yet: the first start makes it`)
      : problem(
          'DATA_DIR',
          `${folder} is not there and cannot be made in ${parent}`,
          'make it, for the user that the desk runs as',
        );
  }
  if (!found.isDirectory()) return problem('DATA_DIR', `${folder} is no folder`, 'name another one');
  if (!(await isWritable(folder)))
    return problem(
      'DATA_DIR',
      `${folder} cannot be written by this user`,
      `chown it to the user that the desk runs as; run the doctor as that user`,
    );
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    const mode = (found.mode & 0o777).toString(8);
    return warn('DATA_DIR', `${folder} may be read by other users (mode ${mode})`, `chmod 700 ${folder}`);
  }
  return ok('DATA_DIR', `${folder}, for this user only`);
}

async function examineDisk(folder: string): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(await existingParent(folder));
  return judgeRoom('disk', bavail * bsize, blocks * bsize, 'of DATA_DIR');
}

/** @param where such as "of DATA_DIR" */
export function judgeRoom(check: string, free: number, total: number, where: string): Finding {
  const text = `${formatBytes(free)} of ${formatBytes(total)} are free on the disk ${where}`;
  const isBelow = ({ bytes, share }: { bytes: number; share: number }): boolean =>
    free < bytes || free < total * share;
  if (isBelow(NO_ROOM)) return problem(check, text, 'make room now: a full disk refuses every message');
  if (isBelow(LITTLE_ROOM)) return warn(check, text, 'make room, or give the store a larger disk');
  return ok(check, text);
}

async function examineOpenFiles(): Promise<Finding> {
  const check = 'open files';
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  const [, soft = ''] = /^Max open files +(\S+)/m.exec(limits) ?? [];
  if (soft === '') return ok(check, 'this system does not say how many a process may have');
  if (soft === 'unlimited' || Number(soft) >= FEW_OPEN_FILES) return ok(check, `a process may have ${soft}`);
  return warn(
    check,
    `a process may have ${soft} only; each connected person takes one`,
    `raise it: ulimit -n 65536, LimitNOFILE of systemd, or ulimits of compose`,
  );
}

async function existingParent(folder: string): Promise<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    const isThere = await access(at).then(
      () => true,
      () => false,
    );
    if (isThere || at === path.dirname(at)) return at;
  }
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
