/** Attachment → contract. */
import type { AttachmentView } from '../contracts/attachments.ts';
import type { Attachment } from './attachment.ts';
import { urlOf } from './attachments.ts';

export function presentAttachment({ id, name, type, size }: Attachment): AttachmentView {
  return { id, url: urlOf(id), name, type, size };
}
