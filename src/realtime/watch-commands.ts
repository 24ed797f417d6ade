/** Each command of a socket has an id, in every line of the log; who wants to know is told how it ended. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'socket.io';
import type { Ack } from '../contracts/chat.ts';
import { ERROR_CODES } from '../contracts/error-codes.ts';
import type { Logger } from '../kernel/logger.ts';
import { inScope, type Scope } from '../kernel/scope.ts';
import type { Tracing } from '../kernel/tracing.ts';
import type { SocketServer } from './socket-server.ts';

export interface CommandWatchDeps {
  readonly sockets: SocketServer;
  readonly namespaces: readonly string[];
  /** Which conversation a command is about, as far as that is known before it is done. */
  readonly conversationOf: (socket: Socket, body: unknown) => string | null;
  readonly onCommand: (ended: EndedCommand) => void;
  readonly tracing: Tracing | undefined;
  readonly logger: Logger;
}

export interface EndedCommand {
  readonly namespace: string;
  /** `unknown`: none of ours. */
  readonly command: string;
  /** The code that it was refused with; null: it was carried out. */
  readonly code: string | null;
  readonly tookMs: number;
}

export interface CommandWatch {
  /**
   * Sends everybody to another process: over a while, so that they do not arrive there all at once, and each when what
   * it has asked for is acknowledged. Whoever comes meanwhile is sent on.
   * @param overMs from the first to the last @param patienceMs with commands that do not end
   */
  readonly moveAway: (overMs: number, patienceMs: number) => Promise<void>;
}

/** A socket's commands that are not acknowledged yet. */
interface InHand {
  count: number;
  /** Set once no more are taken. */
  onNone?: () => void;
}

/** So few are no herd. */
const FEW = 20;
const TELL_WITHIN_MS = 1_000;
const TELL_EVERY_MS = 20;

export function watchCommands(deps: CommandWatchDeps): CommandWatch {
  const { sockets, namespaces, tracing } = deps;
  const inHand = new Map<Socket, InHand>();
  let isMoving = false;

  const watch = (socket: Socket): void => {
    const own: InHand = { count: 0 };
    inHand.set(socket, own);
    socket.once('disconnect', () => {
      inHand.delete(socket);
      own.onNone?.();
    });
    let commands = 0;
    socket.use((packet, go) => {
      // Not acknowledged, so it comes again where the client goes to.
      if (own.onNone !== undefined) return;
      const startedAt = performance.now();
      const [name, body] = packet as [string, unknown];
      const namespace = socket.nsp.name;
      if (socket.listenerCount(name) === 0) {
        // Refused before it came here.
        deps.onCommand({ namespace, command: 'unknown', code: 'unknown_command', tookMs: 0 });
        go();
        return;
      }
      const requestId = `${socket.id}.${++commands}`;
      const conversation = deps.conversationOf(socket, body) ?? undefined;
      const span = tracing?.begin(`${namespace} ${name}`, 'server', {
        'request.id': requestId,
        ...(conversation === undefined ? {} : { 'conversation.id': conversation }),
      });
      const scope: Scope = { requestId, conversation, span: span?.handle };
      const acknowledge: unknown = packet.at(-1);
      if (typeof acknowledge === 'function') {
        own.count += 1;
        packet[packet.length - 1] = (ack: Ack<unknown>) => {
          acknowledge(ack);
          own.count -= 1;
          if (own.count === 0) own.onNone?.();
          const code = ack.ok ? null : ack.error.code;
          const ended = { namespace, command: name, code, tookMs: performance.now() - startedAt };
          deps.onCommand(ended);
          inScope(scope, () => deps.logger[code === null ? 'debug' : 'info'](ended, 'command acknowledged'));
          if (span !== undefined && scope.conversation !== undefined)
            span.set({ 'conversation.id': scope.conversation });
          span?.end(code);
        };
      } else span?.end(null);
      inScope(scope, go);
    });
  };

  for (const name of namespaces) {
    const namespace = sockets.of(name);
    namespace.use((_socket, next) => {
      const { message } = ERROR_CODES.moving;
      if (isMoving) next(Object.assign(new Error(message), { data: { code: 'moving', message } }));
      else next();
    });
    namespace.on('connection', watch);
  }

  const moveOne = async (socket: Socket, own: InHand, patienceMs: number): Promise<void> => {
    const done = new Promise<void>((resolve) => {
      own.onNone = resolve;
    });
    if (own.count > 0) await Promise.race([done, delay(patienceMs, undefined, { ref: false })]);
    socket.disconnect(true);
  };

  return {
    async moveAway(overMs, patienceMs) {
      isMoving = true;
      const all = [...inHand];
      const stepMs = all.length <= FEW ? 0 : overMs / all.length;
      await Promise.all(
        all.map(async ([socket, own], at) => {
          if (stepMs > 0) await delay(at * stepMs);
          await moveOne(socket, own, patienceMs);
        }),
      );
      // The last ones have been told when their connections are closed; a phone in a tunnel is told nothing.
      for (let waitedMs = 0; sockets.engine.clientsCount > 0 && waitedMs < TELL_WITHIN_MS; ) {
        await delay(TELL_EVERY_MS);
        waitedMs += TELL_EVERY_MS;
      }
    },
  };
}
