/** Who is compared. Each is loaded only in the process that measures it. */
import type { Train } from './contender.ts';

export const CONTENDERS = {
  own: async () => (await import('./own.ts')).train,
  nlpShipped: async () => (await import('./node-nlp.ts')).trainAsShipped,
  nlpTuned: async () => (await import('./node-nlp.ts')).trainTuned,
  bayes: async () => (await import('./natural.ts')).trainBayes,
  logisticRegression: async () => (await import('./natural.ts')).trainLogisticRegression,
  miniSearch: async () => (await import('./minisearch.ts')).train,
} satisfies Readonly<Record<string, () => Promise<Train>>>;

export type ContenderName = keyof typeof CONTENDERS;
