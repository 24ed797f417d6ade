/** Sending and catching up over a connection that fails in every way: nothing lost, nothing doubled, all in order. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type {
  ChatCommands,
  ConversationView,
  MessageView,
  OpenCommand,
  SendCommand,
} from '../../src/contracts/chat.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import type { Wire } from '../../web-sync/connection.ts';
import { createStore } from '../../web-sync/store.ts';
import { type ChatState, initialState } from '../../web-widget/sync/chat-state.ts';
import { createOutbox } from '../../web-widget/sync/outbox.ts';
import { createVisit, type Visit } from '../../web-widget/sync/visit.ts';
import { conversation, fromContact, message } from './messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What happens to one command or one fact on its way. */
type Fate =
  | 'arrives'
  | 'request lost'
  | 'answer lost'
  | 'store away'
  | 'put off'
  | 'challenged'
  | 'fault'
  | 'late'
  | 'closed';
const FATES: readonly Fate[] = [
  'arrives',
  'arrives',
  'request lost',
  'answer lost',
  'store away',
  'put off',
  'challenged',
  'fault',
  'late',
  'closed',
];
const CHALLENGE = { kind: 'pow', token: 'token', seed: 'seed', bits: 1, parts: 1 } as const;
const PAGE = 5;
const LATE_MS = 700;

/** A desk that keeps its promises (src/contracts/chat.ts), and a way to it that keeps none. */
function simulate(fates: readonly Fate[]) {
  let at = 0;
  const nextFate = (): Fate => fates[at++] ?? 'arrives';
  const stored: MessageView[] = [];
  const state = createStore<ChatState>(initialState('anonymous', []));
  let names = 0;
  const outbox = createOutbox({
    storage: createBrowserStorage(() => {
      throw new Error('forbidden');
    }),
    now: Date.now,
    newClientId: () => `client-${++names}`,
  });
  const arrived: number[] = [];
  let visit: Visit | null = null;
  let connected = 0;

  const tellFact = (fact: MessageView): void => {
    const fate = nextFate();
    const mine = connected;
    const deliver = (): void => {
      if (mine === connected) visit?.takeFact(fact);
    };
    if (fate === 'arrives') deliver();
    else if (fate === 'late') setTimeout(deliver, LATE_MS);
  };
  const say = (text: string): void => {
    const reply = message(stored.length + 1, { bubbles: [{ kind: 'text', markdown: text }] });
    stored.push(reply);
    tellFact(reply);
  };
  const keep = ({ clientId, text }: SendCommand): MessageView => {
    const known = stored.find((one) => one.clientId === clientId);
    if (known !== undefined) return known;
    const kept = { ...fromContact(stored.length + 1, clientId), text };
    stored.push(kept);
    setTimeout(() => say(`trả lời ${text}`), 50);
    return kept;
  };
  const perform = (name: string, body: Record<string, unknown>): unknown => {
    if (name === 'message:send') return { message: keep(body as unknown as SendCommand) };
    const { after } = body as { after?: number };
    const page =
      after === undefined ? stored.slice(-PAGE) : stored.filter(({ seq }) => seq > after).slice(0, PAGE);
    const conversation = {
      id: 'one',
      status: 'bot',
      lastSeq: stored.length,
      openedAt: '2025-05-12T03:00:00.000Z',
    };
    const hasMore =
      after === undefined
        ? stored.length > PAGE
        : page.length > 0 && (page[page.length - 1]?.seq ?? 0) < stored.length;
    return { conversation, messages: page, hasMore };
  };

  const connect = (): void => {
    const mine = ++connected;
    const isUp = (): boolean => mine === connected && visit !== null;
    const wire: Wire<ChatCommands> = {
      isUp,
      async ask(name, body) {
        const fate = nextFate();
        await new Promise((resolve) => setTimeout(resolve, fate === 'late' ? LATE_MS : 20));
        const error = (code: string, more: object) => ({
          ok: false,
          error: { code, message: code, ...more },
        });
        const answer = (): unknown => {
          if (fate === 'request lost') return null;
          if (fate === 'store away') return error('store_unavailable', { retryAfterMs: 500 });
          if (fate === 'challenged' && name === 'conversation:open' && !(body as OpenCommand).solution)
            return error('challenge_required', { challenge: CHALLENGE });
          if (fate === 'put off') return error('busy', { retryAfterMs: 2_500 });
          if (fate === 'fault' && at % 3 > 0) return error('internal', {});
          if (fate === 'closed' && name === 'message:send') return error('not_open', {});
          const data = perform(name, body as Record<string, unknown>);
          return fate === 'answer lost' ? null : { ok: true, data };
        };
        const given = answer();
        return (isUp() ? given : null) as never;
      },
      cut() {
        if (!isUp()) return;
        visit = null;
        setTimeout(connect, 1_000);
      },
    };
    visit = createVisit(wire, {
      store: state,
      outbox,
      onArrived: (messages) => arrived.push(...messages.map(({ seq }) => seq)),
      solve: async ({ token }, isWanted) => (isWanted() ? `${token}:7` : undefined),
      settle: () => undefined,
    });
    void visit.sync();
  };
  connect();
  return {
    stored,
    state,
    outbox,
    arrived,
    type(text: string) {
      outbox.add('anonymous', { text });
      state.set({ pending: outbox.list('anonymous') });
      void visit?.flush();
    },
    say,
    heal() {
      at = fates.length;
      visit?.refresh();
    },
  };
}

