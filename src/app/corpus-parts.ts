/** Where releases of the corpus come from, are kept and are trained. */
import { createEngineImageStore } from '../corpus/engine-image-store.ts';
import { readCorpus } from '../corpus/load-corpus.ts';
import { createReleaseStore } from '../corpus/release-store.ts';
import { createReleases } from '../corpus/releases.ts';
import { createWorkshop } from '../corpus/workshop.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Storage } from '../storage/storage.ts';

export function createCorpusParts({
  connection,
  root,
  isStoreUp,
  now,
  logger,
}: {
  readonly connection: Storage['connection'];
  /** The folder with intents/ and faq/. */
  readonly root: string;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly logger: Logger;
}) {
  const workshop = createWorkshop();
  return {
    releases: createReleases({ store: createReleaseStore(connection), now }),
    images: createEngineImageStore(connection),
    workshop,
    readFiles: () => readCorpus(root),
    readChecksum: () => workshop.run('readFiles', { root }),
    isStoreUp,
    now,
    logger,
  };
}
