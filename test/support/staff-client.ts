/** Somebody of the staff as a test has them: an account made as the admin makes one, REST, and a real socket. */
import { io, type Socket } from 'socket.io-client';
import type { Ack } from '../../src/contracts/chat.ts';
import {
  type ConversationOpened,
  type ConversationRow,
  STAFF_NAMESPACE,
  type StaffCommands,
  type StaffFacts,
  type StaffMessage,
} from '../../src/contracts/console.ts';
import type { Role } from '../../src/contracts/permissions.ts';
import type { InviteRequest, OneTimeLink } from '../../src/contracts/staff.ts';
import { newClientId } from './chat-client.ts';

/** For `startDesk`: an admin who may work at once. */
export const FIRST_ADMIN = { email: 'admin@bhxh.example', password: 'quản trị viên đầu tiên' };
const PASSWORD = 'một câu dài mà ai cũng nhớ';

export interface StaffAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export interface RestAnswer<Body> {
  readonly status: number;
  readonly body: Body & { readonly error?: { readonly code: string; readonly details?: readonly string[] } };
  readonly headers: Headers;
}

type DataOf<Name extends keyof StaffCommands> =
  Parameters<Parameters<StaffCommands[Name]>[1]>[0] extends Ack<infer Data> ? Data : never;
type FactOf<Name extends keyof StaffFacts> = Parameters<StaffFacts[Name]>[0];

export interface StaffClient {
  readonly socket: Socket;
  /** Any command. @throws Error with `ack`, the error as it came, when it is refused */
  readonly command: <Name extends keyof StaffCommands>(name: Name, body: unknown) => Promise<DataOf<Name>>;
  /** The facts of a kind, in the order of arrival. */
  readonly heard: <Name extends keyof StaffFacts>(name: Name) => readonly FactOf<Name>[];
  /** The first fact that fits, heard already or yet to come. */
  readonly hear: <Name extends keyof StaffFacts>(
    name: Name,
    fits?: (fact: FactOf<Name>) => boolean,
  ) => Promise<FactOf<Name>>;
  readonly open: (id: string, after?: number) => Promise<ConversationOpened>;
  readonly claim: (id: string) => Promise<ConversationRow>;
  readonly say: (id: string, text: string, more?: { readonly clientId?: string }) => Promise<StaffMessage>;
  /** Closes the conversation. */
  readonly finish: (id: string) => Promise<ConversationRow>;
  readonly close: () => void;
}

const PATIENCE_MS = 20_000;

/** An endpoint below /api/v1/staff. @param cookie empty: whoever is not signed in */
export async function callStaff<Body = object>(
  url: string,
  cookie: string,
  method: string,
  path: string,
  body?: object,
): Promise<RestAnswer<Body>> {
  const response = await fetch(`${url}/api/v1/staff${path}`, {
    method,
    headers: {
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

async function callRightly<Body>(...call: Parameters<typeof callStaff>): Promise<RestAnswer<Body>> {
  const answer = await callStaff<Body>(...call);
  if (answer.status < 300) return answer;
  throw new Error(`${call[2]} ${call[3]}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** @returns the cookie, as in a `Cookie` header */
export async function signIn(url: string, email: string, password: string): Promise<string> {
  const { headers } = await callRightly(url, '', 'POST', '/sign-in', { email, password });
  return headers.getSetCookie()[0]!.split(';')[0]!;
}

/** Invites somebody and takes the invitation. @param admin the cookie of an admin */
export async function makeAccount(
  url: string,
  admin: string,
  wanted: { readonly name: string; readonly role: Role } & Partial<InviteRequest>,
): Promise<StaffAccount> {
  const email = `${newClientId().toLowerCase()}@bhxh.example`;
  const invited = await callRightly<OneTimeLink>(url, admin, 'POST', '/accounts', { email, ...wanted });
  const { account, link } = invited.body;
  const token = new URL(link).searchParams.get('token');
  await callRightly(url, '', 'POST', '/link', { token, password: PASSWORD });
  return { id: account.id, name: account.name, email: account.email, password: PASSWORD };
}

/** Connects, and enters the desk. @throws Error with `data.code` when the desk lets nobody in with this cookie */
export async function connectStaff(
  url: string,
  cookie: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<StaffClient> {
  const socket = io(`${url}${STAFF_NAMESPACE}`, {
    extraHeaders: { ...headers, ...(cookie === '' ? {} : { cookie }) },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  const facts: { readonly name: string; readonly fact: unknown }[] = [];
  const listeners = new Set<() => void>();
  socket.onAny((name: string, fact: unknown) => {
    facts.push({ name, fact });
    for (const listener of [...listeners]) listener();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });

  const command: StaffClient['command'] = async (name, body) => {
    const ack = (await socket.timeout(PATIENCE_MS).emitWithAck(name, body)) as Ack<never>;
    if (ack.ok) return ack.data;
    throw Object.assign(new Error(`${name}: ${ack.error.code}: ${ack.error.message}`), { ack: ack.error });
  };
  const heard: StaffClient['heard'] = (name) =>
    facts.filter((one) => one.name === name).map(({ fact }) => fact as never);
  const hear: StaffClient['hear'] = (name, fits = () => true) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const index = heard(name).findIndex(fits);
        if (index < 0) return;
        clearTimeout(timer);
        listeners.delete(look);
        resolve(heard(name)[index]!);
      };
      const timer = setTimeout(() => {
        listeners.delete(look);
        reject(new Error(`no ${name} that fits`));
      }, PATIENCE_MS);
      listeners.add(look);
      look();
    });
  await command('desk:enter', {});
  return {
    socket,
    command,
    heard,
    hear,
    open: (id, after) => command('conversation:open', after === undefined ? { id } : { id, after }),
    claim: (id) => command('conversation:claim', { id }),
    say: async (id, text, { clientId = newClientId() } = {}) =>
      (await command('message:send', { id, clientId, text })).message,
    finish: (id) => command('conversation:close', { id, reason: 'Đã giải quyết' }),
    close: () => socket.disconnect(),
  };
}
