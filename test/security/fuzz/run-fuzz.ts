/** Throws inputs at every endpoint and every command of a desk, and looks whether it minds. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { ERROR_CODES } from '../../../src/contracts/error-codes.ts';
import { describeApi } from '../../../src/http/openapi.ts';
import { seededRandom } from '../../../src/kernel/random.ts';
import { writeSmallCorpus } from '../../chaos/small-corpus.ts';
import { type ChatClient, connectChat } from '../../support/chat-client.ts';
import { ROOT } from '../../support/corpus.ts';
import { type RunningDesk, startDesk } from '../../support/desk.ts';
import { connectStaff, FIRST_ADMIN, type StaffClient, signIn } from '../../support/staff-client.ts';
import { createInputs, type Inputs, readSchemas, toSchema } from './inputs.ts';

export interface FuzzResult {
  readonly inputs: number;
  /** What each target answered so far: a code or a status, and how often. */
  readonly answers: ReadonlyMap<string, number>;
  /** Everything that must not be, with the input that did it. */
  readonly failures: readonly string[];
  readonly targets: number;
  /** Bytes that were in use after so many inputs, garbage collected where that is possible. */
  readonly memory: readonly { readonly inputs: number; readonly bytes: number }[];
}

interface Target {
  readonly name: string;
  /** Bodies that got an answer of their own: worth changing a little more. */
  readonly pool: unknown[];
  readonly seen: Set<string>;
  readonly fresh: (inputs: Inputs) => unknown;
  /** @returns what became of it: a code, or a status */
  readonly throwAt: (body: unknown, inputs: Inputs) => Promise<string>;
}

const AT_ONCE = 8;
const MOST_KEPT = 30;
const ANSWER_WITHIN_MS = 30_000;
/** Of an answer; what is longer is a table, which grows with every input and is broken off as people break downloads off. */
const READ_AT_MOST = 256 * 1024;
// biome-ignore format: a list, read as one
const CHAT_COMMANDS = [
  'conversation:open', 'message:send', 'message:rate', 'history:read', 'read:mark', 'typing:set',
  'conversation:reopen', 'satisfaction:give', 'contact:erase', 'call:check', 'call:start', 'call:resume',
  'call:signal', 'call:end', 'call:report', 'no:such',
];
const LEARNED = /"(?:id|code|token|seq|url|revision|number)":\s*"?([^",}]{1,80})/g;

export async function runFuzz(options: {
  readonly inputs: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}): Promise<FuzzResult> {
  const random = seededRandom(options.seed);
  const inputs = createInputs(options.seed, random);
  const root = await mkdtemp(path.join(tmpdir(), 'fuzz-'));
  await writeSmallCorpus(root);
  const failures: string[] = [];
  const errors = new Writable({
    write(line: Buffer, _encoding, done) {
      failures.push(`logged: ${String(line).slice(0, 1_500)}`);
      done();
    },
  });
  const desk = await startDesk({
    root,
    firstAdmin: FIRST_ADMIN,
    floodLimits: false,
    logger: pino({ level: 'error', base: null }, errors),
  });
  const answers = new Map<string, number>();
  const memory: { inputs: number; bytes: number }[] = [];
  const schemas = await loadSchemas();
  const people = await openPeople(desk);
  try {
    const targets = [...listEndpoints(desk, people, schemas), ...listCommands(desk, people, schemas)];
    let done = 0;
    const look = (): void => {
      globalThis.gc?.();
      memory.push({ inputs: done, bytes: process.memoryUsage().heapUsed });
    };
    const lookEvery = Math.ceil(options.inputs / 10);
    const worker = async (): Promise<void> => {
      while (done < options.inputs && failures.length < 20) {
        const target = targets[done % targets.length]!;
        done += 1;
        if (done % lookEvery === 0) look();
        if (done % 1_000 === 0) options.onProgress?.(done);
        const kept = target.pool.length > 0 && inputs.chance(0.6);
        const body = kept ? inputs.mutate(inputs.pick(target.pool), inputs.anything()) : target.fresh(inputs);
        const said = await target.throwAt(body, inputs).catch((error: Error) => `failed: ${error.message}`);
        const answer = `${target.name} → ${said}`;
        answers.set(answer, (answers.get(answer) ?? 0) + 1);
        if (/^5\d\d|^failed|^internal|^unanswered|^unknown code/.test(said))
          failures.push(`input ${done}: ${answer}: ${JSON.stringify(body)?.slice(0, 600)}`);
        if (!target.seen.has(said)) {
          target.seen.add(said);
          target.pool.push(body);
        } else if (inputs.chance(0.02)) target.pool[target.pool.length % MOST_KEPT] = body;
      }
    };
    look();
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const alive = await fetch(`${desk.url}/readyz`);
    if (alive.status !== 200) failures.push(`not ready afterwards: ${await alive.text()}`);
    return { inputs: done, answers, failures, targets: targets.length, memory };
  } finally {
    people.close();
    await desk.stop();
    await rm(root, { recursive: true, force: true });
  }
}

