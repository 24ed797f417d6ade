/** The processes of a desk of many nodes: each on a site of its own, started again when it dies, as a supervisor would. */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createDeskProgram, type DeskProgram } from '../desk-program.ts';
import type { Clock } from './clocks.ts';
import type { Site } from './ground.ts';

export interface Node {
  readonly name: string;
  readonly url: string;
  readonly site: Site;
  readonly clock: Clock | null;
  readonly program: DeskProgram;
  /** It is killed, and not started again yet. */
  readonly isDead: () => boolean;
  readonly kill: () => Promise<void>;
  readonly revive: () => void;
  /** How often it ended by itself. */
  readonly crashes: () => number;
  readonly stop: () => Promise<number | null>;
}

export interface NodeOptions {
  readonly index: number;
  readonly folder: string;
  readonly site: Site;
  /** Of the store, without its host. */
  readonly database: string;
  readonly clock: Clock | null;
  readonly env: Readonly<Record<string, string>>;
}

const LOOK_EVERY_MS = 100;
const AGAIN_AFTER_MS = 1_000;

export function createNode({ index, folder, site, database, clock, env }: NodeOptions): Node {
  const program = createDeskProgram({
    folder,
    url: site.url,
    through: site.through,
    env: {
      ...env,
      ...clock?.env,
      MONGODB_URI: `mongodb://${site.store}/${database}`,
      REDIS_URL: `redis://${site.redis}`,
      // Of no use where the store is elsewhere, and nobody else's.
      DATA_DIR: path.join(folder, `node-${index}`),
      HOST: site.listen.host,
      PORT: String(site.listen.port),
    },
  });
  let isDead = true;
  let crashes = 0;
  let stopping = false;
  const supervise = async (): Promise<void> => {
    while (!stopping) {
      if (!isDead && !program.isRunning()) {
        crashes += 1;
        await pause(AGAIN_AFTER_MS);
        if (!stopping) program.launch();
      }
      await pause(LOOK_EVERY_MS);
    }
  };
  void supervise();
  return {
    name: `node ${index}`,
    url: site.url,
    site,
    clock,
    program,
    isDead: () => isDead,
    async kill() {
      isDead = true;
      await program.kill();
    },
    revive() {
      program.launch();
      isDead = false;
    },
    crashes: () => crashes,
    async stop() {
      stopping = true;
      return program.stop();
    },
  };
}
