/** What the browser remembers: localStorage, or only the memory of the page where that is forbidden or full. */

export interface BrowserStorage {
  /** Of everything that begins with the prefix. */
  readonly keys: (prefix: string) => string[];
  readonly get: (key: string) => string | null;
  readonly set: (key: string, value: string) => void;
  readonly remove: (key: string) => void;
}

/** @param open gives the browser's storage; where it is forbidden, asking for it throws */
export function createBrowserStorage(open: () => Storage): BrowserStorage {
  const memory = new Map<string, string>();
  const onDisk = <Value>(act: (disk: Storage) => Value, otherwise: Value): Value => {
    try {
      return act(open());
    } catch {
      return otherwise;
    }
  };
  return {
    keys(prefix) {
      const stored = onDisk(
        (disk) => Array.from({ length: disk.length }, (_, index) => disk.key(index) ?? ''),
        [],
      );
      return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(prefix));
    },
    get: (key) => memory.get(key) ?? onDisk((disk) => disk.getItem(key), null),
    set(key, value) {
      const stored = onDisk((disk) => {
        disk.setItem(key, value);
        return true;
      }, false);
      if (stored) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      onDisk((disk) => disk.removeItem(key), undefined);
    },
  };
}
