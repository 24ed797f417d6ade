/** A child process that answers one question after the other, and what a process has used. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface Helper<Questions extends Record<string, { ask: unknown; answer: unknown }>> {
  readonly ask: <Name extends keyof Questions & string>(
    name: Name,
    question: Questions[Name]['ask'],
  ) => Promise<Questions[Name]['answer']>;
  readonly close: () => Promise<void>;
}

/**
 * @param args for the script
 * @param nodeOptions for the child beside the parent's own, such as `--cpu-prof`
 */
export function startHelper<Questions extends Record<string, { ask: unknown; answer: unknown }>>(
  file: URL,
  args: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): Helper<Questions> {
  const child: ChildProcess = fork(file, args, { execArgv: [...process.execArgv, ...nodeOptions] });
  const ended = once(child, 'exit');
  return {
    async ask(name, question) {
      const answered = once(child, 'message');
      child.send({ name, question });
      const dead = ended.then(([code]) => {
        throw new Error(`${file.pathname} ended with exit code ${code}`);
      });
      const [{ answer, failed }] = (await Promise.race([answered, dead])) as [
        { answer: never; failed?: string },
      ];
      if (failed !== undefined) throw new Error(failed);
      return answer;
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** In the child: answers until the parent is done, then runs `close`. */
export function answerQuestions(
  answers: Readonly<Record<string, (question: never) => unknown>>,
  close: () => Promise<void>,
): void {
  process.on('message', async ({ name, question }: { name: string; question: never }) => {
    try {
      process.send?.({ answer: await answers[name]?.(question) });
    } catch (error) {
      process.send?.({ failed: (error as Error).stack });
    }
  });
  process.once('disconnect', () => void close().then(() => process.exit()));
}

/** Milliseconds of processor time, user and system, of this process so far. */
export function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Linux counts processor time in these. */
const TICK_MS = 10;

/**
 * Processor time of the processes behind local TCP ports, their children included, ended ones too.
 * @returns a reader in milliseconds; undefined where /proc does not tell (another system, another user, another machine)
 */
export function cpuBehindPorts(ports: readonly number[]): (() => number) | undefined {
  try {
    const owners = ports.map(ownerOf);
    return () =>
      [...new Set(owners.flatMap(withChildren))].reduce((sum, pid) => sum + cpuTicks(pid), 0) * TICK_MS;
  } catch {
    return undefined;
  }
}

const processes = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** @throws when no process is seen to listen there */
function ownerOf(port: number): number {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const LISTENING = '0A';
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(hex) && fields[3] === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`);
  const owner = processes().find((pid) => openFiles(pid).some((file) => sockets.includes(file)));
  if (owner === undefined) throw new Error(`nobody seems to listen on port ${port}`);
  return owner;
}

function openFiles(pid: number): string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`));
  } catch {
    // It has ended, or is another user's.
    return [];
  }
}

/** /proc/<pid>/stat behind the program's name, which may hold spaces: state, parent, … */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

const withChildren = (parent: number): number[] => [
  parent,
  ...processes().filter((pid) => Number(statOf(pid)[1]) === parent),
];

/** utime, stime, and the same of children that have ended. */
const cpuTicks = (pid: number): number =>
  statOf(pid)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks), 0);
