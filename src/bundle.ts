/** The desk's own program in few files that Node.js runs as they are: loading hundreds through a translator is most of a start. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { hashEngineSource } from './corpus/engine-version.ts';

const SRC = import.meta.dirname;

/**
 * @param folder holds nothing else afterwards; a node_modules with what is not built in must stand in it, or above. What
 *   was there and is built the same stays: a desk may be running on it
 */
export async function bundleServer(folder: string): Promise<void> {
  const { metafile } = await build({
    entryPoints: {
      main: path.join(SRC, 'main.ts'),
      cluster: path.join(SRC, 'cluster.ts'),
      // Whoever starts these looks for them beside itself.
      thread: path.join(SRC, 'embedded-mongo/worker.ts'),
      'workshop-thread': path.join(SRC, 'corpus/workshop-worker.ts'),
      'check-file': path.join(SRC, 'embedded-mongo/store/check-file.mjs'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // They find files of theirs by their own place.
    external: ['lmdb', 'pino', 'swagger-ui-dist', '@node-rs/argon2'],
    define: { ENGINE_SOURCE: JSON.stringify(hashEngineSource()) },
    // What older packages expect to find.
    banner: {
      js: [
        "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
        'const __dirname=import.meta.dirname,__filename=import.meta.filename;',
      ].join(''),
    },
    metafile: true,
    logLevel: 'warning',
  });
  const built = new Set(Object.keys(metafile.outputs).map((file) => path.basename(file)));
  const old = (await readdir(folder)).filter((name) => !built.has(name));
  await Promise.all(old.map((name) => rm(path.join(folder, name), { recursive: true })));
}
