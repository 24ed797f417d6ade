/** Processes of one machine, linked by the one that started them (cluster.ts). */
import { EventEmitter } from 'node:events';
import { createAdapter } from '@socket.io/cluster-adapter';
import type { NodeLink } from './node-link.ts';

export function createWorkerLink(): NodeLink {
  return {
    adapter: createAdapter() as unknown as NonNullable<NodeLink['adapter']>,
    isUp: () => true,
    events: new EventEmitter(),
    close: async () => undefined,
  };
}
