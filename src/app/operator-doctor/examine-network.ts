/** What the desk talks to over the network besides its store. */
import { once } from 'node:events';
import { connect } from 'node:tls';
import type { NotReadyReason } from '../../http/http-app.ts';
import { checkImap, checkSmtp } from '../../mail/check-mail.ts';
import type { ExaminedSettings } from './examine-settings.ts';
import { judgeClock } from './examine-store.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

const PATIENCE_MS = 5_000;
const DAY_MS = 24 * 60 * 60 * 1_000;
/** Certificates that renew themselves do so a month before. */
const SOON_DAYS = 21;
const NOW_DAYS = 7;

type Settings = Pick<ExaminedSettings, 'publicUrl' | 'smtpUrl' | 'imapUrl' | 'redisUrl'>;

export async function examineNetwork({
  publicUrl,
  smtpUrl,
  imapUrl,
  redisUrl,
}: Settings): Promise<Finding[]> {
  const found = await Promise.all([
    publicUrl === undefined ? [] : examinePublic(publicUrl),
    smtpUrl === undefined ? [] : examineMail('SMTP', smtpUrl, checkSmtp),
    imapUrl === undefined ? [] : examineMail('IMAP', imapUrl, checkImap),
    redisUrl === undefined ? [] : examineRedis(redisUrl),
  ]);
  return found.flat();
}

/** @param port of the desk on this machine, as PORT has it */
export async function examineDesk(port: number): Promise<Finding> {
  const check = 'desk';
  const none = ok(check, `none answers on port ${port} of this machine`);
  if (port === 0) return none;
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { reasons = [] } = (await response.json()) as { reasons?: readonly NotReadyReason[] };
    if (response.ok) return ok(check, `the one on port ${port} is ready`);
    const said = reasons.map(({ message }) => message).join('; ');
    return problem(check, `the one on port ${port} is not ready: ${said}`, 'see what is said');
  } catch {
    return none;
  }
}

async function examinePublic(publicUrl: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  if (publicUrl.startsWith('https:')) findings.push(await examineCertificate(new URL(publicUrl), 443));
  try {
    const before = Date.now();
    const response = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const there = Date.parse(response.headers.get('date') ?? '');
    findings.push(
      response.ok
        ? ok('PUBLIC_URL', 'the desk answers there')
        : problem(
            'PUBLIC_URL',
            `${publicUrl}/healthz answers ${response.status}`,
            'see that the proxy hands everything to the desk',
          ),
    );
    // The header has no fractions of a second.
    if (!Number.isNaN(there))
      findings.push(judgeClock('clock', publicUrl, there, before - 1_000, Date.now()));
  } catch (error) {
    const { cause, message } = error as Error & { cause?: Error };
    findings.push(
      warn(
        'PUBLIC_URL',
        `${publicUrl} cannot be reached from here: ${cause?.message ?? message}`,
        'see from outside whether people reach it',
      ),
    );
  }
  return findings;
}

async function examineMail(
  name: string,
  url: string,
  check: (url: string) => Promise<string | null>,
): Promise<Finding[]> {
  const address = new URL(url);
  const isEncrypted = ['smtps:', 'imaps:'].includes(address.protocol);
  const certificate = isEncrypted ? [await examineCertificate(address, name === 'SMTP' ? 465 : 993)] : [];
  const fault = await check(url);
  const said = fault === null ? '' : withoutPassword(fault, address);
  return [
    ...certificate,
    fault === null
      ? ok(name, `${address.hostname} lets the desk in`)
      : problem(
          name,
          `${address.hostname}: ${said}`,
          `mend the server or correct ${name}_URL; mails wait in the store for four days`,
        ),
  ];
}

async function examineRedis(url: string): Promise<Finding[]> {
  const address = new URL(url);
  const { createClient } = await import('redis');
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: PATIENCE_MS } });
  // It also comes with the call that failed.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.ping();
    return [ok('Redis', `${address.hostname} answers`)];
  } catch (error) {
    const said = withoutPassword((error as Error).message || String(error), address);
    return [
      problem(
        'Redis',
        `${address.hostname}: ${said}`,
        'start it or correct REDIS_URL; each node of the desk is alone meanwhile',
      ),
    ];
  } finally {
    client.destroy();
  }
}

async function examineCertificate({ hostname, port }: URL, usualPort: number): Promise<Finding> {
  const check = 'certificate';
  const host = hostname.replace(/^\[|\]$/g, '');
  const isAddress = /^[\d.]+$|:/.test(host);
  const socket = connect({
    host,
    port: port === '' ? usualPort : Number(port),
    ...(isAddress ? {} : { servername: host }),
    // It is looked at, not trusted.
    rejectUnauthorized: false,
  });
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { valid_to: until } = socket.getPeerCertificate();
    const fault = socket.authorized ? null : String(socket.authorizationError);
    return judgeCertificate(host, Date.parse(until), fault, Date.now());
  } catch (error) {
    return warn(
      check,
      `that of ${host} cannot be seen: ${(error as Error).message}`,
      'see whether the address and the port are right',
    );
  } finally {
    socket.destroy();
  }
}

/** @param fault why it is not trusted; null: it is */
export function judgeCertificate(host: string, until: number, fault: string | null, now: number): Finding {
  const check = 'certificate';
  const remedy = 'renew it';
  const days = Math.floor((until - now) / DAY_MS);
  if (days < 0) return problem(check, `that of ${host} ended ${-days} days ago`, remedy);
  if (fault !== null) {
    const mend =
      'get one from an authority that browsers know, or tell this machine of yours (NODE_EXTRA_CA_CERTS)';
    return problem(check, `that of ${host} is not trusted here: ${fault}`, mend);
  }
  const text = `that of ${host} holds for ${days} more days`;
  if (days < NOW_DAYS) return problem(check, text, remedy);
  return days < SOON_DAYS ? warn(check, text, remedy) : ok(check, text);
}

function withoutPassword(message: string, { password }: URL): string {
  const secrets = [password, decodeURIComponent(password)].filter((secret) => secret !== '');
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), message);
}
