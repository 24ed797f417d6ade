/** The styles of those Mantine components that are in the bundle, and of no others. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Metafile } from 'esbuild';

const FOLDER = path.join(import.meta.dirname, '../node_modules/@mantine/core');
/** What holds for every page. */
const ALWAYS = ['baseline', 'default-css-variables', 'global'];
const COMPONENT = /@mantine\/core\/esm\/(?:.*\/)?([^/.]+)\.(?:module\.)?mjs$/;

/** As one text, in the order that Mantine gives them. */
export async function collectComponentStyles({ outputs }: Metafile): Promise<string> {
  const [whole, files] = await Promise.all([
    readFile(path.join(FOLDER, 'styles.css'), 'utf8'),
    readdir(path.join(FOLDER, 'styles')),
  ]);
  const used = new Set([
    ...ALWAYS,
    ...Object.values(outputs).flatMap(({ inputs }) =>
      Object.keys(inputs).flatMap((input) => COMPONENT.exec(input)?.[1] ?? []),
    ),
  ]);
  const names = files.filter((name) => name.endsWith('.css') && used.has(path.basename(name, '.css')));
  const styles = await Promise.all(names.map((name) => readFile(path.join(FOLDER, 'styles', name), 'utf8')));
  const place = (style: string): number => whole.indexOf(style.trim().slice(0, 80));
  return styles.sort((a, b) => place(a) - place(b)).join('\n');
}
