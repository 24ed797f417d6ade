/** The challenge to floods, where it is switched on. */
import { createFloodChallenge, type FloodChallenge } from '../challenges/flood-challenge.ts';
import { createProofOfWork } from '../challenges/proof-of-work.ts';
import { createSpentSolutionStore } from '../challenges/spent-solution-store.ts';
import type { ChallengeRules } from '../kernel/limits.ts';
import type { Storage } from '../storage/storage.ts';
import type { Vault } from '../vault/vault.ts';

export interface ChallengeDeskDeps {
  /** Left out, or false: nobody is asked. */
  readonly floodChallenge?: ChallengeRules | false;
  readonly connection: Storage['connection'];
  readonly openVault: () => Promise<Vault>;
  readonly isStoreAway: (error: unknown) => boolean;
}

/** @returns null: it is off */
export function createChallengeDesk(deps: ChallengeDeskDeps): FloodChallenge | null {
  const { floodChallenge: rules = false, connection, openVault, isStoreAway } = deps;
  // Declared in any case: switching it on needs no other indexes.
  const { spend } = createSpentSolutionStore(connection);
  if (rules === false) return null;
  const openSign = async () => (await openVault()).hash;
  return createFloodChallenge({
    rules,
    challenger: createProofOfWork({ ...rules, openSign, spend }),
    isStoreAway,
  });
}
