/**
 * A device of a contact. It does what the widget does: keeps what was typed until it is acknowledged, sends one message
 * at a time, and after every break asks for what it missed. It also remembers whatever it was told, and notices when
 * the desk tells it something else later.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { io, type Socket } from 'socket.io-client';
import {
  type Ack,
  CHAT_NAMESPACE,
  type ChatCommands,
  type ChatFacts,
  type MessageView,
  type Opened,
  type Sent,
} from '../../src/contracts/chat.ts';
import { backOffMs } from '../../web-sync/back-off.ts';
import type { Line } from './script.ts';

export interface Device {
  readonly name: string;
  readonly lines: readonly Line[];
  /** By clientId. */
  readonly acknowledged: ReadonlyMap<string, MessageView>;
  /** The id of its conversation, once it is open. */
  readonly conversation: () => string | null;
  /** The conversation as it stands here, in order. */
  readonly view: readonly MessageView[];
  /** Where the desk told it two different things. */
  readonly contradictions: readonly string[];
  readonly isSent: () => boolean;
  /** The desk refused what was right; nothing more is to be had of it. */
  readonly isBroken: () => boolean;
  /** Messages of this contact that have no answer here yet. */
  readonly awaited: () => number;
  readonly start: () => void;
  /** Asks once more for all that it does not have. @throws when that cannot be had */
  readonly resync: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface DeviceOptions {
  readonly name: string;
  /** Where it connects to; asked each time anew. */
  readonly url: () => string;
  readonly token: string;
  readonly lines: readonly Line[];
  readonly pauseMs: number;
  /** As patient as the widget: by default devices are in a hurry, so that more happens. */
  readonly isPatient?: boolean;
  readonly random: () => number;
}

type ChatSocket = Socket<ChatFacts, ChatCommands>;

interface Sync {
  readonly now: () => Promise<void>;
  readonly isRunning: () => boolean;
}

const CONNECT_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 4_000;
/** As web-sync/connection.ts has it. */
const PATIENT_ANSWER_WITHIN_MS = 10_000;
const SHORTEST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 400;

