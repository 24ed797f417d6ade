/**
 * The bot: the engine that understands, the dialogue that knows what to say, and the effects that do it, put
 * together to one turn. It keeps nothing: where a conversation stands is handed in and comes back.
 */
import type { Decision } from '../answering/engine.ts';
import { coverRedactions } from '../answering/redact.ts';
import type { AskOptions } from '../answering/training-set.ts';
import type { Platform } from '../contracts/answers.ts';
import type { Bubble, Choice, RedactedType } from '../contracts/chat.ts';
import type { HandoverReason } from '../contracts/console.ts';
import type { OfficeView, Position } from '../contracts/offices.ts';
import type { TicketDraft } from '../contracts/tickets.ts';
import { toEntity } from '../dialogue/position.ts';
import type { DialogueState } from '../dialogue/state.ts';
import type { Dialogue, Effect, Faq, Outcome, TicketReport, Turn, Understanding } from '../dialogue/turn.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';

export interface BotDeps {
  readonly dialogue: Dialogue;
  /** The engine of the live release. */
  readonly decide: (text: string, asked: AskOptions) => Decision;
  /** The FAQ of the live release. */
  readonly faq: () => Faq;
  /** Creates once for a key, whatever the draft. */
  readonly createTicket: (key: string, draft: TicketDraft, conversation: string) => Promise<{ code: string }>;
  /** @param contact the phone number, or the e-mail address, that was given with it */
  readonly findTicket: (code: string, contact: string) => Promise<TicketReport | null>;
  /** Adds once for a key. null: no such ticket with this contact, or it takes nothing more. */
  readonly addInformation: (
    code: string,
    contact: string,
    key: string,
    text: string,
  ) => Promise<TicketReport | null>;
  readonly findOffices: (query: string, near: Position | null) => readonly OfficeView[];
  /** Tells the editors what was asked and what was decided. Must neither throw nor wait. */
  readonly noteAsked: (text: string, decision: Decision, place: Place) => void;
  /** The store is out of reach: the turn is to be taken again later, not to be answered with an apology. */
  readonly isStoreAway: (error: unknown) => boolean;
  readonly logger: Logger;
}

/** Where a message stands. */
export interface Place {
  readonly conversation: string;
  readonly seq: number;
}

/** A message as it comes in. */
export interface Incoming {
  readonly text: string;
  readonly choice: string | null;
  readonly platform: Platform | null;
}

/** A message as it may be kept. */
export interface ReadMessage {
  readonly text: string;
  readonly redacted: readonly RedactedType[];
  readonly understanding: Understanding;
  /** Values in the clear that the dialogue asks for: to be kept until the message is answered, and no longer. */
  readonly kept: Understanding['entities'];
  /** Numbers of persons that were masked, for whoever comes to handle the conversation. Never passwords or codes. */
  readonly sealable: readonly { readonly type: RedactedType; readonly value: string }[];
  /** To be called once the message is stored: tells the editors what was asked. What fills in a form is no question. */
  readonly note: (place: Place) => void;
  readonly isQuestion: boolean;
}

/** A kept message that wants an answer. */
export interface OpenMessage extends Incoming {
  readonly conversation: string;
  readonly seq: number;
  readonly understanding: Understanding;
  readonly kept: Understanding['entities'];
  /** The conversation waits for a person. */
  readonly queued: boolean;
}

/** What only the conversation itself can do. */
export interface QueueDoor {
  /** @returns what the contact has to expect */
  readonly enter: (reason: HandoverReason) => Promise<
    | {
        readonly queued: true;
        readonly staffed: boolean;
        readonly position: number;
        readonly wait: { readonly lowMs: number; readonly highMs: number } | null;
      }
    | { readonly queued: false; readonly backAt: Date | null }
  >;
  readonly leave: () => Promise<void>;
}

export interface Reply {
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly Choice[];
  /** Where the conversation stands now; plain data, for the bot only. */
  readonly state: unknown;
  /** The state holds what a form has gathered: it is not to be kept once there is a later one. */
  readonly isPrivate: boolean;
}

export interface Bot {
  /** Understands a message and takes out what must not be kept. @param state null: nothing was said yet */
  readonly read: (message: Incoming & { readonly location: Position | null }, state: unknown) => ReadMessage;
  /** The answer where nothing has to be done for it; null where something has, or the bot stays silent. */
  readonly foresee: (message: OpenMessage, state: unknown) => Reply | null;
  /**
   * Answers a message and does what the answer promises. May be repeated after it broke off.
   * @returns null where the bot stays silent
   * @throws what the store throws when it is away
   */
  readonly answer: (message: OpenMessage, state: unknown, queue: QueueDoor) => Promise<Reply | null>;
  /** What to say when answering failed. */
  readonly apologise: () => Pick<Reply, 'bubbles' | 'choices'>;
}

const SORRY =
  'Em xin lỗi, em vừa gặp lỗi nên chưa trả lời được. Anh/Chị hỏi lại giúp em hoặc gặp nhân viên ạ.';
/** More effects than this in one turn would be a dialogue that goes round in circles. */
const MOST_EFFECTS = 4;

