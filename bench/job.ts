/** Work done in a process of its own, so that what is measured cannot disturb what is measured next. */
import { fork } from 'node:child_process';

/**
 * Runs a job in a fresh process under the same loaders.
 * @param file the script that calls `answerJob`
 * @param limitMs the process is ended after this long
 * @returns every result it reported; fewer than hoped for when the limit struck
 * @throws when the process fails for another reason
 */
export function runInChild<Job extends object, Result>(
  file: URL,
  job: Job,
  limitMs = 600_000,
): Promise<Result[]> {
  return new Promise((resolve, reject) => {
    const child = fork(file, {
      serialization: 'advanced',
      execArgv: [...process.execArgv, '--expose-gc'],
    });
    const results: Result[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitMs);
    child.on('message', (result) => results.push(result as Result));
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(timer);
      if (code === 0 || late) resolve(results);
      else reject(new Error(`${file.pathname} ended with exit code ${code}`));
    });
    child.send(job);
  });
}

/** In the child: does the one job that comes, reporting as often as it likes. */
export function answerJob<Job, Result>(
  handle: (job: Job, report: (result: Result) => void) => Promise<void> | void,
): void {
  process.once('message', async (job) => {
    await handle(job as Job, (result) => process.send?.(result));
    process.disconnect();
  });
}
