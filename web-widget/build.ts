/** Bundles the browser's programs into dist/web: `npm run build:web`, before every start. */
import path from 'node:path';
import { build } from 'esbuild';

const folder = import.meta.dirname;
const common = {
  outdir: path.join(folder, '../dist/web'),
  bundle: true,
  minify: true,
  charset: 'utf8',
  // Phones of 2018 and later.
  target: 'es2019',
  logLevel: 'warning',
} as const;

await Promise.all([
  build({
    ...common,
    entryPoints: {
      chat: path.join(folder, 'chat.ts'),
      call: path.join(folder, 'call/call.ts'),
      demo: path.join(folder, 'demo/demo.ts'),
      ticket: path.join(folder, 'ticket/ticket-page.ts'),
    },
    format: 'esm',
  }),
  build({
    ...common,
    entryPoints: { widget: path.join(folder, 'loader.ts') },
    format: 'iife',
    // It runs on pages of any encoding.
    charset: 'ascii',
  }),
]);
