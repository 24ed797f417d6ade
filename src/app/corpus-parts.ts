/** Where releases of the corpus come from, are kept and are trained. */
import type { Corpus } from '../corpus/corpus.ts';
import { createEngineImageStore } from '../corpus/engine-image-store.ts';
import { createReleaseStore } from '../corpus/release-store.ts';
import { createReleases } from '../corpus/releases.ts';
import { createWorkshop } from '../corpus/workshop.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Storage } from '../storage/storage.ts';

export function createCorpusParts({
  connection,
  files,
  isStoreUp,
  logger,
}: {
  readonly connection: Storage['connection'];
  /** The corpus of the files. */
  readonly files: Promise<Corpus>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
}) {
  return {
    releases: createReleases({ store: createReleaseStore(connection) }),
    images: createEngineImageStore(connection),
    workshop: createWorkshop(),
    readFiles: () => files,
    isStoreUp,
    logger,
  };
}
