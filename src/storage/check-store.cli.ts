/** npm run store:check: holds the store's indexes against its documents. */
import { parseArgs } from 'node:util';
import { checkStore, formatChecks } from './check-store.ts';
import { runCommand } from './run-command.ts';

await runCommand({
  usage: 'Usage: npm run store:check',
  parse: () => parseArgs({ options: {} }),
  async work(store) {
    process.stderr.write(`Checking ${store.name}, database ${store.db.databaseName}.\n`);
    const checks = await checkStore(store.db);
    process.stdout.write(`${formatChecks(checks)}\n`);
    const wrong = checks.filter(({ problems }) => problems.length > 0);
    if (wrong.length === 0) return 0;
    process.stderr.write(
      `\n${wrong.length} of ${checks.length} collections are not right. What to do: export the store (npm run store:export -- rescue.jsonl.gz; it reads the documents, not the other indexes), import that file into an empty store (another DATA_DIR or MONGODB_URI), check that one, and keep this one until it is right.\n`,
    );
    return 1;
  },
});
