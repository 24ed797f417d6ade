/** Bundles the console into dist/web/console-assets: part of `npm run build:web`. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleConsole } from './bundle.ts';

const { files } = await bundleConsole();
const folder = path.dirname(files[0]!.path);
await mkdir(folder, { recursive: true });
await Promise.all(files.map((file) => writeFile(file.path, file.contents)));
// Chunks of earlier builds go last: a desk that runs may be handing them out.
const current = new Set(files.map((file) => path.basename(file.path)));
const old = (await readdir(folder)).filter((name) => !current.has(name));
await Promise.all(old.map((name) => rm(path.join(folder, name))));
