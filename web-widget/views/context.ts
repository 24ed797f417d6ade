/** What the views may ask for. */
import type { RatingReason, SatisfactionCommand } from '../../src/contracts/chat.ts';
import type { Copy } from '../copy.vi.ts';
import type { OutboxEntry } from '../sync/outbox.ts';

export interface ViewContext {
  readonly copy: Copy;
  readonly send: (text: string, choice?: string) => void;
  readonly retry: (entry: OutboxEntry) => void;
  /** Takes the text back into the input. */
  readonly edit: (entry: OutboxEntry) => void;
  readonly remove: (entry: OutboxEntry) => void;
  readonly rate: (seq: number, helpful: boolean, reason?: RatingReason) => Promise<boolean>;
  /** @returns whether the desk has it */
  readonly giveSatisfaction: (command: SatisfactionCommand) => Promise<boolean>;
  readonly loadEarlier: () => void;
  readonly openImage: (src: string, alt: string) => void;
  readonly copyText: (text: string) => void;
  /** Calls the hotline, by voice. */
  readonly call: () => void;
  /** Says something in passing. */
  readonly say: (text: string) => void;
}

/** As a choice: the FAQ entry of this id. */
export function choiceOfEntry(id: string): string {
  return `intent:${id}`;
}

/** The answer that tells how to reach the hotline. */
export const HOTLINE_ENTRY = 'support.hotline';
/** The flow that takes a number to call back. */
export const CALLBACK_ENTRY = 'support.callback';
/** As a choice: its message carries where the contact is. */
export const LOCATION_CHOICE = 'location';

/** As a choice: a person; also with the reason why. */
export const AGENT_CHOICE = 'agent';
export const AGENT_AFTER_BAD_ANSWER = 'agent:negative-feedback';
