import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

describe('the settings', () => {
  it('have defaults, also for empty values', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '0.0.0.0',
      logLevel: 'info',
      mongodbUri: undefined,
      dataDir: path.resolve('data'),
    });
    expect(readConfig({ PORT: '', HOST: '', LOG_LEVEL: '', MONGODB_URI: '', DATA_DIR: '' })).toEqual(
      readConfig({}),
    );
  });

  it('are taken from the environment', () => {
    const folder = path.resolve('elsewhere');
    const MONGODB_URI = 'mongodb+srv://desk:secret@cluster.example/vssid?tls=true';
    expect(
      readConfig({ PORT: '8080', HOST: '127.0.0.1', LOG_LEVEL: 'warn', MONGODB_URI, DATA_DIR: folder }),
    ).toEqual({
      port: 8080,
      host: '127.0.0.1',
      logLevel: 'warn',
      mongodbUri: MONGODB_URI,
      dataDir: folder,
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '0x1F'],
    ['PORT', ' '],
    ['NODE_ENV', 'prod'],
    ['LOG_LEVEL', 'loud'],
    ['MONGODB_URI', '127.0.0.1:27017'],
    ['MONGODB_URI', 'http://127.0.0.1:27017'],
    ['MONGODB_URI', 'mongodb://'],
    ['DATA_DIR', '  '],
  ])('stop the start when %s is "%s", and say which is wrong', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(`(see .env.example):\n  ${name}: must be`);
  });

  it('never repeat a wrong address, which may hold a password', () => {
    expect(() => readConfig({ MONGODB_URI: 'mongo://desk:secret@host' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });

  it('name every wrong variable at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT:[\s\S]*LOG_LEVEL:/);
  });
});
