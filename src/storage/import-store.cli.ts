/** npm run store:import -- FILE [--overwrite]: brings an exported file into the store. */
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { importStore } from './import-store.ts';
import { createProgressLine, formatBytes, formatCount } from './progress-line.ts';
import { runCommand } from './run-command.ts';

await runCommand({
  usage: 'Usage: npm run store:import -- FILE [--overwrite]',
  create: true,
  parse() {
    const { values, positionals } = parseArgs({
      options: { overwrite: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [file, ...more] = positionals;
    if (!file || more.length > 0) throw new Error('Name one file to import.');
    return { file, overwrite: values.overwrite };
  },
  async work(store, { file, overwrite }, signal) {
    const startedAt = performance.now();
    const line = createProgressLine(process.stderr);
    process.stderr.write(`Importing into ${store.name}, database ${store.db.databaseName}.\n`);
    const report = await importStore({
      db: store.db,
      file,
      overwrite,
      signal,
      onProgress: line.show,
    })
      .catch((error) => {
        const goesOn = !(error instanceof AppError) || error.code === 'interrupted';
        if (goesOn) process.stderr.write('Run it again to go on: what is there already is skipped.\n');
        throw error;
      })
      .finally(line.end);
    for (const note of report.notes) process.stdout.write(`${note}\n`);
    for (const { collection, id, index, reason } of report.refused) {
      process.stderr.write(
        `Not imported: ${collection} ${id}${index ? `, index ${index}` : ''}: ${reason}\n`,
      );
    }
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(
      `Imported ${formatCount(report.documents - report.refusedCount)} of ${formatCount(report.documents)} documents of ${report.collections} collections, ${formatBytes(report.bytes)}, in ${seconds} s: ${formatCount(report.added)} added, ${formatCount(report.replaced)} replaced, ${formatCount(report.equal)} there already\n`,
    );
    if (report.refusedCount === 0) return 0;
    const listed =
      report.refused.length < report.refusedCount ? `, the first ${report.refused.length} above` : '';
    process.stderr.write(
      `${formatCount(report.refusedCount)} documents were not imported${listed}. They are in ${file}: make room for them and run it again.\n`,
    );
    return 1;
  },
});
