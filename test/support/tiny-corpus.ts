/** A corpus that trains in no time: a few of the product's own intents. */
import type { Corpus } from '../../src/corpus/corpus.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { ROOT } from './corpus.ts';

const KEPT = ['password.forgot', 'card.view', 'smalltalk.greeting', 'none'];
const PHRASES = 25;

export async function readTinyCorpus(): Promise<Corpus> {
  const corpus = await readCorpus(ROOT);
  return {
    ...corpus,
    intents: corpus.intents
      .filter(({ intent }) => KEPT.includes(intent))
      .map(({ intent, phrases }) => ({ intent, phrases: phrases.slice(0, PHRASES) })),
    faq: corpus.faq
      .filter(({ id }) => KEPT.includes(id))
      .map((entry) => ({ ...entry, related: entry.related.filter((id) => KEPT.includes(id)) })),
  };
}

/** The same with another text for one answer. */
export function withAnswer(corpus: Corpus, id: string, markdown: string): Corpus {
  return { ...corpus, faq: corpus.faq.map((entry) => (entry.id === id ? { ...entry, markdown } : entry)) };
}
