/** The budget of the loader, and what docs/embedding.md says of its types and of identities. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { readCredentials } from '../../src/auth/credentials.ts';
import { COPY } from '../../web-widget/loader-copy.ts';
import { ROOT } from '../support/corpus.ts';
import { readExamples } from '../support/doc-examples.ts';

const BUDGET_BYTES = 3 * 1024;
const examples = await readExamples();

const exampleOf = (name: string): string => {
  const example = examples.get(name);
  if (example === undefined) throw new Error(`docs/embedding.md has no example "${name}"`);
  return example;
};

test('the loader is within its budget', async () => {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, 'web-widget/loader.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    charset: 'utf8',
    target: 'es2019',
    write: false,
  });
  const [file] = outputFiles;
  expect(gzipSync(file?.contents ?? '', { level: 9 }).length).toBeLessThanOrEqual(BUDGET_BYTES);
  expect(file?.text, 'needs the policy for scripts of the desk alone').not.toMatch(
    /\beval\b|Function\(|innerHTML/,
  );
});

test('the loader says everything in both languages', () => {
  for (const copy of Object.values(COPY)) expect(Object.values(copy)).not.toContain('');
  expect(Object.keys(COPY.en)).toEqual(Object.keys(COPY.vi));
});

test('the types in docs/embedding.md are those of the code, and its React hook keeps to them', () => {
  const same = `
    import type * as protocol from './web-widget/embed-protocol.ts';
    import type { HostPage } from './web-widget/loader-queue.ts';
    import type { ChatEvent, VssidHelp } from './documented.ts';
    type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
    export const event: Same<ChatEvent, protocol.ChatEvent> = true;
    export const help: Same<Required<VssidHelp>, Required<protocol.VssidHelp>> = true;
    export const queue: Same<Window['VssidHelpQueue'], HostPage['VssidHelpQueue']> = true;
  `;
  const react = `declare module 'react' {
    export function useEffect(effect: () => void | (() => void), deps?: readonly unknown[]): void;
  }`;
  const faults = findTypeFaults({
    'documented.ts': exampleOf('types'),
    'same.ts': same,
    'react.d.ts': react,
    'hook.ts': exampleOf('react'),
  });
  expect(faults).toEqual([]);
  const changed = exampleOf('types').replace("'contact' | ", '');
  expect(findTypeFaults({ 'documented.ts': changed, 'same.ts': same }), 'a difference is seen').not.toEqual(
    [],
  );
});

test('an identity signed as docs/embedding.md says is one', async () => {
  const secret = 'a secret of the host app, 32 or longer';
  const folder = await mkdtemp(path.join(tmpdir(), 'sign-'));
  try {
    const outfile = path.join(folder, 'sign.mjs');
    await build({
      stdin: { contents: exampleOf('sign'), resolveDir: ROOT },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      define: { 'process.env.HOST_APP_SECRET': JSON.stringify(secret) },
    });
    const { signIdentity } = (await import(outfile)) as {
      signIdentity: (person: { id: string; name: string; phone: string }) => Promise<string>;
    };
    const identity = await signIdentity({ id: 'p-1', name: 'Nguyễn Thị Hoa', phone: '0912345678' });
    expect(await readCredentials({ identity }, secret)).toEqual({
      kind: 'person',
      subject: 'p-1',
      profile: { name: 'Nguyễn Thị Hoa', phone: '0912345678' },
      tokenHash: null,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Files of the disk, the same for every check. */
const parsed = new Map<string, ts.SourceFile>();

/** Type-checks files that are nowhere on the disk, as if they lay in the repository's root. */
function findTypeFaults(files: Readonly<Record<string, string>>): string[] {
  const options: ts.CompilerOptions = {
    ...ts.convertCompilerOptionsFromJson(
      ts.readConfigFile(path.join(ROOT, 'tsconfig.json'), ts.sys.readFile).config.compilerOptions,
      ROOT,
    ).options,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  const textOf = (file: string): string | undefined => files[path.relative(ROOT, file)];
  host.fileExists = (file) => textOf(file) !== undefined || fileExists(file);
  host.readFile = (file) => textOf(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...rest) => {
    const text = textOf(file);
    if (text !== undefined) return ts.createSourceFile(file, text, version, true);
    const source = parsed.get(file) ?? getSourceFile(file, version, ...rest);
    if (source) parsed.set(file, source);
    return source;
  };
  const program = ts.createProgram(
    Object.keys(files).map((name) => path.join(ROOT, name)),
    options,
    host,
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
}
