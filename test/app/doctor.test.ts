/** The doctor, on desks that are well and on those that are not. */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { declareCollections } from '../../src/app/declared-collections.ts';
import { examineMachine, judgeRoom } from '../../src/app/operator-doctor/examine-machine.ts';
import {
  examineDesk,
  examineNetwork,
  judgeCertificate,
} from '../../src/app/operator-doctor/examine-network.ts';
import { type ExaminedSettings, examineSettings } from '../../src/app/operator-doctor/examine-settings.ts';
import { examineStore, judgeClock } from '../../src/app/operator-doctor/examine-store.ts';
import type { Finding } from '../../src/app/operator-doctor/finding.ts';
import { findIndexDifferences } from '../../src/storage/ensure-indexes.ts';
import { createVault } from '../../src/vault/vault.ts';
import { writeSmallCorpus } from '../chaos/small-corpus.ts';
import { ROOT } from '../support/corpus.ts';
import { type RunningDesk, startDesk } from '../support/desk.ts';
import { startMailServer } from '../support/mail-server.ts';
import { FIRST_ADMIN } from '../support/staff-client.ts';

const SECRET = 'Một-bí-mật-do-máy-tạo-ra-0123456789-abcdef';
const GOOD: ExaminedSettings = {
  isProduction: true,
  logLevel: 'info',
  mongodbUri: 'mongodb://desk:secret@db1.example.vn,db2.example.vn:27018/vssid?tls=true',
  dataDir: '/srv/desk/data',
  hostAppSecret: `${SECRET}, của ứng dụng`,
  sessionSecret: SECRET,
  firstAdmin: { email: undefined, password: undefined },
  publicUrl: 'https://hotro.example.vn',
  smtpUrl: 'smtps://desk:secret@mail.example.vn',
  imapUrl: 'imaps://desk:secret@mail.example.vn/INBOX',
  mailFrom: 'VssID <hotro@example.vn>',
  allowedOrigins: ['https://baohiemxahoi.gov.vn'],
  iceServers: [{}],
  redisUrl: undefined,
};

/** What is not well, as "level check". */
const ills = (findings: readonly Finding[]): string[] =>
  findings.filter(({ level }) => level !== 'ok').map(({ level, check }) => `${level} ${check}`);

describe('the settings', () => {
  it('of a desk that is set up well give no reason to worry', () => {
    expect(ills(examineSettings(GOOD, '/tmp'))).toEqual([]);
  });

  const RISKS: readonly (readonly [Partial<ExaminedSettings>, string])[] = [
    [{ sessionSecret: undefined }, 'problem SESSION_SECRET'],
    [{ sessionSecret: 'aaaa'.repeat(10) }, 'problem SESSION_SECRET'],
    [{ hostAppSecret: SECRET }, 'problem HOST_APP_SECRET'],
    [{ publicUrl: undefined }, 'problem PUBLIC_URL'],
    [{ publicUrl: 'http://hotro.example.vn' }, 'problem PUBLIC_URL'],
    [{ firstAdmin: { email: undefined, password: 'một câu dài' } }, 'warning ADMIN_PASSWORD'],
    [{ mongodbUri: 'mongodb://db.example.vn/vssid?tls=true' }, 'problem MONGODB_URI'],
    [{ mongodbUri: 'mongodb://desk:secret@127.0.0.1,db.example.vn/vssid' }, 'warning MONGODB_URI'],
    [{ mongodbUri: undefined, dataDir: '/tmp/desk' }, 'problem DATA_DIR'],
    [{ smtpUrl: undefined }, 'warning SMTP_URL'],
    [{ smtpUrl: 'smtp://desk:secret@mail.example.vn' }, 'warning SMTP_URL'],
    [{ mailFrom: undefined }, 'problem MAIL_FROM'],
    [{ imapUrl: 'imap://desk:secret@mail.example.vn' }, 'warning IMAP_URL'],
    [{ allowedOrigins: ['http://baohiemxahoi.gov.vn'] }, 'problem ALLOWED_ORIGINS'],
    [{ iceServers: [] }, 'warning ICE_SERVERS'],
    [{ logLevel: 'trace' }, 'warning LOG_LEVEL'],
    [{ logLevel: 'silent' }, 'problem LOG_LEVEL'],
  ];
  it.each(RISKS)('%j is a %s', (settings, ill) => {
    const findings = examineSettings({ ...GOOD, ...settings }, '/tmp');
    expect(ills(findings)).toEqual([ill]);
    expect(findings.find(({ level }) => level !== 'ok')?.remedy).not.toBe('');
    expect(JSON.stringify(findings)).not.toContain(SECRET);
  });

  it('of a trial are judged more mildly', () => {
    const trial = { ...GOOD, isProduction: false, sessionSecret: undefined, publicUrl: undefined };
    expect(ills(examineSettings(trial, '/tmp'))).toEqual([
      'warning NODE_ENV',
      'warning SESSION_SECRET',
      'warning PUBLIC_URL',
    ]);
  });

  it('that are wrong end the examination with what is wrong', async () => {
    const env = { ...process.env, PORT: 'many', DATA_DIR: '/nowhere', MONGODB_URI: '' };
    const command = ['--import', 'tsx', path.join(ROOT, 'src/app/doctor.cli.ts'), '--json'];
    const { code, stdout } = (await promisify(execFile)(process.execPath, command, { cwd: ROOT, env }).catch(
      (error: unknown) => error,
    )) as { code: number; stdout: string };
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      findings: [{ check: 'settings', level: 'problem', text: expect.stringContaining('PORT') }],
    });
  });
});

