/** The environment, checked once at start. The only reader of process.env. */
import path from 'node:path';
import { z } from 'zod';
import { AppError } from './kernel/app-error.ts';
import { CHALLENGE_RULES, FLOOD_LIMITS } from './kernel/limits.ts';
import { readTrustedProxies } from './kernel/trusted-proxies.ts';

const environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a whole number from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a whole number from 0 to 65535')
    .default(3000),
  HOST: z.string().min(1, 'must be an address or a name, such as 127.0.0.1').default('0.0.0.0'),
  NODE_ENV: z
    .enum(['development', 'test', 'production'], 'must be development, test or production')
    .default('development'),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'must be trace, debug, info, warn, error, fatal or silent',
    )
    .default('info'),
  MONGODB_URI: z
    .string()
    .regex(
      /^mongodb(\+srv)?:\/\/[^/\s]/,
      'must be the address of a MongoDB, mongodb://host:port/database or mongodb+srv://…; leave it out to keep the data in DATA_DIR',
    )
    .optional(),
  REDIS_URL: z
    .string()
    .regex(
      /^rediss?:\/\/[^/\s]/,
      'must be the address of a Redis, redis://host:port or rediss://user:password@host; leave it out for one node',
    )
    .optional(),
  WORKERS: z
    .string()
    .regex(/^[1-9]\d?$/, 'must be how many processes npm run start:cluster starts, from 1 to 99')
    .transform(Number)
    .optional(),
  DATA_DIR: z
    .string()
    .refine((folder) => folder.trim() !== '', 'must be a folder, such as ./data')
    .default('./data'),
  ARCHIVE_DIR: z
    .string()
    .refine((folder) => folder.trim() !== '', 'must be a folder that all nodes share, such as ./data/archive')
    .optional(),
  HOST_APP_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48')
    .optional(),
  SESSION_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48')
    .optional(),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'must be an email address, such as admin@example.vn')
    .optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  PUBLIC_URL: z
    .string()
    .refine(
      (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
      'must be the address that people use, such as https://hotro.example.vn',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/\S+$/, 'must be smtp://host:port or smtps://user:password@host')
    .optional(),
  IMAP_URL: z
    .string()
    .refine(
      isMailbox,
      'must be the mailbox that people write to, such as imaps://user:password@host/INBOX; what is special in a URL is percent-encoded, such as %40 for @',
    )
    .optional(),
  MAIL_FROM: z.string().min(3, 'must be a sender, such as VssID <hotro@example.vn>').optional(),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters; make one with: openssl rand -base64 24')
    .optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine(
      (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
      'must be the address of a collector of OpenTelemetry (OTLP over HTTP), such as http://127.0.0.1:4318',
    )
    .optional(),
  SHUTDOWN_DELAY_MS: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number of milliseconds from 0 to 120000')
    .transform(Number)
    .refine((ms) => ms <= 120_000, 'must be a whole number of milliseconds from 0 to 120000')
    .default(0),
  ALLOWED_ORIGINS: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter((origin) => origin !== ''))
    .refine(
      (origins) => origins.every(isOrigin),
      'must be origins such as https://baohiemxahoi.gov.vn, separated by commas, without a path',
    )
    .default([]),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter((network) => network !== ''))
    .refine(
      (networks) => readTrustedProxies(networks) !== null,
      'must be the addresses or networks of the proxies before the desk, such as 10.0.0.0/8, separated by commas, or their number, up to 10',
    )
    .default([]),
  FLOOD_LIMITS: z.enum(['on', 'off'], 'must be on or off').default('on'),
  FLOOD_CHALLENGE: z.enum(['off', 'pow'], 'must be off or pow').default('off'),
  ICE_SERVERS: z
    .string()
    .transform((list) => list.split(/\s+/).filter((server) => server !== ''))
    .refine(
      (servers) => servers.every((server) => ICE_SERVER.test(server)),
      'must be stun:host:port or turn:user:password@host:port?transport=tcp, separated by spaces',
    )
    .transform((servers) => servers.map(toIceServer))
    .default([]),
});

