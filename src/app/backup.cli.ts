/** npm run backup -- FOLDER|FILE: writes everything that the desk keeps to a file, also while it runs. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { backupStore } from '../storage/backup-store.ts';
import { createProgressLine, formatBytes } from '../storage/progress-line.ts';
import { runCommand } from '../storage/run-command.ts';
import { describeBackup, verifyBackup } from '../storage/verify-backup.ts';
import { describeSealing, READING_ORDER, readVersion } from './backup-plan.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

await runCommand({
  usage:
    'Usage: npm run backup -- FOLDER|FILE   (into a FOLDER under a name with the time; FILE.gz is compressed)',
  parse() {
    const [target, ...more] = parseArgs({ allowPositionals: true }).positionals;
    if (!target || more.length > 0) throw new Error('Name one folder or file to write to.');
    return target;
  },
  async work(store, target, signal) {
    const { sessionSecret } = readConfig();
    const line = createProgressLine(process.stderr);
    const file = path.resolve(await nameFile(target));
    process.stderr.write(`Backing up ${store.name}, database ${store.db.databaseName}.\n`);
    try {
      await backupStore({
        store,
        file,
        about: { program: await readVersion(ROOT), sealedWith: describeSealing(sessionSecret) },
        order: READING_ORDER,
        signal,
        onProgress: line.show,
      });
      // What is on the disk, not what was meant to be.
      const backup = await verifyBackup(file, { signal, onProgress: line.show });
      line.end();
      process.stdout.write(`${describeBackup(backup, formatBytes(backup.bytes))}\n`);
      process.stdout.write(`Written and read back: ${file}\n`);
      return 0;
    } finally {
      line.end();
    }
  },
});

async function nameFile(target: string): Promise<string> {
  const isFolder = await stat(target).then(
    (found) => found.isDirectory(),
    () => target.endsWith('/'),
  );
  if (!isFolder) return target;
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '-');
  return path.join(target, `vssid-desk-${at}Z.jsonl.gz`);
}
