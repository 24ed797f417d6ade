/** A real Redis for a test: a server of its own on a free port, installed where there is none. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { installPackage } from './debian.ts';
import { findFreePort } from './free-port.ts';

export interface Redis {
  /** As REDIS_URL has it. */
  readonly url: string;
  readonly port: number;
  /** Ends it, as when it crashes. */
  readonly stop: () => Promise<void>;
  /** At the same address. */
  readonly start: () => Promise<void>;
  /** It hangs: connections stay, and nothing is answered. */
  readonly freeze: () => void;
  readonly thaw: () => void;
}

const PROGRAM = '/usr/bin/redis-server';
const START_WITHIN_MS = 20_000;

export interface RedisOptions {
  /** Where others reach it; left out: on this machine alone. */
  readonly host?: string;
  /** Where it writes down what it holds, each second; left out: nowhere. */
  readonly folder?: string;
}

export async function startRedis({ host = '127.0.0.1', folder }: RedisOptions = {}): Promise<Redis> {
  if (!existsSync(PROGRAM))
    installPackage('redis-server', { name: 'Redis', otherwise: `No Redis at ${PROGRAM}.` });
  const port = await findFreePort();
  let running: ChildProcess | undefined;
  // A run that is broken off leaves no Redis behind.
  const kill = (): void => void running?.kill('SIGKILL');

  const start = async (): Promise<void> => {
    const kept = folder === undefined ? ['no'] : ['yes', '--dir', folder];
    const args = ['--port', String(port), '--bind', host, '--save', '', '--appendonly', ...kept];
    if (host !== '127.0.0.1') args.push('--protected-mode', 'no');
    process.off('exit', kill).once('exit', kill);
    running = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    for (const deadline = Date.now() + START_WITHIN_MS; Date.now() < deadline; await sleep(20)) {
      if (running.exitCode !== null) break;
      const socket = connect(port, '127.0.0.1');
      const isOpen = await new Promise<boolean>((resolve) => {
        socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
      });
      socket.destroy();
      if (isOpen) return;
    }
    throw new Error('Redis does not start');
  };

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    async stop() {
      const ending = running;
      running = undefined;
      process.off('exit', kill);
      if (ending === undefined || ending.exitCode !== null) return;
      const gone = once(ending, 'exit');
      ending.kill('SIGKILL');
      await gone;
    },
    freeze: () => void running?.kill('SIGSTOP'),
    thaw: () => void running?.kill('SIGCONT'),
  };
}
