/** Puts up a desk of many nodes, each on a site of its own, with what they share. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Redis, startRedis } from '../../support/redis.ts';
import { FIRST_ADMIN } from '../../support/staff-client.ts';
import { bundleDesk } from '../desk-program.ts';
import { writeSmallCorpus } from '../small-corpus.ts';
import { createClock, findFaketime } from './clocks.ts';
import { type Ground, openGround, type Site } from './ground.ts';
import { createNode, type Node } from './nodes.ts';
import type { ClusterPlan } from './plan.ts';
import { type ClusterStore, openClusterStore } from './store.ts';

const READY_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;

export interface World {
  readonly folder: string;
  readonly ground: Ground;
  readonly store: ClusterStore;
  readonly redis: Redis;
  readonly redisFolder: string;
  readonly sites: readonly Site[];
  readonly nodes: readonly Node[];
  readonly phrases: ReadonlyMap<string, readonly string[]>;
  readonly hasSkew: boolean;
}

/** @param takenDown takes what is to be done at the end, in the other order */
export async function putUp(plan: ClusterPlan, takenDown: (() => Promise<unknown>)[]): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cluster-chaos-'));
  takenDown.push(() => rm(folder, { recursive: true, force: true }));
  const phrases = await writeSmallCorpus(folder, ['support.agent']);
  await bundleDesk(folder);
  const ground = openGround();
  const store = await openClusterStore(folder, ground.host);
  takenDown.push(store.close);
  const redisFolder = path.join(folder, 'redis');
  await mkdir(redisFolder);
  const redis = await startRedis({ host: ground.host, folder: redisFolder });
  takenDown.push(redis.stop);
  const faketime = findFaketime();
  const sites: Site[] = [];
  const nodes: Node[] = [];
  for (let index = 1; index <= plan.nodes; index++) {
    const site = await ground.openSite(index, { redis: redis.port, store: store.port });
    takenDown.push(site.close);
    sites.push(site);
    const clock = faketime === null ? null : createClock(faketime, path.join(folder, `clock-${index}`));
    clock?.set(plan.skewSeconds[index - 1] ?? 0);
    const { email, password } = FIRST_ADMIN;
    const node = createNode({
      index,
      folder,
      site,
      database: store.database,
      clock,
      env: { ADMIN_EMAIL: email, ADMIN_PASSWORD: password },
    });
    takenDown.push(async () => {
      await node.kill();
      await node.stop();
    });
    nodes.push(node);
  }
  return { folder, ground, store, redis, redisFolder, sites, nodes, phrases, hasSkew: faketime !== null };
}

export async function waitUntilReady({ name, program }: Node): Promise<void> {
  for (
    const until = performance.now() + READY_WITHIN_MS;
    !(await program.isReady());
    await pause(LOOK_EVERY_MS)
  )
    if (performance.now() > until)
      throw new Error(`${name} does not become ready:\n${program.complaints().join('\n')}`);
}
