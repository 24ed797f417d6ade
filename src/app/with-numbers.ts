import { wordsForNumber } from '../vault/sealed-values.ts';
import type { Vault } from '../vault/vault.ts';

/** What rooms that keep numbers of persons need of the vault. */
export const withNumbers = (vault: Vault) => ({
  seal: vault.seal,
  unseal: vault.unseal,
  wordsForNumber: (text: string) => wordsForNumber(text, vault),
});
