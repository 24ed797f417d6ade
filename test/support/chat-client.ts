/** A contact with a real socket, as a test or a benchmark has it. */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import {
  type Ack,
  CHAT_NAMESPACE,
  type ChatCommands,
  type ChatFacts,
  type Credentials,
  type MessageView,
  type OpenCommand,
  type Opened,
  type SendCommand,
} from '../../src/contracts/chat.ts';

export type ChatSocket = Socket<ChatFacts, ChatCommands>;

export interface ChatClient {
  readonly socket: ChatSocket;
  readonly token: string;
  /** Every message that came as a fact, in the order of arrival. */
  readonly heard: readonly MessageView[];
  /** Any command. @throws Error with the code when it is refused */
  readonly command: <Name extends keyof ChatCommands>(name: Name, body: unknown) => Promise<DataOf<Name>>;
  readonly open: (command?: OpenCommand) => Promise<Opened>;
  /** Sends a text and returns it as it was stored. */
  readonly send: (text: string, more?: Partial<SendCommand>) => Promise<MessageView>;
  /** The answer to a message, once it has come. */
  readonly answerTo: (seq: number) => Promise<MessageView>;
  /** Sends a text and returns the answer. */
  readonly ask: (text: string, more?: Partial<SendCommand>) => Promise<MessageView>;
  readonly close: () => void;
}

type DataOf<Name extends keyof ChatCommands> =
  Parameters<Parameters<ChatCommands[Name]>[1]>[0] extends Ack<infer Data> ? Data : never;

export const newToken = (): string => randomBytes(32).toString('base64url');
export const newClientId = (): string => randomBytes(12).toString('base64url');

const PATIENCE_MS = 20_000;

/** Connects. @throws Error with `data.code` when the desk refuses the credentials */
export async function connectChat(
  url: string,
  shown: Credentials = { token: newToken() },
  headers: Readonly<Record<string, string>> = {},
): Promise<ChatClient> {
  const socket: ChatSocket = io(`${url}${CHAT_NAMESPACE}`, {
    auth: shown,
    extraHeaders: { ...headers },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  const heard: MessageView[] = [];
  const waiting = new Map<number, (message: MessageView) => void>();
  socket.on('message:sent', (message) => {
    heard.push(message);
    if (message.replyTo !== null) waiting.get(message.replyTo)?.(message);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });

  const command: ChatClient['command'] = async (name, body) => {
    // What a test sends may be wrong on purpose.
    const ack = (await (socket as Socket).timeout(PATIENCE_MS).emitWithAck(name, body)) as Ack<never>;
    if (ack.ok) return ack.data;
    throw Object.assign(new Error(`${name}: ${ack.error.code}: ${ack.error.message}`), { ack: ack.error });
  };
  const send: ChatClient['send'] = async (text, more = {}) =>
    (await command('message:send', { clientId: newClientId(), text, ...more })).message;
  const answerTo: ChatClient['answerTo'] = async (seq) => {
    const there = heard.find(({ replyTo }) => replyTo === seq);
    if (there !== undefined) return there;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to message ${seq}`)), PATIENCE_MS);
      waiting.set(seq, (message) => {
        clearTimeout(timer);
        waiting.delete(seq);
        resolve(message);
      });
    });
  };
  return {
    socket,
    token: shown.token ?? '',
    heard,
    command,
    open: (opening = {}) => command('conversation:open', opening),
    send,
    answerTo,
    ask: async (text, more) => answerTo((await send(text, more)).seq),
    close: () => socket.disconnect(),
  };
}
