/**
 * The folder a store lives in: who may use it, and whether what it holds is whole.
 *   store.mdb   the data
 *   FORMAT      says that there is data, so that a lost file is noticed
 *   ADDRESS     where the server that has the folder listens
 *   mongo.sock  its socket
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { whileClaimed } from './claim.ts';

export type EmbeddedMongoErrorCode = 'folder_in_use' | 'damaged' | 'unusable_folder';

/** Why the server cannot start, in a sentence for the operator. */
export class EmbeddedMongoError extends Error {
  readonly code: EmbeddedMongoErrorCode;
  /** Of `folder_in_use`: the address of the server that has the folder. */
  readonly uri: string | undefined;
  constructor(code: EmbeddedMongoErrorCode, message: string, uri?: string) {
    super(message);
    this.name = 'EmbeddedMongoError';
    this.code = code;
    this.uri = uri;
  }
}

const FORMAT = { format: 'embedded-mongo', version: 1 };
/** The longest path of a Unix socket: 103 bytes on macOS, 107 on Linux. */
const LONGEST_SOCKET_PATH = 103;

export const dataFile = (folder: string): string => path.join(folder, 'store.mdb');

/** Step by step: Node's own recursion never ends where folders cannot be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    const parent = path.dirname(folder);
    const parentExists = await stat(parent).then(
      () => true,
      () => false,
    );
    if (code !== 'ENOENT' || parentExists) throw error;
    await makeFolder(parent);
    await mkdir(folder, { mode: 0o700 });
  }
}

/** Makes the folder where there is none. @throws EmbeddedMongoError unusable_folder */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    const probe = path.join(folder, `.write-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  } catch (error) {
    throw new EmbeddedMongoError(
      'unusable_folder',
      `The data folder ${folder} cannot be written: ${(error as Error).message}. Make it writable, free some space, or choose another.`,
    );
  }
}

/** Conversations are nobody else's, whatever the folder allows. Who does not own the files leaves them as their owner has them. */
export async function keepToOneself(folder: string): Promise<void> {
  for (const file of [dataFile(folder), `${dataFile(folder)}-lock`])
    await chmod(file, 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM' && error.code !== 'ENOENT') throw error;
    });
}

/**
 * Runs `take` while no other process takes the folder.
 * @throws EmbeddedMongoError folder_in_use when a server already has it
 */
export function claimFolder<T>(folder: string, take: () => Promise<T>): Promise<T> {
  return whileClaimed(folder, async () => {
    const uri = await readFile(path.join(folder, 'ADDRESS'), 'utf8').catch(() => undefined);
    if (uri !== undefined && (await answers(uri))) {
      throw new EmbeddedMongoError(
        'folder_in_use',
        `The data folder ${folder} is in use by another process. Stop it, or choose another folder.`,
        uri,
      );
    }
    return take();
  });
}

/** A socket that a dead process left behind refuses. */
async function answers(uri: string): Promise<boolean> {
  const { hostname, port } = new URL(uri);
  const address =
    port === '' ? { path: decodeURIComponent(hostname) } : { host: hostname, port: Number(port) };
  return new Promise((resolve) => {
    const socket = connect(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Listens on a socket that only this user may use, in the folder where its path is short enough. @returns the URI */
export async function listen(net: NetServer, folder: string): Promise<string> {
  let uri: string;
  if (process.platform === 'win32') {
    await listening(net, { host: '127.0.0.1', port: 0 });
    uri = `mongodb://127.0.0.1:${(net.address() as { port: number }).port}`;
  } else {
    let file = path.resolve(folder, 'mongo.sock');
    // The driver decodes a path twice.
    if (Buffer.byteLength(file) > LONGEST_SOCKET_PATH || file.includes('%')) {
      file = path.join(await mkdtemp(path.join(tmpdir(), 'mongo-')), 'mongo.sock');
    }
    await rm(file, { force: true });
    await listening(net, { path: file });
    await chmod(file, 0o600);
    uri = `mongodb://${encodeURIComponent(file)}`;
  }
  await writeFile(path.join(folder, 'ADDRESS'), uri, { mode: 0o600 });
  return uri;
}

