/** Sealing for those who cannot wait for the vault to open. */
import { AppError } from '../kernel/app-error.ts';
import type { Vault } from './vault.ts';

export interface Sealer extends Pick<Vault, 'seal' | 'unseal'> {
  /** To be called whenever the store comes up: until then nothing can be sealed. */
  readonly open: () => void;
}

/** Open as soon as the store is up, without which those who seal cannot act anyway. */
export function createSealer(openVault: () => Promise<Vault>): Sealer {
  let vault: Vault | undefined;
  const get = (): Vault => {
    if (vault === undefined)
      throw new AppError({ code: 'store_unavailable', message: 'the vault is not open' });
    return vault;
  };
  return {
    open() {
      openVault().then(
        (opened) => {
          vault = opened;
        },
        // The store went away again: it is tried at the next `up`.
        () => undefined,
      );
    },
    seal: (text) => get().seal(text),
    unseal: (sealed) => get().unseal(sealed),
  };
}
