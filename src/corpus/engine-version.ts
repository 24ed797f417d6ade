/** Which engine this program has: what another one trained may not fit it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Set where the program is built into few files (src/bundle.ts), away from the engine's source. */
declare const ENGINE_SOURCE: string | undefined;

let version: string | undefined;

/** SHA-256 over the engine's source, and what bytes are written by: the Node.js that runs, not the one that built. */
export function engineVersion(): string {
  version ??= createHash('sha256')
    .update(process.versions.v8)
    .update(typeof ENGINE_SOURCE === 'undefined' ? hashEngineSource() : ENGINE_SOURCE)
    .digest('hex')
    .slice(0, 16);
  return version;
}

/** SHA-256 over the files of the engine, as they stand beside this one. */
export function hashEngineSource(): string {
  const folder = path.resolve(import.meta.dirname, '../answering');
  const hash = createHash('sha256');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(file).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex');
}
