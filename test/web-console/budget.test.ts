/** What a browser loads before it shows something: the page, its styles, and what its program imports by itself. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { bundleConsole, type ConsoleBundle } from '../../web-console/bundle.ts';

const BUDGET_BYTES = 250 * 1024;
const PAGE = path.join(import.meta.dirname, '../../web-console/public/console.html');

let bundle: ConsoleBundle;
beforeAll(async () => {
  bundle = await bundleConsole();
});

/** Sources that begin a file of the bundle, and all files that come with that without being asked for. */
function namesLoadedFor(...sources: readonly string[]): Set<string> {
  const { outputs } = bundle.metafile;
  const loaded = new Set<string>();
  function load(name: string): void {
    if (loaded.has(name)) return;
    loaded.add(name);
    for (const { kind, path: imported } of outputs[name]?.imports ?? [])
      if (kind === 'import-statement') load(imported);
  }
  for (const source of sources) {
    const name = Object.keys(outputs).find((output) => outputs[output]?.entryPoint === source);
    if (name === undefined) throw new Error(`no file of the bundle begins with ${source}`);
    load(name);
  }
  return loaded;
}

async function weigh(...sources: readonly string[]): Promise<number> {
  const names = new Set([...namesLoadedFor(...sources)].map((name) => path.basename(name)));
  const files = bundle.files.filter(
    (file) => names.has(path.basename(file.path)) || file.path.endsWith('.css'),
  );
  expect(files).toHaveLength(names.size + 1);
  const contents = [await readFile(PAGE), ...files.map((file) => file.contents)];
  return contents.reduce((sum, content) => sum + gzipSync(content, { level: 6 }).length, 0);
}

test.each([
  ['the sign-in screen', 'web-console/features/auth/auth-screens.ts'],
  ['the inbox', 'web-console/features/conversations/inbox-screen.tsx'],
])('the first load with %s weighs at most 250 KB gzip', async (_name, screen) => {
  expect(await weigh('web-console/main.tsx', screen)).toBeLessThanOrEqual(BUDGET_BYTES);
});

/** Rules without schemas, by which the desk and its screens check alike. */
const PLAIN_RULES = [
  'src/contracts/answer-text.ts',
  'src/contracts/rule-date.ts',
  'src/contracts/retention-defaults.ts',
];

test('no screen brings the schemas of the contracts along', () => {
  const inputs = Object.values(bundle.metafile.outputs).flatMap(({ inputs: sources }) =>
    Object.keys(sources),
  );
  const others = inputs.filter((input) => !PLAIN_RULES.includes(input));
  expect(others.filter((input) => input.startsWith('src/') || input.includes('/zod/'))).toEqual([]);
});