type Schemas = Awaited<ReturnType<typeof loadSchemas>>;

async function loadSchemas() {
  const folder = path.join(ROOT, 'src/contracts');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts'));
  return readSchemas(
    await Promise.all(files.map((file) => import(path.join(folder, file)) as Promise<object>)),
  );
}

/** Somebody of the staff and a contact, back again whatever they did to themselves. */
interface People {
  readonly cookie: () => Promise<string>;
  readonly signedOut: () => void;
  readonly staff: () => Promise<StaffClient>;
  readonly contact: () => Promise<ChatClient>;
  readonly close: () => void;
}

async function openPeople({ url }: RunningDesk): Promise<People> {
  let cookie: Promise<string> | undefined;
  let staff: Promise<StaffClient> | undefined;
  let contact: Promise<ChatClient> | undefined;
  const cookieNow = (): Promise<string> => {
    cookie ??= signIn(url, FIRST_ADMIN.email, FIRST_ADMIN.password);
    return cookie;
  };
  return {
    cookie: cookieNow,
    signedOut() {
      cookie = undefined;
      void staff?.then(({ close }) => close()).catch(() => undefined);
      staff = undefined;
    },
    async staff() {
      if (staff !== undefined && !(await staff.catch(() => null))?.socket.connected) staff = undefined;
      staff ??= cookieNow().then((shown) => connectStaff(url, shown));
      return staff;
    },
    async contact() {
      if (contact !== undefined && !(await contact.catch(() => null))?.socket.connected) contact = undefined;
      contact ??= connectChat(url).then(async (client) => {
        await client.open();
        return client;
      });
      return contact;
    },
    close() {
      void staff?.then(({ close }) => close());
      void contact?.then(({ close }) => close());
    },
  };
}

function listEndpoints(desk: RunningDesk, people: People, schemas: Schemas): Target[] {
  const { paths } = describeApi() as { paths: Record<string, Record<string, object>> };
  const open = Object.entries(paths).flatMap(([at, methods]) =>
    Object.keys(methods).map((method) => ({ method, at: at.replace(/\{(\w+)\}/g, ':$1'), isStaff: false })),
  );
  const guarded = desk.app.staffDesk.routes.map(({ method, path: at }) => ({
    method,
    at: `/api/v1/staff${at}`,
    isStaff: true,
  }));
  return [...open, ...guarded].map(({ method, at, isStaff }) => ({
    name: `${method.toUpperCase()} ${at}`,
    pool: [],
    seen: new Set(),
    fresh: (inputs) => inputs.fill(inputs.pick(schemas)),
    async throwAt(body, inputs) {
      const address = at.replace(/:\w+/g, () => encodeURIComponent(wellFormed(inputs.word())) || 'x');
      const query = inputs.chance(0.4) ? `?${writeQuery(body, inputs)}` : '';
      const { type, text } = writeBody(body, inputs);
      const response = await fetch(`${desk.url}${address}${query}`, {
        method: method.toUpperCase(),
        headers: {
          ...(isStaff && inputs.chance(0.97) ? { cookie: await people.cookie() } : {}),
          ...(method === 'get' ? {} : { 'content-type': type }),
          ...(isStaff ? {} : { authorization: `Bearer ${(await people.contact()).token}` }),
        },
        ...(method === 'get' ? {} : { body: text }),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const said = await readStart(response);
      for (const [, learned = ''] of said.matchAll(LEARNED)) if (inputs.chance(0.2)) inputs.learn(learned);
      if (said.includes('"signed_out"')) people.signedOut();
      const code = /"error":\{"code":"(\w+)"/.exec(said)?.[1];
      // The last is Node's own word on an address that is too long.
      if (response.status < 400 || response.status === 431) return String(response.status);
      return code !== undefined && Object.hasOwn(ERROR_CODES, code) && response.status < 500
        ? code
        : `${response.status >= 500 ? response.status : 'unknown code'} ${said.slice(0, 300)}`;
    },
  }));
}

/** The beginning of an answer; the rest is not taken. */
async function readStart({ body }: Response): Promise<string> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop cancels the rest.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= READ_AT_MOST) break;
  }
  return Buffer.concat(chunks).toString();
}