const listening = (net: NetServer, where: object): Promise<void> =>
  new Promise((resolve, reject) => {
    net.once('error', reject);
    net.listen(where, () => {
      net.off('error', reject);
      resolve();
    });
  });

/** Takes the signs away that the folder is in use. */
export async function release(folder: string, uri: string): Promise<void> {
  const home = path.dirname(decodeURIComponent(new URL(uri).hostname));
  if (home.startsWith(path.join(tmpdir(), 'mongo-'))) await rm(home, { recursive: true, force: true });
  await rm(path.join(folder, 'ADDRESS'), { force: true });
}

/**
 * Looks at the data file before it is mapped into memory: reading a page that is not there would end the process.
 * @returns whether there is data
 * @throws EmbeddedMongoError damaged, when there should be more than there is
 */
export async function inspectFolder(folder: string): Promise<boolean> {
  const damaged = (what: string) =>
    new EmbeddedMongoError(
      'damaged',
      `The store in ${folder} is damaged: ${what}. Nothing was changed. Put back a backup of the folder, or move the folder away and import an export into a new one.`,
    );
  const marker = await readFile(path.join(folder, 'FORMAT'), 'utf8').catch(() => undefined);
  if (marker !== undefined) {
    const { format, version } = readMarker(marker) ?? {};
    if (format !== FORMAT.format) throw damaged('its file FORMAT is not readable');
    if (version !== FORMAT.version) {
      throw new EmbeddedMongoError(
        'unusable_folder',
        `The store in ${folder} has format ${version}; this program reads ${FORMAT.version}. Use the version that wrote it.`,
      );
    }
  }
  const size = await stat(dataFile(folder)).then(
    (found) => found.size,
    () => 0,
  );
  if (size === 0) {
    if (marker !== undefined) throw damaged('its file store.mdb is gone or empty');
    return false;
  }
  const needed = await neededBytes(folder);
  if (needed === undefined) throw damaged('its file store.mdb does not begin as it should');
  if (size < needed) throw damaged(`its file store.mdb has ${size} bytes of at least ${needed}`);
  const fault = await checkFile(dataFile(folder));
  if (fault !== undefined) throw damaged(fault);
  return true;
}

/** What a whole read finds wrong, or undefined. */
async function checkFile(file: string): Promise<string | undefined> {
  const script = fileURLToPath(new URL('./check-file.mjs', import.meta.url));
  try {
    await promisify(execFile)(process.execPath, [script, file]);
    return undefined;
  } catch (error) {
    const { stdout, signal, message } = error as Error & { stdout?: string; signal?: string };
    return stdout || (signal ? `reading its file store.mdb ends in ${signal}` : message);
  }
}

function readMarker(text: string): Partial<typeof FORMAT> | undefined {
  try {
    return JSON.parse(text) as Partial<typeof FORMAT>;
  } catch {
    return undefined;
  }
}

/** LMDB's two meta pages (MDB_meta in its mdb.c): what they say of the last page in use. */
async function neededBytes(folder: string): Promise<number | undefined> {
  const file = await open(dataFile(folder), 'r');
  try {
    const MAGIC_AT = 24;
    const PAGE_SIZE_AT = 48;
    const LAST_PAGE_AT = 144;
    const LENGTH = 160;
    const read = async (at: number): Promise<Buffer | undefined> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(LENGTH), 0, LENGTH, at);
      return bytesRead === LENGTH && buffer.readUInt32LE(MAGIC_AT) === 0xbeefc0de ? buffer : undefined;
    };
    const first = await read(0);
    const pageSize = first?.readUInt32LE(PAGE_SIZE_AT) ?? 0;
    if (first === undefined || ![4096, 8192, 16_384, 32_768, 65_536].includes(pageSize)) return undefined;
    const second = await read(pageSize);
    if (second === undefined) return undefined;
    const last = Math.max(...[first, second].map((meta) => Number(meta.readBigUInt64LE(LAST_PAGE_AT))));
    return (last + 1) * pageSize;
  } finally {
    await file.close();
  }
}

/** Notes that the folder holds data from now on. */
export const markFolder = (folder: string): Promise<void> =>
  writeFile(path.join(folder, 'FORMAT'), JSON.stringify(FORMAT));
