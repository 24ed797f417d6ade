/** npm run store:export -- FILE [--resume]: writes the store to a file. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { exportStore } from './export-store.ts';
import { createProgressLine, formatBytes, formatCount } from './progress-line.ts';
import { runCommand } from './run-command.ts';

/** The same would happen again. */
const NOT_RESUMABLE: ReadonlySet<string> = new Set(['other_store', 'unsupported_collection', 'unknown_id']);

await runCommand({
  usage: 'Usage: npm run store:export -- FILE [--resume]   (FILE.gz is compressed)',
  parse() {
    const { values, positionals } = parseArgs({
      options: { resume: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new Error('Name one file to write.');
    return { file, resume: values.resume };
  },
  async work(store, { file, resume }, signal) {
    const startedAt = performance.now();
    const line = createProgressLine(process.stderr);
    process.stderr.write(`Exporting ${store.name}, database ${store.db.databaseName}.\n`);
    try {
      const report = await exportStore({ db: store.db, file, resume, signal, onProgress: line.show });
      line.end();
      if (report.resumedAfter !== undefined) {
        process.stdout.write(
          `Went on behind the ${formatCount(report.resumedAfter)} documents of an interrupted export.\n`,
        );
      } else if (resume) {
        process.stdout.write('There was no interrupted export to go on with: began anew.\n');
      }
      for (const name of report.leftOut) {
        process.stdout.write(`Not in the file: ${name}, made after the interrupted export began.\n`);
      }
      process.stdout.write(
        'No point in time: what others wrote to the store meanwhile may or may not be in the file.\n',
      );
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      process.stdout.write(
        `Exported ${formatCount(report.documents)} documents of ${report.collections} collections, ${formatBytes(report.bytes)}, in ${seconds} s to ${file}\n`,
      );
      return 0;
    } catch (error) {
      line.end();
      const again = error instanceof AppError && NOT_RESUMABLE.has(error.code);
      if (!again && existsSync(`${file}.part`))
        process.stderr.write(`What was exported so far is in ${file}.part; --resume goes on with it.\n`);
      throw error;
    }
  },
});
