/** A conversation with the dialogue alone: real engine, real FAQ, real offices; tickets in memory. */
import type { Engine } from '../../src/answering/engine.ts';
import type { Redaction } from '../../src/answering/redact.ts';
import type { Bubble, Choice } from '../../src/contracts/chat.ts';
import { createAnswerBook } from '../../src/corpus/answer-book.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import type { DialogueState } from '../../src/dialogue/state.ts';
import type { Effect, Faq, Input, Outcome, TicketDraft, Understanding } from '../../src/dialogue/turn.ts';
import { createOffices, type Office } from '../../src/offices/offices.ts';
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
  readonly send: (text: string, choice?: string | null, platform?: Platform | null) => Said;
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
const SECRET: ReadonlySet<string> = new Set([
  'password',
  'otp',
  'nationalId',
  'passport',
  'bhxhNumber',
  'bhytCard',
  'phone',
]);
const LONGEST_CHAIN = 5;

export function createConversation({ engine, corpus, offices }: Desk): Conversation {
  const dialogue = createDialogue();
  const faq = faqOf(corpus, engine);
  const perform = createWorld(offices);
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
    send(typed, choice = null, platform = null) {
      const { text, understanding } = understand(engine, dialogue, state, typed, platform);
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

/** As the desk does it: what is not kept is masked before the dialogue sees it. */
function understand(
  engine: Engine,
  dialogue: ReturnType<typeof createDialogue>,
  state: DialogueState,
  typed: string,
  device: Platform | null,
): { text: string; understanding: Understanding } {
  const { lastIntent, platform } = dialogue.contextOf(state);
  const decision = engine.decide(typed, {
    lastIntent: lastIntent ?? undefined,
    platform: platform ?? device ?? undefined,
  });
  const { intent, confidence, candidates, questions } = decision;
  const bare: Understanding = {
    decision: decision.decision,
    intent,
    confidence,
    candidates,
    questions,
    entities: decision.entities.filter(({ type }) => !SECRET.has(type)),
  };
  const kept = dialogue.keeps(state, bare);
  const isOpen = (type: string): boolean => !SECRET.has(type) || kept.includes(type);
  return {
    text: maskText(
      typed,
      decision.redactions.filter(({ type }) => !isOpen(type)),
    ),
    understanding: { ...bare, entities: decision.entities.filter(({ type }) => isOpen(type)) },
  };
}

function maskText(text: string, redactions: readonly Redaction[]): string {
  return redactions.reduceRight(
    (masked, { start, end }) => masked.slice(0, start) + '•'.repeat(end - start) + masked.slice(end),
    text,
  );
}

export function faqOf(corpus: Corpus, engine: Engine): Faq {
  const book = createAnswerBook(corpus, engine);
  return {
    find(intent, platform) {
      const shown = book.find(intent, platform ?? undefined);
      if (shown === null) return null;
      const { entry, markdown } = shown;
      return {
        title: entry.title,
        kind: entry.kind,
        markdown,
        sources: book.sourcesOf(entry),
        related: entry.related.map((id) => ({ id, title: book.titleOf(id) })),
        variesByPlatform: Object.keys(entry.variants).length > 0,
        onlyFor: entry.platform ?? null,
      };
    },
  };
}

/** Tickets and offices. */
function createWorld(directory: readonly Office[]): (effect: Effect) => Outcome {
  const offices = createOffices(directory);
  const tickets: { readonly code: string; readonly draft: TicketDraft }[] = [];
  return (effect) => {
    switch (effect.kind) {
      case 'createTicket': {
        const code = makeTicketCode(effect.draft.kind, (bound) => (tickets.length * 7 + 3) % bound);
        tickets.push({ code, draft: effect.draft });
        return { kind: 'ticketCreated', code };
      }
      case 'findTicket': {
        const found = tickets.find(({ code, draft }) => code === effect.code && draft.phone === effect.phone);
        if (found === undefined) return { kind: 'ticketFound', ticket: null };
        const { code, draft } = found;
        return {
          kind: 'ticketFound',
          ticket: { code, kind: draft.kind, status: 'new', createdAt: AT, latestReply: null },
        };
      }
      case 'findOffices':
        return { kind: 'officesFound', offices: offices.find(effect.query).map(viewOffice) };
      case 'requestHandover':
        return { kind: 'handoverRequested', staffed: false };
      case 'leaveQueue':
        return { kind: 'queueLeft' };
    }
  };
}

function viewOffice({
  code,
  name,
  address,
  phones,
}: Office): Extract<Bubble, { kind: 'offices' }>['offices'][number] {
  return {
    code,
    name,
    ...(address === undefined ? {} : { address }),
    phones: phones.map(({ number, extension }) => ({
      number,
      ...(extension === undefined ? {} : { extension }),
    })),
  };
}
