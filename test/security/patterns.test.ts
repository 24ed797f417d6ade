/** Every pattern of the source against texts made to slow it down (ReDoS), in a process that is given up on if it hangs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { ROOT } from '../support/corpus.ts';

/** Where text of people is read; what reads only files of ours, or commands, is left out. */
const FOLDERS = ['src', 'web-sync', 'web-widget', 'web-console'];
const LEFT_OUT =
  /\.cli\.ts$|^src\/(?:corpus\/(?!doctor)|storage\/|embedded-mongo\/|config)|build\.ts$|bundle\.ts$/;
/** Twice a message. What is quadratic takes milliseconds so, and what is cubic or worse hangs. */
const LENGTH = 4_000;
/** Generous: all of them together take seconds. */
const GIVE_UP_AFTER_MS = 110_000;

interface Pattern {
  readonly source: string;
  readonly flags: string;
  readonly where: string;
}

async function collectPatterns(): Promise<Pattern[]> {
  const found: Pattern[] = [];
  for (const folder of FOLDERS) {
    const names = await readdir(path.join(ROOT, folder), { recursive: true });
    for (const name of names) {
      const file = path.join(folder, name);
      if (!/\.tsx?$/.test(name) || name.includes('node_modules') || LEFT_OUT.test(file)) continue;
      const source = ts.createSourceFile(
        file,
        await readFile(path.join(ROOT, file), 'utf8'),
        ts.ScriptTarget.Latest,
      );
      const visit = (node: ts.Node): void => {
        if (ts.isRegularExpressionLiteral(node)) {
          const end = node.text.lastIndexOf('/');
          const { line } = source.getLineAndCharacterOfPosition(node.pos);
          found.push({
            source: node.text.slice(1, end),
            flags: node.text.slice(end + 1),
            where: `${file}:${line + 1}`,
          });
        }
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  }
  return found;
}

/** Runs in the other process. Texts are made of what the pattern itself names, again and again, with an end that fails. */
const PROGRAM = `
  const { patterns, length } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
  const COMMON = ['a', '0', ' ', '.', '-', 'a ', '0 ', '0.', 'ă', '\\n', '\\t', 'a@', 'a.', 'aA0', '=', '"', '<', '[', '(', '!['];
  for (const { source, flags, where } of patterns) {
    const literals = source.replace(/\\\\[pP]\\{[^}]*\\}|\\\\./g, (escaped) => /^\\\\[dDwWsSbBpPnrtuxk1-9]/.test(escaped) ? ' ' : escaped.slice(1))
      .split(/[\\[\\](){}|*+?^$ ]+/).filter((part) => part !== '').slice(0, 12);
    const parts = [...new Set([...COMMON, ...literals, literals.join('')])].filter((part) => part !== '');
    process.stdout.write(where + '\\n');
    for (const part of parts)
      for (const end of ['', '!']) {
        const text = part.repeat(Math.ceil(length / part.length)).slice(0, length) + end;
        const pattern = new RegExp(source, flags.replace('y', ''));
        pattern.test(text);
        pattern.lastIndex = 0;
        // As often as it is looked for: a pattern that is anchored nowhere may begin at each place.
        if (flags.includes('g')) text.replace(pattern, '');
      }
  }
  process.stdout.write('done\\n');
`;

it('none of them takes time that grows out of hand', async () => {
  const patterns = await collectPatterns();
  expect(patterns.length).toBeGreaterThan(150);
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (some: string) => {
    said += some;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_AFTER_MS);
  child.stdin.end(JSON.stringify({ patterns, length: LENGTH }));
  await once(child, 'close');
  clearTimeout(timer);
  // Otherwise it hung at the one that is named last.
  expect(said.trim().split('\n').at(-1)).toBe('done');
});
