/** A mailbox over IMAP: which mails are unread, one of them, and marking it. */
export interface UnreadMail {
  /** Of the mailbox, for good. */
  readonly uid: number;
  readonly bytes: number;
  readonly receivedAt: Date;
}

export interface Inbox {
  /** Without those set aside; the oldest first. */
  readonly listUnread: () => Promise<readonly UnreadMail[]>;
  /** Leaves it unread. null: somebody has taken it away. */
  readonly read: (uid: number) => Promise<Buffer | null>;
  readonly markRead: (uid: number) => Promise<void>;
  /** Flagged, for a person to look at; it is not listed any more. */
  readonly setAside: (uid: number) => Promise<void>;
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
}

export interface MailboxAddress {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
}

/** @param url such as imaps://user:password@host:993/INBOX; what is special in a URL is percent-encoded */
export function parseImapUrl(url: string): MailboxAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const isSecure = protocol === 'imaps:';
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (isSecure ? 993 : 143) : Number(port),
    isSecure,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    folder: decodeURIComponent(pathname.slice(1)) || 'INBOX',
  };
}

const CONNECT_WITHIN_MS = 20_000;
/** Of silence; longer than the pause between two looks. */
const SILENT_MS = 3 * 60_000;
/** More than any mail that is read (intake.ts). */
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * Connects and opens the folder. While nothing is asked of it the server tells what comes (IDLE).
 * @param onNews something may have come, or the connection has gone
 * @throws Error of the connection, or of signing in
 */
export async function openInbox(
  { host, port, isSecure, user, password, folder }: MailboxAddress,
  onNews: () => void,
): Promise<Inbox> {
  // Not before there is a mailbox: most desks start without one.
  const { ImapFlow } = await import('imapflow');
  const client = new ImapFlow({
    host,
    port,
    secure: isSecure,
    auth: { user, pass: password },
    clientInfo: { name: 'vssid-support-desk' },
    logger: false,
    connectionTimeout: CONNECT_WITHIN_MS,
    greetingTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_MS,
    autoIdleDelay: 500,
    maxLiteralSize: MOST_BYTES,
    maxResponseSize: MOST_BYTES + 1024 * 1024,
  });
  // What breaks the connection also ends the call that is under way, and says why.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.mailboxOpen(folder);
  } catch (error) {
    client.close();
    throw error;
  }
  client.on('exists', onNews);
  client.on('close', onNews);
  const byUid = { uid: true };
  return {
    async listUnread() {
      const found = await client.search({ seen: false, flagged: false }, byUid);
      if (found === false) throw new Error('the mailbox cannot be searched');
      if (found.length === 0) return [];
      const mails = await client.fetchAll(found, { uid: true, size: true, internalDate: true }, byUid);
      return mails
        .map(({ uid, size = 0, internalDate }) => ({
          uid,
          bytes: size,
          receivedAt: internalDate === undefined ? new Date() : new Date(internalDate),
        }))
        .sort((one, other) => one.uid - other.uid);
    },
    async read(uid) {
      const found = await client.fetchOne(String(uid), { source: true }, byUid);
      return found === false ? null : (found.source ?? null);
    },
    async markRead(uid) {
      if (!(await client.messageFlagsAdd([uid], ['\\Seen'], byUid)))
        throw new Error('a mail cannot be marked as read');
    },
    async setAside(uid) {
      if (!(await client.messageFlagsAdd([uid], ['\\Flagged'], byUid)))
        throw new Error('a mail cannot be flagged');
    },
    isOpen: () => client.usable,
    async close() {
      if (client.usable) await client.logout();
      else client.close();
    },
  };
}
