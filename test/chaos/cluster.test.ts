/** The short fault run over several nodes, as `npm run chaos:cluster -- --short` does it. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../support/corpus.ts';

it('three nodes stay one desk, and lose nothing, while whatever may break does', () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'test/chaos/cluster.cli.ts', '--short'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 480_000,
  });
  const lines = run.stdout.trim().split('\n');
  expect(lines.at(-1), run.stdout + run.stderr).toBe(
    '0 lost, 0 doubled, 0 out of order, 0 differing, 0 wrong holders, 0 stale, 0 not recovered',
  );
  expect(run.status).toBe(0);
}, 500_000);
