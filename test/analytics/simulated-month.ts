/**
 * A month of a support desk with known truth. What people do is decided by a seed and written down as it is decided; it is
 * then done on the real conversations, dialogue and tickets. Nothing here looks at how the numbers are made.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Decision } from '../../src/answering/engine.ts';
import { createBot } from '../../src/bot/bot.ts';
import type { CountName, TicketCountName } from '../../src/contracts/analytics.ts';
import type { SendCommand } from '../../src/contracts/chat.ts';
import { DEFAULT_SETTINGS } from '../../src/contracts/desk-settings.ts';
import type { Message } from '../../src/conversations/conversation.ts';
import { createConversationStore } from '../../src/conversations/conversation-store.ts';
import { type Conversations, createConversations } from '../../src/conversations/conversations.ts';
import { createMessageStore } from '../../src/conversations/message-store.ts';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { createTicketStore } from '../../src/tickets/ticket-store.ts';
import { createTickets, type Tickets } from '../../src/tickets/tickets.ts';
import { DRAFT } from '../tickets/sample-ticket.ts';

type Connection = Parameters<typeof createTicketStore>[0];
export type Platform = 'android' | 'ios' | '';

/** One thing that was decided to happen, and counts once. */
export interface Fact {
  readonly name: CountName | 'handled';
  readonly at: Date;
  readonly platform: Platform;
  readonly appVersion: string;
  readonly intents: readonly string[];
  readonly near: string | null;
  readonly agent: string | null;
  readonly conversation: string;
}
export interface Span {
  readonly name: 'wait' | 'firstResponse' | 'handling' | 'resolution' | 'agentResponse' | 'agentHandling';
  readonly at: Date;
  readonly platform: Platform;
  readonly appVersion: string;
  readonly seconds: number;
  readonly agent: string | null;
}
export interface TicketFact {
  readonly name: TicketCountName;
  readonly at: Date;
  readonly office: string;
  /** Of `closed`: since it was made. */
  readonly seconds: number | null;
}

export interface Month {
  readonly facts: Fact[];
  readonly spans: Span[];
  readonly scores: {
    readonly at: Date;
    readonly score: number;
    readonly agent: string;
    readonly platform: Platform;
  }[];
  readonly tickets: TicketFact[];
  readonly intentsInUse: readonly string[];
}

export interface Simulation {
  readonly conversations: Conversations;
  readonly tickets: Tickets;
  readonly month: Month;
  /** What the app of a contact says now. */
  readonly versions: Map<string, string>;
  /** @param beforeUpgrade is called while a contact still has the version of the app that was used in a conversation */
  readonly run: (contacts: number, beforeUpgrade: (conversation: string) => Promise<void>) => Promise<void>;
}

const MINUTE = 60_000;
const AT_ONCE = 24;
const DAY = 24 * 60 * MINUTE;
export const FIRST_DAY = '2027-01-01';
export const LAST_DAY = '2027-01-31';
const START = Date.parse('2027-01-01T00:00:00+07:00');
const END = Date.parse('2027-01-31T22:00:00+07:00');
const INTENTS = Array.from({ length: 12 }, (_, at) => `topic${at % 4}.thing${at}`);
export const AGENTS = ['Lan', 'Minh', 'Hoa'].map((name, at) => ({ id: String(at + 1).repeat(24), name }));
const OFFICES = ['BHXH Quận 6', 'BHXH Thủ Đức', null];
const VERSIONS = ['4.1.0', '4.2.0', ''];

