/** The whole desk as a test starts it: its own store, a free port, nothing left behind. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type App, type AppOptions, createApp } from '../../src/app.ts';
import { createLogger, type Logger } from '../../src/kernel/logger.ts';
import { ROOT } from './corpus.ts';
import { openDatabase } from './database.ts';
import { copyTrainedStore } from './trained-store.ts';

export interface RunningDesk {
  readonly url: string;
  readonly app: App;
  readonly stop: () => Promise<void>;
}

export interface DeskOptions {
  /** Left out: a folder of its own, removed at the end. */
  readonly dataDir?: string;
  readonly mongodbUri?: string | undefined;
  /** Left out: in `dataDir`, or none with `mongodbUri`. */
  readonly archiveDir?: string;
  /** Left out: no other nodes. */
  readonly redisUrl?: string;
  /** Left out: this repository. */
  readonly root?: string;
  readonly logger?: Logger;
  /** Left out: identities of a host app are not taken. */
  readonly hostAppSecret?: string;
  /** Left out: none but the desk's own. */
  readonly allowedOrigins?: readonly string[];
  /** Left out: a free one. */
  readonly port?: number;
  /** Left out: one whose password is made up and printed. */
  readonly firstAdmin?: { readonly email: string; readonly password: string };
  /** Left out: a key that the store keeps. */
  readonly sessionSecret?: string;
  /** Left out: no mail is sent. */
  readonly smtpUrl?: string;
  /** Left out: no mail is read. */
  readonly imapUrl?: string;
  readonly mailFrom?: string;
  readonly publicUrl?: string;
  /** Left out: none. */
  readonly iceServers?: AppOptions['iceServers'];
  readonly metricsToken?: string;
  readonly tracing?: AppOptions['tracing'];
  /** Left out: none. */
  readonly trustedProxies?: readonly string[];
  /** Left out: none, or a busy machine would put off a test's contacts. */
  readonly floodLimits?: AppOptions['floodLimits'];
  /** Left out: none. */
  readonly floodChallenge?: AppOptions['floodChallenge'];
  /** Takes what is printed once: the first admin's password. */
  readonly printOnce?: (line: string) => void;
}

/** Starts a desk on the database given, else on one at MONGODB_URI, else on the embedded store. */
export async function startDesk(options: DeskOptions = {}): Promise<RunningDesk> {
  const {
    root = ROOT,
    logger = createLogger('silent'),
    hostAppSecret,
    allowedOrigins = [],
    port = 0,
    printOnce = () => undefined,
  } = options;
  const own =
    process.env['MONGODB_URI'] && options.mongodbUri === undefined && options.dataDir === undefined
      ? await openDatabase()
      : undefined;
  const mongodbUri = options.mongodbUri ?? own?.uri;
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'desk-data-')));
  if (root === ROOT && mongodbUri === undefined && options.dataDir === undefined)
    await copyTrainedStore(dataDir, async (folder) => (await startDesk({ dataDir: folder })).stop());
  const app = await createApp({
    root,
    mongodbUri,
    dataDir,
    archiveDir: options.archiveDir,
    logger,
    hostAppSecret,
    allowedOrigins,
    ...(options.firstAdmin === undefined ? {} : { firstAdmin: options.firstAdmin }),
    sessionSecret: options.sessionSecret,
    smtpUrl: options.smtpUrl,
    imapUrl: options.imapUrl,
    mailFrom: options.mailFrom,
    redisUrl: options.redisUrl,
    publicUrl: options.publicUrl,
    metricsToken: options.metricsToken,
    tracing: options.tracing,
    ...(options.iceServers === undefined ? {} : { iceServers: options.iceServers }),
    ...(options.trustedProxies === undefined ? {} : { trustedProxies: options.trustedProxies }),
    floodLimits: options.floodLimits ?? false,
    floodChallenge: options.floodChallenge ?? false,
    printOnce,
  });
  app.server.listen(port, '127.0.0.1');
  await once(app.server, 'listening');
  return {
    url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    app,
    async stop() {
      const closed = once(app.server, 'close');
      app.server.close();
      await app.closeSockets();
      app.server.closeAllConnections();
      await closed;
      await app.close();
      await own?.drop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What `POST /api/v1/answers` says, of whatever type. */
export function postQuestion(
  url: string,
  request: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${url}/api/v1/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(request),
  });
}
