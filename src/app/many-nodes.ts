/** One desk on many nodes: how they are linked, and how clients stay in step while they are not. */
import cluster from 'node:cluster';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHAT_NAMESPACE } from '../contracts/chat.ts';
import { STAFF_NAMESPACE } from '../contracts/console.ts';
import { contactRoom } from '../conversations/conversations.sockets.ts';
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import type { NodeLink } from '../realtime/node-link.ts';
import { openPollingDoor } from '../realtime/polling-door.ts';
import { createSocketServer, type SocketServer } from '../realtime/socket-server.ts';

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

interface InStepDeps {
  readonly link: NodeLink;
  readonly sockets: SocketServer;
  /** Conversations that people have, or that wait for one: what is said in the others is said on their own node. */
  readonly listHandled: () => Promise<readonly { readonly id: string }[]>[];
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly everyMs?: number;
}

/** As long as a person who waits for an answer hardly notices. */
const EVERY_MS = 4_000;

/**
 * While other nodes cannot be heard this node's clients are told, again and again, to look into the database; and once
 * more when they can be heard again.
 */
function keepInStep(deps: InStepDeps): { readonly stop: () => Promise<void> } {
  const { link, sockets, everyMs = EVERY_MS } = deps;
  let isOwed = !link.isUp();
  // Also where it is up again before the next look.
  link.events.on('down', () => {
    isOwed = true;
  });
  /** Also those of the look before: what was closed meanwhile has to be told, too. */
  let handled: ReadonlySet<string> = new Set();
  const tell = async (): Promise<void> => {
    if (!deps.isStoreUp()) return;
    const isDown = !link.isUp();
    const mustTell = isOwed || isDown;
    const found = await Promise.all(deps.listHandled());
    const now = found.flat().map(({ id }) => id);
    const concerned = new Set([...handled, ...now]);
    handled = isDown ? concerned : new Set(now);
    if (!mustTell) return;
    isOwed = isDown;
    sockets.of(STAFF_NAMESPACE).local.emit('sync:needed');
    const { rooms } = sockets.of(CHAT_NAMESPACE).adapter;
    for (const id of concerned)
      if (rooms.has(contactRoom(id)))
        sockets.of(CHAT_NAMESPACE).local.to(contactRoom(id)).emit('sync:needed');
  };
  return repeat(tell, {
    everyMs,
    onError: ({ message: reason }) => deps.logger.warn({ reason }, 'clients are told to look anew later'),
  });
}
