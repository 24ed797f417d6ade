/**
 * What crosses the socket of the chat (namespace /chat), and the same reads over REST.
 * The web widget knows this file by type only.
 */
import { z } from 'zod';
import { platform, typedText } from './answers.ts';
import { type ChallengeView, solution } from './challenge.ts';
import type { ErrorCode } from './error-codes.ts';
import type { BannerFacts } from './incidents.ts';
import { officeView, position } from './offices.ts';

export const CHAT_NAMESPACE = '/chat';

/** Messages in one page of history, and in one answer to `conversation:open`. */
export const PAGE_LENGTH = 50;

/** Names a command of its sender: whoever sends it again gets the first answer again. */
export const clientId = z.string().regex(/^[\w-]{8,64}$/);

const seq = z.int().min(1).describe('Place in the conversation: 1, 2, 3 … without gaps');
const seen = z.int().min(0).describe('The last place that the client has; 0: none');

/** The choice whose message is to carry where the contact is. */
export const LOCATION_CHOICE = 'location';

/** Something offered below a message. Tapping it sends `message:send` with its label as text and its id as choice. */
export const choice = z.object({
  id: z
    .string()
    .regex(/^[\w.:-]{1,100}$/)
    .describe('Opaque to the client'),
  label: z.string().min(1).max(120),
});
export type Choice = z.infer<typeof choice>;

const labelled = z.object({ label: z.string(), value: z.string() });
export type LabelledValue = z.infer<typeof labelled>;

/** One idea of a bot's message, shown as one bubble. Markdown: paragraphs, lists, **bold**, links and images only. */
export const bubble = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), markdown: z.string() }),
  z
    .object({
      kind: z.literal('answer'),
      intent: z.string(),
      title: z.string(),
      markdown: z.string(),
      sources: z.array(z.string()),
    })
    .describe('An FAQ entry; it may be rated'),
  z
    .object({ kind: z.literal('summary'), title: z.string(), rows: z.array(labelled) })
    .describe('What was gathered, read back before it is sent; numbers of persons are masked'),
  z
    .object({
      kind: z.literal('ticket'),
      code: z.string(),
      title: z.string(),
      rows: z.array(labelled),
      url: z.string().optional().describe("The citizen's page of it, relative to the desk"),
    })
    .describe('A receipt, or what is known of a ticket'),
  z.object({ kind: z.literal('offices'), offices: z.array(officeView) }),
  z
    .object({
      kind: z.literal('file'),
      url: z.string().describe('Relative to /api/v1/; whoever knows it may read it'),
      name: z.string(),
      type: z.string().describe('image/… or application/pdf, by content'),
      size: z.int().describe('Bytes'),
    })
    .describe('A picture or a PDF; of a contact or of an agent'),
]);
export type Bubble = z.infer<typeof bubble>;

export const author = z.enum(['contact', 'bot', 'agent', 'system']);
export type Author = z.infer<typeof author>;

/** Kinds of what is taken out of a text before it is stored; `number`: any other long one. */
export const redactedType = z.enum([
  'password',
  'otp',
  'nationalId',
  'passport',
  'bhxhNumber',
  'bhytCard',
  'phone',
  'number',
]);
export type RedactedType = z.infer<typeof redactedType>;

export const ratingReason = z.enum(['wrong', 'unclear', 'incomplete', 'did-not-work', 'other']);
export type RatingReason = z.infer<typeof ratingReason>;

export const messageView = z.object({
  seq,
  clientId: z.string().nullable().describe("The sender's own name for it; null on what the desk says"),
  author,
  by: z.string().nullable().describe('The name of the agent who wrote it'),
  at: z.iso.datetime(),
  text: z.string().describe('As stored: secrets are gone. Empty where `bubbles` speak'),
  redacted: z
    .array(redactedType)
    .describe('What was taken out of `text`; the contact is told, in a friendly way'),
  bubbles: z.array(bubble),
  choices: z.array(choice).describe('For the next message; worth showing below the newest message only'),
  replyTo: seq.nullable().describe('The message that this one answers'),
  helpful: z.boolean().nullable().describe('How the contact rated it; null: not rated'),
});
export type MessageView = z.infer<typeof messageView>;

export const conversationStatus = z.enum(['bot', 'queued', 'active', 'closed']);
export type ConversationStatus = z.infer<typeof conversationStatus>;

export const conversationView = z.object({
  id: z.string(),
  status: conversationStatus.describe(
    'Who answers: the bot; nobody yet (queued); a person (active); nobody any more',
  ),
  lastSeq: seen,
  openedAt: z.iso.datetime(),
  queue: z
    .object({
      position: z.int().min(1),
      wait: z
        .object({ lowMs: z.int(), highMs: z.int() })
        .nullable()
        .describe('A range that two of three waits fall into; null: too little is known to say'),
      staffed: z.boolean().describe('Somebody is there to take it'),
      backAt: z.iso.datetime().nullable().describe('When duty begins again; null: it is on, or has no hours'),
    })
    .nullable()
    .describe('Where the conversation stands in the queue; null unless it is queued'),
  agent: z.string().nullable().describe('The name of the agent who has it'),
  satisfaction: z.int().min(1).max(5).nullable().describe('As the contact rated it after it was closed'),
  reopenUntil: z.iso.datetime().nullable().describe('Until when a closed conversation may be reopened'),
});
export type ConversationView = z.infer<typeof conversationView>;

