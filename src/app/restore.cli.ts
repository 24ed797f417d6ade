/** npm run restore -- FILE [--replace]: brings a backup into an empty store, or in the place of what is there. */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { AppError } from '../kernel/app-error.ts';
import { MIGRATIONS } from '../storage/all-migrations.ts';
import { createProgressLine, formatBytes } from '../storage/progress-line.ts';
import { restoreStore } from '../storage/restore-store.ts';
import { runCommand } from '../storage/run-command.ts';
import { describeBackup } from '../storage/verify-backup.ts';
import { warnOfSecret } from './backup-plan.ts';
import { isDeskRunning } from './running-desk.ts';

await runCommand({
  usage: `Usage: npm run restore -- FILE [--replace [--confirm DATABASE]]
  --replace  removes what the store holds first; asks for the name of the database, or takes it from --confirm`,
  create: true,
  // A desk that runs would go on with what it has in memory.
  share: false,
  parse() {
    const { values, positionals } = parseArgs({
      options: { replace: { type: 'boolean', default: false }, confirm: { type: 'string' } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new Error('Name one file to restore.');
    return { file, ...values };
  },
  async work(store, { file, replace, confirm }, signal) {
    const { db, name } = store;
    // The folder of the embedded store is held by one process.
    if (readConfig().mongodbUri !== undefined && (await isDeskRunning(db))) {
      throw new AppError({
        code: 'desk_is_running',
        message: `A desk is running on ${name}, or was until a minute ago. Stop all its nodes and try again.`,
      });
    }
    if (replace && (confirm ?? (await ask(name, db.databaseName))) !== db.databaseName) {
      const message = `Nothing was written: the name of the database is ${db.databaseName} (--confirm says it where nobody can be asked).`;
      throw new AppError({ code: 'not_confirmed', message });
    }
    const line = createProgressLine(process.stderr);
    process.stderr.write(`Restoring into ${name}, database ${db.databaseName}.\n`);
    const newestMigration = MIGRATIONS.at(-1)?.number ?? 0;
    const { backup, notes } = await restoreStore({
      db,
      file,
      replace,
      newestMigration,
      signal,
      onProgress: line.show,
    }).finally(line.end);
    for (const note of notes) process.stdout.write(`${note}\n`);
    process.stdout.write(`${describeBackup(backup, formatBytes(backup.bytes))}\n`);
    const warning = warnOfSecret(backup.note, readConfig().sessionSecret);
    if (warning !== null) process.stderr.write(`${warning}\n`);
    process.stdout.write('Restored, and read back. Start the desk; what is newer in it is migrated then.\n');
    return 0;
  },
});

/** @returns what was typed; nothing where nobody can be asked */
async function ask(name: string, database: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(
      `Everything in ${name} is removed and replaced. Type the name of the database (${database}) to go on: `,
    );
  } finally {
    terminal.close();
  }
}