function isMailbox(text: string): boolean {
  if (!/^imaps?:\/\/\S+$/.test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname !== '' && username !== '' && password !== '';
}

/** Where browsers learn how they are reached (stun), or what passes their sound on (turn, turns). */
const ICE_SERVER =
  /^(?<plain>stuns?:[^\s@?:]+(:\d{1,5})?)$|^(?<scheme>turns?):(?<user>[^\s:@]+):(?<password>\S+)@(?<host>[^\s@?:]+(:\d{1,5})?(\?transport=(udp|tcp))?)$/;

export interface IceServerAddress {
  readonly urls: string;
  readonly username?: string;
  readonly credential?: string;
}

/** As RTCPeerConnection takes it. */
function toIceServer(text: string): IceServerAddress {
  const { plain, scheme, user, password, host } = ICE_SERVER.exec(text)?.groups ?? {};
  if (plain !== undefined) return { urls: plain };
  return { urls: `${scheme}:${host}`, username: String(user), credential: String(password) };
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** NODE_ENV is production: what is risky there is judged more strictly (npm run doctor). */
  readonly isProduction: boolean;
  /** undefined: the embedded store in `dataDir`. May hold a password: never to be logged as it is. */
  readonly mongodbUri: string | undefined;
  /** What links this node to the others; undefined: there are none. May hold a password: never to be logged. */
  readonly redisUrl: string | undefined;
  /** Processes of a cluster on this machine; undefined: one for each processor. */
  readonly workers: number | undefined;
  /** Absolute. */
  readonly dataDir: string;
  /** Where old conversations go, absolute; undefined: into `dataDir`, or nowhere where there may be other machines. */
  readonly archiveDir: string | undefined;
  /** What the host app signs identities with; undefined: identities are not taken. Never to be logged. */
  readonly hostAppSecret: string | undefined;
  /** What numbers of persons are sealed with; undefined: a key that is made once and kept in the store. Never to be logged. */
  readonly sessionSecret: string | undefined;
  /** Of the first account, where there is none yet. */
  readonly firstAdmin: { readonly email: string | undefined; readonly password: string | undefined };
  /** Without a slash at its end; undefined: as the request has it. */
  readonly publicUrl: string | undefined;
  /** May hold a password: never to be logged as it is. */
  readonly smtpUrl: string | undefined;
  /** Holds a password: never to be logged as it is. */
  readonly imapUrl: string | undefined;
  readonly mailFrom: string | undefined;
  /** What a scraper of metrics shows; undefined: it is answered on this machine alone. Never to be logged. */
  readonly metricsToken: string | undefined;
  /** Where traces go; undefined: none are kept. */
  readonly tracesEndpoint: string | undefined;
  /** How long a process that is told to stop goes on as usual, until nobody is sent to it any more. */
  readonly shutdownDelayMs: number;
  /** Origins whose pages may show the chat in a frame, beside the desk's own. */
  readonly allowedOrigins: readonly string[];
  /** Whose X-Forwarded-… headers count: addresses and networks, or one number of hops. */
  readonly trustedProxies: readonly string[];
  /** false: nothing is counted in memory. */
  readonly floodLimits: typeof FLOOD_LIMITS | false;
  /** false: nobody has to prove anything before being served. */
  readonly floodChallenge: typeof CHALLENGE_RULES | false;
  /** What voice calls find their way with. May hold passwords: never to be logged. */
  readonly iceServers: readonly IceServerAddress[];
}

/**
 * Reads the settings.
 * @param variables as in process.env; empty values count as not set. DATA_DIR is taken from the working
 *   directory when it is relative
 * @throws AppError `bad_config` that names every wrong variable and what it must be
 */
export function readConfig(variables: Readonly<Record<string, string | undefined>> = process.env): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new AppError({
      code: 'bad_config',
      message: `The environment is not right (see .env.example):\n${faults.join('\n')}`,
    });
  }
  const { PORT, HOST, LOG_LEVEL, MONGODB_URI, DATA_DIR, HOST_APP_SECRET, ALLOWED_ORIGINS } = parsed.data;
  const { SESSION_SECRET, ADMIN_EMAIL, ADMIN_PASSWORD, PUBLIC_URL, SMTP_URL, MAIL_FROM } = parsed.data;
  const { IMAP_URL, REDIS_URL, WORKERS, ARCHIVE_DIR } = parsed.data;
  const { ICE_SERVERS, TRUSTED_PROXIES } = parsed.data;
  const { METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT, SHUTDOWN_DELAY_MS } = parsed.data;
  return {
    port: PORT,
    host: HOST,
    logLevel: LOG_LEVEL,
    isProduction: parsed.data.NODE_ENV === 'production',
    mongodbUri: MONGODB_URI,
    redisUrl: REDIS_URL,
    workers: WORKERS,
    dataDir: path.resolve(DATA_DIR),
    archiveDir: ARCHIVE_DIR === undefined ? undefined : path.resolve(ARCHIVE_DIR),
    hostAppSecret: HOST_APP_SECRET,
    sessionSecret: SESSION_SECRET,
    firstAdmin: { email: ADMIN_EMAIL, password: ADMIN_PASSWORD },
    publicUrl: PUBLIC_URL,
    smtpUrl: SMTP_URL,
    imapUrl: IMAP_URL,
    mailFrom: MAIL_FROM,
    metricsToken: METRICS_TOKEN,
    tracesEndpoint: OTEL_EXPORTER_OTLP_ENDPOINT,
    shutdownDelayMs: SHUTDOWN_DELAY_MS,
    allowedOrigins: ALLOWED_ORIGINS,
    trustedProxies: TRUSTED_PROXIES,
    floodLimits: parsed.data.FLOOD_LIMITS === 'on' ? FLOOD_LIMITS : false,
    floodChallenge: parsed.data.FLOOD_CHALLENGE === 'pow' ? CHALLENGE_RULES : false,
    iceServers: ICE_SERVERS,
  };
}