function listCommands(desk: RunningDesk, people: People, schemas: Schemas): Target[] {
  const ofContact = CHAT_COMMANDS.map(
    (name): Target => ({
      name: `/chat ${name}`,
      pool: [],
      seen: new Set(),
      fresh: (inputs) => inputs.fill(inputs.pick(schemas)),
      throwAt: async (body, inputs) => {
        const { socket } = await people.contact();
        return emit(socket, name, body, inputs);
      },
    }),
  );
  const ofStaff = desk.app.staffDesk.commands.map(({ name, schema }): Target => {
    const fitting = toSchema(schema);
    return {
      name: `/staff ${name}`,
      pool: [],
      seen: new Set(),
      fresh: (inputs) => inputs.fill(inputs.chance(0.8) ? fitting : inputs.pick(schemas)),
      throwAt: async (body, inputs) => {
        const { socket } = await people.staff();
        const said = await emit(socket, name, body, inputs);
        if (said === 'signed_out') people.signedOut();
        return said;
      },
    };
  });
  return [...ofContact, ...ofStaff];
}

async function emit(
  socket: { readonly connected: boolean; readonly timeout: (ms: number) => unknown },
  name: string,
  body: unknown,
  inputs: Inputs,
): Promise<string> {
  const { emitWithAck } = socket.timeout(ANSWER_WITHIN_MS) as {
    emitWithAck: (...said: unknown[]) => Promise<{ ok: boolean; error?: { code: string } }>;
  };
  const said = inputs.chance(0.95)
    ? [body]
    : inputs.pick([[], [body, body], [Buffer.from('a')], [body, Buffer.from('b')]]);
  try {
    const ack = await emitWithAck.call(socket.timeout(ANSWER_WITHIN_MS), name, ...said);
    for (const [, learned = ''] of JSON.stringify(ack).matchAll(LEARNED)) inputs.learn(learned);
    if (ack.ok) return 'ok';
    const code = ack.error?.code ?? '';
    return Object.hasOwn(ERROR_CODES, code) ? code : `unknown code ${code}`;
  } catch {
    // Too large, or the contact had everything erased: the connection went with it.
    return socket.connected ? 'unanswered' : 'cut off';
  }
}

function writeQuery(body: unknown, inputs: Inputs): string {
  const names = typeof body === 'object' && body !== null ? Object.entries(body) : [['q', body] as const];
  return names
    .map(
      ([name, value]) =>
        `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(String(JSON.stringify(value)).replace(/^"|"$/g, ''))}`,
    )
    .concat(inputs.chance(0.3) ? [`${encodeURIComponent(wellFormed(inputs.word()))}=1`] : [])
    .join('&');
}

function writeBody(body: unknown, inputs: Inputs): { type: string; text: string } {
  const text = JSON.stringify(body) ?? '';
  if (inputs.chance(0.9)) return { type: 'application/json', text };
  const at = Math.floor(text.length / 2);
  const broken = inputs.pick([
    text.slice(0, at),
    `${text.slice(0, at)}\u0000${text.slice(at)}`,
    `${text}${text}`,
    '\ufeff{',
  ]);
  const type = inputs.pick([
    'application/json',
    'application/json; charset=utf-16',
    'application/json; charset=no-such',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'text/plain',
  ]);
  return {
    type,
    text: type.includes('boundary')
      ? `--x\r\ncontent-disposition: form-data; name="file"; filename="${inputs.word().replace(/[\r\n"]/g, '')}"\r\n\r\n${broken}\r\n--x--\r\n`
      : broken,
  };
}

/** Addresses take no half characters. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '?');
