/** Files of lines, plain or gzipped, of any size: written through FILE.part, read back line by line. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGunzip, createGzip } from 'node:zlib';
import { AppError } from '../kernel/app-error.ts';
import { damaged } from './store-lines.ts';

export interface LineWriter {
  /** @throws AppError `file_not_writable` (disk full, no permission) */
  write(line: string): Promise<void>;
  /** Bytes of the lines so far, before compression. */
  bytes(): number;
  /** SHA-256 of the lines so far, hexadecimal. */
  sha256(): string;
  /** Puts what was written on the disk and gives the file the name `target`. */
  finish(target: string): Promise<void>;
  /** Leaves the file as far as it got. */
  abandon(): Promise<void>;
}

/** One write of the stream; larger is not faster, smaller loses less when the process is killed. */
const CHUNK_CHARACTERS = 65_536;

/**
 * @param file made anew, for this user only; what was there under this name is gone
 * @param options.gzip compresses
 * @throws AppError `file_not_writable`
 */
export async function createLineWriter(
  file: string,
  options: { readonly gzip: boolean },
): Promise<LineWriter> {
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600).catch((cause) => {
    throw notWritable(file, cause);
  });
  const { ino } = await handle.stat();
  const head = options.gzip ? createGzip() : new PassThrough();
  let fault: unknown;
  const stored = pipeline(head, createWriteStream(file, { fd: handle.fd, autoClose: false })).catch(
    (error) => {
      fault = error;
    },
  );
  const hash = createHash('sha256');
  let pending = '';
  let bytes = 0;

  async function flush(): Promise<void> {
    const chunk = Buffer.from(pending);
    pending = '';
    bytes += chunk.length;
    hash.update(chunk);
    if (!fault && !head.write(chunk)) await Promise.race([once(head, 'drain'), stored]).catch(() => {});
    if (fault) throw notWritable(file, fault);
  }

  return {
    async write(line) {
      pending += `${line}\n`;
      if (pending.length >= CHUNK_CHARACTERS) await flush();
    },
    bytes: () => bytes + Buffer.byteLength(pending),
    sha256: () => hash.copy().update(pending).digest('hex'),
    async finish(target) {
      await flush();
      head.end();
      await stored;
      try {
        if (fault) throw fault;
        await handle.sync();
        // A second export to the same file has replaced the one that this handle writes to.
        if ((await stat(file)).ino !== ino) throw new Error('another export writes to the same file');
        await rename(file, target);
      } catch (error) {
        throw notWritable(file, error);
      } finally {
        await handle.close();
      }
      await syncFolder(path.dirname(target));
    },
    async abandon() {
      await flush().catch(() => {});
      head.end();
      await stored;
      await handle.close().catch(() => {});
    },
  };
}

/** Makes the new name durable; not every platform lets a folder be opened. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function notWritable(file: string, cause: unknown): AppError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === 'ENOSPC' ? 'the disk is full' : message;
  return new AppError({ code: 'file_not_writable', message: `${file} cannot be written: ${reason}`, cause });
}

export interface FileLine {
  readonly number: number;
  /** With its line break. */
  readonly bytes: Buffer;
  /** Bytes of the file read so far, as they are on the disk. */
  readonly position: number;
}

const LINE_BREAK = 10;

/**
 * Reads a file's lines in order; gzip is told from the first bytes, not from the name.
 * @param options.partial stops at the first thing that cannot be read: the end of an interrupted export
 * @throws AppError `file_not_readable`; `damaged_file` when the file ends within a line or its gzip is broken
 */
export async function* readLines(
  file: string,
  options: { readonly partial?: boolean } = {},
): AsyncGenerator<FileLine> {
  const gzip = await startsLikeGzip(file);
  const source = createReadStream(file);
  const flush = options.partial ? { finishFlush: constants.Z_SYNC_FLUSH } : {};
  const chunks = gzip ? source.pipe(createGunzip(flush)) : source;
  source.on('error', (error) => chunks.destroy(error));
  let started: Buffer[] = [];
  let number = 0;
  try {
    for await (const chunk of chunks as AsyncIterable<Buffer>) {
      let from = 0;
      for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, from)) {
        const rest = chunk.subarray(from, at + 1);
        number += 1;
        yield {
          number,
          bytes: started.length > 0 ? Buffer.concat([...started, rest]) : rest,
          position: source.bytesRead,
        };
        started = [];
        from = at + 1;
      }
      if (from < chunk.length) started.push(chunk.subarray(from));
    }
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error;
    if (options.partial) return;
    throw damaged(`${file} is cut off or damaged after line ${number}: ${(error as Error).message}`, error);
  } finally {
    source.destroy();
  }
  if (started.length > 0 && !options.partial) {
    throw damaged(`${file} ends in the middle of line ${number + 1}: it was cut off`);
  }
}

async function startsLikeGzip(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'r');
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
      return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const message = `${file} cannot be read: ${(cause as Error).message}`;
    throw new AppError({ code: 'file_not_readable', message, cause });
  }
}
