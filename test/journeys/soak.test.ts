/** The soak in its short form: it runs, everything asked is answered, and the slopes are reported. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { lineThrough } from '../../bench/line-through.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

it('reports how memory and latency go on at half of the highest rate', () => {
  const run = spawnSync(
    process.execPath,
    ['--import', 'tsx', 'bench/soak.ts', '--minutes', '0.1', '--clients', '20'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect(run.stderr).toMatch(/answers a second at most/);
  expect(run.status).toBe(0);
  const rows = run.stdout.split('\n').filter((line) => line.startsWith('| '));
  expect(rows.map((row) => row.split('|')[1]?.trim())).toEqual([
    '',
    '---',
    'answered p50 ms',
    'answered p99 ms',
    'JavaScript heap MB',
    'memory without files MB',
    'resident memory MB',
  ]);
  for (const row of rows.slice(2)) expect(row).toMatch(/\| [+−][\d.,]+ \| ± [\d.,∞]+ \|/);
});

it('draws the line that points lie on, and says how far they scatter', () => {
  const exact = lineThrough([0, 1, 2, 3].map((x) => ({ x, y: 5 - 2 * x })));
  expect(exact.slope).toBeCloseTo(-2);
  expect(exact.slopeError).toBeCloseTo(0);
  // By hand: slope 2.6 ÷ 5; squared residuals 0.768, over 2 degrees of freedom and 5.
  const scattered = lineThrough([
    { x: 0, y: 1 },
    { x: 1, y: 2 },
    { x: 2, y: 3 },
    { x: 3, y: 2.4 },
  ]);
  expect(scattered.slope).toBeCloseTo(0.52);
  expect(scattered.slopeError).toBeCloseTo(0.2771, 3);
});
