/**
 * Seconds and how often they occurred, as a row of bytes: medians stay exact however many are added up. A busy day has
 * thousands of pairs, and as arrays they would be ten times as long in the database and slow to add up. Each number takes
 * as many bytes as it needs, seven bits in each; of the seconds only the step from the pair before. Pure.
 */
import type { Spread } from '../contracts/analytics.ts';

export type PackedTimes = Uint8Array;
/** While they are being added up. */
export type Times = Map<number, number>;

const BITS = 0x7f;
const MORE = 0x80;

/** null is no time. */
export function addTime(times: Times, seconds: number | null, by = 1): void {
  if (seconds !== null) times.set(seconds, (times.get(seconds) ?? 0) + by);
}

export function packTimes(times: Times): PackedTimes {
  const bytes: number[] = [];
  const write = (value: number): void => {
    let rest = value;
    for (; rest > BITS; rest = Math.floor(rest / MORE)) bytes.push((rest & BITS) | MORE);
    bytes.push(rest);
  };
  let before = 0;
  for (const [seconds, count] of [...times].sort(([a], [b]) => a - b)) {
    write(seconds - before);
    write(count);
    before = seconds;
  }
  return Uint8Array.from(bytes);
}

/** Calls back with each pair, ascending. */
export function eachTime(packed: PackedTimes, take: (seconds: number, count: number) => void): void {
  let at = 0;
  const read = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= MORE) {
      const byte = packed[at++] ?? 0;
      value += (byte & BITS) * factor;
      if (byte < MORE) return value;
    }
  };
  for (let seconds = 0; at < packed.length; ) {
    seconds += read();
    take(seconds, read());
  }
}

export function addTimes(times: Times, packed: PackedTimes): void {
  eachTime(packed, (seconds, count) => addTime(times, seconds, count));
}

export function spreadOf(packed: PackedTimes): Spread {
  const pairs: [number, number][] = [];
  let all = 0;
  eachTime(packed, (seconds, count) => {
    pairs.push([seconds, count]);
    all += count;
  });
  /** The value at a place of the sorted list, from 0. */
  const at = (place: number): number => {
    let seen = 0;
    for (const [seconds, times] of pairs) {
      seen += times;
      if (seen > place) return seconds;
    }
    return 0;
  };
  if (all === 0) return { count: 0, medianSeconds: null, p95Seconds: null };
  const middle = (at(Math.floor((all - 1) / 2)) + at(Math.floor(all / 2))) / 2;
  // Nearest rank: the least value that 95 in 100 do not exceed.
  return { count: all, medianSeconds: middle, p95Seconds: at(Math.ceil(all * 0.95) - 1) };
}
