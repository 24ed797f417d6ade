/** npm run audit:verify: holds the audit log against its chain of hashes. */
import { parseArgs } from 'node:util';
import { AppError } from '../kernel/app-error.ts';
import { runCommand } from '../storage/run-command.ts';
import type { AuditHead } from './audit.ts';
import { readAuditLog } from './audit-store.ts';
import { type AuditFault, verifyAudit } from './verify-audit.ts';

const USAGE = `Usage: npm run audit:verify -- [--expect NUMBER:HASH]
  --expect  a head that an earlier run printed and that was kept elsewhere; only so can it be seen
            that the end of the log was cut off, or that all of it was written anew`;

const MEANING: Readonly<Record<AuditFault['kind'], string>> = {
  missing: 'is missing',
  altered: 'was altered',
  stray: 'should be next; instead there is a document that the log did not write',
};

await runCommand({
  usage: USAGE,
  parse() {
    const { expect } = parseArgs({ options: { expect: { type: 'string' } } }).values;
    return expect === undefined ? undefined : parseHead(expect);
  },
  async work(store, expected) {
    process.stderr.write(`Verifying the audit log in ${store.name}, database ${store.db.databaseName}.\n`);
    const { entries, head, fault } = await verifyAudit(readAuditLog(store.db), expected);
    process.stdout.write(`${entries} entries are right\n`);
    if (head !== null) process.stdout.write(`head ${head.number}:${head.hash}\n`);
    if (fault === null) return 0;
    process.stderr.write(
      `Entry ${fault.number} ${MEANING[fault.kind]}. What to do: keep this store as it is, and compare it with a copy from before (npm run store:export, a backup); entries up to ${entries} can be relied on.\n`,
    );
    return 1;
  },
});

function parseHead(text: string): AuditHead {
  const [, number = '', hash = ''] = /^([1-9]\d{0,11}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (hash === '') throw new AppError({ code: 'bad_arguments', message: `--expect ${text} is no head` });
  return { number: Number(number), hash };
}
