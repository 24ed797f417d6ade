/** The store: whether it is there, fits this program, and has what it needs. */

import { MIGRATIONS } from '../../storage/all-migrations.ts';
import { findIndexDifferences } from '../../storage/ensure-indexes.ts';
import { findNewestMigration, listPending } from '../../storage/migrations.ts';
import { type OpenStore, openStore } from '../../storage/open-store.ts';
import { placeOf } from '../../vault/sealed-values.ts';
import { createVaultOpener } from '../../vault/vault-key.ts';
import { archiveFolderOf } from '../archive-folder.ts';
import { declareCollections } from '../declared-collections.ts';
import { examineArchive } from './examine-archive.ts';
import { judgeRoom } from './examine-machine.ts';
import type { ExaminedSettings } from './examine-settings.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

type Settings = Pick<
  ExaminedSettings,
  'isProduction' | 'mongodbUri' | 'dataDir' | 'archiveDir' | 'sessionSecret' | 'redisUrl'
>;
type Db = OpenStore['db'];

const NO_STORE = new Set(['no_store']);
/** Releases go live on all nodes at a moment; more than this between clocks is seen. */
const CLOCK_WARNING_MS = 1_000;
/** One-time codes of the staff hold for half a minute. */
const CLOCK_PROBLEM_MS = 30_000;
const DEFAULT_ADMIN = 'admin@vssid.local';
const LISTED = 5;

/** Nothing is made or changed. With a desk on the embedded store, that desk's server is asked. */
export async function examineStore(settings: Settings): Promise<Finding[]> {
  const { mongodbUri, dataDir } = settings;
  let store: OpenStore;
  try {
    store = await openStore({ mongodbUri, dataDir });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (NO_STORE.has(code ?? '')) return [ok('store', 'there is none yet: the first start makes it')];
    const remedy =
      mongodbUri === undefined
        ? 'see what is said; a backup is brought back with npm run restore'
        : 'start it, open the way to it, or correct MONGODB_URI; the bot answers from memory meanwhile';
    return [problem('store', message, remedy)];
  }
  try {
    const { db, name } = store;
    return [
      ok('store', `${name} answers`),
      ...(mongodbUri === undefined ? [] : await examineServer(db, settings)),
      await examineMigrations(db),
      ...(await examineIndexes(db)),
      ...(await examineSecrets(db, settings)),
      ...(await examineStaff(db, settings.isProduction)),
      ...(await examineArchive(db, archiveFolderOf(settings))),
    ];
  } catch (error) {
    const remedy = 'give the desk’s user readWrite on its database, or see why the database broke off';
    return [problem('store', `it does not answer what it is asked: ${(error as Error).message}`, remedy)];
  } finally {
    await store.close();
  }
}

async function examineServer(db: Db, { redisUrl, isProduction }: Settings): Promise<Finding[]> {
  const before = Date.now();
  const { localTime, setName, msg, hosts = [] } = await db.admin().command({ hello: 1 });
  const after = Date.now();
  const findings = [judgeClock('clock', 'the database', (localTime as Date).getTime(), before, after)];
  if (msg === 'isdbgrid') findings.push(ok('replicas', 'a sharded cluster'));
  else if (setName === undefined)
    findings.push(
      (isProduction ? problem : warn)(
        'replicas',
        'the database stands alone: when it is away, so is the desk',
        'make it a replica set of three (compose.yaml shows it)',
      ),
    );
  else if (hosts.length < 3)
    findings.push(
      warn('replicas', `replica set ${setName} has ${hosts.length} members: none may fail`, 'have three'),
    );
  else findings.push(ok('replicas', `replica set ${setName} of ${hosts.length}`));
  if (redisUrl === undefined) findings.push(ok('nodes', 'REDIS_URL is not set: one node of the desk only'));
  const { fsTotalSize, fsUsedSize } = await db.command({ dbStats: 1 });
  if (typeof fsTotalSize === 'number' && typeof fsUsedSize === 'number')
    findings.push(judgeRoom('disk', fsTotalSize - fsUsedSize, fsTotalSize, 'of the database'));
  return findings;
}

/** @param before and after: this machine's time around the question */
export function judgeClock(
  check: string,
  whose: string,
  there: number,
  before: number,
  after: number,
): Finding {
  const apart = Math.max(before - there, there - after, 0);
  const text = `this machine and ${whose} are ${(apart / 1000).toFixed(1)} s apart`;
  const remedy = 'let both follow a time server (timedatectl set-ntp true)';
  if (apart >= CLOCK_PROBLEM_MS) return problem(check, text, remedy);
  return apart >= CLOCK_WARNING_MS ? warn(check, text, remedy) : ok(check, text);
}