export function createSimulation(connection: Connection, seed: number): Simulation {
  /** Of the contact who acts: each has a clock and a chance of its own, so that many can act at once. */
  const life = new AsyncLocalStorage<{
    now: Date;
    onDuty: boolean;
    random: () => number;
    words: number;
    name: string;
  }>();
  const mine = () => life.getStore()!;
  const getNow = (): Date => mine().now;
  const setNow = (at: Date): void => {
    mine().now = at;
  };
  const random = (): number => mine().random();
  const below = (bound: number): number => Math.floor(random() * bound);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const decisions = new Map<string, Pick<Decision, 'decision' | 'intent' | 'candidates'>>();
  const month: Month = { facts: [], spans: [], scores: [], tickets: [], intentsInUse: INTENTS };
  const versions = new Map<string, string>();

  const titled = (intent: string, kind: 'answer' | 'flow' | 'smalltalk') => ({
    title: `Tựa ${intent}`,
    kind,
    markdown: `Nội dung ${intent}`,
    sources: [],
    related: [],
    variesByPlatform: false,
    onlyFor: null,
    handsOver: false,
  });
  const bot = createBot({
    dialogue: createDialogue(),
    decide: (text) =>
      ({
        redactions: [],
        entities: [],
        questions: [],
        confidence: 0.9,
        understood: text,
        ...(decisions.get(text) ?? { decision: 'unknown', intent: null, candidates: [] }),
      }) as unknown as Decision,
    faq: () => ({
      find(intent) {
        if (intent.startsWith('support.')) return titled(intent, 'flow');
        return titled(intent, intent.startsWith('smalltalk.') ? 'smalltalk' : 'answer');
      },
    }),
    async createTicket(key, draft, conversation) {
      return tickets.create(key, draft, { source: 'bot', by: { kind: 'citizen' }, conversation });
    },
    findTicket: async () => null,
    addInformation: async () => null,
    findOffices: () => [],
    noteAsked: () => undefined,
    isStoreAway: () => false,
    logger: createLogger('silent'),
  });
  const conversations = createConversations({
    conversations: createConversationStore(connection),
    messages: createMessageStore(connection),
    bot,
    outlook: async () => ({ onDuty: mine().onDuty, backAt: null, staffed: true, position: 1, wait: null }),
    reopenWithinMs: () => 0,
    seal: async () => undefined,
    claimAttachments: async () => [],
    forgetConversation: async () => undefined,
    removeContact: async () => undefined,
    isStoreUp: () => true,
    isStoreAway: () => false,
    logger: createLogger('silent'),
    now: getNow,
    sweepEveryMs: 3_600_000,
  });
  /** Every hour is an hour of work: a limit is over when it says so. */
  const work = {
    addWorkingTime: (from: Date, ms: number) => new Date(from.getTime() + ms),
    workingTimeBetween: (from: Date, to: Date) => to.getTime() - from.getTime(),
  };
  const tickets = createTickets({
    store: createTicketStore(connection),
    work,
    settings: () => DEFAULT_SETTINGS.tickets,
    now: getNow,
  });

  conversations.events.setMaxListeners(0);
  /** Words that nobody has said before. */
  const newWords = (count: number): string[] =>
    Array.from({ length: count }, () => `zq${mine().name}q${(mine().words++).toString(36)}x`);
  const pass = (ms: number): void => setNow(new Date(getNow().getTime() + ms));
  const act = (at: number, name: string, work: () => Promise<void>): Promise<void> =>
    life.run({ now: new Date(at), onDuty: true, random: seededRandom(seed + at), words: 0, name }, work);

  /** @returns the conversation, and whether the contact comes again */
  const visit = async (
    contact: string,
    platform: Platform,
    appVersion: string,
  ): Promise<{ id: string; isBack: boolean }> => {
    const conversation =
      (await conversations.open(contact)).status === 'closed'
        ? await conversations.open(contact, true)
        : await conversations.open(contact);
    const { id } = conversation;
    const isNew = (await conversations.findLastSeq(id)) === 0;
    const startedAt = getNow();
    const note = (name: Fact['name'], at: Date, more: Partial<Fact> = {}): void => {
      const base = { platform, appVersion, intents: [], near: null, agent: null, conversation: id };
      month.facts.push({ name, at, ...base, ...more });
    };
    const took = (name: Span['name'], at: Date, from: Date, to: Date, agent: string | null = null): void => {
      const seconds = Math.round((to.getTime() - from.getTime()) / 1_000);
      month.spans.push({ name, at, platform, appVersion, seconds, agent });
    };
    const send = async (text: string, choice?: string): Promise<Message> => {
      const command: SendCommand = {
        clientId: `client-${mine().words++}-${id}`,
        text,
        ...(choice === undefined ? {} : { choice }),
        ...(platform === '' ? {} : { platform }),
      };
      const replied = new Promise<Message>((resolve) => {
        const onStored = ({ message }: { message: Message }): void => {
          if (message.conversation !== id || message.author !== 'bot') return;
          conversations.events.off('messageStored', onStored);
          resolve(message);
        };
        conversations.events.on('messageStored', onStored);
      });
      await conversations.send(id, command, null);
      return replied;
    };
    /** Asks and is answered. */
    const ask = async (intent: string, said = newWords(5)): Promise<Message> => {
      const text = said.join(' ');
      decisions.set(text, { decision: 'answer', intent, candidates: [] });
      const at = getNow();
      const reply = await send(text);
      note('asked', at, { intents: [intent] });
      note('answered', at, { intents: [intent] });
      return reply;
    };
    const askInVain = async (kind: 'unknown' | 'clarified', isLast: boolean): Promise<string[]> => {
      const [near, other] = [pick(INTENTS), pick(INTENTS)] as [string, string];
      const text = newWords(4).join(' ');
      const candidates = [...new Set([near, other])].map((intent) => ({ intent, confidence: 0.4 }));
      decisions.set(text, {
        decision: kind === 'unknown' ? 'unknown' : 'clarify',
        intent: null,
        candidates,
      } as never);
      note('asked', getNow());
      note(kind, getNow(), { near });
      if (isLast) note('abandoned', getNow(), { near });
      await send(text);
      return candidates.map(({ intent }) => intent);
    };
    const rate = async (reply: Message, at: Date, intent: string): Promise<boolean> => {
      const chance = random();
      // What was just said is not said again, and cannot be rated.
      if (chance > 0.45 || !reply.bubbles.some(({ kind }) => kind === 'answer')) return false;
      const helpful = chance < 0.3;
      const isWrong = chance > 0.38;
      await conversations.rate(id, {
        seq: reply.seq,
        helpful,
        ...(helpful ? {} : { reason: isWrong ? 'wrong' : 'unclear' }),
      });
      note(helpful ? 'helpful' : 'unhelpful', at, { intents: [intent] });
      if (!helpful && isWrong) note('wrong', at, { intents: [intent] });
      return !helpful;
    };
    const end = (outcome: CountName): void => {
      note('visits', startedAt);
      note(outcome, startedAt);
    };
    const scripts: Readonly<Record<string, () => Promise<void>>> = {
      async simple() {
        let isBad = false;
        for (const intent of [...INTENTS].sort(() => random() - 0.5).slice(0, 1 + below(3))) {
          const at = getNow();
          const reply = await ask(intent);
          pass((1 + below(8)) * MINUTE);
          isBad = (await rate(reply, at, intent)) || isBad;
        }
        end(isBad ? 'unresolved' : 'resolved');
      },
      async again() {
        const intent = pick(INTENTS);
        const at = getNow();
        await ask(intent);
        pass(9 * MINUTE);
        await ask(intent);
        note('askedAgain', at, { intents: [intent] });
        end('unresolved');
      },
      async alike() {
        const said = newWords(5);
        const [first, second] = INTENTS.slice(below(10)) as [string, string];
        const at = getNow();
        await ask(first, said);
        pass(3 * MINUTE);
        await ask(second, [...said.slice(0, 4), ...newWords(1)]);
        note('askedAgain', at, { intents: [first] });
        end('unresolved');
      },
      async unlike() {
        const said = newWords(5);
        const [first, second] = INTENTS.slice(below(10)) as [string, string];
        await ask(first, said);
        pass(3 * MINUTE);
        await ask(second, [...said.slice(0, 3), ...newWords(2)]);
        end('resolved');
      },
      async muchLater() {
        const intent = pick(INTENTS);
        await ask(intent);
        pass(11 * MINUTE);
        await ask(intent);
        end('resolved');
      },
      async picked() {
        const [near, other] = INTENTS.slice(below(10)) as [string, string];
        const text = newWords(4).join(' ');
        const candidates = [near, other].map((intent) => ({ intent, confidence: 0.4 }));
        decisions.set(text, { decision: 'clarify', intent: null, candidates } as never);
        const at = getNow();
        await send(text);
        pass(MINUTE);
        // Some type the place in the list, which means nothing to the engine.
        if (isNew && random() < 0.5) {
          decisions.set('2', { decision: 'unknown', intent: null, candidates: [] });
          await send('2');
        } else await send('chọn', `intent:${other}`);
        for (const name of ['asked', 'answered', 'answeredByChoice'] as const)
          note(name, at, { intents: [other] });
        end('resolved');
      },
      async unknownLeft() {
        await askInVain('unknown', true);
        end('abandoned');
      },
      async clarifiedLeft() {
        await askInVain('unknown', true);
        pass(2 * MINUTE);
        await askInVain('clarified', true);
        end('abandoned');
      },
      async foundAfterAll() {
        await askInVain('unknown', false);
        pass(2 * MINUTE);
        await ask(pick(INTENTS));
        end('resolved');
      },
      async greeting() {
        const text = newWords(2).join(' ');
        decisions.set(text, { decision: 'answer', intent: 'smalltalk.greeting', candidates: [] });
        await send(text);
        end('noQuestion');
      },
      async formLeft() {
        const at = getNow();
        await send('Góp ý', 'intent:support.feedback');
        for (const name of ['asked', 'answered'] as const) note(name, at, { intents: ['support.feedback'] });
        end('abandoned');
      },
      async ticketed() {
        const at = getNow();
        await send('Góp ý', 'intent:support.feedback');
        for (const name of ['asked', 'answered'] as const) note(name, at, { intents: ['support.feedback'] });
        await send('Giao diện mới dễ dùng hơn trước nhiều, cảm ơn nhóm phát triển');
        await send('5', 'flow:set:score:5');
        const madeAt = getNow();
        const receipt = await send('Gửi', 'flow:confirm');
        if (!receipt.bubbles.some(({ kind }) => kind === 'ticket')) throw new Error('no ticket was made');
        month.tickets.push({ name: 'created', at: madeAt, office: '', seconds: null });
        end('ticketed');
      },
      async nobodyThere() {
        mine().onDuty = false;
        await send('Gặp nhân viên', 'agent');
        mine().onDuty = true;
        end('abandoned');
      },
      async gaveUpWaiting() {
        const at = getNow();
        await ask(pick(INTENTS));
        pass(MINUTE);
        const requestedAt = getNow();
        await send('Gặp nhân viên', 'agent');
        note('requested', requestedAt);
        pass((1 + below(40)) * MINUTE);
        await conversations.change(id, { kind: 'leave' });
        note('lost', requestedAt);
        note('visits', at);
        note('handedOver', at);
      },
      async helped() {
        const requestedAt = getNow();
        const one = pick(AGENTS);
        const other = random() < 0.3 ? pick(AGENTS.filter((agent) => agent !== one)) : null;
        await send('Gặp nhân viên', 'agent');
        note('requested', requestedAt);
        pass((5 + below(900)) * 1_000);
        const claimedAt = getNow();
        await conversations.change(id, { kind: 'claim', by: { ...one, oversees: false } });
        note('claimed', requestedAt);
        note('handled', claimedAt, { agent: one.name });
        took('wait', requestedAt, requestedAt, claimedAt);
        pass((5 + below(120)) * 1_000);
        await conversations.say(
          id,
          { clientId: `agent-${mine().words++}-${id}`, text: 'Chào anh chị', attachments: [] },
          one,
          null,
        );
        took('firstResponse', requestedAt, requestedAt, getNow());
        took('agentResponse', claimedAt, claimedAt, getNow(), one.name);
        // While a person has it, silence ends no visit.
        pass((1 + below(50)) * MINUTE);
        let holder = one;
        let since = claimedAt;
        if (other !== null) {
          const by = { ...one, oversees: false };
          await conversations.change(id, { kind: 'transfer', by, to: other, note: '' });
          took('agentHandling', since, since, getNow(), one.name);
          holder = other;
          since = getNow();
          note('handled', since, { agent: other.name });
          pass((1 + below(20)) * MINUTE);
        }
        const by = { ...holder, oversees: false };
        await conversations.change(id, { kind: 'close', by, reason: 'Đã giải quyết', tags: [] });
        took('agentHandling', since, since, getNow(), holder.name);
        took('handling', requestedAt, claimedAt, getNow());
        took('resolution', requestedAt, requestedAt, getNow());
        if (random() < 0.6) {
          pass(MINUTE);
          const score = 1 + below(5);
          await conversations.giveSatisfaction(id, { score });
          month.scores.push({ at: getNow(), score, agent: holder.name, platform });
        }
        note('visits', startedAt);
        note('handedOver', startedAt);
      },
    };
    const script = random() < 0.2 ? 'simple' : pick(Object.keys(scripts));
    await scripts[script]!();
    // Whoever comes back to a form fills it in: that is not what is simulated here.
    return { id, isBack: script !== 'formLeft' };
  };

  const liveTicket = async (place: number): Promise<void> => {
    const office = pick(OFFICES);
    const by = { kind: 'staff', ...AGENTS[0]! } as const;
    const fact = (name: TicketCountName, seconds: number | null = null, at = getNow()): void => {
      month.tickets.push({ name, at, office: office ?? '', seconds });
    };
    const createdAt = getNow();
    const ticket = await tickets.create(`sim-${place}`, { ...DRAFT, office }, { source: 'phone', by });
    fact('created');
    const limitMs = ticket.resolution.limitMs;
    const isLate = random() < 0.3;
    if (random() < 0.2) return;
    await tickets.change(ticket.code, { kind: 'start' }, by);
    if (isLate) {
      setNow(new Date(createdAt.getTime() + limitMs));
      await tickets.change(ticket.code, { kind: 'tick' }, { kind: 'desk' });
      fact('breached');
      pass(3 * 60 * MINUTE);
    } else pass(below(limitMs - MINUTE));
    await tickets.change(ticket.code, { kind: 'resolve' }, by);
    const closed = (): void => {
      fact('closed', Math.round((getNow().getTime() - createdAt.getTime()) / 1_000));
      fact(isLate ? 'late' : 'inTime');
    };
    if (random() > 0.2) return closed();
    pass(2 * 60 * MINUTE);
    await tickets.change(ticket.code, { kind: 'reopen', reason: '' }, by);
    fact('reopened');
  };

  return {
    conversations,
    tickets,
    month,
    versions,
    async run(contacts, beforeUpgrade) {
      const chance = seededRandom(seed);
      const moments = Array.from({ length: contacts }, (_, place) =>
        // Some begin just before midnight in Việt Nam.
        place % 7 === 0
          ? START + Math.floor(chance() * 30) * DAY + (24 * 60 - 2) * MINUTE + place
          : START + Math.floor(chance() * (END - START)),
      );
      const lives = moments.map((at, place) => async () => {
        const name = (place + 1).toString(16).padStart(24, '0');
        await act(at, place.toString(36), async () => {
          const platform = pick<Platform>(['android', 'android', 'ios', '']);
          versions.set(name, pick(VERSIONS));
          for (let visits = 1 + below(3); visits > 0 && getNow().getTime() < END; visits--) {
            const { id, isBack } = await visit(name, platform, versions.get(name) ?? '');
            if (!isBack) break;
            if (random() < 0.2) {
              await beforeUpgrade(id);
              versions.set(name, '4.3.0');
            }
            pass(random() < 0.5 ? 31 * MINUTE : 31 * MINUTE + below(5 * DAY));
          }
          if (place % 4 === 0) await liveTicket(place);
        });
      });
      const next = lives.values();
      const live = async (): Promise<void> => {
        for (const one of next) await one();
      };
      await Promise.all(Array.from({ length: AT_ONCE }, live));
    },
  };
}