/** In the handshake (`auth`), and as `Authorization: Bearer …` over REST: either, the identity before the token. */
export const credentials = z.object({
  token: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional()
    .describe('32 random bytes that the device made itself, as base64url. Only its hash is stored'),
  identity: z.string().max(4_096).optional().describe('JWT (HS256) that the host app signed'),
});
export type Credentials = z.infer<typeof credentials>;

export const openCommand = z.object({
  after: seen.optional().describe('Left out: the newest page. Given: exactly what came after it'),
  fresh: z.boolean().optional().describe('A closed conversation will not do: open a new one'),
  solution: solution.optional().describe('Of the challenge that came with `challenge_required`'),
});
export type OpenCommand = z.infer<typeof openCommand>;
export type Opened = {
  readonly conversation: ConversationView;
  /** In order. */
  readonly messages: readonly MessageView[];
  /** With `after`: there is still more behind the last one. Without: there is more before the first one. */
  readonly hasMore: boolean;
};

export const sendCommand = z.object({
  clientId,
  text: typedText,
  choice: choice.shape.id.optional(),
  platform: platform.optional(),
  attachments: z
    .array(z.string().max(100))
    .max(5)
    .optional()
    .describe('Ids of `POST conversation/attachments`'),
  location: position
    .optional()
    .describe('Where the contact is, to find offices near by; forgotten once the bot has answered'),
});
export type SendCommand = z.infer<typeof sendCommand>;
export type Sent = { readonly message: MessageView };

export const historyQuery = z
  .object({
    before: seq.optional().describe('The page that ends just before it'),
    after: seen.optional().describe('The page that begins just behind it'),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, {
    error: 'before and after exclude each other',
  });
export type HistoryQuery = z.infer<typeof historyQuery>;
export type HistoryPage = { readonly messages: readonly MessageView[]; readonly hasMore: boolean };

export const rateCommand = z.object({ seq, helpful: z.boolean(), reason: ratingReason.optional() });
export type RateCommand = z.infer<typeof rateCommand>;
export type Rated = { readonly message: MessageView };

export const readCommand = z.object({
  seq,
  handled: z
    .boolean()
    .optional()
    .describe('A person has the conversation: then it is kept for the agent to see'),
});
export const typingCommand = z.object({ typing: z.boolean() });
export const eraseCommand = z.object({});
export const reopenCommand = z.object({});
export const satisfactionCommand = z.object({
  score: z.int().min(1).max(5),
  comment: z.string().max(1_000).optional(),
});
export type SatisfactionCommand = z.infer<typeof satisfactionCommand>;

export type ChatError = {
  readonly code: ErrorCode;
  /** A Vietnamese sentence that says what to do. */
  readonly message: string;
  /** What there is to know besides, such as who was quicker. */
  readonly details?: readonly string[];
  /** Worth trying again by itself, after this time. */
  readonly retryAfterMs?: number;
  /** To be solved first. */
  readonly challenge?: ChallengeView;
};
export type Ack<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly error: ChatError };
type Command<Body, Data> = (body: Body, acknowledge: (ack: Ack<Data>) => void) => void;

/** Contact → desk. Every command is acknowledged. */
export interface ChatCommands {
  /**
   * Finds the contact's open conversation or opens one, and joins it. First after every connection; what the desk
   * says afterwards arrives as facts.
   */
  'conversation:open': Command<OpenCommand, Opened>;
  'message:send': Command<SendCommand, Sent>;
  'message:rate': Command<RateCommand, Rated>;
  'history:read': Command<HistoryQuery, HistoryPage>;
  /** The contact has seen everything up to here. */
  'read:mark': Command<z.infer<typeof readCommand>, null>;
  /** Volatile: never stored. */
  'typing:set': Command<z.infer<typeof typingCommand>, null>;
  /** A closed conversation goes back to the queue, with precedence; only for a time. */
  'conversation:reopen': Command<z.infer<typeof reopenCommand>, { readonly conversation: ConversationView }>;
  /** How satisfied the contact is with a closed conversation; may be changed. */
  'satisfaction:give': Command<SatisfactionCommand, { readonly conversation: ConversationView }>;
  /** Deletes the contact, the conversations and all messages for good. Tickets stay until they are dealt with. */
  'contact:erase': Command<z.infer<typeof eraseCommand>, null>;
}

/**
 * Desk → contact. A `message:sent` whose seq is not the next one means that something was missed:
 * `conversation:open` with `after` brings it.
 */
export interface ChatFacts extends BannerFacts {
  'message:sent': (message: MessageView) => void;
  'message:rated': (message: MessageView) => void;
  'conversation:changed': (conversation: ConversationView) => void;
  'typing:changed': (fact: { readonly author: Author; readonly typing: boolean }) => void;
  'read:marked': (fact: { readonly author: Author; readonly seq: number }) => void;
  'contact:erased': () => void;
  /** Something may have happened that was not told: open the conversation again. */
  'sync:needed': () => void;
}