export function createBot(deps: BotDeps): Bot {
  const { dialogue, logger } = deps;
  /** States that were made here need no checking when they come back. */
  const own = new WeakSet<object>();
  const stateOf = (stored: unknown): DialogueState => {
    if (stored == null) return dialogue.start();
    return own.has(stored) ? (stored as DialogueState) : dialogue.restore(stored);
  };
  const replyOf = ({ state, choices }: Turn, bubbles: Turn['bubbles']): Reply | null => {
    if (bubbles.length === 0 && choices.length === 0) return null;
    own.add(state);
    return { bubbles, choices, state, isPrivate: isPrivate(state) };
  };

  const begin = (message: OpenMessage, stored: unknown): Turn => {
    const { text, choice, platform, queued } = message;
    const entities = [...message.understanding.entities, ...message.kept];
    const understanding = { ...message.understanding, entities };
    const input = { kind: 'message', text, choice, platform, queued, understanding } as const;
    return dialogue.advance(stateOf(stored), input, deps.faq());
  };

  const perform = async (effect: Effect, message: OpenMessage, queue: QueueDoor): Promise<Outcome> => {
    switch (effect.kind) {
      case 'createTicket': {
        const key = keyOf(message);
        const { code } = await deps.createTicket(key, effect.draft, message.conversation);
        return { kind: 'ticketCreated', code };
      }
      case 'findTicket':
        return { kind: 'ticketFound', ticket: await deps.findTicket(effect.code, effect.contact) };
      case 'addInformation': {
        const { code, contact, text } = effect;
        const ticket = await deps.addInformation(code, contact, keyOf(message), text);
        return { kind: 'informationAdded', ticket };
      }
      case 'findOffices':
        return {
          kind: 'officesFound',
          offices: deps.findOffices(effect.query, effect.near),
          isNearby: effect.near !== null,
        };
      case 'requestHandover': {
        const entered = await queue.enter(effect.reason);
        return entered.queued
          ? { kind: 'handoverRequested', ...entered }
          : { kind: 'handoverRequested', queued: false, backAt: entered.backAt?.toISOString() ?? null };
      }
      case 'leaveQueue':
        await queue.leave();
        return { kind: 'queueLeft' };
    }
  };

  const tryToPerform = async (effect: Effect, message: OpenMessage, queue: QueueDoor): Promise<Outcome> => {
    try {
      return await perform(effect, message, queue);
    } catch (error) {
      if (deps.isStoreAway(error)) throw error;
      if (error instanceof AppError && error.code === 'ticket_lookup_throttled')
        return { kind: 'lookupThrottled' };
      logger.error({ err: error, effect: effect.kind }, 'an effect of the dialogue failed');
      return { kind: 'failed', effect: effect.kind };
    }
  };

  return {
    read({ text, platform, location }, stored) {
      const state = stateOf(stored);
      const context = dialogue.contextOf(state);
      const decision = deps.decide(text, {
        platform: context.platform ?? platform ?? undefined,
        lastIntent: context.lastIntent ?? undefined,
      });
      const read = keep(text, decision, dialogue, state);
      return {
        ...read,
        kept: location === null ? read.kept : [...read.kept, toEntity(location)],
        isQuestion: state.flow === null,
        note: ({ conversation, seq }) =>
          state.flow === null ? deps.noteAsked(text, decision, { conversation, seq }) : undefined,
      };
    },
    foresee(message, stored) {
      const turn = begin(message, stored);
      return turn.effect === null ? replyOf(turn, turn.bubbles) : null;
    },
    async answer(message, stored, queue) {
      const faq = deps.faq();
      let turn = begin(message, stored);
      const bubbles = [...turn.bubbles];
      for (let count = 0; turn.effect !== null && count < MOST_EFFECTS; count++) {
        const outcome = await tryToPerform(turn.effect, message, queue);
        turn = dialogue.advance(turn.state, { kind: 'outcome', outcome }, faq);
        bubbles.push(...turn.bubbles);
      }
      return replyOf(turn, bubbles);
    },
    apologise: () => ({
      bubbles: [{ kind: 'text', markdown: SORRY }],
      choices: [{ id: 'agent', label: 'Gặp nhân viên' }],
    }),
  };
}

/** Names what is done for a message, so that it is done once. */
const keyOf = ({ conversation, seq }: OpenMessage): string => `${conversation}:${seq}`;

const isPrivate = ({ flow, suspended }: DialogueState): boolean => flow !== null || suspended !== null;

/** What an agent may need to see to help. */
const SEALABLE: readonly RedactedType[] = ['phone', 'bhxhNumber', 'bhytCard', 'nationalId', 'passport'];

/** What is kept of a message: covered text, and of its entities the harmless ones and those that were asked for. */
function keep(
  text: string,
  decision: Decision,
  dialogue: Dialogue,
  state: DialogueState,
): Omit<ReadMessage, 'note' | 'isQuestion'> {
  const { redactions, intent, confidence, candidates, questions } = decision;
  const isRedacted = (start: number): boolean => redactions.some((redaction) => redaction.start === start);
  const harmless = decision.entities.filter(({ start }) => !isRedacted(start));
  const understanding: Understanding = {
    decision: decision.decision,
    intent,
    confidence,
    candidates: candidates.map((candidate) => ({
      intent: candidate.intent,
      confidence: candidate.confidence,
    })),
    questions,
    entities: harmless.map(({ type, value, text: typed }) => ({ type, value, text: typed })),
  };
  const askedFor = new Set(dialogue.keeps(state, understanding));
  const masked = decision.entities.filter(({ start }) => isRedacted(start));
  const kept = masked.filter(({ type }) => askedFor.has(type));
  const covered = coverRedactions(text, redactions);
  return {
    text: covered,
    redacted: [
      ...new Set(redactions.map(({ type }) => type).filter((type) => !askedFor.has(type))),
    ] as RedactedType[],
    understanding,
    sealable: masked.flatMap(({ type: masked, value }) => {
      const type = SEALABLE.find((one) => one === masked);
      return type === undefined ? [] : [{ type, value }];
    }),
    kept: kept.map(({ type, value }) => {
      const whole = { type, start: 0, end: value.length };
      // Where it stood in the text would be the number again.
      return { type, value, text: coverRedactions(value, [whole]) };
    }),
  };
}
