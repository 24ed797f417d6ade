/** How the chat is bundled: one file for everybody, and one with the English words for those who want them. */
import path from 'node:path';
import { type BuildOptions, build, type OutputFile } from 'esbuild';

const FOLDER = import.meta.dirname;
/** Where files lie that are loaded later, below the folder of static files and below the site's address. */
const ASSETS = 'chat-assets';

/** What all of the widget's programs have in common. */
export const COMMON = {
  outdir: path.join(FOLDER, '../dist/web'),
  bundle: true,
  minify: true,
  charset: 'utf8',
  // Phones of 2018 and later.
  target: 'es2019',
  logLevel: 'warning',
} satisfies BuildOptions;

export interface ChatBundle {
  /** What everybody loads. */
  readonly chat: OutputFile;
  /** Its name changes with what is in it: a chat that lies in a cache never gets words that were written for another. */
  readonly english: OutputFile;
}

/** Bundles without writing. */
export async function bundleChat(): Promise<ChatBundle> {
  const english = await bundleOne({
    entryPoints: [path.join(FOLDER, 'copy.en.ts')],
    entryNames: `${ASSETS}/[name]-[hash]`,
  });
  const chat = await bundleOne({
    entryPoints: [path.join(FOLDER, 'chat.ts')],
    define: { ENGLISH_FILE: JSON.stringify(`${ASSETS}/${path.basename(english.path)}`) },
  });
  return { chat, english };
}

async function bundleOne(options: BuildOptions): Promise<OutputFile> {
  const { outputFiles } = await build({ ...COMMON, ...options, format: 'esm', write: false });
  return outputFiles[0]!;
}
