/**
 * Where the nodes stand: each on a network of its own, with one way to Redis, one to the store and one to its clients,
 * that can be cut one by one. Network namespaces where they can be made; else TCP proxies, which break connections
 * instead of packets.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readlinkSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from '../../support/free-port.ts';
import { passOn } from './pass-on.ts';

export const WAYS = ['redis', 'store', 'clients'] as const;
export type WayName = (typeof WAYS)[number];

export interface Way {
  /** @param side whose end of the cable is pulled: the node notices its own */
  readonly cut: (side: 'node' | 'others') => Promise<void>;
  readonly mend: () => Promise<void>;
}

export interface Site {
  /** What a program is started with to run there. */
  readonly through: readonly string[];
  /** host:port, as it is reached from there. */
  readonly redis: string;
  readonly store: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Of what listens there, for its clients. */
  readonly url: string;
  readonly ways: Readonly<Record<WayName, Way>>;
  readonly close: () => Promise<void>;
}

export interface Ground {
  readonly kind: 'network namespaces' | 'TCP proxies';
  /** Where Redis and the store are to listen. */
  readonly host: string;
  readonly openSite: (
    index: number,
    ports: { readonly redis: number; readonly store: number },
  ) => Promise<Site>;
}

/** Set in the namespace that `enterHub` made. */
const IN_HUB = 'CHAOS_HUB';
const DESK_PORT = 3_000;

/**
 * Runs this program once more in a network of its own, where nothing else is and nothing is left behind.
 * @returns its exit code; null where it runs there already, or no such network can be made
 */
export async function enterHub(env: Readonly<Record<string, string>>): Promise<number | null> {
  if (isInHub() || process.platform !== 'linux') return null;
  const flags = process.getuid?.() === 0 ? ['--net'] : ['--map-root-user', '--net'];
  // All that is needed there, tried once.
  const trial = spawnSync('unshare', [
    ...flags,
    ...[
      'sh',
      '-c',
      'ip link set lo up && ip link add chaos1 type veth peer name chaos2 && unshare --net true',
    ],
  ]);
  if (trial.status !== 0) return null;
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('unshare', [...flags, ...again], {
    stdio: 'inherit',
    env: { ...process.env, ...env, [IN_HUB]: '1' },
  });
  // It has nodes, a store and Redis to take down.
  process.once('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  return (code as number | null) ?? 1;
}

export const isInHub = (): boolean => process.env[IN_HUB] !== undefined;

export function openGround(): Ground {
  if (!isInHub()) return { kind: 'TCP proxies', host: '127.0.0.1', openSite: openProxiedSite };
  run('ip', 'link', 'set', 'lo', 'up');
  return { kind: 'network namespaces', host: '0.0.0.0', openSite: openNamespace };
}

function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A namespace lives as long as a process in it: this one ends with its standard input, so with this process. */
async function openNamespace(index: number, ports: { redis: number; store: number }): Promise<Site> {
  const holder = spawn('unshare', ['--net', 'cat'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const space = `/proc/${holder.pid}/ns/net`;
  while (readlinkSync(space) === readlinkSync('/proc/self/ns/net')) await pause(5);
  const through = ['nsenter', `--net=${space}`];
  const inside = (...args: readonly string[]): void => run('nsenter', `--net=${space}`, 'ip', ...args);
  inside('link', 'set', 'lo', 'up');

  const openWay = (at: number, name: WayName): { way: Way; near: string; far: string } => {
    const outer = `${name}${index}`;
    const address = (last: number): string => `10.213.${index}.${at * 4 + last}`;
    run('ip', 'link', 'add', outer, 'type', 'veth', 'peer', 'name', name, 'netns', String(holder.pid));
    run('ip', 'address', 'add', `${address(1)}/30`, 'dev', outer);
    inside('address', 'add', `${address(2)}/30`, 'dev', name);
    const mend = (): void => {
      run('ip', 'link', 'set', outer, 'up');
      inside('link', 'set', name, 'up');
    };
    mend();
    const way: Way = {
      cut: async (side) =>
        side === 'node' ? inside('link', 'set', name, 'down') : run('ip', 'link', 'set', outer, 'down'),
      mend: async () => mend(),
    };
    return { way, near: address(1), far: address(2) };
  };
  const [redis, store, clients] = WAYS.map((name, at) => openWay(at, name)) as [
    ReturnType<typeof openWay>,
    ReturnType<typeof openWay>,
    ReturnType<typeof openWay>,
  ];
  return {
    through,
    redis: `${redis.near}:${ports.redis}`,
    store: `${store.near}:${ports.store}`,
    listen: { host: '0.0.0.0', port: DESK_PORT },
    url: `http://${clients.far}:${DESK_PORT}`,
    ways: { redis: redis.way, store: store.way, clients: clients.way },
    async close() {
      const gone = once(holder, 'exit');
      holder.stdin.end();
      await gone;
    },
  };
}

async function openProxiedSite(_index: number, ports: { redis: number; store: number }): Promise<Site> {
  const desk = await findFreePort();
  const [redis, store, clients] = await Promise.all([
    openProxiedWay(ports.redis),
    openProxiedWay(ports.store),
    openProxiedWay(desk),
  ]);
  return {
    through: [],
    redis: `127.0.0.1:${redis.port}`,
    store: `127.0.0.1:${store.port}`,
    listen: { host: '127.0.0.1', port: desk },
    url: `http://127.0.0.1:${clients.port}`,
    ways: { redis: redis.way, store: store.way, clients: clients.way },
    async close() {
      for (const { way } of [redis, store, clients]) await way.cut('others');
    },
  };
}

async function openProxiedWay(target: number): Promise<{ way: Way; port: number }> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  const mend = async (): Promise<void> => {
    if (server !== undefined) return;
    server = createServer({ noDelay: true }, (near) => {
      const far = connect(target, '127.0.0.1');
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
      }
      passOn(near, far);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  };
  const cut = async (): Promise<void> => {
    const closed = server && once(server, 'close');
    server?.close();
    for (const socket of sockets) socket.destroy();
    await closed;
    server = undefined;
  };
  await mend();
  return { way: { cut, mend }, port };
}
