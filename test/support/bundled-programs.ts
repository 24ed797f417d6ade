/**
 * Programs for tests that have to kill, starve or damage a real process. Each is bundled once with the embedded server,
 * its thread included, because a start through tsx takes a second and these tests start a hundred processes.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { build } from 'esbuild';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Program {
  readonly pid: number;
  /** The line after the last one that was asked for. @throws when the program ends before it prints another */
  readonly nextLine: () => Promise<string>;
  /** Every line printed so far. */
  readonly lines: readonly string[];
  readonly say: (line: string) => void;
  readonly kill: () => void;
  readonly ended: Promise<Ending>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What was printed on the error output. */
  readonly complaint: string;
}

export interface Programs {
  /** Starts a program; it is killed when the bundle is closed, should it still run. */
  readonly start: (name: string, ...args: readonly string[]) => Program;
  /** The same, as another user: `uid` and `gid` of the process. Needs root. */
  readonly startAs: (user: number, name: string, ...args: readonly string[]) => Program;
  readonly close: () => Promise<void>;
}

/**
 * Bundles programs.
 * @param names of files in test/storage-faults/programs, without `.ts`
 */
export async function bundlePrograms(...names: readonly string[]): Promise<Programs> {
  const folder = await mkdtemp(path.join(tmpdir(), 'programs-'));
  // For programs that run as another user.
  await chmod(folder, 0o755);
  await build({
    entryPoints: {
      ...Object.fromEntries(
        names.map((name) => [name, path.join(ROOT, 'test/storage-faults/programs', `${name}.ts`)]),
      ),
      // The server starts these beside itself.
      'check-file': path.join(ROOT, 'src/embedded-mongo/store/check-file.mjs'),
      thread: path.join(ROOT, 'src/embedded-mongo/worker.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // It finds its native part by its own place.
    external: ['lmdb'],
    banner: { js: "import{createRequire as c}from'node:module';const require=c(import.meta.url);" },
    logLevel: 'warning',
  });
  await symlink(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  const running = new Set<Program>();

  function launch(options: { uid?: number; gid?: number }, name: string, args: readonly string[]): Program {
    const child = spawn(process.execPath, [path.join(folder, `${name}.mjs`), ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      ...options,
    });
    const program = follow(child);
    running.add(program);
    void program.ended.finally(() => running.delete(program));
    return program;
  }

  return {
    start: (name, ...args) => launch({}, name, args),
    startAs: (user, name, ...args) => launch({ uid: user, gid: user }, name, args),
    async close() {
      const left = [...running];
      for (const program of left) program.kill();
      await Promise.allSettled(left.map(({ ended }) => ended));
      await rm(folder, { recursive: true });
    },
  };
}

function follow(child: ChildProcessByStdio<Writable, Readable, Readable>): Program {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  let over = false;
  let read = 0;
  let complaint = '';
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  // A line that the kill cut in two was not printed.
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
    wake();
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    complaint += `${line}\n`;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      over = true;
      wake();
      resolve({ code, signal, complaint });
    });
  });
  ended.catch(() => {});
  return {
    pid: child.pid ?? 0,
    lines,
    async nextLine() {
      while (read >= lines.length) {
        if (over) throw new Error(`the program ended, and said: ${complaint || 'nothing'}`);
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return lines[read++] ?? '';
    },
    say: (line) => child.stdin.write(`${line}\n`),
    kill: () => child.kill('SIGKILL'),
    ended,
  };
}
