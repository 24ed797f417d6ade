/** Taking files in, handing them out, tying them to conversations, and forgetting them. */
import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { fileTypeFromBuffer } from 'file-type';
import { LARGEST_ATTACHMENT } from '../contracts/attachments.ts';
import type { Bubble } from '../contracts/chat.ts';
import { AppError } from '../kernel/app-error.ts';
import { STORED_LIMITS } from '../kernel/limits.ts';
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import {
  type Attachment,
  type AttachmentKey,
  cleanName,
  type Owner,
  parseAttachmentId,
  toAttachmentType,
} from './attachment.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const { points: MOST_UPLOADS, windowMs: UPLOADS_WINDOW_MS } = STORED_LIMITS.uploads;
/** A file chosen in the evening may be sent in the morning. */
const KEEP_UNSENT_MS = 24 * HOUR_MS;
const SWEEP_EVERY_MS = HOUR_MS;

/** What `file-type` wants to see; a PNG may carry a colour profile of some kilobytes before its picture. */
const HEAD_BYTES = 64 * 1024;

export interface AttachmentsDeps {
  readonly store: {
    /** How many uploads there were in this window, this one counted. */
    readonly countUpload: (
      owner: Owner,
      window: { readonly from: Date; readonly to: Date },
    ) => Promise<number>;
    /** Writes the file as it comes. What goes wrong, also in `content`, leaves nothing behind. */
    readonly write: (
      attachment: Omit<Attachment, 'id' | 'size'> & { readonly secret: string },
      content: AsyncIterable<Uint8Array>,
    ) => Promise<Attachment>;
    readonly find: (key: AttachmentKey) => Promise<Attachment | null>;
    readonly open: (key: AttachmentKey) => Readable;
    /** Only one that is the owner's and not another conversation's; null: there is none. */
    readonly claim: (key: AttachmentKey, conversation: string, owner: Owner) => Promise<Attachment | null>;
    readonly remove: (key: AttachmentKey) => Promise<void>;
    readonly removeOf: (conversation: string) => Promise<void>;
    /** Uploads that were not sent, and what broken off uploads and removals left. @returns how many went */
    readonly removeUnsent: (before: Date) => Promise<number>;
  };
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly sweepEveryMs?: number;
}

export type FileBubble = Extract<Bubble, { kind: 'file' }>;

export interface Attachments {
  /** Counts one upload. To be asked before the file is read. @throws AppError `too_many_attachments` */
  readonly admit: (owner: Owner) => Promise<void>;
  /** Takes a file in. @throws AppError `attachment_type`, `attachment_too_large`, `store_unavailable` */
  readonly store: (content: AsyncIterable<Uint8Array>, name: string, owner: Owner) => Promise<Attachment>;
  readonly find: (id: string) => Promise<Attachment | null>;
  /** Its bytes; of one that was found. */
  readonly open: (id: string) => Readable;
  /**
   * Ties files to the conversation that they are sent to, and may be repeated.
   * @returns what the message shows, in the order of the ids
   * @throws AppError `attachment_not_found`: gone, of another owner, or sent to another conversation
   */
  readonly claim: (ids: readonly string[], conversation: string, owner: Owner) => Promise<FileBubble[]>;
  readonly remove: (id: string) => Promise<void>;
  readonly removeOf: (conversation: string) => Promise<void>;
  /** Forgets what was not sent for a day. @returns how many */
  readonly sweep: () => Promise<number>;
  /** Sweeps now and every hour. */
  readonly start: () => void;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

export function createAttachments(deps: AttachmentsDeps): Attachments {
  const { store, isStoreUp, logger, now = () => new Date(), sweepEveryMs = SWEEP_EVERY_MS } = deps;

  const requireStore = (): void => {
    if (!isStoreUp()) throw new AppError({ code: 'store_unavailable', message: 'attachments' });
  };
  const getKey = (id: string): AttachmentKey => {
    const key = parseAttachmentId(id);
    if (key === null) throw notFound(id);
    return key;
  };

  let sweeping: Repeating | undefined;
  const sweep = (): Promise<number> => store.removeUnsent(new Date(now().getTime() - KEEP_UNSENT_MS));
  const sweepAndTell = async (): Promise<void> => {
    const removed = isStoreUp() ? await sweep() : 0;
    if (removed > 0) logger.info({ removed }, 'files that were never sent are forgotten');
  };

  return {
    async admit(owner) {
      requireStore();
      const from = Math.floor(now().getTime() / UPLOADS_WINDOW_MS) * UPLOADS_WINDOW_MS;
      const window = { from: new Date(from), to: new Date(from + UPLOADS_WINDOW_MS) };
      if ((await store.countUpload(owner, window)) > MOST_UPLOADS)
        throw new AppError({ code: 'too_many_attachments', message: owner });
    },
    async store(content, name, owner) {
      requireStore();
      const { head, whole } = await readHead(limitSize(content));
      const type = toAttachmentType((await fileTypeFromBuffer(head))?.mime);
      if (type === null) throw new AppError({ code: 'attachment_type', message: 'by content' });
      return store.write(
        {
          owner,
          conversation: null,
          name: cleanName(name, type),
          type,
          at: now(),
          secret: randomBytes(16).toString('base64url'),
        },
        whole,
      );
    },
    async find(id) {
      const key = parseAttachmentId(id);
      if (key === null) return null;
      requireStore();
      return store.find(key);
    },
    open: (id) => store.open(getKey(id)),
    async claim(ids, conversation, owner) {
      const claimed: Attachment[] = [];
      for (const id of ids) {
        const attachment = await store.claim(getKey(id), conversation, owner);
        if (attachment === null) throw notFound(id);
        claimed.push(attachment);
      }
      return claimed.map(({ id, name, type, size }) => ({ kind: 'file', url: urlOf(id), name, type, size }));
    },
    remove: (id) => store.remove(getKey(id)),
    removeOf: store.removeOf,
    sweep,
    start() {
      sweeping = repeat(sweepAndTell, {
        everyMs: sweepEveryMs,
        now: true,
        onError: ({ message: reason }) =>
          logger.warn({ reason }, 'files that were never sent cannot be forgotten yet'),
      });
    },
    async stop() {
      await sweeping?.stop();
    },
  };
}

/** Relative to /api/v1/. */
export function urlOf(id: string): string {
  return `attachments/${id}`;
}

function notFound(id: string): AppError {
  // The id is a secret.
  return new AppError({ code: 'attachment_not_found', message: id.slice(0, 24) });
}

async function* limitSize(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const bytes of content) {
    size += bytes.length;
    if (size > LARGEST_ATTACHMENT)
      throw new AppError({ code: 'attachment_too_large', message: `${LARGEST_ATTACHMENT} bytes` });
    yield bytes;
  }
}

/** The first bytes, and all of them again. */
async function readHead(
  content: AsyncGenerator<Uint8Array>,
): Promise<{ head: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const { value, done } = await content.next();
    if (done) break;
    first.push(value);
    length += value.length;
  }
  const head = Buffer.concat(first);
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    yield head;
    yield* content;
  };
  return { head, whole: whole() };
}
