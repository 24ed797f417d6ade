import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databaseOf, describeUri, withoutSecrets } from '../../src/storage/mongodb-uri.ts';

describe('what is said of an address', () => {
  it.each([
    ['mongodb://db.example:27017/desk', 'mongodb://db.example:27017/desk'],
    ['mongodb://desk:secret@db.example/desk?authSource=admin', 'mongodb://db.example/desk'],
    ['mongodb+srv://desk:secret@cluster.example', 'mongodb+srv://cluster.example/vssid'],
    ['mongodb://a:1,b:2,c:3/desk?replicaSet=rs0', 'mongodb://a:1,b:2,c:3/desk'],
    [
      'mongodb://%2Ftmp%2Fdata%2Fmongo.sock/?directConnection=true',
      'mongodb://%2Ftmp%2Fdata%2Fmongo.sock/vssid',
    ],
    ['mongodb://desk:se/cr@et@db.example/desk', 'mongodb://db.example/desk'],
  ])('%s is %s', (uri, described) => {
    expect(describeUri(uri)).toBe(described);
  });

  it('never holds the password, whatever that is', () => {
    const secret = fc.string({ minLength: 8, unit: fc.constantFrom(...'abcXYZ019@:/?#%&+ =_é') });
    fc.assert(
      fc.property(secret, fc.boolean(), (password, encoded) => {
        const written = encoded ? encodeURIComponent(password) : password;
        const uri = `mongodb://user:${written}@db.example:27017/desk?tls=true`;
        const said = `${describeUri(uri)} ${withoutSecrets(`bad address "${uri}", ${password}`, uri)}`;
        expect(said).not.toContain(password);
        expect(said).not.toContain(written);
      }),
    );
  });

  it('leaves a message without secrets as it is', () => {
    const message = 'connect ECONNREFUSED 127.0.0.1:27017';
    expect(withoutSecrets(message, 'mongodb://127.0.0.1:27017/desk')).toBe(message);
  });
});

describe('the database of an address', () => {
  it.each([
    ['mongodb://host/desk', 'desk'],
    ['mongodb://host/desk%20two?w=1', 'desk two'],
    ['mongodb://host', 'vssid'],
    ['mongodb://host/', 'vssid'],
    ['mongodb://host/?replicaSet=rs0', 'vssid'],
    ['mongodb://u:p@a:1,b:2/desk', 'desk'],
  ])('%s: %s', (uri, database) => {
    expect(databaseOf(uri)).toBe(database);
  });
});