it.each([
  [400, 'ok'],
  [1_400, 'warning'],
  [-1_400, 'warning'],
  [31_000, 'problem'],
])('a clock that is %i ms off is judged as %s', (off, level) => {
  // The answer may be from any moment between question and answer.
  expect(judgeClock('clock', 'it', 10_000 + off, 9_990, 10_010).level).toBe(level);
});

it.each([
  [80e9, 'ok'],
  [4e9, 'warning'],
  [9e9, 'warning'],
  [1e9, 'problem'],
  [0, 'problem'],
])('a disk of 100 GB with %i bytes free is judged as %s', (free, level) => {
  expect(judgeRoom('disk', free, 100e9, 'of it').level).toBe(level);
});

it.each([
  [90, null, 'ok'],
  [20, null, 'warning'],
  [6, null, 'problem'],
  [-1, 'CERT_HAS_EXPIRED', 'problem'],
  [90, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'problem'],
])('a certificate with %i days left (%s) is judged as %s', (days, fault, level) => {
  const now = Date.parse('2026-11-29T00:00:00Z');
  expect(judgeCertificate('it', now + days * 86_400_000 + 1, fault, now).level).toBe(level);
});

describe('a folder', () => {
  it('is looked at before anything is in it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'doctor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const of = async (name: string) => {
      const findings = await examineMachine(path.join(folder, name));
      return findings.find(({ check }) => check === 'DATA_DIR');
    };
    expect(await of('none/yet')).toMatchObject({
      level: 'ok',
      text: expect.stringContaining('not there yet'),
    });
    await writeFile(path.join(folder, 'file'), '');
    expect(await of('file')).toMatchObject({ level: 'problem' });
    await mkdir(path.join(folder, 'open'));
    await chmod(path.join(folder, 'open'), 0o755);
    expect(await of('open')).toMatchObject({
      level: 'warning',
      remedy: expect.stringContaining('chmod 700'),
    });
    await chmod(path.join(folder, 'open'), 0o700);
    expect(await of('open')).toMatchObject({ level: 'ok' });
    if (process.getuid?.() === 0) return;
    await chmod(path.join(folder, 'open'), 0o500);
    expect(await of('open')).toMatchObject({ level: 'problem' });
  });

  it('whose store is damaged is a problem, and one without a store is none', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'doctor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const settings = { ...GOOD, mongodbUri: undefined, dataDir: path.join(folder, 'none') };
    expect(await examineStore(settings)).toMatchObject([{ level: 'ok' }]);
    await writeFile(path.join(folder, 'FORMAT'), '{"format":"embedded-mongo","version":1}');
    expect(await examineStore({ ...settings, dataDir: folder })).toMatchObject([
      { level: 'problem', text: expect.stringContaining('store.mdb is gone') },
    ]);
  });
});

