/** Numbers taken out of messages, kept under seal for the agent who has to act on them. */
import type { RedactedType } from '../contracts/chat.ts';
import type { Vault } from './vault.ts';

export interface SealedValue {
  readonly type: RedactedType;
  readonly value: string;
}

/** One message's, as the store has them. */
export interface SealedMessage {
  readonly conversation: string;
  readonly clientId: string;
  /** In the order of the text. */
  readonly types: readonly RedactedType[];
  readonly sealed: string;
  /** By which the values can be looked up, and not be read. */
  readonly words: readonly string[];
  readonly expiresAt: Date;
}

export interface SealedValuesDeps {
  readonly store: {
    /** Does nothing where the message has its values already. */
    readonly insert: (message: SealedMessage) => Promise<void>;
    readonly find: (conversation: string, clientId: string) => Promise<SealedMessage | null>;
    readonly list: (conversation: string) => Promise<readonly SealedMessage[]>;
    readonly listTypes: (
      conversation: string,
      clientIds: readonly string[],
    ) => Promise<readonly Pick<SealedMessage, 'clientId' | 'types'>[]>;
    readonly listWords: (conversation: string) => Promise<readonly string[]>;
    readonly removeOf: (conversation: string) => Promise<void>;
  };
  readonly openVault: () => Promise<Vault>;
  /** Left out: 30 days. */
  readonly keepMs?: () => number;
  readonly now?: () => Date;
}

export interface SealedValues {
  /** Keeps the values of one message, once: whoever asks again changes nothing. Passwords and one-time codes never. */
  readonly keep: (conversation: string, clientId: string, values: readonly SealedValue[]) => Promise<void>;
  /** Opens them; null: there are none, or they are gone. @throws AppError `unsealable` */
  readonly find: (conversation: string, clientId: string) => Promise<readonly SealedValue[] | null>;
  /** All that were kept of it and are not gone yet. @throws AppError `unsealable` */
  readonly listOf: (conversation: string) => Promise<readonly SealedValue[]>;
  /** What kinds there are, by the clientId of the message; those without any are left out. */
  readonly typesOf: (
    conversation: string,
    clientIds: readonly string[],
  ) => Promise<ReadonlyMap<string, readonly RedactedType[]>>;
  /** Words by which a conversation is found by the numbers named in it. */
  readonly wordsOf: (conversation: string) => Promise<readonly string[]>;
  readonly removeOf: (conversation: string) => Promise<void>;
}

/** What a matter may need until it is settled; nobody reads back a number of last quarter. */
const KEEP_MS = 30 * 24 * 60 * 60 * 1_000;

const NEVER_KEPT: ReadonlySet<RedactedType> = new Set(['password', 'otp']);

export function createSealedValues(deps: SealedValuesDeps): SealedValues {
  const { store, openVault, keepMs = () => KEEP_MS, now = () => new Date() } = deps;
  return {
    async keep(conversation, clientId, values) {
      const kept = values.filter(({ type }) => !NEVER_KEPT.has(type));
      if (kept.length === 0) return;
      const vault = await openVault();
      const text = JSON.stringify(kept.map(({ value }) => value));
      await store.insert({
        conversation,
        clientId,
        types: kept.map(({ type }) => type),
        sealed: vault.seal(text, placeOf(conversation, clientId)),
        words: kept.flatMap(({ value }) => wordsForNumber(value, vault)),
        expiresAt: new Date(now().getTime() + keepMs()),
      });
    },
    async find(conversation, clientId) {
      const found = await store.find(conversation, clientId);
      return found === null || found.expiresAt <= now() ? null : open(found, await openVault());
    },
    async listOf(conversation) {
      const found = (await store.list(conversation)).filter(({ expiresAt }) => expiresAt > now());
      if (found.length === 0) return [];
      const vault = await openVault();
      return found.flatMap((message) => open(message, vault));
    },
    async typesOf(conversation, clientIds) {
      if (clientIds.length === 0) return new Map();
      const found = await store.listTypes(conversation, clientIds);
      return new Map(found.map(({ clientId, types }) => [clientId, types]));
    },
    wordsOf: store.listWords,
    removeOf: store.removeOf,
  };
}

function open({ conversation, clientId, types, sealed }: SealedMessage, vault: Vault): SealedValue[] {
  const values: string[] = JSON.parse(vault.unseal(sealed, placeOf(conversation, clientId)));
  return types.map((type, at) => ({ type, value: values[at]! }));
}

/** Fewer digits than these are no number of a person. */
const FEWEST_DIGITS = 8;
const WORD_LENGTH = 16;

/**
 * What stands for a number in the search, since the number itself is not kept: the same however it is written
 * ("0912 345 678", "+84912345678"). Empty: it is no number of a person.
 */
export function wordsForNumber(text: string, vault: Pick<Vault, 'hash'>): string[] {
  const bare = text.toUpperCase().replace(/[\s.\-()]/g, '');
  if (!/^\+?[A-Z]{0,2}\d+$/.test(bare) || bare.replace(/\D/g, '').length < FEWEST_DIGITS) return [];
  const national = bare.replace(/^\+?84(?=\d{9}$)/, '0');
  return [
    `number${vault
      .hash(national)
      .replace(/[^A-Za-z0-9]/g, '')
      .slice(0, WORD_LENGTH)
      .toLowerCase()}`,
  ];
}

/** So that what was sealed for one message cannot be read as another's. */
export function placeOf(conversation: string, clientId: string): string {
  return `${conversation} ${clientId}`;
}
