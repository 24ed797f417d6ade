/** Where the vault's key comes from: the operator's secret, or one that the desk made for itself once. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { createVault, type Vault } from './vault.ts';

const KEY_LENGTH = 32;

export interface VaultKeyDeps {
  /** SESSION_SECRET. undefined: the key lies in the store, beside what it seals: safe from logs, not from thieves. */
  readonly secret: string | undefined;
  readonly store: {
    /** Keeps the key if there is none yet. @returns the one that is kept, the same on every node */
    readonly ensureKey: (made: Buffer, now: Date) => Promise<Buffer>;
  };
  readonly now?: () => Date;
}

/**
 * The vault, opened when it is first asked for: the store may be away until then.
 * @returns a function that throws what the store throws, and tries anew the next time
 */
export function createVaultOpener(deps: VaultKeyDeps): () => Promise<Vault> {
  const { secret, store, now = () => new Date() } = deps;
  const getKey = async (): Promise<Buffer> =>
    secret === undefined
      ? store.ensureKey(randomBytes(KEY_LENGTH), now())
      : Buffer.from(hkdfSync('sha256', secret, '', 'desk vault key', KEY_LENGTH));
  let opening: Promise<Vault> | undefined;
  return () => {
    opening ??= getKey()
      .then((key) => createVault({ key }))
      .catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
    return opening;
  };
}
