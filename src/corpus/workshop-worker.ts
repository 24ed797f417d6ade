/** The thread of the workshop: does one job and ends. */
import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { FromWorkshop } from './workshop.ts';
import { JOBS, type JobInput, type JobName } from './workshop-jobs.ts';

const { name, input } = workerData as { name: JobName; input: JobInput<JobName> };
const tell = (message: FromWorkshop): void => parentPort?.postMessage(message);

/** Answers go first. Linux gives threads priorities of their own; elsewhere this thread is like the others. */
function giveWay(): void {
  if (process.platform !== 'linux') return;
  setPriority(Number(basename(readlinkSync('/proc/thread-self'))), constants.priority.PRIORITY_LOW);
}

try {
  giveWay();
  const run = JOBS[name] as (input: unknown, onProgress: (progress: never) => void) => Promise<never>;
  tell({ output: await run(input, (progress) => tell({ progress })) });
} catch (error) {
  tell({ failed: (error as Error).stack ?? String(error) });
}
