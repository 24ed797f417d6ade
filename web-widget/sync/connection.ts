/** A socket that is made again and again until the chat is closed. What goes over it is not its business. */
import { io, type Socket } from 'socket.io-client';
import type { ChatCommands, ChatFacts, Credentials } from '../../src/contracts/chat.ts';
import { deskUrl } from '../desk-api.ts';
import { backOffMs } from './back-off.ts';

type Name = keyof ChatCommands;
type Body<Of extends Name> = Parameters<ChatCommands[Of]>[0];
type AckOf<Of extends Name> = Parameters<Parameters<ChatCommands[Of]>[1]>[0];

/** One connection, from its beginning to its end. */
export interface Wire {
  /** null: no answer came, in time or before the connection was gone. It may have been carried out all the same. */
  readonly ask: <Of extends Name>(name: Of, body: Body<Of>, withinMs?: number) => Promise<AckOf<Of> | null>;
  readonly isUp: () => boolean;
  /** Gives it up; the next one comes by itself. */
  readonly cut: () => void;
}

export interface ConnectionDeps {
  readonly credentials: () => Credentials;
  readonly onConnect: (wire: Wire) => void;
  /** It is gone, or did not come about. */
  readonly onCut: () => void;
  /** The desk said why; `true`: no use trying again with the same credentials. */
  readonly onRefused: (code: string) => boolean;
  readonly facts: { readonly [Fact in keyof ChatFacts]?: ChatFacts[Fact] };
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

type ChatSocket = Socket<ChatFacts, ChatCommands>;

export function createConnection(deps: ConnectionDeps): Connection {
  let socket: ChatSocket | null = null;
  let startedAt = 0;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const drop = (): void => {
    clearTimeout(timer);
    const old = socket;
    socket = null;
    old?.disconnect();
  };
  const comeAgain = (made: ChatSocket): void => {
    if (made !== socket) return;
    drop();
    timer = setTimeout(connect, backOffMs(attempt++, Math.random()));
    deps.onCut();
  };
  const connect = (): void => {
    drop();
    startedAt = Date.now();
    const made: ChatSocket = io('/chat', {
      path: deskUrl('socket.io').pathname,
      auth: { ...deps.credentials() },
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
    for (const fact of Object.keys(deps.facts) as (keyof ChatFacts)[]) {
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

function wireOf(socket: ChatSocket, isCurrent: () => boolean, comeAgain: (socket: ChatSocket) => void): Wire {
  const isUp = (): boolean => isCurrent() && socket.connected;
  return {
    isUp,
    async ask(name, body, withinMs = ANSWER_WITHIN_MS) {
      // Otherwise socket.io would keep it and send it later, beside the outbox.
      if (!isUp()) return null;
      try {
        const ack = await (socket.timeout(withinMs) as unknown as Untyped).emitWithAck(name, body);
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
