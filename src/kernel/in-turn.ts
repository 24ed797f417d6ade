/**
 * A job of which one run is under way at a time: any number of wishes during a run make one more after it.
 * @param job must not throw
 * @returns asks for a run; resolves when the one that was asked for is over
 */
export function inTurn(job: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let isQueued = false;
  return () => {
    if (!isQueued) {
      isQueued = true;
      running = running.then(() => {
        isQueued = false;
        return job();
      });
    }
    return running;
  };
}
