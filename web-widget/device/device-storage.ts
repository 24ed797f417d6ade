/** What the device remembers: localStorage, or only the memory of the page where that is forbidden or full. */

export interface DeviceStorage {
  readonly keys: () => string[];
  readonly get: (key: string) => string | null;
  readonly set: (key: string, value: string) => void;
  readonly remove: (key: string) => void;
}

/** Everything that the chat keeps begins like this. */
export const PREFIX = 'vssid-chat.';

/** @param open gives the browser's storage; where it is forbidden, asking for it throws */
export function createDeviceStorage(open: () => Storage): DeviceStorage {
  const memory = new Map<string, string>();
  const onDisk = <Value>(act: (disk: Storage) => Value, otherwise: Value): Value => {
    try {
      return act(open());
    } catch {
      return otherwise;
    }
  };
  return {
    keys() {
      const stored = onDisk(
        (disk) => Array.from({ length: disk.length }, (_, index) => disk.key(index) ?? ''),
        [],
      );
      return [...new Set([...stored, ...memory.keys()])].filter((key) => key.startsWith(PREFIX));
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
