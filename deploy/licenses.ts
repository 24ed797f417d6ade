/** npm run licenses: what the desk is made of, and under which licences. Fails on one that was not looked at. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** As an SPDX expression; "none" where the package does not say. */
  readonly license: string;
}

/** Licences that ask for no more than to be named. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
]);

/** Packages that name no licence and are used all the same, with the reason. */
const WITHOUT: Readonly<Record<string, string>> = {
  // Of exceljs → unzipper → binary, and only loaded for reading XLSX, which the desk does not do: it writes tables.
  'buffers@0.1.1': 'none',
};
const SPDX: Readonly<Record<string, string>> = { 'MIT/X11': 'MIT' };

interface LockedPackage {
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** @param root of the repository, with its packages installed @returns what the desk needs to run, by name */
export async function listLicenses(root: string): Promise<LicensedPackage[]> {
  const lock = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>;
  };
  const found = new Map<string, LicensedPackage>();
  for (const [place, { version, license, dev, devOptional }] of Object.entries(lock.packages)) {
    if (place === '' || dev || devOptional) continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const said = license ?? (await readLicense(path.join(root, place)));
    found.set(`${name}@${version}`, { name, version, license: SPDX[said] ?? said });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Old packages have a list of them. */
async function readLicense(folder: string): Promise<string> {
  const { licenses = [] } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as {
    licenses?: { type: string }[];
  };
  return licenses.map(({ type }) => type).join(' OR ') || 'none';
}

/** @returns whether one may choose, or has all, of what is allowed */
export function isAllowed(expression: string): boolean {
  const terms = expression.replace(/^\((.*)\)$/, '$1');
  if (terms.includes(' AND ')) return terms.split(' AND ').every(isAllowed);
  if (terms.includes(' OR ')) return terms.split(' OR ').some(isAllowed);
  return ALLOWED.has(terms);
}

/** @returns those that nobody has looked at */
export function listRefused(packages: readonly LicensedPackage[]): LicensedPackage[] {
  return packages.filter(
    ({ name, version, license }) => !isAllowed(license) && WITHOUT[`${name}@${version}`] !== license,
  );
}

async function main(): Promise<void> {
  const packages = await listLicenses(path.resolve(import.meta.dirname, '..'));
  for (const { name, version, license } of packages) {
    process.stdout.write(`${license.padEnd(20)} ${name} ${version}\n`);
  }
  const refused = listRefused(packages);
  process.stdout.write(
    `${packages.length} packages, ${refused.length} with a licence that was not looked at\n`,
  );
  for (const { name, version, license } of refused)
    process.stderr.write(
      `${name} ${version}: ${license}. Read it; then add it to deploy/licenses.ts, or do without.\n`,
    );
  if (refused.length > 0) process.exitCode = 1;
}

if (process.argv[1] === import.meta.filename) await main();
