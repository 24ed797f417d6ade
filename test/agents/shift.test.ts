/**
 * A day of fifty agents and two thousand conversations in fast time, on two nodes with one real store: agents take
 * breaks, close their laptops and lose their connections; contacts leave the queue and come back. After every step
 * the store itself is asked whether all is as it must be.
 */
import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Waiting } from '../../src/agents/assignment.ts';
import type { ShiftDeps } from '../../src/agents/shift.ts';
import type { ConversationEvent, HandoverReason, Person } from '../../src/contracts/console.ts';
import type { Conversation } from '../../src/conversations/conversation.ts';
import type { ConversationDocument } from '../../src/conversations/conversation-store.ts';
import { AppError } from '../../src/kernel/app-error.ts';
import { groupBy } from '../../src/kernel/group-by.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { type Floor, type FloorNode, openFloor } from './floor.ts';

const SEED = 20_260_302;
const AGENTS = 50;
const WHOLE_DAY = 2_000;
/** `npm run shift` plays the whole day; without being asked, a fourth of it. */
const CONVERSATIONS = Number(process.env['SHIFT_CONVERSATIONS'] ?? WHOLE_DAY / 4);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY_MS = (8 * 60 * MINUTE * CONVERSATIONS) / WHOLE_DAY;
const STEP_MS = 2 * MINUTE;
const SKILLS = ['thẻ BHYT', 'hưu trí', 'VNeID'] as const;
const REASONS: readonly HandoverReason[] = [
  'asked',
  'asked',
  'asked',
  'unsure',
  'unsure',
  'anger',
  'flow-failed',
];

const random = seededRandom(SEED);
const chance = (share: number): boolean => random() < share;
const between = (low: number, high: number): number => low + random() * (high - low);
const pick = <One>(all: readonly One[]): One => all[Math.floor(random() * all.length)]!;

/** What the test knows of an agent; the desk knows what is in the store. */
interface SimulatedAgent extends Person {
  readonly capacity: number;
  readonly skills: readonly string[];
  doing: 'working' | 'away' | 'gone';
  /** When that ends. */
  until: number;
}

const agents: SimulatedAgent[] = Array.from({ length: AGENTS }, (_, at) => ({
  id: `agent-${String(at).padStart(2, '0')}`,
  name: `Nhân viên ${at}`,
  capacity: 1 + Math.floor(random() * 6),
  skills: SKILLS.filter(() => chance(0.25)),
  doing: 'gone',
  until: between(0, 30 * MINUTE),
}));
const actorOf = ({ id, name }: Person) => ({ id, name, oversees: false });

const contacts = Array.from(
  { length: CONVERSATIONS },
  (_, at) => new ObjectId(at.toString(16).padStart(24, '0')),
);

let floor: Floor;
let nodes: readonly FloorNode[];
/** How often what is to be proven had a chance to go wrong. */
const seen = { steps: 0, given: 0, givenBack: 0, races: 0, skilled: 0, left: 0, longestQueue: 0, most: 0 };

const faults: string[] = [];

/** Holds the shift's own steps against what it was told: nobody is passed over whom the agent could have taken. */
function watchOrder(deps: ShiftDeps): ShiftDeps {
  let queue: readonly Waiting[] = [];
  return {
    ...deps,
    async listWaiting() {
      queue = await deps.listWaiting();
      return queue;
    },
    async assign(id, agent) {
      const given = queue.find((one) => one.id === id)!;
      const passedOver = queue.filter(
        (one) =>
          one.notTo !== agent.id &&
          (one.skill === null || agent.skills.includes(one.skill)) &&
          (one.priority > given.priority ||
            (one.priority === given.priority && one.queuedAt < given.queuedAt)),
      );
      // The shift would take an error for a store that is away.
      for (const one of passedOver) faults.push(`${one.id} was passed over for ${id}`);
      queue = queue.filter((one) => one.id !== id);
      await deps.assign(id, agent);
      seen.given += 1;
    },
    async giveBack(id, agent) {
      await deps.giveBack(id, agent);
      seen.givenBack += 1;
    },
  };
}

beforeAll(async () => {
  floor = await openFloor('2026-03-02T01:00:00Z');
  // Some of those who vanish are back within it.
  floor.settings.graceMs = 3 * MINUTE;
  nodes = [floor.startNode(watchOrder), floor.startNode(watchOrder)];
  // Everybody has talked to the bot before.
  const [status, open, openedAt] = ['bot', true, floor.now()] as const;
  const documents = contacts.map((_id, at) => ({ _id, contact: `contact-${at}`, status, open, openedAt }));
  await floor.database.client.db().collection<ConversationDocument>('conversations').insertMany(documents);
});
afterAll(() => floor?.close());

