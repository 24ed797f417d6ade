/** Bundles the browser's programs into dist/web: `npm run build:web`, before every start. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { bundleChat, COMMON } from './bundle.ts';

const folder = import.meta.dirname;

await Promise.all([
  writeChat(),
  build({
    ...COMMON,
    entryPoints: {
      call: path.join(folder, 'call/call.ts'),
      challenge: path.join(folder, 'challenge/solve-challenge.ts'),
      demo: path.join(folder, 'demo/demo.ts'),
      notice: path.join(folder, 'notice/notice.ts'),
      ticket: path.join(folder, 'ticket/ticket-page.ts'),
    },
    format: 'esm',
  }),
  build({
    ...COMMON,
    entryPoints: { widget: path.join(folder, 'loader.ts') },
    format: 'iife',
    // It runs on pages of any encoding.
    charset: 'ascii',
  }),
]);

async function writeChat(): Promise<void> {
  const { chat, english } = await bundleChat();
  const assets = path.dirname(english.path);
  await mkdir(assets, { recursive: true });
  await Promise.all([chat, english].map((file) => writeFile(file.path, file.contents)));
  // Those of earlier builds go last: a desk that runs may be handing them out.
  const old = (await readdir(assets)).filter((name) => name !== path.basename(english.path));
  await Promise.all(old.map((name) => rm(path.join(assets, name), { force: true })));
}
