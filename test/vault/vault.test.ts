import { randomBytes } from 'node:crypto';
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSealedValues, type SealedValues } from '../../src/vault/sealed-values.ts';
import { createSealedValuesStore } from '../../src/vault/sealed-values-store.ts';
import { createVault } from '../../src/vault/vault.ts';
import { createVaultOpener } from '../../src/vault/vault-key.ts';
import { createVaultKeyStore } from '../../src/vault/vault-key-store.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const SEALED_ONCE = 'v1.tLoh9vU-GeMH1ZlzpFGcqqKwqDJXUzq--myKUo64tyYNOJaTxU4';

let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
});
afterAll(async () => {
  await connection?.destroy();
  await database?.drop();
});

describe('a vault', () => {
  const key = Buffer.alloc(32, 7);
  const vault = createVault({ key });

  it.each(['0912345678', 'Nguyễn Thị Ánh 👩', ''])('gives back what it sealed: %j', (text) => {
    expect(vault.unseal(vault.seal(text))).toBe(text);
  });

  it('never seals the same text to the same words', () => {
    expect(vault.seal('0912345678')).not.toBe(vault.seal('0912345678'));
  });

  it('reads what was sealed before it was started anew', () => {
    expect(createVault({ key }).unseal(vault.seal('x', 'c1'), 'c1')).toBe('x');
    // Kept from the first version: whoever changes the form must go on reading this one.
    expect(vault.unseal(SEALED_ONCE, 'c1')).toBe('0912345678');
  });

  it.each([
    ['under another key', () => createVault({ key: Buffer.alloc(32, 8) }).unseal(vault.seal('x'))],
    ['for another place', () => vault.unseal(vault.seal('x', 'c1'), 'c2')],
    ['in an unknown form', () => vault.unseal(vault.seal('x').replace('v1', 'v2'))],
    ['cut off', () => vault.unseal(vault.seal('x').slice(0, 20))],
    ['of nothing', () => vault.unseal('')],
  ])('refuses what was sealed %s', (_name, unseal) => {
    expect(unseal).toThrow(expect.objectContaining({ code: 'unsealable' }));
  });

  it('refuses what was altered anywhere', () => {
    const bytes = Buffer.from(vault.seal('0912345678').slice(3), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at]! ^= 1;
      expect(() => vault.unseal(`v1.${altered.toString('base64url')}`)).toThrow('cannot be opened');
    }
  });

  it('hashes the same text to the same words, other ones under another key', () => {
    expect(vault.hash('0912345678')).toBe(createVault({ key }).hash('0912345678'));
    expect(vault.hash('0912345678')).not.toBe(vault.hash('0912345679'));
    expect(vault.hash('0912345678')).not.toBe(createVault({ key: randomBytes(32) }).hash('0912345678'));
  });

  it('wants a key of full length', () => {
    expect(() => createVault({ key: Buffer.alloc(16) })).toThrow('32 bytes');
  });
});

describe("the vault's key", () => {
  it('is one, however many nodes start at once, and is there after a restart', async () => {
    const open = () => createVaultOpener({ secret: undefined, store: createVaultKeyStore(connection) });
    const vaults = await Promise.all([open()(), open()(), open()()]);
    const sealed = vaults[0]!.seal('x');
    expect(vaults.map((vault) => vault.unseal(sealed))).toEqual(['x', 'x', 'x']);
    expect((await open()()).unseal(sealed)).toBe('x');
  });

  it("is the operator's secret where that is set, and then in no store", async () => {
    const stored = await database.client.db().collection('desk_secrets').countDocuments();
    const open = (secret: string) => createVaultOpener({ secret, store: createVaultKeyStore(connection) })();
    const [one, same, other] = await Promise.all([
      open('a'.repeat(32)),
      open('a'.repeat(32)),
      open('b'.repeat(32)),
    ]);
    expect(same.unseal(one.seal('x'))).toBe('x');
    expect(() => other.unseal(one.seal('x'))).toThrow('SESSION_SECRET');
    expect(await database.client.db().collection('desk_secrets').countDocuments()).toBe(stored);
  });

  it('is looked for again after the store was away', async () => {
    const store = createVaultKeyStore(connection);
    let isAway = true;
    const open = createVaultOpener({
      secret: undefined,
      store: {
        ensureKey: (...given) => (isAway ? Promise.reject(new Error('away')) : store.ensureKey(...given)),
      },
    });
    await expect(open()).rejects.toThrow('away');
    isAway = false;
    expect((await open()).unseal((await open()).seal('x'))).toBe('x');
  });
});

