/** Accounts in the database. */
import { type Connection, Schema, Types } from 'mongoose';
import type { Role } from '../../contracts/permissions.ts';
import { isDuplicateKey } from '../../storage/mongo-errors.ts';
import { SCHEMA_OPTIONS } from '../../storage/schema-options.ts';
import type { Account, OneTimeLink, Totp } from './account.ts';

const FIRST_ID = '000000000000000000000001';

interface AccountDocument extends Omit<Account, 'id' | 'skills' | 'recoveryHashes' | 'link' | 'totp'> {
  _id: Types.ObjectId;
  skills: string[];
  recoveryHashes: string[];
  link: OneTimeLink | null;
  totp: Totp | null;
  /** Set while a change that ends an admin is under way: whose change, and since when. */
  leaving: { token: string; at: Date } | null;
}

const schema = new Schema<AccountDocument>(
  {
    email: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    skills: { type: [String], required: true },
    capacity: { type: Number, required: true },
    disabled: { type: Boolean, required: true },
    passwordHash: { type: String, default: null },
    mustChangePassword: { type: Boolean, required: true },
    generation: { type: Number, required: true },
    totp: { type: new Schema({ sealedSecret: String, lastStep: Number }, { _id: false }), default: null },
    totpBegun: { type: String, default: null },
    recoveryHashes: { type: [String], required: true },
    link: {
      type: new Schema({ tokenHash: String, purpose: String, expiresAt: Date }, { _id: false }),
      default: null,
    },
    leaving: { type: new Schema({ token: String, at: Date }, { _id: false }), default: null },
    createdAt: { type: Date, required: true },
    lastSignInAt: { type: Date, default: null },
  },
  { ...SCHEMA_OPTIONS, collection: 'staff_accounts' },
);
schema.index({ email: 1 }, { unique: true });
schema.index(
  { 'link.tokenHash': 1 },
  { unique: true, partialFilterExpression: { 'link.tokenHash': { $type: 'string' } } },
);

/** What one step may change. */
export type AccountFields = Partial<Omit<Account, 'id' | 'email' | 'generation' | 'createdAt'>>;

/** What the account must still be for a change to be made. */
export interface AccountAsRead {
  readonly role: Role;
  readonly disabled: boolean;
  readonly generation: number;
}

export interface AccountStore {
  readonly newId: () => string;
  /** false: the email or the id is taken. */
  readonly insert: (account: Account) => Promise<boolean>;
  /** The id that the first account of a desk has: of two nodes that make one at once, one does. */
  readonly firstId: string;
  /** By name. */
  readonly list: () => Promise<Account[]>;
  readonly find: (id: string) => Promise<Account | null>;
  readonly findByEmail: (email: string) => Promise<Account | null>;
  /** By a link that has not expired, of an account that is not disabled. */
  readonly findByLink: (tokenHash: string, now: Date) => Promise<Account | null>;
  /**
   * Changes an account that still is as it was read.
   * @param options.leaving the mark of this change, which must still be there; it is taken off
   * @param options.newGeneration ends what sessions there are
   * @returns the account as it is now; null: it is another one by now, or the mark is gone
   */
  readonly change: (
    id: string,
    read: AccountAsRead,
    fields: AccountFields,
    options?: { readonly leaving?: string; readonly newGeneration?: boolean },
  ) => Promise<Account | null>;
  /** Uses a link up and sets what it opens. Null: it was used, has expired, or the account is disabled. */
  readonly spendLink: (tokenHash: string, fields: AccountFields, now: Date) => Promise<Account | null>;
  /** false: this step, or a later one, was used. */
  readonly spendTotpStep: (id: string, step: number) => Promise<boolean>;
  /** false: there is no such code, or it was used. */
  readonly spendRecoveryCode: (id: string, hash: string) => Promise<boolean>;
  /** Puts the begun second factor in force; false: another one was begun since, or it is in force. */
  readonly confirmTotp: (id: string, begun: string, totp: Totp, recoveryHashes: string[]) => Promise<boolean>;
  readonly noteSignIn: (id: string, at: Date) => Promise<void>;
  /** Marks an admin as one who is about to be none. */
  readonly markLeaving: (id: string, token: string, at: Date) => Promise<void>;
  /** Takes off one mark, or none when there is another by now. */
  readonly unmarkLeaving: (id: string, token: string) => Promise<void>;
  /** Takes off the marks that somebody left behind. */
  readonly clearMarksBefore: (at: Date) => Promise<void>;
  /** Admins who can sign in and are not about to be none. */
  readonly countStayingAdmins: () => Promise<number>;
}

