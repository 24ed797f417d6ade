/** A real IMAP server for a test: Debian's dovecot with a mailbox of its own, installed where there is none. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { installPackage } from './debian.ts';
import { findFreePort } from './free-port.ts';

export interface Dovecot {
  /** As IMAP_URL has it. */
  readonly url: string;
  /** Puts a mail into the mailbox, unread. */
  readonly deliver: (mail: Buffer | string) => Promise<void>;
  /** The flags of each mail, the oldest first. */
  readonly listFlags: () => Promise<string[][]>;
  /** Removes all mails. */
  readonly empty: () => Promise<void>;
  /** Ends the server, as when it crashes; the mailbox stays. */
  readonly stop: () => Promise<void>;
  /** At the same address. */
  readonly start: () => Promise<void>;
  /** Ends it for good and removes the mailbox. */
  readonly close: () => Promise<void>;
}

const PROGRAM = '/usr/sbin/dovecot';
const USER = 'hotro@bhxh.example';
const PASSWORD = 'mật khẩu @ hộp thư';
const START_WITHIN_MS = 20_000;

/** Starts a server with an empty mailbox. @throws Error that says what to do when there is no dovecot */
export async function startDovecot(): Promise<Dovecot> {
  if (!isInstalled())
    installPackage('dovecot-imapd', { name: 'dovecot', otherwise: `No dovecot at ${PROGRAM}.` });
  const folder = await mkdtemp(path.join(tmpdir(), 'dovecot-'));
  const port = await findFreePort();
  await mkdir(path.join(folder, 'mail'));
  const config = path.join(folder, 'dovecot.conf');
  await writeFile(config, describeServer(folder, port));
  let running: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    // A group of its own: those who serve a client would outlive the one who started them.
    running = spawn(PROGRAM, ['-F', '-c', config], {
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    });
    await waitUntilOpen(running, port, path.join(folder, 'log'));
  };
  const stop = async (): Promise<void> => {
    const ending = running;
    running = undefined;
    if (ending === undefined || ending.exitCode !== null) return;
    const gone = once(ending, 'exit');
    if (ending.pid !== undefined) process.kill(-ending.pid, 'SIGKILL');
    await gone;
  };
  const withClient = async <Result>(act: (client: ImapFlow) => Promise<Result>): Promise<Result> => {
    const client = new ImapFlow({
      host: '127.0.0.1',
      port,
      secure: false,
      auth: { user: USER, pass: PASSWORD },
      logger: false,
    });
    await client.connect();
    try {
      return await act(client);
    } finally {
      await client.logout();
    }
  };

  await start();
  return {
    url: `imap://${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/INBOX`,
    deliver: (mail) =>
      withClient(async (client) => {
        await client.append('INBOX', Buffer.from(mail), [], new Date());
      }),
    listFlags: () =>
      withClient(async (client) => {
        const { exists } = await client.mailboxOpen('INBOX', { readOnly: true });
        if (exists === 0) return [];
        const mails = await client.fetchAll('1:*', { flags: true });
        // Whether a mail is new to the session says nothing of it.
        return mails.map(({ flags }) => [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort());
      }),
    empty: () =>
      withClient(async (client) => {
        const { exists } = await client.mailboxOpen('INBOX');
        if (exists > 0) await client.messageDelete('1:*');
      }),
    stop,
    start,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Nothing of the machine's own dovecot is read or touched. */
function describeServer(folder: string, port: number): string {
  const isRoot = process.getuid?.() === 0;
  const { uid, gid, username } = userInfo();
  // Mails are never served as root: nobody has them.
  const owner = isRoot ? { uid: 65_534, gid: 65_534 } : { uid, gid };
  if (isRoot) for (const own of [folder, path.join(folder, 'mail')]) chownSync(own, owner.uid, owner.gid);
  return `
base_dir = ${folder}/base
state_dir = ${folder}/base
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:${folder}/mail
mailbox_idle_check_interval = 1s
first_valid_uid = 1
${isRoot ? '' : `default_login_user = ${username}\ndefault_internal_user = ${username}\n`}
passdb {
  driver = static
  args = user=${USER} password={PLAIN.b64}${Buffer.from(PASSWORD).toString('base64')}
}
userdb {
  driver = static
  args = uid=${owner.uid} gid=${owner.gid} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`;
}

async function waitUntilOpen(server: ChildProcess, port: number, log: string): Promise<void> {
  for (const deadline = Date.now() + START_WITHIN_MS; Date.now() < deadline; await sleep(20)) {
    if (server.exitCode !== null) break;
    const socket = connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true)).once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error(`dovecot does not start:\n${await readFile(log, 'utf8').catch(() => 'it has no log')}`);
}

function isInstalled(): boolean {
  try {
    accessSync(PROGRAM, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
