/** The short fault run, as `npm run chaos -- --short` does it. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../support/corpus.ts';

it('loses, doubles and reorders nothing while connections break and the desk is killed', () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'test/chaos/chaos.cli.ts', '--short'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 180_000,
  });
  const lines = run.stdout.trim().split('\n');
  expect(lines.at(-1), run.stdout + run.stderr).toMatch(
    /^([\d,]+) messages, \1 acknowledged, 0 lost, 0 doubled, 0 out of order$/,
  );
  expect(run.status).toBe(0);
}, 200_000);
