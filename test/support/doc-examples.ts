/** The examples of docs/embedding.md, by the second word of their fence. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './corpus.ts';

export async function readExamples(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path.join(ROOT, 'docs/embedding.md'), 'utf8');
  return new Map(
    [...text.matchAll(/^```\w+ (\w+)\n([\s\S]*?)^```$/gm)].map(([, name = '', code = '']) => [name, code]),
  );
}
