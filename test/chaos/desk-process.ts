/**
 * The desk as a process of its own that can be killed: src/main.ts and all it needs, bundled as they are, on an
 * embedded store of its own. Started as `npm start` does it, through tsx and on the whole corpus, it takes three seconds
 * of processor time longer each time; what is bundled is the same code, and what it answers from is a small corpus.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { ROOT } from '../support/corpus.ts';
import { writeSmallCorpus } from './small-corpus.ts';

export interface DeskProcess {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  /** Resolves when it is ready to serve. @throws when it ends by itself instead */
  readonly start: () => Promise<void>;
  /** At once and without a word. */
  readonly kill: () => Promise<void>;
  /** As an operator stops it. @returns the exit code */
  readonly stop: () => Promise<number | null>;
  /** Tells it once more to stop, while it does. */
  readonly urge: () => void;
  /** What it printed, beside the lines of its log that are below warning. */
  readonly complaints: () => readonly string[];
  /** Ends it if need be, and removes everything. */
  readonly remove: () => Promise<void>;
}

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 25;

/** @param settings of its environment, besides */
export async function prepareDesk(settings: Readonly<Record<string, string>> = {}): Promise<DeskProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chaos-'));
  const dataDir = path.join(folder, 'data');
  const phrases = await writeSmallCorpus(folder);
  await bundleDesk(folder);
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let latest: ChildProcess | undefined;
  const complaints: string[] = [];

  // A run that is broken off leaves no desk behind.
  const killChild = (): void => void child?.kill('SIGKILL');
  process.once('exit', killChild);

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
    url,
    port,
    dataDir,
    phrases,
    async start() {
      const started = spawn(process.execPath, ['src/main.mjs'], {
        cwd: folder,
        env: {
          ...process.env,
          MONGODB_URI: '',
          DATA_DIR: dataDir,
          HOST: '127.0.0.1',
          PORT: String(port),
          LOG_LEVEL: 'warn',
          NODE_ENV: 'production',
          // A crowd plays on one machine.
          FLOOD_LIMITS: 'off',
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = started;
      latest = started;
      for (const output of [started.stdout, started.stderr])
        output.setEncoding('utf8').on('data', (said: string) => {
          complaints.push(...said.split('\n').filter((line) => line !== ''));
        });
      for (const giveUpAt = Date.now() + READY_WITHIN_MS; !(await isReady(url)); await pause(LOOK_EVERY_MS)) {
        if (started.exitCode !== null || Date.now() > giveUpAt)
          throw new Error(`the desk did not start:\n${complaints.join('\n')}`);
      }
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    urge: () => void latest?.kill('SIGTERM'),
    complaints: () => complaints,
    async remove() {
      await end('SIGKILL');
      process.off('exit', killChild);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Where src/main.ts expects itself and its neighbours to be. */
async function bundleDesk(folder: string): Promise<void> {
  await build({
    entryPoints: {
      main: path.join(ROOT, 'src/main.ts'),
      // The embedded store starts these beside itself.
      thread: path.join(ROOT, 'src/embedded-mongo/worker.ts'),
      'check-file': path.join(ROOT, 'src/embedded-mongo/store/check-file.mjs'),
    },
    outdir: path.join(folder, 'src'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // They find files of theirs by their own place.
    external: ['lmdb', 'pino', 'swagger-ui-dist', '@node-rs/argon2'],
    banner: {
      js: [
        "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
        'const __dirname=import.meta.dirname,__filename=import.meta.filename;',
      ].join(''),
    },
    logLevel: 'warning',
  });
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
