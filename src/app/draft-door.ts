/** What the rooms that teach the bot change: the drafts of the corpus. */
import type { GatheringDeps } from '../curation/unanswered/gathering.ts';
import type { DraftDoor } from '../curation/unanswered/unanswered.ts';
import { AppError } from '../kernel/app-error.ts';

export function createDraftDoor(): {
  readonly drafts: DraftDoor;
  readonly fateOf: GatheringDeps['fateOf'];
} {
  const refuse = async (): Promise<never> => {
    throw new AppError({ code: 'not_possible_now', message: 'no drafts yet' });
  };
  return {
    drafts: {
      choose: refuse,
      addPhrases: refuse,
      removePhrases: refuse,
      addEntry: refuse,
      removeEntry: refuse,
      saveWord: refuse,
      restoreWord: refuse,
    },
    fateOf: async () => new Map(),
  };
}
