/** Which agent gets which conversation. Pure: the same queue and agents give the same plan. */
import { inQueueOrder } from '../contracts/console.ts';
import { type Agent, canServe } from './agent.ts';

/** A conversation that waits. */
export interface Waiting {
  readonly id: string;
  readonly queuedAt: Date;
  readonly priority: number;
  readonly skill: string | null;
  /** Who gave it back: not to be given to the same one again. */
  readonly notTo: string | null;
  /** Was told that duty is over for now. */
  readonly knowsDutyEnded: boolean;
}

/**
 * Gives each conversation in turn to the least loaded agent with capacity and skill; among those, to the one whose
 * last one is longest ago. A conversation that nobody can take does not hold up those behind it.
 * @param agents those who are present
 */
export function planAssignments(
  waiting: readonly Waiting[],
  agents: readonly Agent[],
): { readonly conversation: string; readonly agent: Agent }[] {
  const load = new Map(agents.map((agent) => [agent.id, agent.load]));
  const lastAt = new Map(agents.map((agent) => [agent.id, agent.assignedAt?.getTime() ?? 0]));
  let order = Math.max(0, ...lastAt.values());
  const plan: { conversation: string; agent: Agent }[] = [];
  for (const { id, skill, notTo } of [...waiting].sort(inQueueOrder)) {
    let best: Agent | undefined;
    for (const agent of agents) {
      const held = load.get(agent.id)!;
      if (held >= agent.capacity || agent.id === notTo || !canServe(agent, skill)) continue;
      const bestHeld = best === undefined ? Number.POSITIVE_INFINITY : load.get(best.id)!;
      if (held < bestHeld || (held === bestHeld && lastAt.get(agent.id)! < lastAt.get(best!.id)!))
        best = agent;
    }
    if (best === undefined) continue;
    plan.push({ conversation: id, agent: best });
    load.set(best.id, load.get(best.id)! + 1);
    order += 1;
    lastAt.set(best.id, order);
  }
  return plan;
}
