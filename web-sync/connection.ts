/** A socket that is made again and again until the page is closed. What goes over it is not its business. */
import { io, type Socket } from 'socket.io-client';
import { backOffMs } from './back-off.ts';

/** What a page tells the desk, by name: a body, and what is to be called with the acknowledgement. */
type Commands<Names extends string> = Record<Names, (body: never, acknowledge: never) => void>;
/** What the desk tells a page, by name. */
type Facts<Names extends string> = Record<Names, (...said: never[]) => void>;
export type BodyOf<Said, Name extends keyof Said> = Said[Name] extends (
  body: infer Body,
  ...rest: never[]
) => void
  ? Body
  : never;
export type AckOf<Said, Name extends keyof Said> = Said[Name] extends (
  body: never,
  acknowledge: (ack: infer Ack) => void,
) => void
  ? Ack
  : never;

/** One connection, from its beginning to its end. */
export interface Wire<Said> {
  /** null: no answer came, in time or before the connection was gone. It may have been carried out all the same. */
  readonly ask: <Name extends keyof Said & string>(
    name: Name,
    body: BodyOf<Said, Name>,
    withinMs?: number,
  ) => Promise<AckOf<Said, Name> | null>;
  readonly isUp: () => boolean;
  /** Gives it up; the next one comes by itself. */
  readonly cut: () => void;
}

export interface ConnectionDeps<Said, Heard> {
  /** Such as /chat. */
  readonly namespace: string;
  /** Where socket.io answers; left out: at its usual place. */
  readonly path?: string;
  /** What the handshake shows, each time anew. */
  readonly credentials?: () => object;
  readonly onConnect: (wire: Wire<Said>) => void;
  /** It is gone, or did not come about. */
  readonly onCut: () => void;
  /** The desk said why; `true`: no use trying again with the same credentials. */
  readonly onRefused: (code: string) => boolean;
  readonly facts: { readonly [Fact in keyof Heard]?: Heard[Fact] };
}

export interface Connection {
  readonly start: () => void;
  readonly stop: () => void;
  /** Waits no longer. Does nothing while a connection is there or just being made. */
  readonly retryNow: () => void;
  /** Everything is well: the next trouble is the first one. */
  readonly settle: () => void;
}

const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 10_000;
/** A try younger than this is left alone. */
const JUST_NOW_MS = 2_000;

export function createConnection<
  Said extends Commands<keyof Said & string>,
  Heard extends Facts<keyof Heard & string>,
>(deps: ConnectionDeps<Said, Heard>): Connection {
  let socket: Socket | null = null;
  let startedAt = 0;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const drop = (): void => {
    clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.disconnect();
  };
  const comeAgain = (made: Socket): void => {
    if (made !== socket) return;
    drop();
    timer = setTimeout(connect, backOffMs(attempt++, Math.random()));
    deps.onCut();
  };
  const connect = (): void => {
    drop();
    startedAt = Date.now();
    const made = io(deps.namespace, {
      ...(deps.path === undefined ? {} : { path: deps.path }),
      auth: { ...deps.credentials?.() },
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
    for (const fact of Object.keys(deps.facts) as (keyof Heard & string)[]) {
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

function wireOf<Said>(
  socket: Socket,
  isCurrent: () => boolean,
  comeAgain: (socket: Socket) => void,
): Wire<Said> {
  const isUp = (): boolean => isCurrent() && socket.connected;
  return {
    isUp,
    async ask(name, body, withinMs = ANSWER_WITHIN_MS) {
      // Otherwise socket.io would keep it and send it later, beside the outbox.
      if (!isUp()) return null;
      try {
        const ack = await socket.timeout(withinMs).emitWithAck(name, body);
        return isCurrent() ? (ack as never) : null;
      } catch {
        return null;
      }
    },
    cut: () => comeAgain(socket),
  };
}
