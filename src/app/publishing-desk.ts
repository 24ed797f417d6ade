/** Publishing put together: what drafts are checked with, who makes them live, and what is published at its time. */
import { randomUUID } from 'node:crypto';
import type { RegressionQuestion } from '../corpus/check-release.ts';
import { imageKeyOf } from '../corpus/engine-image.ts';
import type { EngineImageStore } from '../corpus/engine-image-store.ts';
import { readMeasure } from '../corpus/read-measure.ts';
import { checksumOf } from '../corpus/release.ts';
import type { Releases } from '../corpus/releases.ts';
import type { Workshop } from '../corpus/workshop.ts';
import { createCheckStore } from '../curation/check-store.ts';
import { type ChecksDeps, createChecks } from '../curation/checks.ts';
import { createPublishing, type PublishingDeps } from '../curation/publishing.ts';
import { createReleaseRoutes } from '../curation/releases.routes.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import type { Storage } from '../storage/storage.ts';

export interface PublishingDeskDeps
  extends Pick<PublishingDeps, 'drafts' | 'needsApproval' | 'audit' | 'look'>,
    Pick<ChecksDeps, 'onChecked'> {
  readonly connection: Storage['connection'];
  /** Folder that holds the desk's own measure. */
  readonly root: string;
  readonly releases: Releases;
  readonly images: EngineImageStore;
  readonly workshop: Workshop;
  /** Questions whose answer the staff confirmed as right. */
  readonly listConfirmed: () => Promise<readonly { readonly text: string; readonly intent: string }[]>;
  /** What one node does for all. */
  readonly lease: (name: string, owner: string, now: Date, until: Date) => Promise<boolean>;
  readonly isStoreUp: () => boolean;
  /** Shared by all nodes. */
  readonly now: () => Date;
  readonly logger: Logger;
}

export interface PublishingDesk {
  readonly routes: readonly StaffRoute[];
  /** From now on what is due is published. */
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** A minute is what people expect of a time that they chose by the minute. */
const LOOK_EVERY_MS = 20_000;
/** Checking takes up to two minutes; a node that dies in it gives way after this. */
const TURN_MS = 10 * 60_000;

/** To be made before the store opens: it declares collections. */
export function createPublishingDesk(deps: PublishingDeskDeps): PublishingDesk {
  const { releases, images, workshop, isStoreUp, logger } = deps;
  const owner = randomUUID();
  const checks = createChecks({
    store: createCheckStore(deps.connection),
    corpusOf: deps.drafts.corpusOf,
    getRelease: releases.get,
    listQuestions: async () => [
      ...(await readMeasure(deps.root)).map(
        (question): RegressionQuestion => ({ ...question, source: 'measure' }),
      ),
      ...(await deps.listConfirmed()).map(
        ({ text, intent }): RegressionQuestion => ({ text, intent, way: 'all', source: 'staff' }),
      ),
    ],
    runCheck: async (input, onProgress) => {
      const liveImage = await images.find(imageKeyOf(checksumOf(input.live)));
      return workshop.run('check', { ...input, liveImage }, onProgress);
    },
    onChecked: deps.onChecked,
    keepEngine: (corpus, image) => images.save(imageKeyOf(checksumOf(corpus)), image, new Date()),
    logger,
  });
  const publishing = createPublishing({
    drafts: deps.drafts,
    checks,
    releases,
    look: deps.look,
    needsApproval: deps.needsApproval,
    audit: deps.audit,
    now: deps.now,
  });

  const publishDue = async (): Promise<void> => {
    if (!isStoreUp()) return;
    const at = deps.now();
    if (await deps.lease('publishing', owner, at, new Date(at.getTime() + TURN_MS)))
      await publishing.publishDue();
  };
  let due: ReturnType<typeof repeat> | undefined;

  return {
    routes: createReleaseRoutes({ checks, publishing }),
    start() {
      due = repeat(publishDue, {
        everyMs: LOOK_EVERY_MS,
        onError: ({ message: reason }) => logger.warn({ reason }, 'what is due cannot be published now'),
      });
    },
    async stop() {
      await workshop.stop();
      await checks.stop();
      await due?.stop();
    },
  };
}
