/** The corpus doctor put together. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { PICTURES_FOLDER } from '../corpus/check-corpus.ts';
import type { Corpus } from '../corpus/corpus.ts';
import { createCheckupStore } from '../corpus/doctor/checkup-store.ts';
import { createDoctorRoutes } from '../corpus/doctor/doctor.routes.ts';
import { createDoctor } from '../corpus/doctor/doctor.ts';
import type { Releases } from '../corpus/releases.ts';
import type { Workshop } from '../corpus/workshop.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Storage } from '../storage/storage.ts';

export interface DoctorDeskDeps {
  readonly connection: Storage['connection'];
  readonly root: string;
  readonly releases: Releases;
  readonly readFiles: () => Promise<Corpus>;
  readonly release: () => number | null;
  readonly workshop: Pick<Workshop, 'run'>;
  readonly logger: Logger;
}

export interface DoctorDesk {
  readonly routes: readonly StaffRoute[];
  readonly stop: () => Promise<void>;
}

/** A page that takes longer is as good as gone for whoever waits for it on a phone. */
const PAGE_WITHIN_MS = 8_000;

/** To be made before the store is opened: it declares a collection. */
export function createDoctorDesk(deps: DoctorDeskDeps): DoctorDesk {
  const { releases, workshop, logger } = deps;
  const doctor = createDoctor({
    store: createCheckupStore(deps.connection),
    async readLive() {
      const release = deps.release();
      const corpus = release === null ? await deps.readFiles() : (await releases.get(release)).corpus;
      return { release, corpus };
    },
    release: deps.release,
    examine: (corpus, onProgress) => workshop.run('examine', { corpus }, ({ share }) => onProgress(share)),
    listPictures: async () => new Set(await readdir(path.join(deps.root, PICTURES_FOLDER))),
    askPage,
    logger,
  });
  return { routes: createDoctorRoutes({ doctor }), stop: doctor.stop };
}

/** Follows no redirect: that there is one says enough, and a page of ours is nobody's business. */
async function askPage(address: string): Promise<number | null> {
  if (!isPublicName(address)) return null;
  try {
    const response = await fetch(address, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PAGE_WITHIN_MS),
    });
    return response.status;
  } catch {
    // Whatever the reason: whoever follows the link gets nowhere.
    return null;
  }
}

/** Names on the web only: an answer is not to make the desk look around in its own network. */
function isPublicName(address: string): boolean {
  const { hostname, protocol, port } = new URL(address);
  return (
    protocol === 'https:' &&
    port === '' &&
    /\.[a-z]{2,}$/i.test(hostname) &&
    !/\.(?:local|internal|lan)$/i.test(hostname)
  );
}