it('says that a database is away, without its password', async () => {
  const mongodbUri = 'mongodb://desk:hunter2@127.0.0.1:1/vssid?serverSelectionTimeoutMS=200';
  const findings = await examineStore({ ...GOOD, mongodbUri });
  expect(findings).toMatchObject([{ check: 'store', level: 'problem' }]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

it('finds mail servers that are there, and those that are not', async () => {
  const server = await startMailServer();
  onTestFinished(server.close);
  const network = { publicUrl: undefined, smtpUrl: server.url, imapUrl: undefined, redisUrl: undefined };
  expect(await examineNetwork(network)).toMatchObject([{ check: 'SMTP', level: 'ok' }]);
  expect(server.received).toEqual([]);
  const away = { smtpUrl: 'smtp://a:hunter2@127.0.0.1:1', imapUrl: 'imap://a:hunter2@127.0.0.1:1' };
  const redisUrl = 'redis://:hunter2@127.0.0.1:1';
  const findings = await examineNetwork({ ...network, ...away, redisUrl });
  expect(ills(findings)).toEqual(['problem SMTP', 'problem IMAP', 'problem Redis']);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

it.skipIf(spawnSync('openssl', ['version']).status !== 0)(
  'sees that the certificate people meet has ended',
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'doctor-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
    const openssl = (args: string) =>
      execFileSync('openssl', args.split(' '), { cwd: folder, stdio: 'ignore' });
    await writeFile(path.join(folder, 'index.txt'), '');
    await writeFile(
      path.join(folder, 'ca.cnf'),
      '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n',
    );
    openssl(
      'req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -keyout key.pem -out csr.pem',
    );
    openssl(
      'ca -batch -selfsign -config ca.cnf -keyfile key.pem -in csr.pem -out cert.pem -notext -startdate 20200101000000Z -enddate 20200201000000Z',
    );
    const server = createServer({ key: await readFile(key), cert: await readFile(cert) });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const publicUrl = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const findings = await examineNetwork({
      publicUrl,
      smtpUrl: undefined,
      imapUrl: undefined,
      redisUrl: undefined,
    });
    expect(findings[0]).toMatchObject({ check: 'certificate', level: 'problem' });
    expect(findings[0]?.text).toMatch(/127\.0\.0\.1 ended \d+ days ago/);
  },
);

describe('beside a desk that runs', () => {
  let folder: string;
  let desk: RunningDesk;
  let settings: ExaminedSettings;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'doctor-'));
    await mkdir(path.join(folder, 'corpus'));
    await writeSmallCorpus(path.join(folder, 'corpus'));
    const dataDir = path.join(folder, 'data');
    settings = { ...GOOD, mongodbUri: undefined, dataDir };
    const root = path.join(folder, 'corpus');
    desk = await startDesk({ root, dataDir, firstAdmin: FIRST_ADMIN, sessionSecret: SECRET });
  }, 120_000);
  afterAll(async () => {
    await desk?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const openDb = async () => {
    const client = await new MongoClient(
      await readFile(path.join(settings.dataDir, 'ADDRESS'), 'utf8'),
    ).connect();
    onTestFinished(() => client.close());
    return client.db('vssid');
  };

  it('it asks that one, and knows every collection and index it has made', async () => {
    const findings = await examineStore(settings);
    // What it says of one admin without a second factor is right.
    expect(ills(findings)).toEqual(['warning admins', 'warning admins']);
    expect(findings.find(({ check }) => check === 'indexes')).toMatchObject({ level: 'ok' });
    const db = await openDb();
    const made = (await db.listCollections().toArray()).map(({ name }) => name);
    const { collections } = await findIndexDifferences(db as never, declareCollections);
    expect([...collections, 'migrations']).toEqual(expect.arrayContaining(made));
    expect(await examineDesk(Number(new URL(desk.url).port))).toMatchObject({
      level: 'ok',
      text: expect.stringContaining('is ready'),
    });
  });

  it('it sees indexes that are missing, migrations that failed, and a secret that is another one', async () => {
    const db = await openDb();
    await db.collection('messages').dropIndex('conversation_1_seq_1');
    await db.collection('tickets').createIndex({ of: 1, nobody: 1 });
    await db.collection<{ _id: number }>('migrations').updateOne({ _id: 3 }, { $set: { state: 'failed' } });
    const vault = createVault({ key: Buffer.alloc(32, 7) });
    await db.collection('sealed_values').insertOne({
      conversation: 'c',
      clientId: 'm',
      types: ['phone'],
      sealed: vault.seal('["0912345678"]', 'c m'),
      expiresAt: new Date('2100-01-01T00:00:00Z'),
    });
    const findings = await examineStore(settings);
    expect(ills(findings)).toEqual([
      'problem migrations',
      'warning indexes',
      'warning indexes',
      'problem sealed numbers',
      'warning admins',
      'warning admins',
    ]);
    expect(JSON.stringify(findings)).toContain('messages.conversation_1_seq_1');
    expect(JSON.stringify(findings)).toContain('tickets.of_1_nobody_1 is declared nowhere');
  });
});
