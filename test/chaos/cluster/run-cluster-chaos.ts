/** One fault run over several nodes, told from top to bottom. */
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { seededRandom } from '../../../src/kernel/random.ts';
import { createFaults } from './faults.ts';
import type { Ground } from './ground.ts';
import { type ClusterRecord, type ClusterVerdict, judgeCluster, type StaffRecord } from './judge-cluster.ts';
import { createLedger } from './ledger.ts';
import { changeSettings, hire, invite } from './people.ts';
import type { ClusterPlan } from './plan.ts';
import { putUp, type World, waitUntilReady } from './put-up.ts';
import { type Party, type Reading, readAll } from './read-all.ts';
import { type Strike, strikeUntilOver } from './strike.ts';
import { watchHolders } from './watch-holders.ts';

export interface ClusterResult {
  readonly verdict: ClusterVerdict;
  /** Faults that were not recovered from in time, and nodes that did not stop in order. */
  readonly slow: readonly string[];
  /** Screens that showed the end only when they were made to look. */
  readonly stale: readonly string[];
  readonly records: readonly ClusterRecord[];
  readonly strikes: readonly Strike[];
  readonly ground: Ground['kind'];
  readonly store: string;
  /** Seconds that the nodes' clocks were off; null: they went right. */
  readonly skew: readonly number[] | null;
  readonly stored: { readonly conversations: number; readonly messages: number };
  /** Changes of who has which conversation. */
  readonly changes: number;
  readonly looks: number;
  readonly crashes: number;
  readonly seconds: number;
  /** Of the part with faults. */
  readonly chaosSeconds: number;
  /** What the nodes' logs said from warning on. */
  readonly complaints: readonly string[];
}

export interface Reporter {
  readonly progress: (words: string) => void;
  readonly event: (words: string) => void;
}

const LOOK_EVERY_MS = 100;
/** Clients are told within four seconds to look anew; what was left behind is taken up within five and five more. */
const SETTLE_MS = 12_000;
const FINISH_WITHIN_MS = 60_000;
/** So long it takes until all are there: they do not come at once. */
const ARRIVE_EVERY_MS = 40;

export async function runClusterChaos(plan: ClusterPlan, reporter: Reporter): Promise<ClusterResult> {
  const startedAt = performance.now();
  const takenDown: (() => Promise<unknown>)[] = [];
  try {
    reporter.event('putting up the nodes');
    const world = await putUp(plan, takenDown);
    const { nodes } = world;
    const [first, ...others] = nodes;
    // What only one may do, such as filling an empty store, is done when the others come.
    for (const together of [[first!], others]) {
      for (const node of together) node.revive();
      await Promise.all(together.map(waitUntilReady));
    }
    return await play(plan, world, reporter, startedAt);
  } finally {
    for (const take of takenDown.reverse()) await take();
  }
}

/** Each node says the same of how many conversations everybody has, and it is so. */
function judgeLoads({ loads, held }: Reading, staff: readonly StaffRecord[]): string[] {
  return loads.flatMap(({ node, loads: said }) =>
    staff.flatMap(({ id, name }) => {
      const [there, here] = [held.get(id) ?? 0, said.get(id) ?? 0];
      return there === here ? [] : [`${node} says that ${name} has ${here} conversations: it is ${there}`];
    }),
  );
}

/** Comes back also when it is too late: what is missing then is found. */
async function waitFor(isDone: () => boolean): Promise<void> {
  while (!isDone()) await pause(LOOK_EVERY_MS);
}