export function createAccountStore(connection: Connection): AccountStore {
  const { collection } = connection.model('StaffAccount', schema);
  const find = async (query: object): Promise<Account | null> => {
    const found = (await collection.findOne(query as never)) as AccountDocument | null;
    return found === null ? null : toAccount(found);
  };
  const update = async (query: object, change: object): Promise<Account | null> => {
    const changed = (await collection.findOneAndUpdate(query as never, change as never, {
      returnDocument: 'after',
    })) as AccountDocument | null;
    return changed === null ? null : toAccount(changed);
  };
  const updates = async (query: object, change: object): Promise<boolean> => {
    const { matchedCount } = await collection.updateOne(query as never, change as never);
    return matchedCount === 1;
  };

  return {
    newId: () => new Types.ObjectId().toHexString(),
    firstId: FIRST_ID,
    async insert(account) {
      try {
        await collection.insertOne(toDocument(account) as never);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async list() {
      const found = (await collection.find({}).sort({ name: 1, _id: 1 }).toArray()) as unknown[];
      return (found as AccountDocument[]).map(toAccount);
    },
    find: async (id) => find(byId(id)),
    findByEmail: (email) => find({ email }),
    findByLink: (tokenHash, now) => find(byLink(tokenHash, now)),
    change: (id, { role, disabled, generation }, fields, { leaving, newGeneration = false } = {}) =>
      update(
        {
          ...byId(id),
          role,
          disabled,
          generation,
          ...(leaving === undefined ? {} : { 'leaving.token': leaving }),
        },
        {
          $set: { ...fields, ...(leaving === undefined ? {} : { leaving: null }) },
          ...(newGeneration ? { $inc: { generation: 1 } } : {}),
        },
      ),
    spendLink: (tokenHash, fields, now) =>
      update(byLink(tokenHash, now), { $set: { ...fields, link: null }, $inc: { generation: 1 } }),
    spendTotpStep: (id, step) =>
      updates({ ...byId(id), 'totp.lastStep': { $lt: step } }, { $set: { 'totp.lastStep': step } }),
    spendRecoveryCode: (id, hash) =>
      updates({ ...byId(id), recoveryHashes: hash }, { $pull: { recoveryHashes: hash } }),
    confirmTotp: (id, begun, totp, recoveryHashes) =>
      updates(
        { ...byId(id), totpBegun: begun, totp: null },
        { $set: { totp, recoveryHashes, totpBegun: null } },
      ),
    noteSignIn: async (id, at) => void (await updates(byId(id), { $set: { lastSignInAt: at } })),
    markLeaving: async (id, token, at) =>
      void (await updates({ ...byId(id), role: 'admin' }, { $set: { leaving: { token, at } } })),
    unmarkLeaving: async (id, token) =>
      void (await updates({ ...byId(id), 'leaving.token': token }, { $set: { leaving: null } })),
    async clearMarksBefore(at) {
      await collection.updateMany(
        { 'leaving.at': { $lt: at } } as never,
        { $set: { leaving: null } } as never,
      );
    },
    countStayingAdmins: () =>
      collection.countDocuments({
        role: 'admin',
        disabled: false,
        passwordHash: { $type: 'string' },
        leaving: null,
      } as never),
  };
}

function byId(id: string): { _id: Types.ObjectId } {
  return { _id: new Types.ObjectId(id) };
}

function byLink(tokenHash: string, now: Date): object {
  return { 'link.tokenHash': tokenHash, 'link.expiresAt': { $gt: now }, disabled: false };
}

function toDocument(account: Account): AccountDocument {
  return {
    _id: new Types.ObjectId(account.id),
    email: account.email,
    name: account.name,
    role: account.role,
    skills: [...account.skills],
    capacity: account.capacity,
    disabled: account.disabled,
    passwordHash: account.passwordHash,
    mustChangePassword: account.mustChangePassword,
    generation: account.generation,
    totp: account.totp,
    totpBegun: account.totpBegun,
    recoveryHashes: [...account.recoveryHashes],
    link: account.link,
    leaving: null,
    createdAt: account.createdAt,
    lastSignInAt: account.lastSignInAt,
  };
}

function toAccount(document: AccountDocument): Account {
  return {
    id: document._id.toHexString(),
    email: document.email,
    name: document.name,
    role: document.role,
    skills: document.skills,
    capacity: document.capacity,
    disabled: document.disabled,
    passwordHash: document.passwordHash,
    mustChangePassword: document.mustChangePassword,
    generation: document.generation,
    totp: document.totp && {
      sealedSecret: document.totp.sealedSecret,
      lastStep: document.totp.lastStep,
    },
    totpBegun: document.totpBegun,
    recoveryHashes: document.recoveryHashes,
    link: document.link && {
      tokenHash: document.link.tokenHash,
      purpose: document.link.purpose,
      expiresAt: document.link.expiresAt,
    },
    createdAt: document.createdAt,
    lastSignInAt: document.lastSignInAt,
  };
}
