/** One desk on many nodes: how they are linked. */
import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from '../kernel/logger.ts';
import type { NodeLink } from '../realtime/node-link.ts';
import { openPollingDoor } from '../realtime/polling-door.ts';
import { createSocketServer, type SocketServer } from '../realtime/socket-server.ts';
import { type InStepDeps, keepInStep } from './keep-in-step.ts';

export interface ManyNodesDeps extends Omit<InStepDeps, 'link' | 'sockets'> {
  /** undefined: this node is alone, unless it is a worker of a cluster. */
  readonly redisUrl: string | undefined;
}

export interface ManyNodes {
  readonly sockets: SocketServer;
  readonly hasOtherNodes: boolean;
  /** This node hears the others, or is alone. */
  readonly isLinked: () => boolean;
  readonly stop: () => Promise<void>;
}

/** Where the workers of one machine reach each other. @param primary the process that started them */
export function workersFolder(primary: number): string {
  return path.join(tmpdir(), `vssid-desk-workers-${primary}`);
}

/** The sockets of this node, linked with those of the others. */
export async function joinNodes(server: Server, { redisUrl, ...deps }: ManyNodesDeps): Promise<ManyNodes> {
  const link = await openLink(redisUrl, deps.logger);
  const sockets = createSocketServer(server, link);
  const { worker } = cluster;
  const folder = workersFolder(process.ppid);
  const closeDoor = worker && openPollingDoor({ server, engine: sockets.engine, folder, worker: worker.id });
  const inStep = link && keepInStep({ ...deps, link, sockets });
  return {
    sockets,
    hasOtherNodes: link !== undefined,
    isLinked: () => link?.isUp() ?? true,
    async stop() {
      closeDoor?.();
      await inStep?.stop();
      await link?.close();
    },
  };
}

/** What links nodes is loaded only where there are several: Redis' client alone takes a quarter of a second. */
async function openLink(redisUrl: string | undefined, logger: Logger): Promise<NodeLink | undefined> {
  if (redisUrl !== undefined) {
    const { createRedisLink } = await import('../realtime/redis-link.ts');
    return createRedisLink({ url: redisUrl, logger });
  }
  if (!cluster.isWorker) return undefined;
  const { createWorkerLink } = await import('../realtime/worker-link.ts');
  return createWorkerLink();
}
