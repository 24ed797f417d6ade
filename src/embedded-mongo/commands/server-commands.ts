/** Commands about the server itself: who it is and how it is. It is a standalone server that speaks as MongoDB 7.0. */
import { hostname } from 'node:os';
import { UUID } from 'bson';
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
