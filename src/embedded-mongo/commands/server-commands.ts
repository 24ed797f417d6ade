/** Commands about the server itself: who it is and how it is. It is a standalone server that speaks as MongoDB 7.0. */
import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { UUID } from 'bson';
import { MongoFault } from '../fault.ts';
import { dataFile, markFolder } from '../store/store-folder.ts';
import type { Handler } from './command.ts';

const VERSION = '7.0.0';
/** The wire version of MongoDB 7.0; 25 (8.0) would promise the bulkWrite command. */
const WIRE_VERSION = 21;

const hello: Handler = ({ name }) => ({
  helloOk: true,
  ...(name === 'hello' ? { isWritablePrimary: true } : { ismaster: true }),
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: 1,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
  ok: 1,
});

const fine: Handler = () => ({ ok: 1 });

/** Not MongoDB's: writes a copy of one moment as a folder that a server can be started on; the folder is made. */
const copyStore: Handler = async ({ body }, { store }) => {
  const folder = body['to'];
  if (typeof folder !== 'string' || !path.isAbsolute(folder))
    throw new MongoFault('BadValue', "copyStore: 'to' must be the absolute path of a folder");
  try {
    await mkdir(folder, { mode: 0o700 });
    await store.copyTo(dataFile(folder));
    await markFolder(folder);
  } catch (error) {
    throw new MongoFault('OperationFailed', `copyStore: ${(error as Error).message}`);
  }
  return { ok: 1 };
};

export const SERVER_COMMANDS: Record<string, Handler> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: fine,
  startSession: () => ({ id: { id: new UUID() }, timeoutMinutes: 30, ok: 1 }),
  endSessions: fine,
  refreshSessions: fine,
  killSessions: fine,
  fsync: fine,
  copyStore,
  buildInfo: () => ({
    version: VERSION,
    versionArray: [7, 0, 0, 0],
    gitVersion: 'embedded',
    modules: ['embedded-mongo'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
    storageEngines: ['lmdb'],
    ok: 1,
  }),
  serverStatus: (_command, { startedAt, store, cursors, connections }) => ({
    host: hostname(),
    version: VERSION,
    process: 'embedded-mongo',
    pid: process.pid,
    uptime: Math.round((Date.now() - startedAt) / 1000),
    localTime: new Date(),
    connections: { current: connections(), available: 10_000, active: connections() },
    metrics: { cursor: { open: { total: cursors.count() } } },
    mem: { resident: Math.round(process.memoryUsage().rss / 1024 / 1024) },
    storageEngine: {
      name: 'lmdb',
      supportsCommittedReads: true,
      persistent: true,
      fileBytes: store.fileBytes(),
    },
    ok: 1,
  }),
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
  getParameter: () => ({ featureCompatibilityVersion: { version: '7.0' }, ok: 1 }),
};
