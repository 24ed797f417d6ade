/** Clocks that go wrong: a library between a program and the time of its machine, told by a file by how much. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installPackage } from '../../support/debian.ts';

export interface Clock {
  /** For the program whose clock it is. */
  readonly env: Readonly<Record<string, string>>;
  /** From now on, or a second later, it is off by so much. */
  readonly set: (seconds: number) => void;
}

const LIBRARIES = '/usr/lib';

/** @returns null where there is no such library */
export function findFaketime(): string | null {
  const find = (): string | null => {
    if (!existsSync(LIBRARIES)) return null;
    return (
      readdirSync(LIBRARIES)
        .map((folder) => path.join(LIBRARIES, folder, 'faketime', 'libfaketimeMT.so.1'))
        .find((file) => existsSync(file)) ?? null
    );
  };
  const found = find();
  if (found !== null) return found;
  try {
    installPackage('libfaketime', { name: 'libfaketime', otherwise: 'No libfaketime.' });
  } catch (error) {
    process.stderr.write(`${(error as Error).message} The clocks go right.\n`);
  }
  return find();
}

export function createClock(library: string, file: string): Clock {
  const set = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}s\n`);
  set(0);
  return {
    set,
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      // What counts seconds goes on counting; files keep their times.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
  };
}