/** Too late is what may happen; anything else is a fault. */
async function unlessLate(act: Promise<unknown>): Promise<boolean> {
  try {
    await act;
    return true;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

const conversationsIn = (status: Conversation['status'][]) =>
  floor.database.client
    .db()
    .collection<ConversationDocument>('conversations')
    .find({ status: { $in: status } })
    .project<Pick<ConversationDocument, '_id' | 'status' | 'queue' | 'handling'>>({
      queue: 1,
      handling: 1,
      status: 1,
    })
    .toArray();

async function enter(
  { id, name, capacity, skills }: SimulatedAgent,
  state: 'online' | 'away',
): Promise<void> {
  await floor.presenceStore.enter({ id, name, capacity, skills, state, seenAt: floor.now() });
}

async function moveAgents(time: number): Promise<void> {
  const entering: Promise<void>[] = [];
  for (const agent of agents) {
    if (time < agent.until) continue;
    if (agent.doing === 'working') {
      // A connection that is lost says nothing; a break is announced.
      agent.doing = chance(0.5) ? 'gone' : 'away';
      agent.until = time + between(SECOND, agent.doing === 'gone' ? 10 * MINUTE : 20 * MINUTE);
      if (agent.doing === 'away') entering.push(enter(agent, 'away'));
    } else {
      agent.doing = 'working';
      agent.until = time + between(20 * MINUTE, 120 * MINUTE);
      entering.push(enter(agent, 'online'));
    }
  }
  await Promise.all(entering);
  const there = agents.filter(({ doing }) => doing !== 'gone').map(({ id }) => id);
  await floor.presenceStore.beat(there, floor.now());
}

/** When the holder is done with it, by conversation and holder: another holder begins anew. */
const doneAt = new Map<string, number>();
const FORTY_MINUTES = 40 * MINUTE;

async function workOn({ _id, handling }: Pick<ConversationDocument, '_id' | 'handling'>, time: number) {
  const id = _id.toHexString();
  const agent = agents.find((one) => one.id === handling!.agent.id)!;
  const key = `${id} ${agent.id}`;
  if (!doneAt.has(key)) doneAt.set(key, time + between(5 * MINUTE, FORTY_MINUTES));
  if (time < doneAt.get(key)! || agent.doing === 'gone') return;
  doneAt.delete(key);
  const { conversations } = pick(nodes);
  const by = actorOf(agent);
  const how = random();
  if (how < 0.1) {
    seen.skilled += 1;
    await conversations.change(id, { kind: 'return', by, skill: pick(SKILLS), note: '' });
  } else if (how < 0.13) await conversations.change(id, { kind: 'to-bot', by, note: '' });
  else await conversations.change(id, { kind: 'close', by, reason: 'Đã giải quyết', tags: [] });
}

/** Contacts who left the queue, and when they think better of it. */
const backAt: { readonly id: string; readonly at: number }[] = [];

async function moveContacts(waiting: readonly string[], time: number): Promise<void> {
  for (const id of waiting) {
    if (!chance(0.01)) continue;
    await unlessLate(pick(nodes).conversations.change(id, { kind: 'leave' }));
    seen.left += 1;
    if (chance(0.5)) backAt.push({ id, at: time + between(MINUTE, FORTY_MINUTES) });
  }
  for (const one of backAt.filter(({ at }) => at <= time)) {
    backAt.splice(backAt.indexOf(one), 1);
    await unlessLate(pick(nodes).conversations.change(one.id, { kind: 'queue', reason: 'asked' }));
  }
}

/** Two agents on a break reach for the same conversation, each on a node of their own. */
async function raceFor(id: string, free: readonly SimulatedAgent[]): Promise<void> {
  const [one, two] = [pick(free), pick(free)];
  if (one === two) return;
  seen.races += 1;
  const claims = await Promise.all(
    [one, two].map((agent, at) =>
      unlessLate(nodes[at]!.conversations.change(id, { kind: 'claim', by: actorOf(agent) })),
    ),
  );
  expect(claims.filter(Boolean)).toHaveLength(1);
}

async function assignAll(step: number): Promise<void> {
  if (!chance(0.2)) return nodes[step % nodes.length]!.shift.run();
  await Promise.all(nodes.map(({ shift }) => shift.run()));
  // What the one gave back while the other was giving comes at the next look.
  for (const { shift } of nodes) await shift.run();
}

/** As the store has it, and nobody else. */
async function checkStep() {
  expect(faults).toEqual([]);
  const present = await floor.database.client
    .db()
    .collection<{ _id: string; capacity: number; skills: string[] }>('agent_presence')
    .find({ state: 'online', seenAt: { $gte: new Date(floor.now().getTime() - 25 * SECOND) } })
    .toArray();
  const documents = await conversationsIn(['queued', 'active']);
  const loads = new Map<string, number>();
  for (const { status, handling } of documents) {
    if (status !== 'active') continue;
    expect(handling).toBeDefined();
    loads.set(handling!.agent.id, (loads.get(handling!.agent.id) ?? 0) + 1);
  }
  for (const { id, capacity } of agents) expect(loads.get(id) ?? 0, id).toBeLessThanOrEqual(capacity);

  const free = present.filter(({ _id, capacity }) => (loads.get(_id) ?? 0) < capacity);
  const queued = documents.filter(({ status }) => status === 'queued');
  const needless = queued.filter(({ queue }) =>
    free.some(
      ({ _id, skills }) => queue!.notTo !== _id && (queue!.skill === null || skills.includes(queue!.skill)),
    ),
  );
  expect(needless, 'waits although somebody is free').toEqual([]);
  seen.longestQueue = Math.max(seen.longestQueue, queued.length);
  seen.most = Math.max(seen.most, documents.length - queued.length);
  return documents;
}

/** Two rushes a day. */
const arrivals: readonly number[] = Array.from({ length: CONVERSATIONS }, () => {
  const at = chance(0.4) ? between(0.1, 0.25) : chance(0.4) ? between(0.6, 0.75) : random();
  return at * DAY_MS * 0.95;
}).sort((one, two) => one - two);

it('loses nobody, lets nobody wait for nothing, and keeps the order', async () => {
  const begin = floor.now().getTime();
  let asked = 0;
  let documents: Awaited<ReturnType<typeof checkStep>> = [];
  for (let step = 0; step * STEP_MS < DAY_MS; step++) {
    const time = step * STEP_MS;
    await moveAgents(time);
    const waiting = documents.filter(({ status }) => status === 'queued').map(({ _id }) => _id.toHexString());
    await Promise.all(documents.map((document) => document.status === 'active' && workOn(document, time)));
    await moveContacts(waiting, time);

    const held = new Map<string, number>();
    for (const { handling } of documents)
      if (handling !== undefined) held.set(handling.agent.id, (held.get(handling.agent.id) ?? 0) + 1);
    const idle = agents.filter(
      ({ id, doing, capacity }) => doing === 'away' && (held.get(id) ?? 0) < capacity,
    );
    if (waiting.length > 0 && idle.length > 1) {
      const stillQueued = (await conversationsIn(['queued'])).map(({ _id }) => _id.toHexString());
      if (stillQueued.length > 0) await raceFor(pick(stillQueued), idle);
    }
    const arriving = arrivals.filter((at) => at > time - STEP_MS && at <= time).length;
    await Promise.all(
      contacts.slice(asked, asked + arriving).map((id) => {
        const reason = pick(REASONS);
        return pick(nodes).conversations.change(id.toHexString(), { kind: 'queue', reason });
      }),
    );
    asked += arriving;

    await assignAll(step);
    documents = await checkStep();
    seen.steps += 1;
    floor.forward(STEP_MS);
  }
  expect(floor.now().getTime() - begin).toBe(DAY_MS);
  expect(asked).toBe(CONVERSATIONS);
  await checkDay();

  // A day on which nothing happened would have proven nothing.
  expect(seen.given).toBeGreaterThan(CONVERSATIONS);
  expect(seen.givenBack).toBeGreaterThan(CONVERSATIONS / 40);
  expect(seen.races).toBeGreaterThan(CONVERSATIONS / 1_000);
  expect(seen.skilled).toBeGreaterThan(CONVERSATIONS / 20);
  expect(seen.left).toBeGreaterThan(CONVERSATIONS / 1_000);
  expect(seen.longestQueue).toBeGreaterThan(CONVERSATIONS / 100);
}, 300_000);

/** Every conversation is where its changes lead, and none was ever in two hands. */
async function checkDay(): Promise<void> {
  const db = floor.database.client.db();
  const documents = await db.collection<ConversationDocument>('conversations').find().toArray();
  expect(documents).toHaveLength(CONVERSATIONS);
  const told = await db.collection('messages').find({ author: 'system' }).toArray();
  const stories = groupBy(told, (message) => message['conversation'] as string);
  const ends: Record<string, number> = {};
  for (const { _id, status, handling, stays = [], revision } of documents) {
    const id = _id.toHexString();
    const events = (stories.get(id) ?? [])
      .map((told) => ({ revision: Number(told['clientId'].split(':')[1]), ...told['event'] }))
      .sort((one, two) => one.revision - two.revision);
    const holder = replay(events, id);
    expect(holder, id).toBe(status === 'active' ? handling!.agent.id : null);
    expect(events.at(-1)?.revision ?? 0, id).toBeLessThanOrEqual(revision!);
    const last = stays.at(-1)!;
    expect(last.end, id).toBe(status === 'closed' ? 'closed' : status === 'bot' ? last.end : null);
    if (status === 'bot') expect(['left', 'to-bot'], id).toContain(last.end);
    ends[status] = (ends[status] ?? 0) + 1;
  }
  expect(ends['closed']).toBeGreaterThan(CONVERSATIONS * 0.7);
}

/** @returns who has it in the end; null: nobody */
function replay(events: readonly ConversationEvent[], id: string): string | null {
  let holder: string | null = null;
  for (const { kind, by, to } of events) {
    const story = `${id}: ${kind} while ${holder} has it`;
    if (kind === 'assigned' || kind === 'claimed') {
      expect(holder, story).toBeNull();
      holder = (to ?? by)!.id;
    } else {
      expect(['agent-gone', 'returned', 'to-bot', 'closed']).toContain(kind);
      expect(by!.id, story).toBe(holder);
      holder = null;
    }
  }
  return holder;
}
