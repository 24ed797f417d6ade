/** The desk as a program that can be killed: as it is shipped, but for its corpus, which trains in no time. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build, stop } from 'esbuild';
import { bundleServer } from '../../src/bundle.ts';
import { ROOT } from '../support/corpus.ts';

export interface DeskProgram {
  /** Does not wait until it serves. */
  readonly launch: () => void;
  /** Launches, and resolves when it is ready to serve. @throws when it ends by itself instead */
  readonly start: () => Promise<void>;
  /** At once and without a word. */
  readonly kill: () => Promise<void>;
  /** As an operator stops it. @returns the exit code */
  readonly stop: () => Promise<number | null>;
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly isRunning: () => boolean;
  readonly isReady: () => Promise<boolean>;
  /** What it printed, beside the lines of its log that are below warning. */
  readonly complaints: () => readonly string[];
}

export interface DeskProgramOptions {
  /** Where the bundle is, and the small corpus. */
  readonly folder: string;
  /** Where it can be asked whether it is ready. */
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** What the program is started with, such as `nsenter …`; left out: nothing. */
  readonly through?: readonly string[];
}

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;

export function createDeskProgram({ folder, url, env, through = [] }: DeskProgramOptions): DeskProgram {
  let child: ChildProcess | undefined;
  let latest: ChildProcess | undefined;
  const complaints: string[] = [];
  // A run that is broken off leaves no desk behind.
  const killChild = (): void => void child?.kill('SIGKILL');

  const launch = (): ChildProcess => {
    const [program = process.execPath, ...args] = [...through, process.execPath, 'src/main.mjs'];
    const launched = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, LOG_LEVEL: 'warn', NODE_ENV: 'production', FLOOD_LIMITS: 'off', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = launched;
    latest = launched;
    process.once('exit', killChild);
    launched.once('exit', () => process.off('exit', killChild));
    for (const output of [launched.stdout, launched.stderr])
      output.setEncoding('utf8').on('data', (said: string) => {
        complaints.push(...said.split('\n').filter((line) => line !== ''));
      });
    return launched;
  };
  const isReady = async (): Promise<boolean> => {
    try {
      return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
    } catch {
      return false;
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null)
      return ending?.exitCode ?? null;
    const exited = once(ending, 'exit');
    ending.kill(signal);
    const [code] = await exited;
    return code as number | null;
  };

  return {
    launch: () => void launch(),
    async start() {
      const started = launch();
      for (const giveUpAt = Date.now() + READY_WITHIN_MS; !(await isReady()); await pause(LOOK_EVERY_MS)) {
        if (started.exitCode !== null || Date.now() > giveUpAt)
          throw new Error(`the desk did not start:\n${complaints.join('\n')}`);
      }
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    signal: (signal) => void latest?.kill(signal),
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    isReady,
    complaints: () => complaints,
  };
}

/** As it is shipped, in src/ of the folder; with a store beside it that is served to several desks. */
export async function bundleDesk(folder: string): Promise<void> {
  const outdir = path.join(folder, 'src');
  await bundleServer(outdir);
  await build({
    entryPoints: { 'serve-store': path.join(ROOT, 'test/chaos/cluster/serve-store.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['lmdb'],
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  });
  // Its process would stay, with half a gigabyte.
  await stop();
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
}
