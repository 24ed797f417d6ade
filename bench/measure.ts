/** Clock, processor time and memory of the process that asks. */

export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** What `work` costs, and what it gives. */
export async function costOf<T>(work: () => T | Promise<T>): Promise<Cost & { readonly result: T }> {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const result = await work();
  return { wallMs: performance.now() - startedAt, cpuMs: cpuMsSince(cpu), result };
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export interface Memory {
  readonly rssMb: number;
  /** What stays after the garbage is collected: heap and typed arrays. */
  readonly keptMb: number;
}

/** Memory now; run node with --expose-gc for `keptMb` to mean what it says. */
export function readMemory(): Memory {
  const { rss } = process.memoryUsage();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { rssMb: rss / 1e6, keptMb: (heapUsed + arrayBuffers) / 1e6 };
}

export interface QueryTimes {
  /** Microseconds a query the first time that each is asked: caches of words do not help yet. */
  readonly firstUs: number;
  /** Microseconds a query afterwards: the median of the rounds' means. */
  readonly us: number;
  readonly cpuUs: number;
  /** Single queries over all rounds, the first one included. */
  readonly medianUs: number;
  readonly p99Us: number;
  /** The same in processor time, which other work on the machine does not lengthen; from one more round. */
  readonly p99CpuUs: number;
}

const ROUNDS = 5;
/** How many queries have their processor time taken one by one. */
const CPU_QUERIES = 500;

/**
 * Times `ask` over all queries, round by round.
 * @param warmUp other queries, asked before anything is timed
 * @param budgetMs no further round begins after this long
 */
export async function timeQueries(
  ask: (text: string) => unknown,
  queries: readonly string[],
  warmUp: readonly string[],
  budgetMs = 15_000,
): Promise<QueryTimes> {
  for (const text of warmUp) await ask(text);
  const each: number[] = [];
  const means: number[] = [];
  const cpu = process.cpuUsage();
  const endAt = performance.now() + budgetMs;
  for (let round = 0; round <= ROUNDS && (round < 2 || performance.now() < endAt); round++) {
    let sum = 0;
    for (const text of queries) {
      const startedAt = performance.now();
      const asked = ask(text);
      if (asked instanceof Promise) await asked;
      const us = (performance.now() - startedAt) * 1000;
      each.push(us);
      sum += us;
    }
    means.push(sum / queries.length);
  }
  const cpuUs = (cpuMsSince(cpu) * 1000) / each.length;
  const [firstUs = 0, ...later] = means;
  return {
    firstUs,
    us: quantile(later, 0.5),
    cpuUs,
    medianUs: quantile(each, 0.5),
    p99Us: quantile(each, 0.99),
    p99CpuUs: quantile(await cpuTimes(ask, queries.slice(0, CPU_QUERIES)), 0.99),
  };
}

/** Processor time of single queries. Asking for it costs a microsecond or two, so it has a round of its own. */
async function cpuTimes(ask: (text: string) => unknown, queries: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const text of queries) {
    const before = process.cpuUsage();
    await ask(text);
    times.push(cpuMsSince(before) * 1000);
  }
  return times;
}

/** The value below which `share` of the values lie. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
