/** Finding the contact behind a caller, and making one where there is none. */
import type { Caller, Profile } from './caller.ts';

export interface ContactsDeps {
  readonly store: {
    readonly findByToken: (tokenHash: string) => Promise<string | null>;
    readonly findBySubject: (subject: string) => Promise<string | null>;
    readonly ensureByToken: (tokenHash: string, now: Date) => Promise<string>;
    readonly ensureBySubject: (subject: string, profile: Profile, now: Date) => Promise<string>;
    /** The device's contact becomes the person's; null when there is none, or the person has a contact already. */
    readonly adopt: (tokenHash: string, subject: string, profile: Profile) => Promise<string | null>;
    readonly remove: (id: string) => Promise<void>;
  };
  readonly now?: () => Date;
}

export interface Contacts {
  /** The contact's id; null for one who never opened a conversation. */
  readonly find: (caller: Caller) => Promise<string | null>;
  /**
   * The contact's id, of a new contact where there is none. A person who signs in takes along what was said on the
   * device before, unless there is a conversation of that person already; the token then opens it no more, so that
   * whoever has the device next does not read it.
   */
  readonly ensure: (caller: Caller) => Promise<string>;
  readonly remove: (id: string) => Promise<void>;
}

export function createContacts({ store, now = () => new Date() }: ContactsDeps): Contacts {
  return {
    find: (caller) =>
      caller.kind === 'device' ? store.findByToken(caller.tokenHash) : store.findBySubject(caller.subject),
    async ensure(caller) {
      if (caller.kind === 'device') return store.ensureByToken(caller.tokenHash, now());
      const { subject, profile, tokenHash } = caller;
      const known = await store.findBySubject(subject);
      if (known === null && tokenHash !== null) {
        const adopted = await store.adopt(tokenHash, subject, profile);
        if (adopted !== null) return adopted;
      }
      return store.ensureBySubject(subject, profile, now());
    },
    remove: store.remove,
  };
}
