/** MiniSearch: the intent of the phrase found first, accents folded. */
import MiniSearch from 'minisearch';
import { foldAccents } from '../../src/answering/text/syllables.ts';
import { NONE } from '../../src/answering/training-set.ts';
import type { Train } from './contender.ts';

export const train: Train = ({ phrases }) => {
  const index = new MiniSearch<{ number: number; text: string }>({
    fields: ['text'],
    idField: 'number',
    processTerm: (term) => foldAccents(term.normalize('NFC').toLowerCase()),
  });
  index.addAll(phrases.map(({ text }, number) => ({ number, text })));
  return {
    classify(text) {
      const [nearest] = index.search(text);
      return nearest === undefined ? NONE : (phrases[nearest.id]?.intent ?? NONE);
    },
  };
};
