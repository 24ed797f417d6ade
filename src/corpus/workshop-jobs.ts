/** What the workshop can do. Input and output cross a thread's border: plain data only. */
import { trainImage } from '../answering/engine.ts';
import { AppError } from '../kernel/app-error.ts';
import { type Checked, type CheckInput, checkRelease } from './check-release.ts';
import type { FilesRead } from './compare-files.ts';
import type { Corpus } from './corpus.ts';
import { type Examined, examine } from './doctor/examine.ts';
import { packImage } from './engine-image.ts';
import { readCorpus } from './load-corpus.ts';
import { checksumOf } from './release.ts';
import { toTrainingSet } from './train-corpus.ts';

export interface Progress {
  readonly step: 'training' | 'asking' | 'calibrating';
  /** Of the whole job, 0..1. */
  readonly share: number;
}
type OnProgress = (progress: Progress) => void;

export const JOBS = {
  async train({ corpus }: { readonly corpus: Corpus }, _onProgress: OnProgress): Promise<Uint8Array> {
    return packImage(trainImage(toTrainingSet(corpus)));
  },
  async examine({ corpus }: { readonly corpus: Corpus }, onProgress: OnProgress): Promise<Examined> {
    return examine(corpus, (share) => onProgress({ step: 'training', share }));
  },
  /** @param root the folder with intents/ and faq/ */
  async readFiles({ root }: { readonly root: string }, _onProgress: OnProgress): Promise<FilesRead> {
    try {
      return { checksum: checksumOf(await readCorpus(root)) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { fault: error.message };
    }
  },
  check: (input: CheckInput, onProgress: OnProgress): Promise<Checked> => checkRelease(input, onProgress),
} as const;

export type JobName = keyof typeof JOBS;
export type JobInput<N extends JobName> = Parameters<(typeof JOBS)[N]>[0];
export type JobOutput<N extends JobName> = Awaited<ReturnType<(typeof JOBS)[N]>>;
