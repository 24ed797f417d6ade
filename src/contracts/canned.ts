/** Replies that the staff keep ready. */
import { z } from 'zod';

/** `{khach}`, `{nhan_vien}` and `{gio}` are filled in where it is inserted. */
export const cannedReply = z.strictObject({
  id: z.string(),
  /** What is typed behind the slash. */
  shortcut: z.string().regex(/^[\p{L}\p{N}-]{1,30}$/u),
  title: z.string().trim().min(1).max(100),
  text: z.string().trim().min(1).max(2_000),
});
export type CannedReply = z.infer<typeof cannedReply>;
export const cannedReplyDraft = cannedReply.omit({ id: true });
export type CannedReplyDraft = z.infer<typeof cannedReplyDraft>;
export type CannedReplyList = { readonly replies: readonly CannedReply[] };
