/** Where a conversation with the bot stands. Plain data: it is stored with the bot's messages. */
import { z } from 'zod';

export const dialogueState = z.object({
  /** Of this shape; others are not read. */
  version: z.literal(1),
});
export type DialogueState = z.infer<typeof dialogueState>;
