/** Hashing passwords and holding them against their hashes. */
import { hash, verify } from '@node-rs/argon2';

/** Of argon2id, which is what the library hashes with unless told otherwise. */
export interface HashCost {
  /** In KiB. */
  readonly memoryCost: number;
  readonly timeCost: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet, argon2id: 19 MiB, two passes, one lane. */
const COST: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export interface Passwords {
  readonly hash: (password: string) => Promise<string>;
  /** Takes the same time when there is no hash to compare with, and then is false. */
  readonly verify: (passwordHash: string | null, password: string) => Promise<boolean>;
}

/** @param cost other than the product's own only where many are hashed that protect nothing */
export function createPasswords(cost: HashCost = COST): Passwords {
  let nobodys: Promise<string> | undefined;
  return {
    hash: (password) => hash(spell(password), cost),
    async verify(passwordHash, password) {
      nobodys ??= hash('nobody has this password', cost);
      const isRight = await verify(passwordHash ?? (await nobodys), spell(password));
      return passwordHash !== null && isRight;
    },
  };
}

/** Unicode has several spellings of one Vietnamese letter, and keyboards differ in which they send. */
function spell(password: string): string {
  return password.normalize('NFC');
}
