import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

describe('the settings', () => {
  it('have defaults, also for empty values', () => {
    expect(readConfig({})).toEqual({ port: 3000, host: '0.0.0.0', logLevel: 'info' });
    expect(readConfig({ PORT: '', HOST: '', LOG_LEVEL: '' })).toEqual(readConfig({}));
  });

  it('are taken from the environment', () => {
    expect(readConfig({ PORT: '8080', HOST: '127.0.0.1', LOG_LEVEL: 'warn' })).toEqual({
      port: 8080,
      host: '127.0.0.1',
      logLevel: 'warn',
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
  ])('stop the start when %s is "%s", and say which is wrong', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(`(see .env.example):\n  ${name}: must be`);
  });

  it('name every wrong variable at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT:[\s\S]*LOG_LEVEL:/);
  });
});
