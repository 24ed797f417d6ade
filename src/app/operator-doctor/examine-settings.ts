/** What is risky in the settings. Pure. */
import path from 'node:path';
import { type Finding, ok, problem, warn } from './finding.ts';

/** The part of the settings that is looked at; as config.ts has them. */
export interface ExaminedSettings {
  readonly isProduction: boolean;
  readonly logLevel: string;
  readonly mongodbUri: string | undefined;
  readonly dataDir: string;
  readonly archiveDir?: string | undefined;
  readonly hostAppSecret: string | undefined;
  readonly sessionSecret: string | undefined;
  readonly firstAdmin: { readonly email: string | undefined; readonly password: string | undefined };
  readonly publicUrl: string | undefined;
  readonly smtpUrl: string | undefined;
  readonly imapUrl: string | undefined;
  readonly mailFrom: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly iceServers: readonly unknown[];
  readonly redisUrl: string | undefined;
}

/** Fewer kinds of characters than this are typed, not made by a machine. */
const FEWEST_CHARACTERS = 10;
const MAKE_ONE = 'make one with: openssl rand -base64 48';

export function examineSettings(settings: ExaminedSettings, temporaryFolder: string): Finding[] {
  const strictly = settings.isProduction ? problem : warn;
  const { sessionSecret, hostAppSecret, publicUrl, mongodbUri, smtpUrl, imapUrl, iceServers } = settings;
  const findings: Finding[] = [
    settings.isProduction
      ? ok('NODE_ENV', 'production')
      : warn(
          'NODE_ENV',
          'not production: risks are told as warnings',
          'set NODE_ENV=production on the desk that people use',
        ),
  ];

  if (sessionSecret === undefined) {
    const text = 'not set: numbers of persons are sealed with a key that lies in the store beside them';
    findings.push(
      strictly('SESSION_SECRET', text, `${MAKE_ONE}, before the first start; keep it apart from backups`),
    );
  } else findings.push(judgeSecret('SESSION_SECRET', sessionSecret));
  if (hostAppSecret === undefined)
    findings.push(ok('HOST_APP_SECRET', 'not set: people are known by their device only'));
  else if (hostAppSecret === sessionSecret)
    findings.push(
      problem('HOST_APP_SECRET', 'the same as SESSION_SECRET: the host app could unseal numbers', MAKE_ONE),
    );
  else findings.push(judgeSecret('HOST_APP_SECRET', hostAppSecret));

  if (publicUrl === undefined) {
    const text =
      'not set: cookies of the staff may travel over plain http, and mails have no links that hold';
    findings.push(strictly('PUBLIC_URL', text, 'set it to the https address that people use'));
  } else if (!publicUrl.startsWith('https:'))
    findings.push(
      strictly(
        'PUBLIC_URL',
        `${publicUrl} is not https: sessions can be read on the way, and calls do not work`,
        'put a proxy with a certificate before the desk (compose.yaml has one)',
      ),
    );
  else findings.push(ok('PUBLIC_URL', publicUrl));

  if (settings.firstAdmin.password !== undefined)
    findings.push(
      warn(
        'ADMIN_PASSWORD',
        'a password in the environment, which is of use for the first start only',
        'take it out once the admin has signed in, and change it there',
      ),
    );
  if (mongodbUri !== undefined) findings.push(...judgeDatabase(mongodbUri, strictly));
  else if (isInside(settings.dataDir, temporaryFolder))
    findings.push(
      strictly(
        'DATA_DIR',
        `${settings.dataDir} is a temporary folder, which the system may empty`,
        'set DATA_DIR to a folder that is kept',
      ),
    );

  if (smtpUrl === undefined)
    findings.push(
      warn(
        'SMTP_URL',
        'not set: nobody is mailed, and invitations are links that the admin hands over',
        'name the mail server',
      ),
    );
  else {
    findings.push(...judgeMailServer('SMTP_URL', smtpUrl, 'smtps:'));
    if (settings.mailFrom === undefined)
      findings.push(
        strictly(
          'MAIL_FROM',
          'not set: mails come from no-reply@localhost, which servers refuse',
          'set it to a sender of your domain, such as VssID <hotro@example.vn>',
        ),
      );
  }
  if (imapUrl !== undefined) findings.push(...judgeMailServer('IMAP_URL', imapUrl, 'imaps:'));
  for (const origin of settings.allowedOrigins)
    if (origin.startsWith('http:') && !isLocal(new URL(origin).hostname))
      findings.push(
        strictly(
          'ALLOWED_ORIGINS',
          `${origin} is plain http: whoever is on the way can change the page around the chat`,
          'name the https origin',
        ),
      );
  findings.push(
    iceServers.length === 0
      ? warn(
          'ICE_SERVERS',
          'none: voice calls work within one network only',
          'name a stun and a turn server, or tell the staff that calls are off',
        )
      : ok('ICE_SERVERS', `${iceServers.length} named`),
  );
  if (['debug', 'trace'].includes(settings.logLevel))
    findings.push(
      warn(
        'LOG_LEVEL',
        `${settings.logLevel}: a line for every request`,
        'set it to info once you have seen what you look for',
      ),
    );
  if (settings.logLevel === 'silent')
    findings.push(strictly('LOG_LEVEL', 'silent: nobody learns why something fails', 'set it to info'));
  return findings;
}

function judgeSecret(name: string, secret: string): Finding {
  return new Set(secret).size >= FEWEST_CHARACTERS
    ? ok(name, 'set')
    : problem(name, 'made of a few characters that repeat: it can be guessed', MAKE_ONE);
}

function judgeDatabase(uri: string, strictly: typeof problem): Finding[] {
  const findings: Finding[] = [];
  const hosts = hostsOf(uri);
  const isNear = hosts.every(isLocal);
  if (!uri.includes('@') && !isNear)
    findings.push(
      strictly(
        'MONGODB_URI',
        'no user and password: whoever reaches the database has everything',
        'switch its access control on and give the desk a user of its own (compose.yaml shows it)',
      ),
    );
  const isEncrypted = uri.startsWith('mongodb+srv:') || /[?&](tls|ssl)=true/i.test(uri);
  if (!isEncrypted && !isNear)
    findings.push(
      warn(
        'MONGODB_URI',
        'not encrypted (no tls=true)',
        'use TLS unless the network between desk and database is its own',
      ),
    );
  return findings.length > 0 ? findings : [ok('MONGODB_URI', 'set')];
}

function judgeMailServer(name: string, url: string, secure: string): Finding[] {
  const { protocol, hostname, password } = new URL(url);
  if (protocol === secure || isLocal(hostname) || password === '')
    return [ok(name, `${protocol}//${hostname}`)];
  return [
    warn(
      name,
      `${protocol}//${hostname} begins without encryption: the password can be taken on the way`,
      `use ${secure}//`,
    ),
  ];
}

/** Of a MongoDB's address: several may be named. */
export function hostsOf(uri: string): string[] {
  const [authority = ''] = uri.replace(/^[a-z+]*:\/\//, '').split(/[/?]/, 1);
  const hosts = authority.slice(authority.lastIndexOf('@') + 1).split(',');
  return hosts.map((host) => host.replace(/:\d+$/, ''));
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.') || host.includes('%2F');
}

function isInside(folder: string, other: string): boolean {
  return !path.relative(other, folder).startsWith('..');
}
