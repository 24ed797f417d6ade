/** Finding the contact behind a caller, making one where there is none, and what is known of it. */
import type { Platform } from '../contracts/answers.ts';
import type { Caller, Profile } from './caller.ts';

/** A profile as it is kept: numbers are under seal. */
export interface KeptProfile {
  readonly name?: string;
  readonly appVersion?: string;
  readonly platform?: Platform;
  readonly sealed?: Readonly<Partial<Record<SealedField, string>>>;
  /** By which the contact is found by its numbers. */
  readonly words?: readonly string[];
}
export interface StoredContact extends KeptProfile {
  readonly id: string;
}
const SEALED_FIELDS = ['phone', 'bhxhNumber'] as const;
export type SealedField = (typeof SEALED_FIELDS)[number];

export interface ContactsDeps {
  readonly store: {
    readonly findByToken: (tokenHash: string) => Promise<string | null>;
    readonly findBySubject: (subject: string) => Promise<string | null>;
    readonly ensureByToken: (tokenHash: string, now: Date) => Promise<string>;
    readonly ensureBySubject: (subject: string, profile: KeptProfile, now: Date) => Promise<string>;
    /** The device's contact becomes the person's; null when there is none, or the person has a contact already. */
    readonly adopt: (tokenHash: string, subject: string, profile: KeptProfile) => Promise<string | null>;
    readonly listProfiles: (ids: readonly string[]) => Promise<readonly StoredContact[]>;
    readonly remove: (id: string) => Promise<void>;
  };
  readonly openVault: () => Promise<{
    readonly seal: (text: string, about?: string) => string;
    readonly unseal: (sealed: string, about?: string) => string;
    readonly wordsForNumber: (text: string) => readonly string[];
  }>;
  readonly now?: () => Date;
}

export interface ContactProfile {
  readonly name: string | null;
  readonly appVersion: string | null;
  readonly platform: Platform | null;
  /** Which numbers there are, under seal. */
  readonly sealed: readonly SealedField[];
  readonly words: readonly string[];
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
  /** What is known of contacts, by their ids. */
  readonly describe: (ids: readonly string[]) => Promise<ReadonlyMap<string, ContactProfile>>;
  /** The numbers of a contact's profile, in the clear. */
  readonly reveal: (id: string) => Promise<readonly { readonly type: SealedField; readonly value: string }[]>;
  readonly remove: (id: string) => Promise<void>;
}

export function createContacts({ store, openVault, now = () => new Date() }: ContactsDeps): Contacts {
  const keep = async ({ name, appVersion, platform, ...numbers }: Profile): Promise<KeptProfile> => {
    const given = SEALED_FIELDS.flatMap((field) => {
      const value = numbers[field];
      return value === undefined ? [] : [{ field, value }];
    });
    const plain = definedOf({ name, appVersion, platform });
    if (given.length === 0) return plain;
    const vault = await openVault();
    return {
      ...plain,
      sealed: Object.fromEntries(given.map(({ field, value }) => [field, vault.seal(value, field)])),
      words: given.flatMap(({ value }) => vault.wordsForNumber(value)),
    };
  };

  return {
    find: (caller) =>
      caller.kind === 'device' ? store.findByToken(caller.tokenHash) : store.findBySubject(caller.subject),
    async ensure(caller) {
      if (caller.kind === 'device') return store.ensureByToken(caller.tokenHash, now());
      const { subject, tokenHash } = caller;
      const profile = await keep(caller.profile);
      const known = await store.findBySubject(subject);
      if (known === null && tokenHash !== null) {
        const adopted = await store.adopt(tokenHash, subject, profile);
        if (adopted !== null) return adopted;
      }
      return store.ensureBySubject(subject, profile, now());
    },
    async describe(ids) {
      const found = ids.length === 0 ? [] : await store.listProfiles([...new Set(ids)]);
      return new Map(found.map((contact) => [contact.id, present(contact)]));
    },
    async reveal(id) {
      const [contact] = await store.listProfiles([id]);
      const { sealed = {} } = contact ?? {};
      const vault = await openVault();
      return SEALED_FIELDS.flatMap((field) => {
        const value = sealed[field];
        return value === undefined ? [] : [{ type: field, value: vault.unseal(value, field) }];
      });
    },
    remove: store.remove,
  };
}

function present({ name, appVersion, platform, sealed = {}, words = [] }: StoredContact): ContactProfile {
  return {
    name: name ?? null,
    appVersion: appVersion ?? null,
    platform: platform ?? null,
    sealed: SEALED_FIELDS.filter((field) => sealed[field] !== undefined),
    words,
  };
}

function definedOf(profile: {
  readonly name: string | undefined;
  readonly appVersion: string | undefined;
  readonly platform: Platform | undefined;
}): KeptProfile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
}
