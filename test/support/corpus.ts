/** The product's own corpus and the engine trained on it, made once a test file. */
import path from 'node:path';
import type { Engine } from '../../src/answering/engine.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { trainCorpus } from '../../src/corpus/train-corpus.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');

let trained: Promise<{ corpus: Corpus; engine: Engine }> | undefined;

export function trainedCorpus(): Promise<{ corpus: Corpus; engine: Engine }> {
  trained ??= readCorpus(ROOT).then((corpus) => ({ corpus, engine: trainCorpus(corpus) }));
  return trained;
}
