/**
 * An agent at a console. Does what the console does: keeps what is under way until it is acknowledged or refused, and
 * after every break looks anew. Takes who waits, answers each message once, hands on and closes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ConversationRow, StaffMessage } from '../../../src/contracts/console.ts';
import { backOffMs } from '../../../web-sync/back-off.ts';
import type { StaffAccount } from '../../support/staff-client.ts';
import type { Ledger } from './ledger.ts';
import { ask, connectWire, readInbox, type StaffWire } from './staff-wire.ts';

export interface Agent {
  readonly account: StaffAccount;
  /** In the order of sending. */
  readonly sent: readonly SentByAgent[];
  /** By clientId. */
  readonly acknowledged: ReadonlyMap<string, StaffMessage>;
  /** Conversations as they stood here last, by id, each in order and without gaps. */
  readonly screens: ReadonlyMap<string, readonly StaffMessage[]>;
  /** Whatever it was told, by conversation and place. */
  readonly told: ReadonlyMap<string, ReadonlyMap<number, StaffMessage>>;
  /** Where the desk told it two things, or refused what was right. */
  readonly contradictions: readonly string[];
  /** Those it has, as far as it knows. */
  readonly held: () => readonly string[];
  /** Nothing is left for it to do. */
  readonly isIdle: () => boolean;
  /** Since when it is not connected; null: it is. */
  readonly goneSince: () => number | null;
  readonly start: () => void;
  /** From now on it only looks. */
  readonly rest: () => void;
  /** Looks anew at all that it has. @throws when that is not possible */
  readonly resync: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface SentByAgent {
  readonly conversation: string;
  readonly clientId: string;
  readonly text: string;
}

export interface AgentOptions {
  readonly account: StaffAccount;
  readonly cookie: string;
  readonly url: () => string;
  /** After its connection broke: how long until it tries again. */
  readonly drawAbsence: (url: string, failures: number) => number;
  readonly colleagues: () => readonly string[];
  /** Not everything that waits is for agents. */
  readonly isOurs: (conversation: string) => boolean;
  readonly ledger: Ledger;
  readonly pauseMs: number;
  readonly random: () => number;
}

type Command =
  | { readonly name: 'message:send'; readonly body: { id: string; clientId: string; text: string } }
  | { readonly name: 'conversation:claim'; readonly body: { id: string } }
  | { readonly name: 'conversation:close'; readonly body: { id: string; reason: string } }
  | {
      readonly name: 'conversation:transfer';
      readonly body: {
        id: string;
        to: { kind: 'bot' } | { kind: 'queue'; skill: null } | { kind: 'agent'; agent: string };
      };
    };

/** What may be refused when somebody else was quicker, or the holder is another by now. */
const TOO_LATE: ReadonlySet<string> = new Set([
  'already_claimed',
  'not_possible_now',
  'not_yours',
  'agent_unavailable',
]);
const MOST_HELD = 4;
const TIRED_AFTER = [2, 6] as const;
const IDLE_MS = 150;
const ANSWER = /^Trả lời tin (\d+)$/;

