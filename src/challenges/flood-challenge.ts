/** Who has to prove something first: whoever comes from where very much comes from, or while the desk has too much to do. */
import { AppError } from '../kernel/app-error.ts';
import { createFloodLimit } from '../kernel/flood-limit.ts';
import { CHALLENGE_RULES, type ChallengeRules } from '../kernel/limits.ts';
import { isLoopback } from '../kernel/network.ts';
import type { Challenger } from './challenge.ts';

export interface FloodChallengeDeps {
  readonly rules: ChallengeRules;
  readonly challenger: Challenger;
  /** Is it an error of a store that is out of reach? */
  readonly isStoreAway: (error: unknown) => boolean;
}

/** What is asked for. */
export type Asked = 'contact' | 'answer';

export interface FloodChallenge {
  /**
   * Lets it through, or asks for a solution.
   * @param network as `networkOf` names it
   * @param isStrained nothing is free just now
   * @throws AppError `challenge_required` with something to solve
   */
  readonly admit: (
    asked: Asked,
    network: string,
    solution: string | undefined,
    isStrained?: boolean,
  ) => Promise<void>;
}

export function createFloodChallenge({ rules, challenger, isStoreAway }: FloodChallengeDeps): FloodChallenge {
  const free = { contact: createFloodLimit(rules.contacts), answer: createFloodLimit(rules.answers) };
  const sparesOwnMachine = rules === CHALLENGE_RULES;

  return {
    async admit(asked, network, solution, isStrained = false) {
      if (sparesOwnMachine && isLoopback(network)) return;
      if (!isStrained && free[asked].take(network).allowed) return;
      try {
        if (solution !== undefined && (await challenger.accept(solution, network))) return;
        const challenge = await challenger.pose(network);
        throw new AppError({ code: 'challenge_required', message: `for one more ${asked}`, challenge });
      } catch (error) {
        // Without the store nothing can be signed or used up; the limits behind this one still hold.
        if (!isStoreAway(error)) throw error;
      }
    },
  };
}
