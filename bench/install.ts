/** The packages that are only compared with are not the product's: they are installed by the first benchmark. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

const FOLDER = import.meta.dirname;

export function installContenders(): void {
  if (existsSync(path.join(FOLDER, 'node_modules', 'node-nlp'))) return;
  process.stderr.write('installing what is compared with, in bench/node_modules\n');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: FOLDER, stdio: ['ignore', 2, 2] });
}
