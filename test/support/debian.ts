/** What tests need beside npm, installed where it is missing: on a bare Debian machine, as root. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Several test files may miss the same program at once, and apt-get does not wait for another. */
const LOCK = path.join(tmpdir(), 'desk-tests-install.lock');

/**
 * Installs a package. @param about.name for people @param about.otherwise what to say where that is not possible
 * @throws Error that says what to do
 */
export function installPackage(
  debianPackage: string,
  about: { readonly name: string; readonly otherwise: string },
): void {
  if (!isDebian() || process.getuid?.() !== 0)
    throw new Error(`${about.otherwise} Install it (Debian: apt-get install ${debianPackage}).`);
  process.stderr.write(`No ${about.name} found: installing it with apt-get. This takes a minute, once.\n`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', debianPackage);
}

function apt(...command: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  execFileSync('flock', [LOCK, '/usr/bin/apt-get', '-q', ...command], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}
