/** The lines that bars are read against: round numbers, four or five of them. Pure. */
export function scaleOf(counts: readonly number[]): {
  readonly top: number;
  readonly steps: readonly number[];
} {
  const most = Math.max(1, ...counts);
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10));
  const lines = Math.ceil(most / step);
  return { top: lines * step, steps: Array.from({ length: lines + 1 }, (_, line) => line * step) };
}
