/** Keeps two processes from taking one folder at the same moment. Whoever has it afterwards is told by its socket. */
import { link, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A claim this old is nobody's, even if a process with its number lives: numbers are given again. */
const STALE_MS = 10 * 60_000;
const LOOK_AGAIN_MS = 50;

/** Who claims: the process, told from an earlier one of the same number by when it started (milliseconds). */
const identity = (): string => `${process.pid} ${Math.round((Date.now() - process.uptime() * 1000) / 1000)}`;

/** Runs `take` while no other process does so for the same folder. */
export async function whileClaimed<T>(folder: string, take: () => Promise<T>): Promise<T> {
  const claim = path.join(folder, 'CLAIM');
  for (;;) {
    try {
      await writeFile(claim, identity(), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = await readFile(claim, 'utf8').catch(() => undefined);
    if (found !== undefined && (await isStale(claim, found))) await removeClaim(claim, found);
    else await sleep(LOOK_AGAIN_MS);
  }
  try {
    return await take();
  } finally {
    await rm(claim, { force: true });
  }
}

async function isStale(claim: string, found: string): Promise<boolean> {
  const [pid = 0, startedAt = 0] = found.split(' ').map(Number);
  const age = await stat(claim).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > STALE_MS) return true;
  // Made, but not written yet.
  if (!(pid > 0)) return age > 1000;
  if (pid === process.pid) return Math.abs(startedAt - Number(identity().split(' ')[1])) > 2;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Takes a stale claim away, unless it has become another's meanwhile. */
async function removeClaim(claim: string, stale: string): Promise<void> {
  const aside = `${claim}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await rename(claim, aside);
    if ((await readFile(aside, 'utf8')) !== stale) await link(aside, claim);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await rm(aside, { force: true });
  }
}
