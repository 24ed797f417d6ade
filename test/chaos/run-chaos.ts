/** One fault run, told from top to bottom. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import type { HistoryPage, MessageView } from '../../src/contracts/chat.ts';
import { startEmbeddedMongo } from '../../src/embedded-mongo/embedded-mongo.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type DeskProcess, prepareDesk } from './desk-process.ts';
import { createDevice, type Device } from './device.ts';
import { openFaultyNetwork } from './faulty-network.ts';
import type { Plan } from './plan.ts';
import { type ContactScript, writeScripts } from './script.ts';
import { judge, type Verdict } from './verdict.ts';

export interface ChaosResult {
  readonly verdict: Verdict;
  /** Everything stored, the desk's answers included. */
  readonly stored: number;
  readonly tickets: number;
  readonly kills: number;
  readonly cuts: number;
  readonly seconds: number;
  /** What the desk's log said from warning on, and its error output. */
  readonly complaints: readonly string[];
}

interface Contact {
  readonly script: ContactScript;
  readonly token: string;
  readonly devices: readonly Device[];
}

const LOOK_EVERY_MS = 50;

/** @param report how far it is, in a few words */
export async function runChaos(plan: Plan, report: (progress: string) => void): Promise<ChaosResult> {
  const startedAt = performance.now();
  const random = seededRandom(plan.seed);
  const desk = await prepareDesk();
  try {
    await desk.start();
    const network = await openFaultyNetwork(desk.port, plan.network, seededRandom(plan.seed + 1));
    const contacts = writeScripts(plan, desk.phrases, random).map((script): Contact => {
      const token = randomBytes(32).toString('base64url');
      const devices = script.devices.map((lines, at) =>
        createDevice({
          name: `${script.name}.${at + 1}`,
          url: () => network.url,
          token,
          lines,
          pauseMs: plan.pauseMs,
          random,
        }),
      );
      return { script, token, devices };
    });
    const devices = contacts.flatMap((contact) => contact.devices);
    const giveUpAt = Date.now() + plan.patienceMs;
    for (const device of devices) device.start();

    const kills = await killOnTheWay(plan, desk, devices, report, giveUpAt);
    await waitFor(
      () => devices.every((device) => device.isSent()),
      giveUpAt,
      () => {
        report(`${countSent(devices)} of ${plan.messages} messages, all ${kills} kills`);
      },
    );
    network.mend();
    await waitFor(
      () => devices.every((device) => device.awaited() === 0),
      giveUpAt,
      () => {
        report(`${devices.reduce((sum, device) => sum + device.awaited(), 0)} answers to come`);
      },
    );
    await Promise.all(devices.filter((device) => !device.isBroken()).map((device) => device.resync()));
    report('comparing transcripts');
    const records = [];
    for (const { script, token, devices: own } of contacts) {
      records.push({
        name: script.name,
        tickets: script.tickets,
        stored: await readTranscript(desk.url, token),
        devices: own.map(({ name, lines, acknowledged, view, contradictions }) => ({
          name,
          sent: lines,
          acknowledged,
          view,
          contradictions,
        })),
      });
    }
    await Promise.all(devices.map((device) => device.stop()));
    await network.close();
    const code = await desk.stop();
    if (code !== 0) throw new Error(`the desk did not stop in order:\n${desk.complaints().join('\n')}`);
    const { tickets, messages } = await readDatabase(desk.dataDir);
    const stored = records.reduce((sum, record) => sum + record.stored.length, 0);
    const verdict = judge(records, tickets);
    return {
      verdict:
        messages === stored
          ? verdict
          : {
              ...verdict,
              doubled: [...verdict.doubled, `${messages} messages are stored, and ${stored} can be read`],
            },
      stored,
      tickets: tickets.length,
      kills,
      cuts: network.cuts(),
      seconds: (performance.now() - startedAt) / 1000,
      complaints: desk.complaints(),
    };
  } finally {
    await desk.remove();
  }
}

const countSent = (devices: readonly Device[]): number =>
  devices.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);

/** Kills the desk whenever another part of the messages is acknowledged, and starts it again. */
async function killOnTheWay(
  { kills, messages }: Plan,
  desk: DeskProcess,
  devices: readonly Device[],
  report: (progress: string) => void,
  giveUpAt: number,
): Promise<number> {
  for (let kill = 1; kill <= kills; kill++) {
    const due = (messages * kill) / (kills + 1);
    await waitFor(
      () => countSent(devices) >= due,
      giveUpAt,
      () => {
        report(`${countSent(devices)} of ${messages} messages, ${kill - 1} of ${kills} kills`);
      },
    );
    await desk.kill();
    await desk.start();
  }
  return kills;
}

/** Comes back also when it is too late: what is missing then is counted as lost. */
async function waitFor(isDone: () => boolean, giveUpAt: number, report: () => void): Promise<void> {
  while (!isDone() && Date.now() < giveUpAt) {
    report();
    await pause(LOOK_EVERY_MS);
  }
}

/** The whole conversation over REST, from either end. @throws when the two differ */
export async function readTranscript(url: string, token: string): Promise<MessageView[]> {
  const read = async (query: string): Promise<HistoryPage> => {
    const response = await fetch(`${url}/api/v1/conversation/messages?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (!response.ok) throw new Error(`history: ${response.status} ${await response.text()}`);
    return (await response.json()) as HistoryPage;
  };
  const forwards: MessageView[] = [];
  for (let hasMore = true; hasMore; ) {
    const page = await read(`after=${forwards.at(-1)?.seq ?? 0}`);
    forwards.push(...page.messages);
    hasMore = page.hasMore;
  }
  let backwards: MessageView[] = [];
  for (let hasMore = true; hasMore; ) {
    const page = await read(backwards[0] === undefined ? '' : `before=${backwards[0].seq}`);
    backwards = [...page.messages, ...backwards];
    hasMore = page.hasMore;
  }
  if (JSON.stringify(forwards) !== JSON.stringify(backwards))
    throw new Error('the history read from its end is not the one read from its beginning');
  return forwards;
}

/** What really is in the database, without the desk. */
async function readDatabase(folder: string): Promise<{ tickets: string[]; messages: number }> {
  const server = await startEmbeddedMongo({ folder });
  const client = await new MongoClient(server.uri).connect();
  try {
    const { databases } = await client.db('admin').admin().listDatabases();
    const name = databases.map((database) => database.name).find((one) => !['admin', 'local'].includes(one));
    const database = client.db(name);
    const tickets = await database.collection<{ _id: string }>('tickets').find().toArray();
    return {
      tickets: tickets.map(({ _id }) => _id),
      messages: await database.collection('messages').countDocuments(),
    };
  } finally {
    await client.close();
    await server.close();
  }
}