describe('sealed values', () => {
  let now = new Date('2026-11-30T03:00:00Z');
  let values: SealedValues;
  beforeAll(async () => {
    values = createSealedValues({
      store: createSealedValuesStore(connection),
      openVault: createVaultOpener({ secret: undefined, store: createVaultKeyStore(connection) }),
      now: () => now,
    });
    await connection.model('SealedValues').createIndexes();
  });
  const raw = async () =>
    JSON.stringify(await database.client.db().collection('sealed_values').find({}).toArray());

  it('come back in their order and lie in the store unreadable', async () => {
    const kept = [
      { type: 'phone', value: '0912345678' },
      { type: 'bhxhNumber', value: '0123456789' },
    ] as const;
    await values.keep('c1', 'm1', kept);
    expect(await values.find('c1', 'm1')).toEqual(kept);
    expect(await raw()).toContain('bhxhNumber');
    expect(await raw()).not.toMatch(/0912345678|0123456789/);
  });

  it('are kept once for a message, also when it is sent twice at once', async () => {
    await Promise.all(
      ['1', '2', '3'].map((value) => values.keep('c1', 'twice', [{ type: 'number', value }])),
    );
    const first = await values.find('c1', 'twice');
    await values.keep('c1', 'twice', [{ type: 'number', value: '4' }]);
    expect(first).toHaveLength(1);
    expect(await values.find('c1', 'twice')).toEqual(first);
  });

  it('never hold passwords and one-time codes', async () => {
    await values.keep('c1', 'secret', [
      { type: 'password', value: 'matkhau1' },
      { type: 'phone', value: '0987654321' },
      { type: 'otp', value: '123456' },
    ]);
    expect(await values.find('c1', 'secret')).toEqual([{ type: 'phone', value: '0987654321' }]);
    await values.keep('c1', 'only', [{ type: 'otp', value: '123456' }]);
    expect(await values.find('c1', 'only')).toBeNull();
  });

  it('tell their kinds without being opened', async () => {
    const types = await values.typesOf('c1', ['m1', 'secret', 'only', 'unknown']);
    expect(Object.fromEntries(types)).toEqual({ m1: ['phone', 'bhxhNumber'], secret: ['phone'] });
    expect(await values.typesOf('c2', ['m1'])).toEqual(new Map());
  });

  it('cannot be read as those of another message', async () => {
    const rows = database.client.db().collection('sealed_values');
    const sealed = (await rows.findOne({ clientId: 'm1' }))?.['sealed'];
    await values.keep('c9', 'm9', [{ type: 'phone', value: '0911111111' }]);
    await rows.updateOne({ clientId: 'm9' }, { $set: { sealed } });
    await expect(values.find('c9', 'm9')).rejects.toMatchObject({ code: 'unsealable' });
  });

  it('go with their conversation', async () => {
    await values.keep('c3', 'm1', [{ type: 'phone', value: '0912345678' }]);
    await values.removeOf('c3');
    expect(await values.find('c3', 'm1')).toBeNull();
    expect(await values.find('c1', 'm1')).not.toBeNull();
  });

  it('are gone after thirty days, for the store too', async () => {
    await values.keep('c4', 'm1', [{ type: 'phone', value: '0912345678' }]);
    const indexes = await database.client.db().collection('sealed_values').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
    const row = await database.client.db().collection('sealed_values').findOne({ conversation: 'c4' });
    expect(row?.['expiresAt']).toEqual(new Date(now.getTime() + 30 * DAY_MS));
    now = new Date(now.getTime() + 30 * DAY_MS);
    expect(await values.find('c4', 'm1')).toBeNull();
  });
});
