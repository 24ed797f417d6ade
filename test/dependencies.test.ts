/** What the desk is made of: pinned, and under licences that somebody looked at. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isAllowed, listLicenses, listRefused } from '../deploy/licenses.ts';
import { ROOT } from './support/corpus.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const read = async (file: string) => JSON.parse(await readFile(path.join(ROOT, file), 'utf8'));
const manifest = (await read('package.json')) as Manifest;
const lock = (await read('package-lock.json')) as {
  packages: Record<string, { version: string; integrity?: string; link?: boolean } & Partial<Manifest>>;
};

it('names exact versions, which the lock file has too', () => {
  const wanted = { ...manifest.dependencies, ...manifest.devDependencies };
  for (const [name, version] of Object.entries(wanted)) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
  expect(lock.packages['']).toMatchObject({
    dependencies: manifest.dependencies,
    devDependencies: manifest.devDependencies,
  });
});

it('pins every package, also those of packages, by its checksum', () => {
  const loose = Object.entries(lock.packages).filter(
    ([place, { integrity = '' }]) => place !== '' && !integrity.startsWith('sha512-'),
  );
  expect(loose.map(([place]) => place)).toEqual([]);
});

it('has no licence that nobody looked at', async () => {
  const packages = await listLicenses(ROOT);
  expect(packages.find(({ name }) => name === 'lmdb')).toMatchObject({ license: 'MIT' });
  expect(packages.find(({ name }) => name === 'busboy')).toMatchObject({ license: 'MIT' });
  expect(packages.find(({ name }) => name === 'vitest')).toBeUndefined();
  expect(listRefused(packages)).toEqual([]);
  const strange = { name: 'lmdb', version: '9.9.9', license: 'AGPL-3.0-only' };
  expect(listRefused([...packages, strange])).toEqual([strange]);
});

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-or-later)', true],
  ['(MIT AND Zlib)', true],
  ['(MIT AND GPL-3.0-only)', false],
  ['GPL-3.0-only', false],
  ['none', false],
])('judges %s as allowed: %s', (expression, allowed) => {
  expect(isAllowed(expression)).toBe(allowed);
});
