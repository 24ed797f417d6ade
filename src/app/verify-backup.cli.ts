/** npm run backup:verify -- FILE: reads a backup as a whole and says whether it can be restored. */
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { createProgressLine, formatBytes } from '../storage/progress-line.ts';
import { describeBackup, verifyBackup } from '../storage/verify-backup.ts';

const line = createProgressLine(process.stderr);
try {
  const [file, ...more] = parseArgs({ allowPositionals: true }).positionals;
  if (file === undefined || more.length > 0) {
    process.stderr.write('Usage: npm run backup:verify -- FILE\n');
    process.exit(2);
  }
  const backup = await verifyBackup(file, { onProgress: line.show });
  line.end();
  process.stdout.write(`${describeBackup(backup, formatBytes(backup.bytes))}\nThe backup is whole.\n`);
} catch (error) {
  line.end();
  const { message, stack } = error as Error;
  process.stderr.write(`${error instanceof AppError ? message : stack}\n`);
  process.exit(1);
}
