/** Writes packs, and copies those anew that hold what is not to be kept. To be used by one node at a time. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ArchiveStore } from './archive-store.ts';
import { namePack, type Place } from './archived.ts';
import type { Packed, PackStore } from './pack-store.ts';

export interface PackWriterDeps {
  readonly store: ArchiveStore;
  readonly packs: PackStore;
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface PackWriter {
  /** Appends to the month's pack of this process. @returns where each lies, on the disk */
  readonly write: (month: string, all: readonly Packed[]) => Promise<Place[]>;
  /** Marks the packs of processes that ended in the middle of writing. Once; again it does nothing. */
  readonly sweep: () => Promise<void>;
  /** Copies what is still wanted out of the marked ones, and removes them. */
  readonly tidy: () => Promise<void>;
}

/** An erasure copies one pack anew: a second or two at this size. */
const MOST_BYTES = 64 * 1024 * 1024;
const AT_ONCE = 200;

export function createPackWriter({ store, packs, logger, now }: PackWriterDeps): PackWriter {
  const owner = randomUUID();
  /** By month. A process goes on with its own packs only: nobody else's end may be moving. */
  const open = new Map<string, { readonly name: string; size: number }>();
  let hasSwept = false;

  const begin = async (month: string): Promise<string> => {
    const name = namePack(month, now(), randomUUID());
    // Known before it is there: whatever breaks, it is told from a file of somebody else.
    await store.addPack(name, owner, now());
    return name;
  };

  const copyOut = async (name: string): Promise<void> => {
    const reader = packs.openReader();
    try {
      const wanted = await store.listIn(name);
      if (wanted.length > 0) {
        const copy = await begin(name.slice(0, name.indexOf('/')));
        for (let at = 0; at < wanted.length; at += AT_ONCE) {
          const lot = wanted.slice(at, at + AT_ONCE);
          const bytes = await Promise.all(lot.map(({ place }) => reader.readBytes(place)));
          const places = await packs.append(
            copy,
            lot.map(({ place }, index) => ({ bytes: bytes[index]!, sha256: place.sha256 })),
          );
          // Taken out of the archive meanwhile: the copy holds what it should not.
          for (const [index, { id, place }] of lot.entries())
            if (!(await store.move(id, place, places[index]!))) await store.markDirty(copy);
        }
      }
    } finally {
      await reader.close();
    }
    if ((await store.listIn(name)).length > 0) return;
    await packs.remove(name);
    await store.removePack(name);
  };

  return {
    async write(month, all) {
      if (all.length === 0) return [];
      const known = open.get(month);
      const current =
        known === undefined || known.size > MOST_BYTES ? { name: await begin(month), size: 0 } : known;
      open.set(month, current);
      try {
        const places = await packs.append(current.name, all);
        current.size += all.reduce((sum, { bytes }) => sum + bytes.length, 0);
        return places;
      } catch (error) {
        // Nobody knows how much of it is there.
        open.delete(month);
        await store.markDirty(current.name);
        throw error;
      }
    },
    async sweep() {
      if (hasSwept) return;
      const ends = await store.surveyPacks();
      for (const pack of await store.listPacks())
        if (pack.owner !== owner && (await packs.sizeOf(pack.name)) > (ends.get(pack.name) ?? 0))
          await store.markDirty(pack.name);
      hasSwept = true;
    },
    async tidy() {
      // More than once: a copy may have to be copied, too.
      for (let tries = 0; tries < 3; tries++) {
        const dirty = await store.listDirty();
        if (dirty.length === 0) return;
        for (const name of dirty) {
          for (const [month, { name: own }] of open) if (own === name) open.delete(month);
          await copyOut(name).catch((error: Error) => {
            if (!(error instanceof AppError)) throw error;
            logger.error(
              { pack: name, reason: error.message },
              'a pack of the archive cannot be copied anew',
            );
          });
        }
      }
    },
  };
}
