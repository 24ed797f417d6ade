/**
 * What goes into a dialogue and what comes out. Types only.
 *
 * The dialogue is a pure function over (state, input). What it wants done in the world is an effect; how that
 * went comes back as the next input. So a turn that broke off can be taken again from what was stored.
 */
import type { Platform } from '../answering/training-set.ts';
import type { Bubble, Choice } from '../contracts/chat.ts';
import type { HandoverReason } from '../contracts/console.ts';
import type { OfficeView, Position } from '../contracts/offices.ts';
import type { TicketDraft, TicketKind, TicketOutcome, TicketStatus } from '../contracts/tickets.ts';
import type { DialogueState } from './state.ts';

/** A message as the engine understood it; stored beside the message, so that a turn can be taken again. */
export interface Understanding {
  readonly decision: 'answer' | 'clarify' | 'unknown';
  readonly intent: string | null;
  /** Calibrated, 0..1. */
  readonly confidence: number;
  /** The best few, in order, whatever the decision. */
  readonly candidates: readonly { readonly intent: string; readonly confidence: number }[];
  /** The intents of a message that asks several things, each sure on its own; else empty. */
  readonly questions: readonly string[];
  /** What the message names; secrets and personal numbers only where `keeps` asked for their type. */
  readonly entities: readonly { readonly type: string; readonly value: string; readonly text: string }[];
}

export type Input =
  | {
      readonly kind: 'message';
      /** As stored: secrets and personal numbers are masked. */
      readonly text: string;
      /** The id of the choice that was tapped. Comes from outside: may be anything. */
      readonly choice: string | null;
      /** Of the device, or as chosen on screen. */
      readonly platform: Platform | null;
      /** The conversation waits for a person: the bot helps where it can, and does not send the contact round again. */
      readonly queued: boolean;
      readonly understanding: Understanding;
    }
  | { readonly kind: 'outcome'; readonly outcome: Outcome };

export type Effect =
  | { readonly kind: 'createTicket'; readonly draft: TicketDraft }
  /** `contact`: the phone number, or the e-mail address, that the ticket was given. */
  | { readonly kind: 'findTicket'; readonly code: string; readonly contact: string }
  | {
      readonly kind: 'addInformation';
      readonly code: string;
      readonly contact: string;
      readonly text: string;
    }
  /** `near`: where the contact is; null: not told. */
  | { readonly kind: 'findOffices'; readonly query: string; readonly near: Position | null }
  /** The conversation becomes `queued`. */
  | { readonly kind: 'requestHandover'; readonly reason: HandoverReason }
  /** It becomes `bot` again. */
  | { readonly kind: 'leaveQueue' };

export interface TicketReport {
  readonly code: string;
  readonly kind: TicketKind;
  readonly status: TicketStatus;
  /** null: it is open. */
  readonly outcome: TicketOutcome | null;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly latestReply: string | null;
  /** Information may be added. */
  readonly mayAdd: boolean;
}

export type Outcome =
  | { readonly kind: 'ticketCreated'; readonly code: string }
  /** null: no such ticket, or not with this contact; which of the two is not told. */
  | { readonly kind: 'ticketFound'; readonly ticket: TicketReport | null }
  /** So many lookups were tried that no more are made for some minutes. */
  | { readonly kind: 'lookupThrottled' }
  /** null: it is none of the contact's, or takes nothing more. */
  | { readonly kind: 'informationAdded'; readonly ticket: TicketReport | null }
  /** Best first. `isNearby`: they were looked for around a position. */
  | { readonly kind: 'officesFound'; readonly offices: readonly OfficeView[]; readonly isNearby: boolean }
  | {
      readonly kind: 'handoverRequested';
      readonly queued: true;
      /** Somebody is there to take it. */
      readonly staffed: boolean;
      /** 1: the next one. */
      readonly position: number;
      /** null: too little is known to say. */
      readonly wait: { readonly lowMs: number; readonly highMs: number } | null;
    }
  /** Outside the hours of duty nobody is made to wait. `backAt`: ISO 8601; null: nobody knows. */
  | { readonly kind: 'handoverRequested'; readonly queued: false; readonly backAt: string | null }
  | { readonly kind: 'queueLeft' }
  | { readonly kind: 'failed'; readonly effect: Effect['kind'] };

/** What the bot says and does in answer to one input. */
export interface Turn {
  readonly state: DialogueState;
  /** In order. Empty together with `choices` and `effect`: the bot stays silent. */
  readonly bubbles: readonly Bubble[];
  /** For the likely next step; of the last turn of a chain only. */
  readonly choices: readonly Choice[];
  /** To be carried out; its outcome is the next input, and that turn's bubbles follow these. */
  readonly effect: Effect | null;
}

/** The FAQ as the dialogue sees it: of the live release, pure. */
export interface Faq {
  readonly find: (
    intent: string,
    platform: Platform | null,
  ) => {
    readonly title: string;
    readonly kind: 'answer' | 'flow' | 'smalltalk';
    readonly markdown: string;
    readonly sources: readonly string[];
    readonly related: readonly { readonly id: string; readonly title: string }[];
    /** Does the entry say different things for Android and iPhone? */
    readonly variesByPlatform: boolean;
    /** Set where the whole entry is for one platform only. */
    readonly onlyFor: Platform | null;
    /** The editors want a person to take over behind the answer. */
    readonly handsOver: boolean;
    /** It says something of the moment: whoever had it a while ago may not know. */
    readonly isPinned?: boolean;
  } | null;
}

/** dialogue.ts implements this. */
export interface Dialogue {
  readonly start: () => DialogueState;
  /** Stored states may be older than the code, or damaged: then the dialogue starts anew. */
  readonly restore: (stored: unknown) => DialogueState;
  /**
   * The entity types whose values this message may keep in the clear, given where the dialogue stands and what the
   * message wants: ['phone'] while a flow asks for a phone number or the message begins such a flow; else [].
   */
  readonly keeps: (state: DialogueState, understanding: Understanding) => readonly string[];
  /** What the engine should know of the conversation. */
  readonly contextOf: (state: DialogueState) => {
    readonly lastIntent: string | null;
    readonly platform: Platform | null;
  };
  /** Never throws, whatever the input. */
  readonly advance: (state: DialogueState, input: Input, faq: Faq) => Turn;
}
