/** What a benchmark has to say in one line, for the table over all of them (bench/run.ts). */
import { appendFileSync } from 'node:fs';
import { figure } from './table.ts';

export interface Headline {
  /** What was measured, with the unit. */
  readonly what: string;
  readonly value: number;
  /** What it is held against, measured in the same run; null: nothing. */
  readonly baseline: { readonly what: string; readonly value: number } | null;
  /** What design and issue ask for; null: nothing. */
  readonly aim: { readonly text: string; readonly isReached: boolean } | null;
}

/** Where bench/run.ts wants to be told; not set: nobody asks. */
export const HEADLINES_FILE = 'BENCH_HEADLINES';

export function tellHeadline(headline: Headline): void {
  const file = process.env[HEADLINES_FILE];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(headline)}\n`);
}

/** What, figure, baseline, ratio, aim. */
export function toCells({ what, value, baseline, aim }: Headline): string[] {
  return [
    what,
    figure(value),
    baseline === null ? '–' : `${figure(baseline.value)} (${baseline.what})`,
    baseline === null ? '–' : figure(value / baseline.value),
    aim === null ? '–' : `${aim.text}: ${aim.isReached ? 'reached' : '**not reached**'}`,
  ];
}
