/** Work that can wait shares the store with chat that cannot: after each piece it rests for a multiple of what it took. */

export interface Leisure {
  /** Does a piece, then rests. A store that is busy makes the piece longer, and with it the rest. */
  readonly spend: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** From now on nothing rests, what rests already included: the end is near. */
  readonly hurry: () => void;
}

/** @param share of the time that is worked, above 0 and up to 1 */
export function createLeisure({ share }: { readonly share: number }): Leisure {
  const resting = new Set<() => void>();
  let hurried = false;
  const rest = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        resting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms).unref();
      resting.add(wake);
    });
  return {
    async spend(work) {
      const startedAt = performance.now();
      try {
        return await work();
      } finally {
        if (!hurried) await rest((performance.now() - startedAt) * (1 / share - 1));
      }
    },
    hurry() {
      hurried = true;
      for (const wake of [...resting]) wake();
    },
  };
}
