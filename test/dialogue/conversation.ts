/** A conversation with the dialogue alone: real engine, real FAQ, real offices; tickets in memory. */
import type { Engine } from '../../src/answering/engine.ts';
import { OFFICE_SPELLING } from '../../src/app/office-spelling.ts';
import { createBot } from '../../src/bot/bot.ts';
import type { Bubble, Choice } from '../../src/contracts/chat.ts';
import type { Position } from '../../src/contracts/offices.ts';
import type { TicketDraft } from '../../src/contracts/tickets.ts';
import { createAnswerBook } from '../../src/corpus/answer-book.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import type { DialogueState } from '../../src/dialogue/state.ts';
import type { Dialogue, Effect, Input, Outcome, TicketReport } from '../../src/dialogue/turn.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import type { Office } from '../../src/offices/office.ts';
import { createOfficeSearch } from '../../src/offices/office-search.ts';
import { presentOffice } from '../../src/offices/present-office.ts';
import { makeTicketCode } from '../../src/tickets/ticket-code.ts';

type Platform = 'android' | 'ios';

export interface Said {
  readonly bubbles: readonly Bubble[];
  readonly choices: readonly Choice[];
  readonly effects: readonly Effect[];
  /** The message as it would be stored. */
  readonly stored: string;
}

export interface Conversation {
  readonly send: (
    text: string,
    choice?: string | null,
    platform?: Platform | null,
    location?: Position | null,
  ) => Said;
  /** The next effect of this kind fails. */
  readonly breakNext: (kind: string) => void;
  readonly state: () => DialogueState;
}

export interface Desk {
  readonly engine: Engine;
  readonly corpus: Corpus;
  readonly offices: readonly Office[];
}

const AT = '2026-11-20T08:00:00.000Z';
const LONGEST_CHAIN = 5;

export function createConversation(desk: Desk): Conversation {
  const dialogue = createDialogue();
  const { faq, read } = createReader(dialogue, desk);
  const perform = createWorld(desk.offices);
  let state = dialogue.start();
  let queued = false;
  let breaking: string | null = null;

  const carryOut = (effect: Effect): Outcome => {
    if (effect.kind === breaking) {
      breaking = null;
      return { kind: 'failed', effect: effect.kind };
    }
    if (effect.kind === 'requestHandover') queued = true;
    if (effect.kind === 'leaveQueue') queued = false;
    return perform(effect);
  };

  return {
    state: () => state,
    breakNext: (kind) => {
      breaking = kind;
    },
    send(typed, choice = null, platform = null, location = null) {
      const { text, kept, understanding: stored } = read({ text: typed, choice, platform, location }, state);
      const understanding = { ...stored, entities: [...stored.entities, ...kept] };
      const bubbles: Bubble[] = [];
      const effects: Effect[] = [];
      let input: Input = { kind: 'message', text, choice, platform, queued, understanding };
      for (let turns = 0; turns < LONGEST_CHAIN; turns++) {
        const turn = dialogue.advance(dialogue.restore(JSON.parse(JSON.stringify(state))), input, faq);
        state = turn.state;
        bubbles.push(...turn.bubbles);
        if (turn.effect === null) return { bubbles, choices: turn.choices, effects, stored: text };
        effects.push(turn.effect);
        input = { kind: 'outcome', outcome: carryOut(turn.effect) };
      }
      throw new Error(`the chain does not end: ${JSON.stringify(effects)}`);
    },
  };
}

/** What the desk reads of a message: secrets covered, what the engine understood. Effects stay with the test. */
function createReader(dialogue: Dialogue, { engine, corpus }: Desk) {
  const { faq } = createAnswerBook(corpus, engine);
  const unused = (): never => {
    throw new Error('the test carries effects out itself');
  };
  const { read } = createBot({
    dialogue,
    decide: engine.decide,
    faq: () => faq,
    createTicket: unused,
    findTicket: unused,
    addInformation: unused,
    findOffices: unused,
    noteAsked: () => undefined,
    isStoreAway: () => false,
    logger: createLogger('silent'),
  });
  return { faq, read };
}

/** Tickets and offices. */
function createWorld(directory: readonly Office[]): (effect: Effect) => Outcome {
  const offices = createOfficeSearch(directory, OFFICE_SPELLING);
  const tickets: { readonly code: string; readonly draft: TicketDraft }[] = [];
  const report = (wanted: string, contact: string): TicketReport | null => {
    const found = tickets.find(
      ({ code, draft }) => code === wanted && (draft.phone === contact || draft.email === contact),
    );
    if (found === undefined) return null;
    const { code, draft } = found;
    const open = { status: 'new', outcome: null, mayAdd: true } as const;
    return { code, kind: draft.kind, ...open, createdAt: AT, latestReply: null };
  };
  return (effect) => {
    switch (effect.kind) {
      case 'createTicket': {
        const code = makeTicketCode(effect.draft.kind, (bound) => (tickets.length * 7 + 3) % bound);
        tickets.push({ code, draft: effect.draft });
        return { kind: 'ticketCreated', code };
      }
      case 'findTicket':
        return { kind: 'ticketFound', ticket: report(effect.code, effect.contact) };
      case 'addInformation':
        return { kind: 'informationAdded', ticket: report(effect.code, effect.contact) };
      case 'findOffices':
        return {
          kind: 'officesFound',
          offices: offices.find(effect.query, effect.near).map(presentOffice),
          isNearby: effect.near !== null,
        };
      case 'requestHandover':
        return { kind: 'handoverRequested', queued: true, staffed: false, position: 1, wait: null };
      case 'leaveQueue':
        return { kind: 'queueLeft' };
    }
  };
}