async function play(
  plan: ClusterPlan,
  world: World,
  reporter: Reporter,
  startedAt: number,
): Promise<ClusterResult> {
  const { nodes, store } = world;
  const random = seededRandom(plan.seed);
  const ledger = createLedger();
  reporter.event('hiring the staff');
  const { admin, agents, probes } = await hire(plan, nodes, ledger, seededRandom(plan.seed + 1));
  for (const probe of probes) await probe.begin();
  const contacts = invite(plan, world, seededRandom(plan.seed + 2));
  const devices = contacts.flatMap((contact) => contact.devices);
  const client = new MongoClient(`mongodb://127.0.0.1:${store.port}/${store.database}`, {
    serverSelectionTimeoutMS: 2_000,
  });
  const watch = watchHolders(client.db(), agents, plan.agentGraceSeconds * 1_000);

  for (const one of [...agents, ...devices]) {
    one.start();
    await pause(ARRIVE_EVERY_MS);
  }
  const chaosFrom = performance.now();
  const giveUpAt = chaosFrom + plan.patienceMs;
  const isLate = (): boolean => performance.now() > giveUpAt;
  const countSent = (): number => devices.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  const say = (): void =>
    reporter.progress(
      `${countSent()} of ${plan.messages} messages, ${agents.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)} of agents`,
    );
  const saying = setInterval(say, LOOK_EVERY_MS);
  const faults = createFaults({ ...world, plan, random });
  let isAutomatic = false;
  const strikes = await strikeUntilOver({
    faults,
    probes,
    plan,
    random,
    isOver: (struck) =>
      isLate() ||
      (devices.every((device) => device.isSent()) && faults.kinds.every((kind) => struck.has(kind))),
    report({ kinds, lastedMs, recoveredMs, spent }, targets) {
      const what = kinds.map((kind, at) => [kind, targets[at]].filter((part) => part !== '').join(': '));
      const how =
        recoveredMs === null ? 'NOT WHOLE AGAIN' : `whole again after ${Math.round(recoveredMs)} ms`;
      reporter.event(`${what.join(' and ')} for ${Math.round(lastedMs)} ms, ${how} (${spent})`);
      // The second half is given to whoever is free, by whichever node has the lease.
      if (isAutomatic || countSent() < plan.messages / 2) return;
      isAutomatic = true;
      changeSettings(nodes[0]!.url, admin, { assignment: 'automatic' }).catch(() => {
        isAutomatic = false;
      });
    },
    onFaults: (kinds) => watch.setStoreUp(!kinds.includes('the store is killed')),
  });
  const chaosSeconds = (performance.now() - chaosFrom) / 1_000;

  reporter.event('all faults are over');
  await waitFor(() => isLate() || agents.every((agent) => agent.isIdle()));
  for (const agent of agents) agent.rest();
  // What a probe had under way when it was given up is finished.
  await Promise.all(probes.map((probe) => probe.roundTrip(performance.now() + FINISH_WITHIN_MS)));
  // What is behind the answers is written by now, what was left untold is told, and what was missed is looked for.
  await pause(SETTLE_MS);
  const shown = devices.map(({ view }) => view.length);
  const shownToAgents = agents.map((agent) => agent.held().map((id) => agent.screens.get(id)?.length ?? 0));
  const looks = [...devices.filter((device) => !device.isBroken()), ...agents];
  await Promise.all(looks.map((one) => one.resync()));
  const stale = [
    ...devices.filter(({ view }, at) => view.length !== shown[at]).map(({ name }) => name),
    ...agents
      .filter((agent, at) =>
        agent.held().some((id, of) => agent.screens.get(id)?.length !== shownToAgents[at]?.[of]),
      )
      .map(({ account }) => account.name),
  ].map((name) => `${name} did not notice by itself that it had missed something`);
  clearInterval(saying);
  const staff: StaffRecord[] = agents.map((agent) => ({ ...agent, ...agent.account, held: agent.held() }));
  await watch.stop();
  reporter.event('comparing transcripts');
  const ofContacts = contacts.map(
    ({ name, token, devices: own }): Party => ({
      name,
      token,
      conversation: own[0]?.conversation() ?? '',
      devices: own.map(({ lines, ...device }) => ({ ...device, sent: lines })),
    }),
  );
  const ofProbes = probes.map(
    ({ name, token, lines, acknowledged, contradictions, conversation }): Party => ({
      name,
      token,
      conversation: conversation() ?? '',
      // It keeps no transcript.
      devices: [{ name, sent: lines, acknowledged, view: null, contradictions }],
    }),
  );
  const reading = await readAll(nodes, client.db(), [...ofContacts, ...ofProbes], admin);
  for (const probe of probes)
    staff.push({
      ...probe.supervisor,
      sent: probe.sent,
      acknowledged: probe.acknowledgedBySupervisor,
      screens: new Map(),
      held: [],
      told: new Map(),
      contradictions: [],
    });
  const judged = judgeCluster(reading.records, staff, reading.tickets);
  await client.close();
  for (const agent of agents) await agent.stop();
  for (const probe of probes) probe.stop();
  await Promise.all(devices.map((device) => device.stop()));
  const complaints = nodes.flatMap(({ name, program }) =>
    program.complaints().map((line) => `${name}: ${line}`),
  );
  const codes = await Promise.all(nodes.map((node) => node.stop()));
  const holders = [...judged.holders, ...ledger.contradictions, ...watch.kept, ...judgeLoads(reading, staff)];
  const late = strikes
    .filter(({ recoveredMs }) => (recoveredMs ?? Number.POSITIVE_INFINITY) > plan.recoverWithinMs)
    .map(
      ({ kinds, recoveredMs }) =>
        `after “${kinds.join(' and ')}” the desk was not whole again in ${plan.recoverWithinMs} ms (${Math.round(recoveredMs ?? Number.POSITIVE_INFINITY)})`,
    );
  // A process has ten seconds to stop: time, too.
  const isTimed = Number.isFinite(plan.recoverWithinMs);
  const left = codes.flatMap((code, at) =>
    code === 0 || !isTimed ? [] : [`${nodes[at]?.name} did not stop in order`],
  );
  return {
    verdict: { ...judged, holders },
    slow: [...late, ...left],
    stale,
    records: reading.records,
    strikes,
    ground: world.ground.kind,
    store: store.name,
    skew: world.hasSkew ? plan.skewSeconds.slice(0, plan.nodes) : null,
    stored: reading.stored,
    changes: ledger.size(),
    looks: watch.looks(),
    crashes: nodes.reduce((sum, node) => sum + node.crashes(), 0),
    seconds: (performance.now() - startedAt) / 1_000,
    chaosSeconds,
    complaints,
  };
}
