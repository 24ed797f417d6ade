/** A socket that is made again and again until the console is closed. What goes over it is not its business. */
import { io, type Socket } from 'socket.io-client';
import type { StaffCommands, StaffFacts } from '../../src/contracts/console.ts';
import { backOffMs } from './back-off.ts';

export type CommandName = keyof StaffCommands;
export type BodyOf<Name extends CommandName> = Parameters<StaffCommands[Name]>[0];
export type AckOf<Name extends CommandName> = Parameters<Parameters<StaffCommands[Name]>[1]>[0];

/** One connection, from its beginning to its end. */
export interface Wire {
  /** null: no answer came, in time or before the connection was gone. It may have been carried out all the same. */
  readonly ask: <Name extends CommandName>(name: Name, body: BodyOf<Name>) => Promise<AckOf<Name> | null>;
  readonly isUp: () => boolean;
  /** Gives it up; the next one comes by itself. */
  readonly cut: () => void;
}

export interface ConnectionDeps {
  readonly onConnect: (wire: Wire) => void;
  /** It is gone, or did not come about. */
  readonly onCut: () => void;
  /** The desk said why; `true`: no use trying again. */
  readonly onRefused: (code: string) => boolean;
  readonly facts: { readonly [Fact in keyof StaffFacts]: StaffFacts[Fact] };
}

export interface Connection {
  readonly start: () => void;
  readonly stop: () => void;
  /** Waits no longer. Does nothing while a connection is there or just being made. */
  readonly retryNow: () => void;
  /** Everything is well: the next trouble is the first one. */
  readonly settle: () => void;
}

/** `STAFF_NAMESPACE`, which would bring the schemas of the contracts into the bundle. */
const NAMESPACE = '/staff';
const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 10_000;
/** A try younger than this is left alone. */
const JUST_NOW_MS = 2_000;

type StaffSocket = Socket<StaffFacts, StaffCommands>;

export function createConnection(deps: ConnectionDeps): Connection {
  let socket: StaffSocket | null = null;
  let startedAt = 0;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const drop = (): void => {
    clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.disconnect();
  };
  const comeAgain = (made: StaffSocket): void => {
    if (made !== socket) return;
    drop();
    timer = setTimeout(connect, backOffMs(attempt++, Math.random()));
    deps.onCut();
  };
  const connect = (): void => {
    drop();
    startedAt = Date.now();
    const made: StaffSocket = io(NAMESPACE, {
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      // Its own reconnecting would send again what the outbox sends again.
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      timeout: CONNECT_WITHIN_MS,
    });
    socket = made;
    made.on('connect', () => {
      if (made === socket) deps.onConnect(wireOf(made, () => made === socket, comeAgain));
    });
    made.on('disconnect', () => comeAgain(made));
    made.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      if (made !== socket) return;
      const code = error.data?.code;
      if (code !== undefined && deps.onRefused(code)) drop();
      else comeAgain(made);
    });
    for (const fact of Object.keys(deps.facts) as (keyof StaffFacts)[]) {
      made.on(fact, ((...said: unknown[]) => {
        if (made === socket) (deps.facts[fact] as (...said: unknown[]) => void)(...said);
      }) as never);
    }
    made.connect();
  };

  return {
    start: connect,
    stop: drop,
    retryNow() {
      if (socket?.connected || (socket !== null && Date.now() - startedAt < JUST_NOW_MS)) return;
      connect();
    },
    settle() {
      attempt = 0;
    },
  };
}

function wireOf(
  socket: StaffSocket,
  isCurrent: () => boolean,
  comeAgain: (socket: StaffSocket) => void,
): Wire {
  const isUp = (): boolean => isCurrent() && socket.connected;
  return {
    isUp,
    async ask(name, body) {
      // Otherwise socket.io would keep it and send it later, beside the outbox.
      if (!isUp()) return null;
      try {
        const ack = await (socket.timeout(ANSWER_WITHIN_MS) as unknown as Untyped).emitWithAck(name, body);
        return isCurrent() ? (ack as never) : null;
      } catch {
        return null;
      }
    },
    cut: () => comeAgain(socket),
  };
}

interface Untyped {
  emitWithAck(name: string, body: unknown): Promise<unknown>;
}