test('after any faults both sides have the same messages, each once, in the order of typing', async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('type' as const), wait: fc.integer({ min: 0, max: 3_000 }) }),
    fc.record({ kind: fc.constant('say' as const), wait: fc.integer({ min: 0, max: 3_000 }) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.array(fc.constantFrom(...FATES), { maxLength: 60 }),
      async (steps, fates) => {
        const world = simulate(fates);
        const typed: string[] = [];
        for (const { kind, wait } of steps) {
          const text = `câu ${typed.length + 1}`;
          if (kind === 'say') world.say('một lời');
          else {
            typed.push(text);
            world.type(text);
          }
          await vi.advanceTimersByTimeAsync(wait);
        }
        world.heal();
        await vi.advanceTimersByTimeAsync(120_000);
        // What the desk failed at three times in a row was given back to the person, who sends it again.
        const refused = world.outbox.list('anonymous').filter((entry) => entry.refused);
        expect(world.outbox.list('anonymous')).toEqual(refused);
        const givenBack = new Set(refused.map(({ text }) => text));
        const texts = world.stored.filter(({ author }) => author === 'contact').map(({ text }) => text);
        expect(texts).toEqual(typed.filter((text) => !givenBack.has(text)));

        // A last word brings whatever fact was lost at the very end.
        world.say('hết');
        await vi.advanceTimersByTimeAsync(60_000);
        const { transcript, link, pending, sending } = world.state.get();
        const first = transcript.messages[0]?.seq ?? 1;
        expect(transcript.messages).toEqual(world.stored.slice(first - 1));
        expect([link, sending, pending.length]).toEqual(['online', null, refused.length]);
        expect(new Set(world.arrived).size).toBe(world.arrived.length);
      },
    ),
    { numRuns: 150 },
  );
});

test('what the desk will never take is given back, and does not hold up what follows', async () => {
  const world = simulate([]);
  await vi.advanceTimersByTimeAsync(100);
  const broken = simulate(['arrives', ...Array.from({ length: 40 }, () => 'fault' as const)]);
  broken.type('hỏng');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(broken.outbox.list('anonymous').every(({ refused }) => refused?.code === 'internal')).toBe(true);
  world.type('tốt');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(world.stored.map(({ author }) => author)).toEqual(['contact', 'bot']);
  expect(world.state.get().awaiting).toBeNull();
});

test.each(['say', 'type'] as const)(
  'a fact that got lost is fetched as soon as one sees the gap: %s',
  async (kind) => {
    const world = simulate(['arrives', 'request lost']);
    await vi.advanceTimersByTimeAsync(100);
    world.say('mất');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.state.get().transcript.messages).toEqual([]);
    world[kind]('đến nơi');
    await vi.advanceTimersByTimeAsync(45);
    expect(world.state.get().transcript.messages).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(world.state.get().transcript.messages).toEqual(world.stored);
    expect(world.arrived).toEqual(world.stored.map(({ seq }) => seq));
  },
);

/** A desk whose conversation was closed by the agent; whoever wants to write needs a fresh one. */
function simulateClosed() {
  const opened: OpenCommand[] = [];
  const sent: SendCommand[] = [];
  let names = 0;
  const rooms: { view: ConversationView; messages: MessageView[] }[] = [
    {
      view: { ...conversation, id: 'one', status: 'closed', lastSeq: 3 },
      messages: [message(1), message(2), message(3, { author: 'system' })],
    },
  ];
  const outbox = createOutbox({
    storage: createBrowserStorage(() => {
      throw new Error('forbidden');
    }),
    now: Date.now,
    newClientId: () => `client-${++names}`,
  });
  const state = createStore<ChatState>({ ...initialState('anonymous', []), agentRead: 2 });
  const perform = (name: string, body: never): unknown => {
    if (name === 'conversation:open') {
      opened.push(body);
      if ((body as OpenCommand).fresh)
        rooms.push({ view: { ...conversation, id: 'two', lastSeq: 0 }, messages: [] });
      const { view, messages } = rooms[rooms.length - 1]!;
      const { after = 0 } = body as OpenCommand;
      const now = { ...view, lastSeq: messages.length };
      return { conversation: now, messages: messages.filter(({ seq }) => seq > after), hasMore: false };
    }
    sent.push(body);
    const { messages } = rooms[1]!;
    const kept = { ...fromContact(messages.length + 1, (body as SendCommand).clientId) };
    messages.push(kept);
    return { message: kept };
  };
  const visit = createVisit(
    {
      isUp: () => true,
      cut: () => undefined,
      async ask(name, body) {
        const isClosed = name === 'message:send' && rooms.length === 1;
        return (
          isClosed
            ? { ok: false, error: { code: 'conversation_closed', message: '' } }
            : { ok: true, data: perform(name, body as never) }
        ) as never;
      },
    },
    {
      store: state,
      outbox,
      onArrived: () => undefined,
      solve: async () => undefined,
      settle: () => undefined,
    },
  );
  return { opened, sent, state, outbox, visit };
}

test('what is written into a closed conversation begins a fresh one, once, with what was typed in order', async () => {
  const { opened, sent, state, outbox, visit } = simulateClosed();
  void visit.sync();
  await vi.advanceTimersByTimeAsync(10);
  // Until then the closed one is shown: it may be reopened.
  expect([opened, state.get().transcript.messages.length]).toEqual([[{}], 3]);
  outbox.add('anonymous', { text: 'một' });
  outbox.add('anonymous', { text: 'hai' });
  void visit.flush();
  await vi.advanceTimersByTimeAsync(100);
  expect(opened.filter(({ fresh }) => fresh)).toEqual([{ fresh: true }]);
  expect(sent.map(({ text }) => text)).toEqual(['một', 'hai']);
  const { conversation: now, transcript, agentRead } = state.get();
  expect([now?.id, transcript.messages.length, agentRead]).toEqual(['two', 2, 0]);

  // From here on it is an ordinary one.
  void visit.sync();
  await vi.advanceTimersByTimeAsync(10);
  expect(opened.at(-1)).toEqual({ after: 2 });
});
