/** A picture or a PDF that somebody sends along, and its pure rules. */
import { type AttachmentType, attachmentType } from '../contracts/attachments.ts';

/** Who uploaded it: nobody else may send it. */
export type Owner = `contact:${string}` | `account:${string}` | `ticket:${string}`;

export interface Attachment {
  /** Whoever knows it may read the file: 24 characters name it, 22 are its secret. */
  readonly id: string;
  readonly owner: Owner;
  /** null: not sent yet. */
  readonly conversation: string | null;
  readonly name: string;
  readonly type: AttachmentType;
  readonly size: number;
  readonly at: Date;
}

const ID = /^([0-9a-f]{24})\.([\w-]{22})$/;

export interface AttachmentKey {
  readonly file: string;
  readonly secret: string;
}

/** null: no id of ours can look so. */
export function parseAttachmentId(id: string): AttachmentKey | null {
  const [, file, secret] = ID.exec(id) ?? [];
  return file === undefined || secret === undefined ? null : { file, secret };
}

export function toAttachmentId({ file, secret }: AttachmentKey): string {
  return `${file}.${secret}`;
}

const LONGEST_NAME = 100;
const NAMELESS = 'tep';
const EXTENSIONS: Readonly<Record<AttachmentType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'application/pdf': 'pdf',
};

/** Numbers of persons; what cameras and apps count and date their pictures with is shorter, or as little missed. */
const PERSONAL = /\d{9,}|\b0\d{2,3}[ .-]\d{3}[ .-]\d{3,4}\b/g;

/**
 * A name that is safe to show and to save under: no folders, no control or direction marks, and the extension of what
 * the file is, so that nothing opens it as something else. Numbers of persons are covered: people name a picture of their
 * card after the card.
 */
export function cleanName(name: string, type: AttachmentType): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last

    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffd<>:"|?*]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  const base = plain
    .replace(/\.[A-Za-z0-9]{1,5}$/, '')
    .replace(/^[. ]+|[. ]+$/g, '')
    .replace(PERSONAL, '•••');
  const extension = isExtensionOf(plain, type) ? plain.slice(plain.lastIndexOf('.') + 1) : EXTENSIONS[type];
  const room = LONGEST_NAME - extension.length - 1;
  return `${[...(base || NAMELESS)].slice(0, room).join('').trim()}.${extension}`;
}

function isExtensionOf(name: string, type: AttachmentType): boolean {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(name)?.[1]?.toLowerCase();
  return extension === EXTENSIONS[type] || (type === 'image/jpeg' && extension === 'jpeg');
}

/** @param mime what the file's first bytes say */
export function toAttachmentType(mime: string | undefined): AttachmentType | null {
  // An animated PNG is one that every viewer of PNG shows.
  const parsed = attachmentType.safeParse(mime === 'image/apng' ? 'image/png' : mime);
  return parsed.success ? parsed.data : null;
}
