/** Who plays: the staff, signed in through any node, and the contacts with what they are to say. */
import { randomBytes } from 'node:crypto';
import type { DeskSettingsView } from '../../../src/contracts/desk-settings.ts';
import { backOffMs } from '../../../web-sync/back-off.ts';
import { callStaff, FIRST_ADMIN, makeAccount, signIn } from '../../support/staff-client.ts';
import { createDevice, type Device } from '../device.ts';
import { writeScripts } from '../script.ts';
import { type Agent, createAgent } from './agent.ts';
import type { Ledger } from './ledger.ts';
import type { Node } from './nodes.ts';
import type { ClusterPlan } from './plan.ts';
import { createProbe, type Probe } from './probe.ts';
import type { World } from './put-up.ts';

export interface Staff {
  readonly admin: string;
  readonly agents: readonly Agent[];
  readonly probes: readonly Probe[];
}

export async function hire(
  plan: ClusterPlan,
  nodes: readonly Node[],
  ledger: Ledger,
  random: () => number,
): Promise<Staff> {
  const anyUrl = (): string => nodes[Math.floor(random() * nodes.length)]!.url;
  const admin = await signIn(anyUrl(), FIRST_ADMIN.email, FIRST_ADMIN.password);
  await changeSettings(anyUrl(), admin, { agentGraceSeconds: plan.agentGraceSeconds });
  const probes: Probe[] = [];
  for (const [at, { url }] of nodes.entries()) {
    const name = `probe-${at + 1}`;
    const supervisor = await makeAccount(anyUrl(), admin, { name, role: 'supervisor' });
    const cookie = await signIn(anyUrl(), supervisor.email, supervisor.password);
    // From each node to the next, round in a ring.
    const urls = [url, nodes[(at + 1) % nodes.length]!.url] as const;
    probes.push(createProbe({ name, urls, supervisor, cookie, ledger }));
  }
  const isOurs = (id: string): boolean => probes.every(({ conversation }) => conversation() !== id);
  const drawAbsence = (url: string, failures: number): number => {
    const isDead = nodes.some((node) => node.url === url && node.isDead());
    if (isDead && random() < plan.vanishShare) return plan.vanishMs;
    return backOffMs(failures, random());
  };
  const agents: Agent[] = [];
  const colleagues = (): string[] =>
    agents.filter((agent) => agent.goneSince() === null).map(({ account }) => account.id);
  for (let count = 1; count <= plan.agents; count++) {
    const account = await makeAccount(anyUrl(), admin, { name: `agent-${count}`, role: 'agent' });
    const cookie = await signIn(anyUrl(), account.email, account.password);
    agents.push(
      createAgent({
        account,
        cookie,
        url: anyUrl,
        drawAbsence,
        colleagues,
        isOurs,
        ledger,
        pauseMs: plan.agentPauseMs,
        random,
      }),
    );
  }
  return { admin, agents, probes };
}

export async function changeSettings(url: string, admin: string, change: object): Promise<void> {
  const { body } = await callStaff<DeskSettingsView>(url, admin, 'GET', '/settings');
  const saved = await callStaff(url, admin, 'PUT', '/settings', {
    revision: body.revision,
    settings: { ...body.settings, ...change },
  });
  if (saved.status !== 200) throw new Error(`the settings are not taken: ${JSON.stringify(saved.body)}`);
}

export interface Contact {
  readonly name: string;
  readonly token: string;
  readonly devices: readonly Device[];
}

export function invite(plan: ClusterPlan, world: World, random: () => number): Contact[] {
  const { nodes, phrases } = world;
  const asking = phrases.get('support.agent') ?? [];
  const questions = new Map([...phrases].filter(([intent]) => intent !== 'support.agent'));
  const common = {
    clients: plan.contacts,
    twoDevicesEvery: 5,
    twiceEvery: 25,
    // A dialogue that a person takes over comes to no ticket.
    callbackEvery: Number.POSITIVE_INFINITY,
  };
  const pauseMs = (2 * 1_000 * plan.contacts) / plan.rate;
  return writeScripts({ ...common, messages: plan.messages }, questions, random).map(({ name, devices }) => {
    const token = randomBytes(32).toString('base64url');
    return {
      name,
      token,
      devices: devices.map((script, at) => {
        const lines = script.map((line) => {
          if (random() >= 1 / plan.askForPersonEvery) return line;
          const text = asking[Math.floor(random() * asking.length)] ?? line.text;
          return /\d/.test(text) ? line : { ...line, text, kept: text };
        });
        return createDevice({
          name: `${name}.${at + 1}`,
          url: () => nodes[Math.floor(random() * nodes.length)]!.url,
          token,
          lines,
          pauseMs,
          isPatient: true,
          random,
        });
      }),
    };
  });
}
