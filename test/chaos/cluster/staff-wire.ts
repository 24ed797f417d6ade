/** A connection of somebody of the staff that may break at any time: nothing is taken for granted. */
import { io, type Socket } from 'socket.io-client';
import type { Ack } from '../../../src/contracts/chat.ts';
import {
  type InboxPage,
  type InboxView,
  STAFF_NAMESPACE,
  type StaffCommands,
  type StaffFacts,
} from '../../../src/contracts/console.ts';

export type StaffWire = Socket<StaffFacts, StaffCommands>;
export type DataOf<Name extends keyof StaffCommands> =
  Parameters<Parameters<StaffCommands[Name]>[1]>[0] extends Ack<infer Data> ? Data : never;

/** As web-sync/connection.ts has it. */
const CONNECT_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 10_000;

/** null: not now. @param prepare before it connects, so that no fact is missed */
export function connectWire(
  url: string,
  cookie: string,
  prepare: (wire: StaffWire) => void,
): Promise<StaffWire | null> {
  return new Promise((resolve) => {
    const wire: StaffWire = io(`${url}${STAFF_NAMESPACE}`, {
      extraHeaders: { cookie },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      timeout: CONNECT_WITHIN_MS,
    });
    const giveUp = (): void => {
      clearTimeout(timer);
      wire.disconnect();
      resolve(null);
    };
    const timer = setTimeout(giveUp, CONNECT_WITHIN_MS);
    prepare(wire);
    wire.once('connect_error', giveUp);
    wire.once('connect', () => {
      clearTimeout(timer);
      resolve(wire);
    });
  });
}

/** null: no answer came, and whether the command was carried out is not known. */
export async function ask<Name extends keyof StaffCommands>(
  wire: StaffWire,
  name: Name,
  body: Parameters<StaffCommands[Name]>[0],
  withinMs = ANSWER_WITHIN_MS,
): Promise<Ack<DataOf<Name>> | null> {
  if (!wire.connected) return null;
  try {
    return (await (wire as Socket).timeout(withinMs).emitWithAck(name, body)) as Ack<DataOf<Name>>;
  } catch {
    return null;
  }
}

/** One page of a view; null: not now. */
export async function readInbox(url: string, cookie: string, view: InboxView): Promise<InboxPage | null> {
  try {
    const response = await fetch(`${url}/api/v1/staff/conversations?view=${view}`, {
      headers: { cookie },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    return response.ok ? ((await response.json()) as InboxPage) : null;
  } catch {
    return null;
  }
}
