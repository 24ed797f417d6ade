/**
 * Measures when the desk is whole again: a contact on one node and a supervisor on another tell each other something, and
 * each hears it live. Both stay on their nodes.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import {
  type Ack,
  CHAT_NAMESPACE,
  type ChatCommands,
  type ChatFacts,
  type MessageView,
  type Opened,
  type Sent,
} from '../../../src/contracts/chat.ts';
import type { ConversationRow, StaffMessage } from '../../../src/contracts/console.ts';
import type { StaffAccount } from '../../support/staff-client.ts';
import type { Line } from '../script.ts';
import type { SentByAgent } from './agent.ts';
import type { Ledger } from './ledger.ts';
import { ask as askStaff, connectWire, type StaffWire } from './staff-wire.ts';

export interface Probe {
  readonly name: string;
  readonly token: string;
  readonly supervisor: StaffAccount;
  readonly lines: readonly Line[];
  readonly acknowledged: ReadonlyMap<string, MessageView>;
  readonly sent: readonly SentByAgent[];
  readonly acknowledgedBySupervisor: ReadonlyMap<string, StaffMessage>;
  readonly contradictions: readonly string[];
  /** What took the time of its last round. */
  readonly spent: () => string;
  /** Once it has begun. */
  readonly conversation: () => string | null;
  /** Opens the conversation and has the supervisor take it. */
  readonly begin: () => Promise<void>;
  /** @returns when both have heard each other, as `performance.now()` says it; null: not before `until` */
  readonly roundTrip: (until: number) => Promise<number | null>;
  readonly stop: () => void;
}

export interface ProbeOptions {
  readonly name: string;
  /** Of the contact's node and of the supervisor's. */
  readonly urls: readonly [contact: string, supervisor: string];
  readonly supervisor: StaffAccount;
  readonly cookie: string;
  readonly ledger: Ledger;
}

/** What is not heard by then was not told live. */
const HEARD_WITHIN_MS = 3_000;
const ANSWER_WITHIN_MS = 4_000;
const CONNECT_WITHIN_MS = 4_000;
const AGAIN_AFTER_MS = 50;

type ChatWire = Socket<ChatFacts, ChatCommands>;

