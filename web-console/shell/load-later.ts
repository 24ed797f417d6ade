/** Components whose file is fetched when they are first shown, also when the desk is away just then. */
import { type ComponentType, lazy } from 'react';
import { copy } from '../copy.ts';
import { sayFailed } from './notices.ts';

export interface LoadDeps {
  /** Does the desk answer at all? A file that is missing then is gone for good. */
  readonly isReachable: () => Promise<boolean>;
  /** Told once: it takes until the desk is back. */
  readonly onAway: () => void;
  /** @returns when it is worth trying again */
  readonly pause: () => Promise<void>;
}

/** @throws what the import threw, when it failed although the desk can be reached */
export async function loadWhenReachable<Loaded>(
  load: () => Promise<Loaded>,
  { isReachable, onAway, pause }: LoadDeps,
): Promise<Loaded> {
  let wasTold = false;
  for (let isSecondTry = false; ; ) {
    try {
      return await load();
    } catch (error) {
      const isBack = await isReachable();
      // The first failure may be the break that is just over.
      if (isBack && isSecondTry) throw error;
      isSecondTry = isBack;
      if (isBack) continue;
      if (!wasTold) onAway();
      wasTold = true;
      await pause();
    }
  }
}

const TRY_AGAIN_MS = 3_000;

const inBrowser: LoadDeps = {
  async isReachable() {
    try {
      // Also a proxy whose desk is away answers, but not well.
      return (await fetch('/healthz', { cache: 'no-store' })).ok;
    } catch {
      return false;
    }
  },
  onAway: () => sayFailed(new Error(copy.states.loadsLater)),
  pause: () =>
    new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        removeEventListener('online', goOn);
        resolve();
      };
      const timer = setTimeout(goOn, TRY_AGAIN_MS);
      addEventListener('online', goOn);
    }),
};

/**
 * As React's `lazy`, of one component of a file. While the desk is away it says so and waits, instead of failing for
 * as long as the page is open.
 */
export function lazily<File, Props>(load: () => Promise<File>, pick: (file: File) => ComponentType<Props>) {
  const loadAgain = tryingAfresh(load);
  return lazy(async () => ({ default: pick(await loadWhenReachable(loadAgain, inBrowser)) }));
}

/** A browser keeps in mind that a file failed and does not ask again, unless it is asked at another address. */
function tryingAfresh<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let tries = 0;
  let address: string | null = null;
  return async () => {
    try {
      return await (address === null ? load() : (import(address) as Promise<Loaded>));
    } catch (error) {
      // Not all browsers name the file.
      const file = error instanceof Error ? /https?:[^\s?]+\.js/.exec(error.message)?.[0] : undefined;
      if (file !== undefined) address = `${file}?again=${++tries}`;
      throw error;
    }
  };
}
