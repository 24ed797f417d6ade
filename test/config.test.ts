import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { CHALLENGE_RULES, FLOOD_LIMITS } from '../src/kernel/limits.ts';

const SECRET = 'a-secret-of-the-host-app-that-is-long-enough';

describe('the settings', () => {
  it('have defaults, also for empty values', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      host: '0.0.0.0',
      logLevel: 'info',
      isProduction: false,
      mongodbUri: undefined,
      dataDir: path.resolve('data'),
      hostAppSecret: undefined,
      sessionSecret: undefined,
      firstAdmin: { email: undefined, password: undefined },
      publicUrl: undefined,
      smtpUrl: undefined,
      imapUrl: undefined,
      mailFrom: undefined,
      metricsToken: undefined,
      tracesEndpoint: undefined,
      shutdownDelayMs: 0,
      allowedOrigins: [],
      trustedProxies: [],
      floodLimits: FLOOD_LIMITS,
      floodChallenge: false,
      iceServers: [],
    });
    expect(readConfig({ PORT: '', HOST: '', LOG_LEVEL: '', MONGODB_URI: '', DATA_DIR: '' })).toEqual(
      readConfig({}),
    );
  });

  it('are taken from the environment', () => {
    const folder = path.resolve('elsewhere');
    const MONGODB_URI = 'mongodb+srv://desk:secret@cluster.example/vssid?tls=true';
    expect(
      readConfig({
        PORT: '8080',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        MONGODB_URI,
        DATA_DIR: folder,
        HOST_APP_SECRET: SECRET,
        SESSION_SECRET: SECRET,
        ADMIN_EMAIL: 'lan@example.vn',
        ADMIN_PASSWORD: 'a long enough one',
        PUBLIC_URL: 'https://hotro.example.vn/',
        SMTP_URL: 'smtps://desk:secret@mail.example.vn',
        IMAP_URL: 'imaps://desk:secret@mail.example.vn/INBOX',
        MAIL_FROM: 'VssID <hotro@example.vn>',
        METRICS_TOKEN: 'a-token-of-the-scraper',
        OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
        SHUTDOWN_DELAY_MS: '5000',
        ALLOWED_ORIGINS: 'https://a.vn, http://localhost:8080',
        TRUSTED_PROXIES: '10.0.0.0/8, 2001:db8::1',
        FLOOD_LIMITS: 'off',
        FLOOD_CHALLENGE: 'pow',
      }),
    ).toEqual({
      port: 8080,
      host: '127.0.0.1',
      logLevel: 'warn',
      isProduction: false,
      mongodbUri: MONGODB_URI,
      dataDir: folder,
      hostAppSecret: SECRET,
      sessionSecret: SECRET,
      firstAdmin: { email: 'lan@example.vn', password: 'a long enough one' },
      publicUrl: 'https://hotro.example.vn',
      smtpUrl: 'smtps://desk:secret@mail.example.vn',
      imapUrl: 'imaps://desk:secret@mail.example.vn/INBOX',
      mailFrom: 'VssID <hotro@example.vn>',
      metricsToken: 'a-token-of-the-scraper',
      tracesEndpoint: 'http://127.0.0.1:4318',
      shutdownDelayMs: 5_000,
      allowedOrigins: ['https://a.vn', 'http://localhost:8080'],
      trustedProxies: ['10.0.0.0/8', '2001:db8::1'],
      floodLimits: false,
      floodChallenge: CHALLENGE_RULES,
      iceServers: [],
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
    ['HOST_APP_SECRET', 'too short'],
    ['SESSION_SECRET', 'too short'],
    ['METRICS_TOKEN', 'too short'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318'],
    ['SHUTDOWN_DELAY_MS', '5s'],
    ['SHUTDOWN_DELAY_MS', '120001'],
    ['ADMIN_EMAIL', 'lan'],
    ['ADMIN_PASSWORD', 'short'],
    ['PUBLIC_URL', 'hotro.example.vn'],
    ['SMTP_URL', 'mail.example.vn'],
    ['IMAP_URL', 'imaps://mail.example.vn'],
    ['IMAP_URL', 'https://desk:secret@mail.example.vn'],
    ['MAIL_FROM', 'x'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'a.vn'],
    ['ALLOWED_ORIGINS', 'https://a.vn/'],
    ['ALLOWED_ORIGINS', 'https://a.vn/path'],
    ['ALLOWED_ORIGINS', 'https://a.vn, file:///a'],
    ['TRUSTED_PROXIES', 'all'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '99'],
    ['TRUSTED_PROXIES', '1, 10.0.0.0/8'],
    ['FLOOD_LIMITS', 'no'],
    ['FLOOD_CHALLENGE', 'on'],
  ])('stop the start when %s is "%s", and say which is wrong', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(
      new RegExp(`\\(see \\.env\\.example\\):\\n  ${name}: must (?:be|have)`),
    );
  });

  it('never repeat a wrong address, which may hold a password', () => {
    expect(() => readConfig({ MONGODB_URI: 'mongo://desk:secret@host' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
  });

  it('name every wrong variable at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT:[\s\S]*LOG_LEVEL:/);
  });

  it('take stun and turn servers as browsers understand them', () => {
    const ICE_SERVERS =
      'stun:stun.example:3478 turn:desk:s3cret:with@sign@turn.example:3478?transport=tcp turns:a:b@turn.example';
    expect(readConfig({ ICE_SERVERS }).iceServers).toEqual([
      { urls: 'stun:stun.example:3478' },
      {
        urls: 'turn:turn.example:3478?transport=tcp',
        username: 'desk',
        credential: 's3cret:with@sign',
      },
      { urls: 'turns:turn.example', username: 'a', credential: 'b' },
    ]);
    for (const wrong of ['stun.example', 'turn:turn.example:3478', 'http://stun.example', 'stun:a@b'])
      expect(() => readConfig({ ICE_SERVERS: wrong }), wrong).toThrow(/ICE_SERVERS: must be stun:/);
  });
});
