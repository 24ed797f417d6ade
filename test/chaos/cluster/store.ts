/** The store of a desk of many nodes: the embedded one as a process of its own, or a real engine elsewhere. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../support/free-port.ts';
import { passOn } from './pass-on.ts';

export interface ClusterStore {
  readonly name: string;
  readonly port: number;
  /** Path and options of its address, behind the host. */
  readonly database: string;
  /** null: it is somebody else's, and not ours to kill. */
  readonly process: { readonly kill: () => Promise<void>; readonly start: () => Promise<void> } | null;
  readonly close: () => Promise<void>;
}

const DATABASE = 'chaos';
const START_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 10;

/** Names the Unix socket on which a real engine is reached from a network of its own. */
export const ENGINE_SOCKET = 'CHAOS_ENGINE_SOCKET';

/** The engine at MONGODB_URI on a Unix socket, which reaches every network of this machine. @returns its end */
export async function passEngineOn(uri: string, socket: string): Promise<Server> {
  const [, host = '', port = '27017'] = /^mongodb:\/\/(?:[^@/]*@)?([^:/,?]+)(?::(\d+))?/.exec(uri) ?? [];
  const server = createServer((near) => passOn(near, connect(Number(port), host))).listen(socket);
  await once(server, 'listening');
  chmodSync(socket, 0o600);
  return server.unref();
}

/** @param folder with the bundle */
export async function openClusterStore(folder: string, host: string): Promise<ClusterStore> {
  const port = await findFreePort();
  const uri = process.env['MONGODB_URI'];
  const database = `${DATABASE}_${Date.now().toString(36)}`;
  if (uri) {
    const engine = process.env[ENGINE_SOCKET];
    const [, at = '', query = ''] = /^mongodb:\/\/([^/?]+)[^?]*\??(.*)$/.exec(uri) ?? [];
    const [address = '', enginePort = '27017'] = at.replace(/^.*@/, '').split(',')[0]?.split(':') ?? [];
    const server = createServer({ noDelay: true }, (near) =>
      passOn(near, engine === undefined ? connect(Number(enginePort), address) : connect(engine)),
    ).listen(port, host);
    await once(server, 'listening');
    // Of a replica set only the member that is passed on is reached: the primary.
    const options = query
      .split('&')
      .filter((option) => option !== '' && !/^(replicaSet|directConnection)=/i.test(option));
    return {
      name: 'the engine at MONGODB_URI',
      port,
      database: `${database}?${[...options, 'directConnection=true'].join('&')}`,
      process: null,
      close: async () => void server.close(),
    };
  }

  let child: ChildProcess | undefined;
  const killChild = (): void => void child?.kill('SIGKILL');
  process.once('exit', killChild);
  const start = async (): Promise<void> => {
    child = spawn(process.execPath, ['src/serve-store.mjs'], {
      cwd: folder,
      env: {
        ...process.env,
        DATA_DIR: path.join(folder, 'data'),
        STORE_HOST: host,
        STORE_PORT: String(port),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let isServed = false;
    child.stdout?.once('data', () => {
      isServed = true;
    });
    for (const until = performance.now() + START_WITHIN_MS; !isServed; await pause(LOOK_EVERY_MS))
      if (child.exitCode !== null || performance.now() > until) throw new Error('the store does not start');
  };
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  await start();
  return {
    name: 'the embedded store in a process of its own',
    port,
    database: `${database}?directConnection=true`,
    process: { kill, start },
    async close() {
      process.off('exit', killChild);
      await kill();
    },
  };
}
