/** Long work on a corpus, in a thread of its own, so that chat goes on: training, checking, looking for faults. */
import { Worker } from 'node:worker_threads';
import type { JobInput, JobName, JobOutput, Progress } from './workshop-jobs.ts';

export type FromWorkshop<N extends JobName = JobName> =
  | { readonly progress: Progress }
  | { readonly output: JobOutput<N> }
  | { readonly failed: string };

export interface Workshop {
  /** @throws what the job threw, or that it was broken off */
  readonly run: <N extends JobName>(
    name: N,
    input: JobInput<N>,
    onProgress?: (progress: Progress) => void,
  ) => Promise<JobOutput<N>>;
  /** Breaks off what is under way. */
  readonly stop: () => Promise<void>;
}

/** Jobs run one after the other, each in a fresh thread, which gives its memory back. */
export function createWorkshop(): Workshop {
  let last: Promise<unknown> = Promise.resolve();
  let stopped = false;
  let current: Worker | null = null;

  const runNow = <N extends JobName>(
    name: N,
    input: JobInput<N>,
    onProgress: (progress: Progress) => void,
  ): Promise<JobOutput<N>> => {
    if (stopped) return Promise.reject(new Error('the workshop is closed'));
    const worker = new Worker(new URL('./workshop-thread.mjs', import.meta.url), {
      workerData: { name, input },
      execArgv: [],
    });
    current = worker;
    const done = new Promise<JobOutput<N>>((resolve, reject) => {
      worker.on('message', (message: FromWorkshop<N>) => {
        if ('progress' in message) onProgress(message.progress);
        else if ('failed' in message) reject(new Error(message.failed));
        else resolve(message.output);
      });
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error(`${name} was broken off`)));
    });
    return done.finally(async () => {
      current = null;
      await worker.terminate();
    });
  };

  return {
    run(name, input, onProgress = () => undefined) {
      const mine = last.then(() => runNow(name, input, onProgress));
      last = mine.catch(() => undefined);
      return mine;
    },
    async stop() {
      stopped = true;
      await current?.terminate();
      await last;
    },
  };
}
