/** Sealing what may not lie open in the store, and naming it without showing it. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../kernel/app-error.ts';

/** Of what is written today: AES-256-GCM. */
const VERSION = 'v1';
const KEY_LENGTH = 32;
/** As GCM wants it. Random, it is safe for some billions of values under one key. */
const IV_LENGTH = 12;
const TAG_LENGTH = 16;

export interface Vault {
  /** @param about where the text belongs: unsealed under any other name it is refused */
  readonly seal: (text: string, about?: string) => string;
  /** @throws AppError `unsealable`: another key, another place, or altered */
  readonly unseal: (sealed: string, about?: string) => string;
  /** The same for the same text, and telling nothing of it to those without the key: for looking a value up. */
  readonly hash: (text: string) => string;
}

/** @param key 32 bytes; each purpose has a key of its own, derived from it */
export function createVault({ key }: { readonly key: Buffer }): Vault {
  if (key.length !== KEY_LENGTH) throw new Error(`a vault's key has ${KEY_LENGTH} bytes, not ${key.length}`);
  const sealingKey = deriveKey(key, 'seal');
  const hashingKey = deriveKey(key, 'hash');
  return {
    seal(text, about = '') {
      const iv = randomBytes(IV_LENGTH);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(Buffer.from(about));
      const parts = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${VERSION}.${Buffer.concat(parts).toString('base64url')}`;
    },
    unseal(sealed, about = '') {
      const [version, body = ''] = sealed.split('.');
      const bytes = Buffer.from(body, 'base64url');
      try {
        if (version !== VERSION) throw new Error(`unknown version ${version}`);
        const decipher = createDecipheriv('aes-256-gcm', sealingKey, bytes.subarray(0, IV_LENGTH), {
          authTagLength: TAG_LENGTH,
        })
          .setAAD(Buffer.from(about))
          .setAuthTag(bytes.subarray(-TAG_LENGTH));
        const text = decipher.update(bytes.subarray(IV_LENGTH, -TAG_LENGTH));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new AppError({
          code: 'unsealable',
          message: 'A sealed value cannot be opened: SESSION_SECRET was another one when it was sealed.',
          cause,
        });
      }
    },
    hash: (text) => createHmac('sha256', hashingKey).update(text).digest('base64url'),
  };
}

function deriveKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `desk vault ${VERSION} ${purpose}`, KEY_LENGTH));
}
