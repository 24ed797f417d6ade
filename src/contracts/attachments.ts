/** Files sent along with messages: `POST conversation/attachments` and `POST staff/attachments`, both multipart. */
import { z } from 'zod';

/** The field of the form that holds the file. */
export const ATTACHMENT_FIELD = 'file';
export const LARGEST_ATTACHMENT = 10 * 1024 * 1024;
export const attachmentType = z.enum([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'application/pdf',
]);
export type AttachmentType = z.infer<typeof attachmentType>;

export const attachmentView = z.object({
  id: z.string().describe('To be sent with a message; whoever knows it may read the file'),
  url: z.string().describe('Relative to /api/v1/'),
  name: z.string(),
  type: attachmentType.describe('By content'),
  size: z.int().describe('Bytes'),
});
export type AttachmentView = z.infer<typeof attachmentView>;
