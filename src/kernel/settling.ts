/** What goes on happening is worked up when it pauses, not at every step of it. */

export interface Settling {
  /** Something happened to it. Neither waits nor throws. */
  readonly note: (key: string) => void;
  readonly forget: (key: string) => void;
  /** Those that paused, or went on for too long, the longest waiting first; they are noted no more. */
  readonly take: (most: number) => string[];
  /** All of them, paused or not. */
  readonly takeAll: () => string[];
}

/**
 * @param quietMs without anything happening for so long it has paused
 * @param mostMs for no longer than this it is left to go on
 */
export function createSettling({
  quietMs,
  mostMs,
  now = () => new Date(),
}: {
  readonly quietMs: number;
  readonly mostMs: number;
  readonly now?: (() => Date) | undefined;
}): Settling {
  const noted = new Map<string, { readonly first: number; last: number }>();
  return {
    note(key) {
      const at = now().getTime();
      const known = noted.get(key);
      if (known === undefined) noted.set(key, { first: at, last: at });
      else known.last = at;
    },
    forget: (key) => void noted.delete(key),
    take(most) {
      const at = now().getTime();
      const taken: string[] = [];
      for (const [key, { first, last }] of noted) {
        if (taken.length === most) break;
        if (at - last >= quietMs || at - first >= mostMs) taken.push(key);
      }
      for (const key of taken) noted.delete(key);
      return taken;
    },
    takeAll() {
      const all = [...noted.keys()];
      noted.clear();
      return all;
    },
  };
}
