/** Once before all journeys: the programs of the pages, as `npm start` builds them, and room for a store that is trained. */
import { execFileSync } from 'node:child_process';
import { ROOT } from './corpus.ts';
import { offerTrainedStore } from './trained-store.ts';

/** @returns what is to be done after all of them */
export async function setup(): Promise<() => Promise<void>> {
  execFileSync('npm', ['run', '--silent', 'build:web'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] });
  return offerTrainedStore();
}
