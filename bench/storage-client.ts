/** The process that asks a server, so that what it uses is not mixed with what the server uses. */
import { randomBytes } from 'node:crypto';
import { type Db, MongoClient } from 'mongodb';
import {
  fillMessages,
  type Message,
  type Operation,
  prepareMessages,
  prepareOperations,
} from './storage-operations.ts';
import { answerQuestions, ownCpuMs } from './storage-process.ts';

export interface ClientQuestions extends Record<string, { ask: unknown; answer: unknown }> {
  /** Connects and makes the data. Answers with the operations' names. */
  readonly prepare: { ask: { uri: string; size: number }; answer: readonly string[] };
  /** Fills a collection up to so many messages, and reads and changes some of them. */
  readonly grow: { ask: { uri: string; from: number; to: number }; answer: true };
  readonly measure: { ask: { operation: number; parallel: number; ms: number }; answer: Round };
}

/** What was done in one round. */
export interface Round {
  readonly operations: number;
  readonly wallMs: number;
  /** Of the client. */
  readonly cpuMs: number;
}

let client: MongoClient | undefined;
let db: Db | undefined;
let operations: readonly Operation[] = [];
let counter = 0;

async function connect(uri: string): Promise<Db> {
  client ??= await new MongoClient(uri, { maxPoolSize: 20 }).connect();
  db ??= client.db(`bench_storage_${randomBytes(4).toString('hex')}`);
  return db;
}

async function measure({ operation: at, parallel, ms }: ClientQuestions['measure']['ask']): Promise<Round> {
  const operation = operations[at];
  if (operation === undefined) throw new Error(`there is no operation ${at}`);
  await operation.before?.();
  let done = 0;
  let more = true;
  const cpu = ownCpuMs();
  const startedAt = performance.now();
  const endAt = startedAt + ms;
  const lane = async (): Promise<void> => {
    while (more && performance.now() < endAt) {
      if ((await operation.run(counter++)) === false) more = false;
      else done++;
    }
  };
  await Promise.all(Array.from({ length: parallel }, lane));
  return { operations: done, wallMs: performance.now() - startedAt, cpuMs: ownCpuMs() - cpu };
}

/** Reads and changes after the filling: memory is asked for while a server works, not while it only stores. */
async function grow({ uri, from, to }: ClientQuestions['grow']['ask']): Promise<true> {
  const messages = (await connect(uri)).collection<Message>('messages');
  await prepareMessages(messages);
  await fillMessages(messages, from, to);
  for (let n = 0; n < 500; n++) {
    const _id = `m${(n * 7_919) % to}`;
    await messages.findOne({ _id });
    await messages.updateOne({ _id }, { $set: { author: 'agent' } });
  }
  await messages.countDocuments({ text: 'none has this' });
  return true;
}

answerQuestions(
  {
    prepare: async ({ uri, size }: ClientQuestions['prepare']['ask']) => {
      operations = await prepareOperations(await connect(uri), size);
      return operations.map(({ name }) => name);
    },
    grow,
    measure,
  },
  async () => {
    await db?.dropDatabase();
    await client?.close();
  },
);
