/** The clients of chat benchmarks, all in one process of their own: the same code against the desk and the echo. */
import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import {
  type Ack,
  CHAT_NAMESPACE,
  type ChatCommands,
  type ChatFacts,
  type Sent,
} from '../src/contracts/chat.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { makeQuestions } from './chat-questions.ts';
import { quantile } from './measure.ts';
import { answerQuestions, ownCpuMs } from './storage-process.ts';

export interface ChatClientQuestions extends Record<string, { ask: unknown; answer: unknown }> {
  /** @param answers whether the server has an answer for each message beside the acknowledgement */
  readonly connect: { ask: { url: string; clients: number; answers: boolean }; answer: null };
  /** Everybody asks again as soon as the answer is there. */
  readonly closed: { ask: { ms: number }; answer: Load };
  /** So many questions a second, whatever becomes of them; times count from when a question was due. */
  readonly paced: { ask: { ms: number; perSecond: number }; answer: Load };
  readonly disconnect: { ask: null; answer: null };
}

export interface Load {
  readonly perSecond: number;
  readonly questions: number;
  readonly acknowledged: Times;
  readonly answered: Times;
  /** Of the clients' process. */
  readonly cpuMs: number;
}
export interface Times {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

type ChatSocket = Socket<ChatFacts, ChatCommands>;

interface Client {
  readonly socket: ChatSocket;
  /** What is to happen when the answer to the open question is there. */
  answered: (() => void) | null;
  seq: number;
  /** What was answered before its acknowledgement came. */
  early: number;
}

const TOGETHER = 50;
const random = seededRandom(11);
const questions = await makeQuestions();
let asked = 0;
const nextQuestion = (): string => questions[asked++ % questions.length]!;
let clients: Client[] = [];
let server: { readonly url: string; readonly answers: boolean } = { url: '', answers: false };

/** Connects, and opens the conversation where there is one. */
async function connect(): Promise<Client> {
  const socket: ChatSocket = io(`${server.url}${CHAT_NAMESPACE}`, {
    auth: { token: randomBytes(32).toString('base64url') },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const client: Client = { socket, answered: null, seq: 0, early: 0 };
  if (server.answers) {
    const opened = await socket.emitWithAck('conversation:open', { after: 0 });
    if (!opened.ok) throw new Error(opened.error.code);
    socket.on('message:sent', ({ replyTo }) => {
      if (replyTo === client.seq) client.answered?.();
      else if (replyTo !== null) client.early = replyTo;
    });
    // Misread as a wish for a person: from here on the bot is silent. The next question is somebody else's.
    socket.on('conversation:changed', () => {
      const at = clients.indexOf(client);
      void connect().then((other) => {
        clients[at] = other;
        socket.disconnect();
      });
    });
  }
  return client;
}

/** @param done gets the times of acknowledgement and answer */
function ask(client: Client, done: (ackedAt: number, answeredAt: number) => void): void {
  const clientId = randomBytes(12).toString('base64url');
  client.socket.emit('message:send', { clientId, text: nextQuestion() }, (ack: Ack<Sent>) => {
    if (!ack.ok) throw new Error(ack.error.code);
    const ackedAt = performance.now();
    if (!server.answers) return done(ackedAt, ackedAt);
    client.seq = ack.data.message.seq;
    client.answered = () => {
      client.answered = null;
      done(ackedAt, performance.now());
    };
    if (client.early === client.seq) client.answered();
  });
}

function summarise(acks: number[], answers: number[], startedAt: number, cpuBefore: number): Load {
  const seconds = (performance.now() - startedAt) / 1000;
  const times = (all: number[]): Times => ({ p50Ms: quantile(all, 0.5), p99Ms: quantile(all, 0.99) });
  return {
    perSecond: answers.length / seconds,
    questions: answers.length,
    acknowledged: times(acks),
    answered: times(answers),
    cpuMs: ownCpuMs() - cpuBefore,
  };
}

async function runClosed({ ms }: { ms: number }): Promise<Load> {
  const acks: number[] = [];
  const answers: number[] = [];
  const startedAt = performance.now();
  const cpuBefore = ownCpuMs();
  let open = 0;
  let finish = (): void => undefined;
  const finished = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const goOn = (at: number): void => {
    const emittedAt = performance.now();
    if (emittedAt - startedAt > ms) {
      open -= 1;
      if (open === 0) finish();
      return;
    }
    ask(clients[at]!, (ackedAt, answeredAt) => {
      acks.push(ackedAt - emittedAt);
      answers.push(answeredAt - emittedAt);
      goOn(at);
    });
  };
  open = clients.length;
  for (const at of clients.keys()) goOn(at);
  await finished;
  return summarise(acks, answers, startedAt, cpuBefore);
}

async function runPaced({ ms, perSecond }: { ms: number; perSecond: number }): Promise<Load> {
  const acks: number[] = [];
  const answers: number[] = [];
  const idle = [...clients.keys()];
  const startedAt = performance.now();
  const cpuBefore = ownCpuMs();
  let open = 0;
  let due = startedAt;
  const endAt = startedAt + ms;
  while (due < endAt || open > 0) {
    const now = performance.now();
    while (due <= now && due < endAt) {
      const at = idle.splice(Math.floor(random() * idle.length), 1)[0];
      // Everybody waits: the question stays due, and its time counts.
      if (at === undefined) break;
      const dueAt = due;
      open += 1;
      ask(clients[at]!, (ackedAt, answeredAt) => {
        acks.push(ackedAt - dueAt);
        answers.push(answeredAt - dueAt);
        idle.push(at);
        open -= 1;
      });
      due += (-Math.log(1 - random()) * 1000) / perSecond;
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return summarise(acks, answers, startedAt, cpuBefore);
}

answerQuestions(
  {
    async connect({ url, clients: count, answers }: ChatClientQuestions['connect']['ask']) {
      server = { url, answers };
      for (let missing = count; missing > 0; missing -= TOGETHER)
        clients.push(
          ...(await Promise.all(Array.from({ length: Math.min(TOGETHER, missing) }, () => connect()))),
        );
      return null;
    },
    closed: runClosed,
    paced: runPaced,
    disconnect() {
      for (const { socket } of clients) socket.disconnect();
      clients = [];
      return null;
    },
  },
  async () => undefined,
);
