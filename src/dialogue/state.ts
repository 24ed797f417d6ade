/** Where a conversation with the bot stands. Plain data: it is stored with the bot's messages. */
import { z } from 'zod';
import { platform } from '../contracts/answers.ts';
import { choice } from '../contracts/chat.ts';

const intent = z.string().min(1).max(100);
/** Can it be remembered? Intents come from outside. */
export const isIntentId = (id: string): boolean => intent.safeParse(id).success;

/** What was offered below the last message, so that it can be chosen by typing. */
export const offer = z.strictObject({
  choices: z.array(choice).max(8),
  /** What "ừ" chooses, and what "không" does. */
  yes: choice.shape.id.nullable(),
  no: choice.shape.id.nullable(),
  /** The bot asked which of them is meant: then a part of a label is enough. */
  asked: z.boolean(),
});
export type Offer = z.infer<typeof offer>;

/** The longest text that a slot keeps. */
export const MAX_CONTENT = 2000;

export const slotName = z.enum([
  'matter',
  'content',
  'office',
  'phone',
  'email',
  'callAt',
  'score',
  'code',
  /** The phone number or the e-mail address, whichever a ticket was given. */
  'contact',
  /** What is added to a ticket. */
  'information',
  /** The same, told before the ticket was found: it is added once it is. */
  'addition',
  'place',
]);
export type SlotName = z.infer<typeof slotName>;

export const flowId = z.enum([
  'support.complaint',
  'support.feedback',
  'support.callback',
  'support.ticket-status',
  'lookup.office',
]);
export type FlowId = z.infer<typeof flowId>;

export const flowState = z.strictObject({
  id: flowId,
  slots: z.partialRecord(slotName, z.string().min(1).max(MAX_CONTENT)),
  skipped: z.array(slotName).max(slotName.options.length),
  /**
   * The slot asked for; or `confirm`: read back, to be sent; `edit`: asked what to change; `sending`: its effect is
   * under way; `failed`: the effect could not be carried out; `missed`: nothing was found, a corrected value tries again;
   * `found`: a ticket was shown, to which information may be added.
   */
  step: z.enum([...slotName.options, 'confirm', 'edit', 'sending', 'failed', 'missed', 'found']),
  /** How often the slot asked for was answered with something else. */
  repairs: z.int().min(0).max(99),
});
export type FlowState = z.infer<typeof flowState>;

export const dialogueState = z.strictObject({
  /** Of this shape; others are not read. */
  version: z.literal(1),
  /** As the contact named it. */
  platform: platform.nullable(),
  /** The entry answered last, and for which platform. */
  lastIntent: intent.nullable(),
  lastPlatform: platform.nullable(),
  /** How often running it was asked for. */
  times: z.int().min(0).max(99),
  /** What else the last message could have meant, best first. */
  others: z.array(intent).max(3),
  offer: offer.nullable(),
  /** Messages running that were not understood. */
  misses: z.int().min(0).max(99),
  apologised: z.boolean(),
  /** The ticket created last. */
  lastCode: z.string().max(40).nullable(),
  flow: flowState.nullable(),
  /** Broken off to wait for a person: goes on when the contact leaves the queue. */
  suspended: flowState.nullable().default(null),
  /** Why the queue is being left. */
  leavingFor: z.enum(['callback', 'bot']).nullable(),
  /** Who waits was told so again, or somebody is on duty: a question in the queue gets no word more. */
  toldToWait: z.boolean().default(false),
});
export type DialogueState = z.infer<typeof dialogueState>;

export function startState(): DialogueState {
  return {
    version: 1,
    platform: null,
    lastIntent: null,
    lastPlatform: null,
    times: 0,
    others: [],
    offer: null,
    misses: 0,
    apologised: false,
    lastCode: null,
    flow: null,
    suspended: null,
    leavingFor: null,
    toldToWait: false,
  };
}

export function restoreState(stored: unknown): DialogueState {
  const parsed = dialogueState.safeParse(stored);
  return parsed.success ? parsed.data : startState();
}