async function examineMigrations(db: Db): Promise<Finding> {
  const check = 'migrations';
  const newest = (await findNewestMigration(db)) ?? 0;
  const known = MIGRATIONS.at(-1)?.number ?? 0;
  if (newest > known)
    return problem(
      check,
      `the store has number ${newest}, this program knows ${known}`,
      'start the newer program, or restore a backup from before',
    );
  const pending = await listPending(db, MIGRATIONS);
  const names = pending.map(
    ({ number, name, state }) => `${number} (${name}${state === 'new' ? '' : `, ${state}`})`,
  );
  if (pending.some(({ state }) => state === 'failed'))
    return problem(
      check,
      `not done: ${names.join(', ')}`,
      'mend what the log of the last start says, and start again',
    );
  if (pending.length > 0)
    return warn(check, `to be made: ${names.join(', ')}`, 'back up; the next start makes them');
  return ok(check, `all ${known} are made`);
}

async function examineIndexes(db: Db): Promise<Finding[]> {
  const check = 'indexes';
  const { missing, remarks, collections } = await findIndexDifferences(db, declareCollections);
  const findings = remarks.slice(0, LISTED).map((remark) => warn(check, remark, 'see what is said'));
  if (remarks.length > LISTED)
    findings.push(
      warn(check, `${remarks.length - LISTED} more differ`, 'the log of the next start names them'),
    );
  if (missing.length > 0) {
    const some = missing.slice(0, LISTED).join(', ');
    findings.push(
      warn(
        check,
        `${missing.length} are missing (${some}${missing.length > LISTED ? ', …' : ''})`,
        'the next start makes them; with a lot of data in a quiet hour',
      ),
    );
  }
  return findings.length > 0
    ? findings
    : [ok(check, `all of ${collections.length} collections are as declared`)];
}

/** Whether numbers that were sealed can be opened with the secret of today. */
async function examineSecrets(db: Db, { sessionSecret }: Settings): Promise<Finding[]> {
  const check = 'sealed numbers';
  const [newest] = await db.collection('sealed_values').find().sort({ _id: -1 }).limit(1).toArray();
  if (newest === undefined) return [];
  const kept = await db
    .collection<{ _id: string; value: string }>('desk_secrets')
    .findOne({ _id: 'vault-key' });
  const remedy = 'set the SESSION_SECRET that the desk had (docs/operations.md, Rotate secrets)';
  if (sessionSecret === undefined && kept === null)
    return [problem(check, 'there are some, and there is no key for them', remedy)];
  const open = createVaultOpener({
    secret: sessionSecret,
    store: { ensureKey: async () => Buffer.from(String(kept?.value), 'base64url') },
  });
  try {
    const vault = await open();
    vault.unseal(
      String(newest['sealed']),
      placeOf(String(newest['conversation']), String(newest['clientId'])),
    );
    return [ok(check, 'the newest one can be opened')];
  } catch (error) {
    return [problem(check, (error as Error).message, remedy)];
  }
}

async function examineStaff(db: Db, isProduction: boolean): Promise<Finding[]> {
  const check = 'admins';
  const accounts = db.collection('staff_accounts');
  const admins = await accounts.find({ role: 'admin', disabled: false }).toArray();
  if (admins.length === 0)
    return [
      (await accounts.findOne()) === null
        ? ok(check, 'the first start makes one')
        : problem(check, 'none can sign in', 'restore a backup'),
    ];
  const findings: Finding[] = [];
  const unclaimed = admins.find(
    ({ email, mustChangePassword }) => email === DEFAULT_ADMIN && mustChangePassword,
  );
  if (unclaimed !== undefined)
    findings.push(
      (isProduction ? problem : warn)(
        check,
        `${DEFAULT_ADMIN} still has its first password`,
        'sign in and change it',
      ),
    );
  else if (admins.some(({ email }) => email === DEFAULT_ADMIN))
    findings.push(
      warn(
        check,
        `${DEFAULT_ADMIN} is a name that everybody knows`,
        'invite an admin by a person’s address, and disable this one',
      ),
    );
  const plain = admins.filter(({ totp }) => !totp).length;
  if (plain > 0)
    findings.push(
      warn(
        check,
        `${plain} of ${admins.length} have no second factor`,
        'each sets it up in the console, under the own name',
      ),
    );
  if (admins.length === 1)
    findings.push(
      warn(check, 'there is one only: nobody helps who forgets the password', 'invite a second one'),
    );
  return findings.length > 0 ? findings : [ok(check, `${admins.length}, all with a second factor`)];
}
