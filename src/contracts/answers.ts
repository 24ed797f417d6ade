/** What crosses the wire when somebody asks: `POST /api/v1/answers` and `GET /api/v1/faq`. */
import { z } from 'zod';
import { challenge } from './challenge.ts';
import type { ErrorCode } from './error-codes.ts';

export const MAX_TEXT_LENGTH = 2000;

const LONE_SURROGATE = /\p{Surrogate}/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what the rule is about
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/;
const CAN_BE_READ = /[\p{L}\p{N}]/u;

/** An issue whose message is an error code, so that the border can answer with it. */
const code = (name: ErrorCode): { error: ErrorCode } => ({ error: name });

/** What a person typed: 1 to 2,000 characters, well-formed Unicode. In a chat "?" says something. */
export const typedText = z
  .string(code('text_required'))
  .refine((text) => text.trim() !== '', { ...code('text_required'), abort: true })
  .refine((text) => text.length <= MAX_TEXT_LENGTH, { ...code('text_too_long'), abort: true })
  .refine((text) => !LONE_SURROGATE.test(text) && !CONTROL.test(text), {
    ...code('text_malformed'),
    abort: true,
  });

/** The same for a question on its own: it has at least one letter or digit. */
const messageText = typedText.refine((text) => CAN_BE_READ.test(text), code('text_without_words'));

export const platform = z.enum(['android', 'ios']);
export type Platform = z.infer<typeof platform>;

export const answerRequest = z.strictObject({
  text: messageText,
  platform: platform.optional(),
  context: z.strictObject({ lastIntent: z.string().max(100).optional() }).optional(),
});
export type AnswerRequest = z.infer<typeof answerRequest>;

const score = z.number().min(0).max(1);
const offset = z.int().min(0).describe('UTF-16 offset in the text as sent');

export const candidate = z.object({ intent: z.string(), title: z.string(), confidence: score });

export const faqEntry = z.object({
  id: z.string(),
  title: z.string(),
  markdown: z
    .string()
    .describe(
      'Paragraphs, numbered and bullet lists, **bold**, [links](https://…) and, each a paragraph of its own, ' +
        'images: ![what it shows](/media/name.svg), an address on this desk, or (https://…)',
    ),
  sources: z.array(z.string()).describe('Who published the rule, in what, when'),
  related: z.array(z.object({ id: z.string(), title: z.string() })),
});
export type FaqEntryView = z.infer<typeof faqEntry>;

export const entity = z.object({
  type: z.string(),
  value: z.string(),
  text: z.string(),
  start: offset,
  end: offset,
});

export const redaction = z.object({ type: z.string(), start: offset, end: offset });

export const explanation = z.object({
  words: z.array(z.object({ word: z.string(), by: z.string() })).describe('Each word as read, and how'),
  features: z
    .array(z.object({ feature: z.string(), intent: z.string(), weight: z.number() }))
    .describe('What spoke loudest for the best intents'),
  phrases: z
    .array(z.object({ text: z.string(), intent: z.string(), similarity: score }))
    .describe('The nearest known phrases'),
  evidence: z.record(z.string(), z.number()).describe('What is known of the classification, each 0..1'),
  gates: z.record(z.string(), z.number()).describe('The thresholds the evidence was held against'),
});

export const answerResponse = z.object({
  decision: z.enum(['answer', 'clarify', 'unknown']),
  intent: z.string().nullable(),
  confidence: score.describe('Calibrated: of the answers given at 0.9, nine in ten are right'),
  candidates: z.array(candidate).describe('The best few, in order, also when the decision is answer'),
  answer: faqEntry.nullable(),
  understood: z.string().describe('The question as read after repair, with accents'),
  entities: z.array(entity),
  redactions: z.array(redaction).describe('Parts that must not be stored or shown'),
  explain: explanation.optional().describe('With ?explain=1'),
});
export type AnswerResponse = z.infer<typeof answerResponse>;

export const faqList = z.object({
  topics: z.array(
    z.object({ topic: z.string(), entries: z.array(z.object({ id: z.string(), title: z.string() })) }),
  ),
});
export type FaqList = z.infer<typeof faqList>;

export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.string()).optional(),
    retryAfterMs: z.int().optional().describe('Worth trying again after this time; also in Retry-After'),
    challenge: challenge
      .optional()
      .describe('To be solved first; the solution goes into the header Challenge-Solution'),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
