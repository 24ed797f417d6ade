/** A trained engine in bytes: what is kept in the store and handed from thread to thread. */
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzip, gzip } from 'node:zlib';
import { type Engine, type EngineImage, openEngine } from '../answering/engine.ts';
import type { Pieces } from '../answering/pieces.ts';
import type { Corpus } from './corpus.ts';
import { engineVersion } from './engine-version.ts';
import { toTrainingSet } from './train-corpus.ts';

/** Half the size for a fifth of a second; more effort saves another twentieth. */
const EFFORT = { level: 1 };

const pack = promisify<Uint8Array, { level: number }, Buffer>(gzip);
const unpack = promisify<Uint8Array, Buffer>(gunzip);

/** About 5 MB for 14,000 phrases. */
export function packImage(image: EngineImage): Promise<Uint8Array> {
  return pack(serialize(image), EFFORT);
}

/**
 * Puts an engine together between other work: no piece holds the thread up for more than a few milliseconds.
 * @param corpus that the engine was trained on
 * @throws when the bytes are none of `packImage`
 */
export async function unpackEngine(bytes: Uint8Array, corpus: Corpus): Promise<Engine> {
  const image = deserialize(await unpack(bytes)) as EngineImage;
  return doBetween(openEngine(image, toTrainingSet(corpus)));
}

/** Does one piece at a time and lets others go first between them. */
export async function doBetween<T>(pieces: Pieces<T>): Promise<T> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    await setImmediate();
  }
}

/**
 * Names the image of a corpus: another program, or another Node.js, may train another engine on it.
 * @param checksum of the corpus
 */
export function imageKeyOf(checksum: string): string {
  return `${checksum}:${engineVersion()}`;
}
