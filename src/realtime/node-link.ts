/** What makes several nodes one desk for those who are connected: facts told on one are heard on all. */
import type { EventEmitter } from 'node:events';
import type { ServerOptions } from 'socket.io';

export interface NodeLink {
  /** undefined: this node is alone. */
  readonly adapter: ServerOptions['adapter'] | undefined;
  /** Facts reach the other nodes. */
  readonly isUp: () => boolean;
  /** They alternate. */
  readonly events: EventEmitter<{ up: []; down: [] }>;
  readonly close: () => Promise<void>;
}
