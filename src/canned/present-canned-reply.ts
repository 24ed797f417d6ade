/** Canned reply → contract. */
import type { CannedReply as CannedReplyView } from '../contracts/canned.ts';
import type { CannedReply } from './canned-reply.ts';

export function presentCannedReply({ id, shortcut, title, text }: CannedReply): CannedReplyView {
  return { id, shortcut, title, text };
}
