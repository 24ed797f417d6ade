export interface Repeating {
  /** Begins no more; resolves when the one that is under way is over. */
  readonly stop: () => Promise<void>;
}

/**
 * Does a job again and again until it is stopped, each time a while after the last one is over. It keeps no process
 * alive.
 * @param everyMs between the end of one and the beginning of the next; `now`: the first one begins at once
 * @param onError takes what the job throws; the next one comes all the same
 */
export function repeat(
  job: () => Promise<unknown>,
  {
    everyMs,
    now = false,
    onError,
  }: {
    readonly everyMs: number;
    readonly now?: boolean;
    readonly onError: (error: Error) => void;
  },
): Repeating {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(run, everyMs).unref();
  };
  const run = (): void => {
    running = job()
      .catch(onError)
      .finally(() => {
        if (!stopped) wait();
      });
  };
  if (now) run();
  else wait();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
