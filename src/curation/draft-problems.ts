/** What must be mended before a draft can be published, in the editors' words. */
import type { DraftProblem } from '../contracts/curation.ts';
import type { CorpusRules } from './corpus-rules.ts';
import type { DraftOnLive } from './draft-edits.ts';
import { FAULT_WORDS } from './draft-words.ts';

export function createProblemFinder({ findFaults }: Pick<CorpusRules, 'findFaults'>) {
  return ({ corpus }: DraftOnLive, pictures: ReadonlySet<string>): DraftProblem[] =>
    findFaults(corpus, pictures).map(({ list, index, kind, value, first }) => {
      const [message, remedy] = FAULT_WORDS[kind](value, first?.intent ?? '');
      const unit =
        list === 'faq' ? `faq:${corpus.faq[index]?.id}` : `phrases:${corpus.intents[index]?.intent}`;
      return { unit, message, remedy };
    });
}