export function createDevice({
  name,
  url,
  token,
  lines,
  pauseMs,
  random,
  isPatient = false,
}: DeviceOptions): Device {
  const answerWithinMs = isPatient ? PATIENT_ANSWER_WITHIN_MS : ANSWER_WITHIN_MS;
  const acknowledged = new Map<string, MessageView>();
  const view: MessageView[] = [];
  const contradictions: string[] = [];
  /** Whatever was said to stand at a place, by whichever way. */
  const told = new Map<number, MessageView>();
  const unanswered = new Set<number>();
  let next = 0;
  let stopped = false;
  let broken = false;
  let socket: ChatSocket | null = null;
  let conversation: string | null = null;

  /** @returns whether something is missing before it */
  const take = (message: MessageView): boolean => {
    const before = told.get(message.seq);
    if (before === undefined) told.set(message.seq, message);
    else if (!isDeepStrictEqual(before, message))
      contradictions.push(
        `${name} was told of place ${message.seq}: ${JSON.stringify(before)}, and then: ${JSON.stringify(message)}`,
      );
    if (message.seq > view.length + 1) return true;
    if (message.seq <= view.length) return false;
    view.push(message);
    if (message.author === 'contact') unanswered.add(message.seq);
    if (message.replyTo !== null) unanswered.delete(message.replyTo);
    return false;
  };

  const cut = (wire: ChatSocket): void => {
    if (socket === wire) socket = null;
    wire.disconnect();
  };
  /** null: no answer came. The command may have been carried out all the same. */
  const ask = async <Data>(wire: ChatSocket, command: string, body: object): Promise<Ack<Data> | null> => {
    if (!wire.connected) return null;
    try {
      return (await (wire as Socket).timeout(answerWithinMs).emitWithAck(command, body)) as Ack<Data>;
    } catch {
      return null;
    }
  };

  const readOn = async (wire: ChatSocket): Promise<void> => {
    for (let hasMore = true; hasMore && wire === socket; ) {
      const ack = await ask<Opened>(wire, 'conversation:open', { after: view.length });
      if (ack === null) return cut(wire);
      if (ack.ok) {
        const before = view.length;
        const { id } = ack.data.conversation;
        if (id !== (conversation ?? id))
          contradictions.push(`${name} was in ${conversation}, and then in ${id}`);
        conversation = id;
        for (const message of ack.data.messages) take(message);
        // What does not continue here must not be asked for without end.
        hasMore = ack.data.hasMore && view.length > before;
      } else await pause(ack.error.retryAfterMs ?? LONGEST_PAUSE_MS);
    }
  };
  /** Reading what is missing, over one connection: whoever asks while it is under way has it done once more. */
  const createSync = (wire: ChatSocket): Sync => {
    let wanted = false;
    let running: Promise<void> | null = null;
    const run = async (): Promise<void> => {
      while (wanted && wire === socket) {
        wanted = false;
        await readOn(wire);
      }
      running = null;
    };
    return {
      isRunning: () => running !== null,
      async now() {
        wanted = true;
        if (running === null) {
          // What is over before it is kept would be kept for ever.
          running = Promise.resolve().then(run);
        }
        await running;
      },
    };
  };

  const connect = (): Promise<{ wire: ChatSocket; sync: Sync } | null> =>
    new Promise((resolve) => {
      const made: ChatSocket = io(`${url()}${CHAT_NAMESPACE}`, {
        auth: { token },
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        timeout: CONNECT_WITHIN_MS,
      });
      const sync = createSync(made);
      const giveUp = (): void => {
        clearTimeout(timer);
        made.disconnect();
        resolve(null);
      };
      // The server may have died between the transport's connection and the namespace's.
      const timer = setTimeout(giveUp, CONNECT_WITHIN_MS);
      made.once('connect_error', giveUp);
      made.once('connect', () => {
        clearTimeout(timer);
        socket = made;
        resolve({ wire: made, sync });
      });
      made.on('message:sent', (message) => {
        if (made !== socket) return;
        if (take(message) || sync.isRunning()) void sync.now();
      });
      made.on('sync:needed', () => {
        if (made === socket) void sync.now();
      });
      made.on('disconnect', () => cut(made));
    });

  const say = async (
    wire: ChatSocket,
    sync: Sync,
    { clientId, text, platform, copies }: Line,
  ): Promise<boolean> => {
    const command = { clientId, text, ...(platform === undefined ? {} : { platform }) };
    const acks = await Promise.all(
      Array.from({ length: copies }, () => ask<Sent>(wire, 'message:send', command)),
    );
    let done = false;
    for (const ack of acks) {
      if (ack === null) cut(wire);
      else if (ack.ok) {
        done = true;
        keep(clientId, ack.data.message);
        if (take(ack.data.message)) void sync.now();
      } else if (ack.error.retryAfterMs !== undefined) await pause(ack.error.retryAfterMs);
      else if (ack.error.code === 'conversation_closed') await ask(wire, 'conversation:reopen', {});
      else throw new Error(`${name}: ${clientId} was refused: ${ack.error.code}`);
    }
    return done;
  };
  const keep = (clientId: string, message: MessageView): void => {
    const before = acknowledged.get(clientId);
    if (before === undefined) acknowledged.set(clientId, message);
    else if (!isDeepStrictEqual(before, message))
      contradictions.push(
        `${name} got two acknowledgements of ${clientId}: places ${before.seq} and ${message.seq}`,
      );
  };

  const visit = async (wire: ChatSocket, sync: Sync): Promise<void> => {
    current = sync;
    await sync.now();
    let failures = 0;
    while (wire === socket && next < lines.length) {
      const line = lines[next]!;
      if (await say(wire, sync, line)) {
        failures = 0;
        // Once more, as if that acknowledgement had not come; what comes of it does not matter to the outbox.
        if (line.sentAgain) await say(wire, sync, line);
        next += 1;
        await pause(random() * pauseMs);
      } else if (++failures > 1) await pause(SHORTEST_PAUSE_MS);
    }
    while (wire === socket && !stopped) await pause(SHORTEST_PAUSE_MS);
  };

  const drawPause = (failures: number): number =>
    isPatient
      ? backOffMs(failures, random())
      : SHORTEST_PAUSE_MS + random() * (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);

  let current: Sync | null = null;
  let life: Promise<void> = Promise.resolve();
  return {
    name,
    lines,
    acknowledged,
    conversation: () => conversation,
    view,
    contradictions,
    isSent: () => next === lines.length,
    isBroken: () => broken,
    awaited: () => unanswered.size,
    start() {
      life = (async () => {
        for (let failures = 0; !stopped; failures++) {
          const made = await connect();
          if (made !== null) {
            const before = acknowledged.size;
            await visit(made.wire, made.sync);
            cut(made.wire);
            if (acknowledged.size > before) failures = 0;
          }
          if (!stopped) await pause(drawPause(failures));
        }
      })();
      life.catch((error: Error) => {
        broken = true;
        contradictions.push(error.message);
      });
    },
    async resync() {
      for (let tries = 0; tries < 20; tries++) {
        const wire = socket;
        if (wire !== null) {
          await current?.now();
          if (wire === socket) return;
        }
        await pause(LONGEST_PAUSE_MS);
      }
      throw new Error(`${name} cannot read the conversation`);
    },
    async stop() {
      stopped = true;
      if (socket !== null) cut(socket);
      await life.catch(() => undefined);
    },
  };
}