export function createProbe(options: ProbeOptions): Probe {
  const { name, supervisor, cookie, ledger } = options;
  const [contactUrl, supervisorUrl] = options.urls;
  const token = randomBytes(32).toString('base64url');
  const lines: Line[] = [];
  const acknowledged = new Map<string, MessageView>();
  const sent: SentByAgent[] = [];
  const acknowledgedBySupervisor = new Map<string, StaffMessage>();
  const contradictions: string[] = [];
  const heard = new Set<string>();
  let conversation: string | null = null;
  let chat: ChatWire | null = null;
  let desk: StaffWire | null = null;
  let isHeld = false;
  const spent = new Map<string, number>();
  /** What was not acknowledged is said again before anything else. */
  let saying: Line | null = null;
  let replying: SentByAgent | null = null;

  const askChat = async <Data>(command: keyof ChatCommands, body: object): Promise<Ack<Data> | null> => {
    if (chat === null || !chat.connected) return null;
    try {
      return (await (chat as Socket).timeout(ANSWER_WITHIN_MS).emitWithAck(command, body)) as Ack<Data>;
    } catch {
      return null;
    }
  };
  const connectContact = async (): Promise<boolean> => {
    if (chat?.connected) return true;
    chat?.disconnect();
    const wire: ChatWire = io(`${contactUrl}${CHAT_NAMESPACE}`, {
      auth: { token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_WITHIN_MS,
    });
    chat = wire;
    wire.on('message:sent', ({ text }) => void heard.add(text));
    const isConnected = await Promise.race([
      new Promise<boolean>((resolve) => {
        wire.once('connect', () => resolve(true));
        wire.once('connect_error', () => resolve(false));
      }),
      pause(CONNECT_WITHIN_MS, false),
    ]);
    const opened = isConnected ? await askChat<Opened>('conversation:open', {}) : null;
    if (opened?.ok) {
      conversation = opened.data.conversation.id;
      return true;
    }
    wire.disconnect();
    return false;
  };
  const connectSupervisor = async (): Promise<boolean> => {
    if (conversation === null) return false;
    if (!desk?.connected) {
      desk?.disconnect();
      isHeld = false;
      desk = await connectWire(supervisorUrl, cookie, (wire) => {
        wire.on('message:sent', (fact) => void heard.add(fact.message.text));
        wire.on('conversation:changed', (row) => noteRow(row));
      });
      if (desk === null) return false;
      const opened = await askStaff(desk, 'conversation:open', { id: conversation }, ANSWER_WITHIN_MS);
      if (!opened?.ok) {
        desk.disconnect();
        return false;
      }
      noteRow(opened.data.conversation);
    }
    if (isHeld) return true;
    const taken = await askStaff(desk, 'conversation:takeOver', { id: conversation }, ANSWER_WITHIN_MS);
    if (taken?.ok) noteRow(taken.data);
    return isHeld;
  };
  const noteRow = (row: ConversationRow): void => {
    ledger.note(row);
    if (row.id === conversation) isHeld = row.agent?.id === supervisor.id;
  };
  const hears = async (text: string): Promise<boolean> => {
    for (const until = performance.now() + HEARD_WITHIN_MS; performance.now() < until; await pause(5))
      if (heard.delete(text)) return true;
    return false;
  };
  const say = async (text: string): Promise<boolean> => {
    saying ??= newLine(text);
    const line = saying;
    const ack = await askChat<Sent>('message:send', { clientId: line.clientId, text: line.text });
    // A connection that does not answer is dead.
    if (ack === null) chat?.disconnect();
    if (!ack?.ok) {
      if (ack !== null && ack.error.retryAfterMs === undefined)
        contradictions.push(`${name}: ${line.clientId} was refused: ${ack.error.code}`);
      return false;
    }
    saying = null;
    acknowledged.set(line.clientId, ack.data.message);
    return hears(line.text);
  };
  const newLine = (text: string): Line => {
    const line = {
      clientId: `${name}-${lines.length}-asks`,
      text,
      kept: text,
      copies: 1,
      sentAgain: false,
    } as const;
    lines.push(line);
    return line;
  };
  const reply = async (text: string): Promise<boolean> => {
    const id = conversation;
    if (desk === null || id === null) return false;
    if (replying === null) {
      replying = { conversation: id, clientId: `${name}-${sent.length}-replies`, text };
      sent.push(replying);
    }
    const { clientId, text: said } = replying;
    const ack = await askStaff(desk, 'message:send', { id, clientId, text: said }, ANSWER_WITHIN_MS);
    if (ack === null) desk.disconnect();
    if (!ack?.ok) {
      isHeld = isHeld && ack?.error.code !== 'not_yours' && ack?.error.code !== 'not_possible_now';
      return false;
    }
    replying = null;
    acknowledgedBySupervisor.set(clientId, ack.data.message);
    return hears(said);
  };

  const timed = async (stage: string, doing: () => Promise<boolean>): Promise<boolean> => {
    const from = performance.now();
    const isDone = await doing();
    spent.set(stage, (spent.get(stage) ?? 0) + performance.now() - from);
    return isDone;
  };
  const once = async (): Promise<boolean> =>
    (await timed('the contact connects', connectContact)) &&
    (await timed('the supervisor connects', connectSupervisor)) &&
    (await timed('the contact speaks', () => say(`Anh chị ơi, ${name} lần ${lines.length}`))) &&
    (await timed('the supervisor answers', () => reply(`Dạ em nghe, ${name} lần ${sent.length}`)));

  return {
    name,
    token,
    supervisor,
    lines,
    acknowledged,
    sent,
    acknowledgedBySupervisor,
    contradictions,
    spent: () => [...spent].map(([stage, ms]) => `${stage} ${Math.round(ms)}`).join(', '),
    conversation: () => conversation,
    async begin() {
      if (!(await connectContact())) throw new Error(`${name} cannot begin`);
      await say('cho tôi gặp nhân viên');
      if ((await this.roundTrip(performance.now() + 20_000)) === null)
        throw new Error(`${name} cannot begin`);
    },
    async roundTrip(until) {
      spent.clear();
      while (performance.now() < until) {
        if (await once()) return performance.now();
        await pause(AGAIN_AFTER_MS);
      }
      return null;
    },
    stop() {
      chat?.disconnect();
      desk?.disconnect();
    },
  };
}
