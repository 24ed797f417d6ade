/** Faults strike one after the other, now and then two at once; after each it is measured when the desk is whole again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, Faults } from './faults.ts';
import type { ClusterPlan } from './plan.ts';
import type { Probe } from './probe.ts';

export interface Strike {
  readonly kinds: readonly string[];
  readonly lastedMs: number;
  /** From the heal until every probe has made its round; null: not within a minute. */
  readonly recoveredMs: number | null;
  /** What took the time of the probe that was the last one. */
  readonly spent: string;
}

export interface StrikeDeps {
  readonly faults: Faults;
  readonly probes: readonly Probe[];
  readonly plan: Pick<ClusterPlan, 'faultMs' | 'calmMs' | 'twoAtOnceShare'>;
  readonly random: () => number;
  /** Asked after each fault. */
  readonly isOver: (struck: ReadonlySet<string>) => boolean;
  readonly report: (strike: Strike, targets: readonly string[]) => void;
  /** From now on these are at work; none: the world is whole. */
  readonly onFaults: (kinds: readonly string[]) => void;
}

/** What does not come back in this time is not waited for. */
const MEASURED_FOR_MS = 60_000;

export async function strikeUntilOver(deps: StrikeDeps): Promise<Strike[]> {
  const { faults, probes, plan, random } = deps;
  const within = ([shortest, longest]: readonly [number, number]): number =>
    shortest + random() * (longest - shortest);
  const strikes: Strike[] = [];
  const struck = new Set<string>();
  while (!deps.isOver(struck)) {
    const own: Fault[] = [faults.next()];
    // One fault each, or what heals the one would heal the other.
    if (random() < plan.twoAtOnceShare) {
      const second = faults.next();
      if (second.target !== own[0]?.target) own.push(second);
    }
    deps.onFaults(own.map(({ kind }) => kind));
    const startedAt = performance.now();
    for (const fault of own) await fault.begin();
    await pause(within(plan.faultMs));
    const healedAt = performance.now();
    await Promise.all(own.map((fault) => fault.heal()));
    deps.onFaults([]);
    const until = healedAt + MEASURED_FOR_MS;
    const rounds = await Promise.all(probes.map((probe) => probe.roundTrip(until)));
    const last = rounds.reduce<number>(
      (most, at, index) => ((at ?? until) > (rounds[most] ?? until) ? index : most),
      0,
    );
    const isWhole = rounds.every((at) => at !== null);
    const strike: Strike = {
      kinds: own.map(({ kind }) => kind),
      lastedMs: healedAt - startedAt,
      spent: `${probes[last]?.name}: ${probes[last]?.spent()}`,
      recoveredMs: isWhole ? Math.max(...rounds.map(Number)) - healedAt : null,
    };
    for (const { kind } of own) struck.add(kind);
    strikes.push(strike);
    deps.report(
      strike,
      own.map(({ target }) => target),
    );
    await pause(within(plan.calmMs));
  }
  return strikes;
}