export function createAgent(options: AgentOptions): Agent {
  const { account, cookie, ledger, random } = options;
  const sent: SentByAgent[] = [];
  const acknowledged = new Map<string, StaffMessage>();
  const screens = new Map<string, StaffMessage[]>();
  const told = new Map<string, Map<number, StaffMessage>>();
  const contradictions: string[] = [];
  /** What is known of each conversation, the newest of it. */
  const rows = new Map<string, ConversationRow>();
  /** To be read on. */
  const behind = new Set<string>();
  /** How many answers until it is handed on or closed. */
  const patience = new Map<string, number>();
  let mustLook = true;
  let missedLooks = 0;
  let underWay: Command | null = null;
  let resting = false;
  let stopped = false;
  let goneSince: number | null = performance.now();
  let socket: StaffWire | null = null;
  let url = '';
  let isActing = false;

  const held = (): string[] =>
    [...rows.values()]
      .filter(
        ({ id, status, agent }) => status === 'active' && agent?.id === account.id && options.isOurs(id),
      )
      .map(({ id }) => id);

  const take = (conversation: string, message: StaffMessage): void => {
    const places = told.get(conversation) ?? new Map<number, StaffMessage>();
    told.set(conversation, places);
    const before = places.get(message.seq);
    if (before === undefined) places.set(message.seq, message);
    else if (!isDeepStrictEqual(before, message))
      contradictions.push(
        `${account.name} was told of place ${message.seq} in ${conversation}: ${JSON.stringify(before)}, and then: ${JSON.stringify(message)}`,
      );
    const view = screens.get(conversation) ?? [];
    screens.set(conversation, view);
    if (message.seq === view.length + 1) view.push(message);
    else if (message.seq > view.length + 1) behind.add(conversation);
  };
  const noteRow = (wire: StaffWire, row: ConversationRow): void => {
    ledger.note(row);
    const before = rows.get(row.id);
    // Facts of two nodes may overtake each other.
    if (before !== undefined && before.revision > row.revision) return;
    const had = held().includes(row.id);
    rows.set(row.id, row);
    const has = held().includes(row.id);
    if (has && !had) {
      behind.add(row.id);
      const [least, most] = TIRED_AFTER;
      patience.set(row.id, least + Math.floor(random() * (most - least)));
    }
    if (had && !has && wire.connected) void ask(wire, 'conversation:leave', { id: row.id });
  };

  const prepare = (wire: StaffWire): void => {
    const ifCurrent =
      <Fact>(then: (fact: Fact) => void) =>
      (fact: Fact): void => {
        if (wire === socket) then(fact);
      };
    wire.on(
      'message:sent',
      ifCurrent(({ conversation, message }) => take(conversation, message)),
    );
    wire.on(
      'conversation:changed',
      ifCurrent((row) => noteRow(wire, row)),
    );
    wire.on(
      'conversation:assigned',
      ifCurrent((row) => noteRow(wire, row)),
    );
    wire.on('sync:needed', () => {
      mustLook = true;
    });
    wire.on('disconnect', () => cut(wire));
  };
  const cut = (wire: StaffWire): void => {
    if (socket === wire) {
      socket = null;
      goneSince = performance.now();
    }
    wire.disconnect();
  };

  /** @returns whether it could */
  const look = async (wire: StaffWire): Promise<boolean> => {
    mustLook = false;
    const mine = await readInbox(url, cookie, 'mine');
    const queue = mine && (await readInbox(url, cookie, 'queue'));
    if (mine === null || queue === null) {
      mustLook = true;
      // A desk that cannot answer now is not asked the same again at once.
      await pause(backOffMs(missedLooks++, random()));
      return false;
    }
    missedLooks = 0;
    const seen = new Set([...queue.conversations, ...mine.conversations].map(({ id }) => id));
    // What is neither in the queue nor mine any more has gone elsewhere: where to does not matter.
    for (const { id, status } of [...rows.values()])
      if (!seen.has(id) && (status === 'queued' || held().includes(id))) rows.delete(id);
    for (const row of [...queue.conversations, ...mine.conversations]) noteRow(wire, row);
    for (const id of held()) behind.add(id);
    return true;
  };
  const readOn = async (wire: StaffWire, id: string): Promise<void> => {
    behind.delete(id);
    for (let hasMore = true; hasMore && wire === socket; ) {
      const after = screens.get(id)?.length ?? 0;
      const ack = await ask(wire, 'conversation:open', { id, after });
      if (ack === null) return cut(wire);
      if (!ack.ok) {
        behind.add(id);
        return pause(ack.error.retryAfterMs ?? IDLE_MS);
      }
      noteRow(wire, ack.data.conversation);
      for (const message of ack.data.messages) take(id, message);
      hasMore = ack.data.hasMore && (screens.get(id)?.length ?? 0) > after;
    }
  };

  const unanswered = (id: string): StaffMessage[] => {
    const view = screens.get(id) ?? [];
    const done = new Set(view.map(({ replyTo }) => replyTo));
    for (const { author, text } of view)
      if (author === 'agent') done.add(Number(ANSWER.exec(text)?.[1] ?? Number.NaN));
    return view.filter(({ author, seq }) => author === 'contact' && !done.has(seq));
  };
  const draw = <One>(from: readonly One[]): One | undefined => from[Math.floor(random() * from.length)];

  const listWaiting = (): ConversationRow[] =>
    [...rows.values()].filter(({ id, status }) => status === 'queued' && options.isOurs(id));
  const isInStep = (): boolean =>
    socket !== null && !isActing && !mustLook && behind.size === 0 && underWay === null;

  const drawEnding = (id: string): Command => {
    const chance = random();
    const colleague = draw(options.colleagues().filter((other) => other !== account.id));
    if (chance < 0.4) return { name: 'conversation:close', body: { id, reason: 'Đã giải quyết' } };
    if (chance < 0.7) return { name: 'conversation:transfer', body: { id, to: { kind: 'bot' } } };
    if (chance < 0.8 || colleague === undefined)
      return { name: 'conversation:transfer', body: { id, to: { kind: 'queue', skill: null } } };
    return { name: 'conversation:transfer', body: { id, to: { kind: 'agent', agent: colleague } } };
  };
  const drawCommand = (): Command | null => {
    const mine = held();
    for (const id of mine) {
      const [message] = unanswered(id);
      if (message === undefined) continue;
      const text = `Trả lời tin ${message.seq}`;
      const clientId = `${account.id}-${sent.length}`;
      sent.push({ conversation: id, clientId, text });
      patience.set(id, (patience.get(id) ?? 0) - 1);
      return { name: 'message:send', body: { id, clientId, text } };
    }
    const tired = mine.find((id) => (patience.get(id) ?? 0) <= 0);
    if (tired !== undefined) return drawEnding(tired);
    if (mine.length >= MOST_HELD) return null;
    const next = draw(listWaiting());
    return next === undefined ? null : { name: 'conversation:claim', body: { id: next.id } };
  };

  const carryOut = async (wire: StaffWire, command: Command): Promise<void> => {
    const { id } = command.body;
    const ack = await ask(wire, command.name, command.body as never);
    if (ack === null) return cut(wire);
    if (ack.ok) {
      underWay = null;
      if (command.name === 'message:send') {
        const { message } = ack.data as { readonly message: StaffMessage };
        acknowledged.set(command.body.clientId, message);
        take(id, message);
      } else noteRow(wire, ack.data as ConversationRow);
      return;
    }
    const { code, retryAfterMs } = ack.error;
    if (retryAfterMs !== undefined) return pause(retryAfterMs);
    underWay = null;
    if (!TOO_LATE.has(code)) contradictions.push(`${account.name}: ${command.name} was refused: ${code}`);
    mustLook = true;
  };

  /** @returns whether there was something to do */
  const act = async (wire: StaffWire): Promise<boolean> => {
    if (mustLook) return look(wire);
    for (const id of behind) {
      await readOn(wire, id);
      return true;
    }
    if (!resting) underWay ??= drawCommand();
    if (underWay === null) return false;
    await carryOut(wire, underWay);
    return true;
  };
  const work = async (wire: StaffWire): Promise<void> => {
    while (wire === socket && !stopped) {
      isActing = true;
      const did = await act(wire);
      isActing = false;
      await pause(did ? random() * options.pauseMs : IDLE_MS);
    }
  };

  let life: Promise<void> = Promise.resolve();
  return {
    account,
    sent,
    acknowledged,
    screens,
    told,
    contradictions,
    held,
    isIdle: () => isInStep() && !held().some((id) => unanswered(id).length > 0) && listWaiting().length === 0,
    goneSince: () => goneSince,
    start() {
      life = (async () => {
        for (let failures = 0; !stopped; failures++) {
          url = options.url();
          const wire = await connectWire(url, cookie, prepare);
          if (wire !== null) {
            socket = wire;
            goneSince = null;
            mustLook = true;
            failures = 0;
            await work(wire);
            cut(wire);
          }
          if (!stopped) await pause(options.drawAbsence(url, failures));
        }
      })();
      life.catch((error: Error) => contradictions.push(error.stack ?? error.message));
    },
    rest() {
      resting = true;
    },
    async resync() {
      mustLook = true;
      for (let tries = 0; tries < 200; tries++) {
        if (isInStep()) return;
        await pause(IDLE_MS);
      }
      throw new Error(`${account.name} cannot read what it has`);
    },
    async stop() {
      stopped = true;
      if (socket !== null) cut(socket);
      await life.catch(() => undefined);
    },
  };
}
