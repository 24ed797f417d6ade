/**
 * Takes each component of Mantine from its own file. Through the package's index, everything that any screen uses
 * would be in the first load: the bundler splits by files, and every screen reaches all files behind an index.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Loader, Plugin } from 'esbuild';

const MODULES = path.join(import.meta.dirname, '../node_modules');
const PACKAGES = ['@mantine/core', '@mantine/hooks', '@mantine/notifications'];
const NAMED_IMPORT = /^(import|export) \{([^}]*)\} from ["']([^"']+)["'];?/gm;

export const directImports: Plugin = {
  name: 'direct-imports',
  setup(build) {
    const indexes = new Map(PACKAGES.map((name) => [name, readIndex(name)]));
    const loadDirectly = async ({ path: file }: { path: string }) => ({
      contents: rewrite(await readFile(file, 'utf8'), indexes),
      loader: path.extname(file).slice(1).replace('mjs', 'js') as Loader,
    });
    build.onLoad({ filter: /\/web-console\/.*\.tsx?$/ }, loadDirectly);
    build.onLoad({ filter: /\/@mantine\/(?:core|modals|notifications)\/esm\/.*\.mjs$/ }, loadDirectly);
  },
};

type Index = ReadonlyMap<string, string>;

/** Name → the file that it is exported from. */
function readIndex(name: string): Index {
  const folder = path.join(MODULES, name, 'esm');
  const index = readFileSync(path.join(folder, 'index.mjs'), 'utf8');
  return new Map(
    [...index.matchAll(NAMED_IMPORT)].flatMap(([, , names = '', from = '']) =>
      names
        .split(',')
        .map((name) => [name.trim(), from.startsWith('.') ? path.join(folder, from) : from] as const),
    ),
  );
}

function rewrite(code: string, indexes: ReadonlyMap<string, Index>): string {
  return code.replace(NAMED_IMPORT, (whole, verb: string, names: string, from: string) => {
    const index = indexes.get(from);
    if (index === undefined) return whole;
    return names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => {
        const file = index.get(name.split(' as ')[0] ?? name);
        return `${verb} { ${name} } from ${JSON.stringify(file ?? from)};`;
      })
      .join(' ');
  });
}
