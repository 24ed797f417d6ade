/** Which engine this program has: what another one trained may not fit it. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Set where the program is built into few files (deploy/build-server.ts), away from the engine's source. */
declare const ENGINE_VERSION: string | undefined;

let version: string | undefined;

/** SHA-256 over the engine's source, and what bytes are written by. */
export function engineVersion(): string {
  version ??= `${typeof ENGINE_VERSION === 'undefined' ? hashSource() : ENGINE_VERSION}`;
  return version;
}

function hashSource(): string {
  const folder = path.resolve(import.meta.dirname, '../answering');
  const hash = createHash('sha256').update(process.versions.v8);
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (file.endsWith('.ts')) hash.update(file).update(readFileSync(path.join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}
