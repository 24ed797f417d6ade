/** Two conversations over a connection that fails in every way: nothing lost, nothing doubled, all in order. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AgentOnDuty, Note, StaffCommands, StaffMessage } from '../../src/contracts/console.ts';
import { type OpenConversation, opening } from '../../web-console/sync/desk-state.ts';
import { createOutbox, type OutboxDraft } from '../../web-console/sync/outbox.ts';
import { createVisit, type Visit } from '../../web-console/sync/visit.ts';
import { createBrowserStorage } from '../../web-sync/browser-storage.ts';
import type { Wire } from '../../web-sync/connection.ts';
import { fromAgent, ME, message, note, row } from './staff-messages.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** What happens to one command or one fact on its way. */
type Fate = 'arrives' | 'request lost' | 'answer lost' | 'store away' | 'fault' | 'late' | 'answer late';
const FATES: readonly Fate[] = [
  'arrives',
  'request lost',
  'answer lost',
  'store away',
  'fault',
  'late',
  'answer late',
];
const IDS = ['a'.repeat(24), 'b'.repeat(24)] as const;
const PAGE = 4;
const LATE_MS = 700;
const ONLINE: AgentOnDuty = { ...ME, state: 'online', capacity: 4, load: 0, skills: [] };

/** A desk that keeps its promises (src/contracts/console.ts), and a way to it that keeps none. */
function simulate(fates: readonly Fate[], refuses: (text: string) => string | null = () => null) {
  let at = 0;
  const nextFate = (): Fate => fates[at++] ?? 'arrives';
  const stored = new Map<string, StaffMessage[]>(IDS.map((id) => [id, []]));
  const notes = new Map<string, Note>();
  const screen = new Map<string, OpenConversation>(IDS.map((id) => [id, opening(id)]));
  let link = '';
  const gone: string[] = [];
  let ended = 0;
  let names = 0;
  const outbox = createOutbox({
    storage: createBrowserStorage(() => {
      throw new Error('forbidden');
    }),
    account: ME.id,
    now: Date.now,
    newClientId: () => `client-${++names}`,
  });
  let visit: Visit | null = null;
  let connected = 0;

  const tellFact = (deliver: () => void): void => {
    const fate = nextFate();
    const mine = connected;
    const arrive = (): void => {
      if (mine === connected) deliver();
    };
    if (fate === 'arrives') arrive();
    else if (fate === 'late') setTimeout(arrive, LATE_MS);
  };
  const keep = (id: string, made: (seq: number) => StaffMessage): StaffMessage => {
    const all = stored.get(id) ?? [];
    const kept = made(all.length + 1);
    all.push(kept);
    // Whoever said it is told by the acknowledgement alone.
    if (kept.author !== 'agent') tellFact(() => visit?.takeMessage(id, kept));
    return kept;
  };
  const perform = (name: string, body: Record<string, unknown>): unknown => {
    if (name === 'desk:enter') return { agents: [ONLINE], me: ONLINE };
    const { id, clientId, text, after } = body as {
      id: string;
      clientId: string;
      text: string;
      after?: number;
    };
    const all = stored.get(id) ?? [];
    if (name === 'message:send')
      return {
        message:
          all.find((one) => one.clientId === clientId) ??
          keep(id, (seq) => ({ ...fromAgent(seq, ME, clientId), text })),
      };
    if (name === 'note:add') {
      const kept =
        notes.get(clientId) ?? note(all.length, { id: clientId, conversation: id, text, author: ME });
      notes.set(clientId, kept);
      return kept;
    }
    const page = after === undefined ? all.slice(-PAGE) : all.filter(({ seq }) => seq > after).slice(0, PAGE);
    const hasMore = after === undefined ? all.length > PAGE : (page.at(-1)?.seq ?? all.length) < all.length;
    return {
      conversation: row({ id, lastSeq: all.length }),
      messages: page,
      hasMore,
      notes: [...notes.values()].filter(({ conversation }) => conversation === id),
      contact: null,
      contactOnline: true,
      deliveredSeq: 0,
      readSeq: 0,
      viewers: [{ ...ME, typing: false }],
      draft: '',
    };
  };

  const connect = (): void => {
    const mine = ++connected;
    const isUp = (): boolean => mine === connected && visit !== null;
    const wire: Wire<StaffCommands> = {
      isUp,
      async ask(name, body) {
        const fate = nextFate();
        await new Promise((resolve) => setTimeout(resolve, fate === 'late' ? LATE_MS : 20));
        const error = (code: string, more: object = {}) => ({
          ok: false,
          error: { code, message: code, ...more },
        });
        const answer = (): unknown => {
          if (fate === 'request lost') return null;
          if (fate === 'store away') return error('store_unavailable', { retryAfterMs: 500 });
          if (fate === 'fault' && at % 3 > 0) return error('internal');
          const refusal = name === 'message:send' ? refuses((body as { text: string }).text) : null;
          if (refusal !== null) return error(refusal);
          const data = perform(name, body as Record<string, unknown>);
          return fate === 'answer lost' ? null : { ok: true, data };
        };
        const given = answer();
        if (fate === 'answer late') await new Promise((resolve) => setTimeout(resolve, LATE_MS));
        return (isUp() ? given : null) as never;
      },
      cut() {
        if (!isUp()) return;
        visit = null;
        setTimeout(connect, 1_000);
      },
    };
    visit = createVisit(wire, {
      account: ME.id,
      outbox,
      openIds: () => [...screen.keys()],
      find: (id) => screen.get(id) ?? null,
      patch(id, change) {
        const known = screen.get(id);
        if (known !== undefined) screen.set(id, { ...known, ...change });
      },
      onPending: () => undefined,
      onGone(id) {
        gone.push(id);
        outbox.forget(id);
      },
      onSending: () => undefined,
      onEntered: () => undefined,
      onLink: (state) => {
        link = state;
      },
      onSessionEnded: () => {
        ended++;
      },
    });
    void visit.enter();
  };
  connect();
  return {
    stored,
    notes,
    screen,
    outbox,
    link: () => link,
    ended: () => ended,
    gone,
    write(draft: OutboxDraft) {
      outbox.add(draft);
      visit?.flush();
    },
    say: (id: string) => keep(id, (seq) => message(seq)),
    heal() {
      at = fates.length;
    },
  };
}

const draft = (conversation: string, text: string, kind: OutboxDraft['kind'] = 'reply'): OutboxDraft => ({
  conversation,
  kind,
  text,
  files: [],
});

test('after any faults desk and screen have the same messages, each once, in the order of writing', async () => {
  const step = fc.record({
    kind: fc.constantFrom('reply' as const, 'note' as const, 'say' as const),
    place: fc.constantFrom(0, 1),
    wait: fc.integer({ min: 0, max: 3_000 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 14 }),
      fc.array(fc.constantFrom(...FATES, 'arrives' as const), { maxLength: 60 }),
      async (steps, fates) => {
        const world = simulate(fates);
        const written: OutboxDraft[] = [];
        for (const { kind, place, wait } of steps) {
          const id = IDS[place] ?? IDS[0];
          if (kind === 'say') world.say(id);
          else {
            const next = draft(id, `câu ${written.length + 1}`, kind);
            written.push(next);
            world.write(next);
          }
          await vi.advanceTimersByTimeAsync(wait);
        }
        world.heal();
        await vi.advanceTimersByTimeAsync(120_000);
        // What the desk failed at three times in a row was given back to the person, who decides.
        const refused = world.outbox.list();
        expect(refused.every((entry) => entry.refused?.code === 'internal')).toBe(true);
        const givenBack = new Set(refused.map(({ text }) => text));
        const expected = (id: string, kind: string): string[] =>
          written
            .filter((one) => one.conversation === id && one.kind === kind && !givenBack.has(one.text))
            .map(({ text }) => text);

        for (const id of IDS) {
          // What one has said oneself is there, whatever facts were lost.
          const own =
            world.screen.get(id)?.transcript.messages.filter(({ author }) => author === 'agent') ?? [];
          expect(own.map(({ text }) => text)).toEqual(expected(id, 'reply').slice(-own.length || undefined));
          expect(own.at(-1)?.text).toBe(expected(id, 'reply').at(-1));
          // A last word brings whatever fact was lost at the very end.
          world.say(id);
          await vi.advanceTimersByTimeAsync(30_000);
          const all = world.stored.get(id) ?? [];
          const { transcript, notes } = world.screen.get(id) ?? opening(id);
          const first = transcript.messages[0]?.seq ?? 1;
          expect(transcript.messages).toEqual(all.slice(first - 1));
          expect(all.filter(({ author }) => author === 'agent').map(({ text }) => text)).toEqual(
            expected(id, 'reply'),
          );
          expect(notes.map(({ text }) => text).sort()).toEqual(expected(id, 'note').sort());
        }
        expect([world.link(), world.ended()]).toEqual(['online', 0]);
      },
    ),
    { numRuns: 100 },
  );
});

test('what is acknowledged while the conversation is being read is on the screen all the same', async () => {
  const world = simulate(['arrives', 'answer late', 'answer late']);
  await vi.advanceTimersByTimeAsync(100);
  // The desk has read both conversations, and the answers are on their way.
  world.write(draft(IDS[0], 'em đây ạ'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(world.outbox.list()).toEqual([]);
  expect(world.screen.get(IDS[0])?.transcript.messages.map(({ text }) => text)).toEqual(['em đây ạ']);
});

test('one conversation that is refused holds up neither the other nor what follows', async () => {
  const world = simulate([], (text) => (text === 'của Lan' ? 'not_yours' : null));
  await vi.advanceTimersByTimeAsync(500);
  world.write(draft(IDS[0], 'của Lan'));
  world.write(draft(IDS[0], 'tiếp'));
  world.write(draft(IDS[1], 'khác'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(world.outbox.list().map(({ text, refused }) => [text, refused?.code])).toEqual([
    ['của Lan', 'not_yours'],
  ]);
  expect(IDS.map((id) => world.stored.get(id)?.map(({ text }) => text))).toEqual([['tiếp'], ['khác']]);
});

test('what was written for a conversation that is erased is dropped, and the others go on', async () => {
  const world = simulate([], (text) => (text === 'quá muộn' ? 'conversation_not_found' : null));
  await vi.advanceTimersByTimeAsync(500);
  world.write(draft(IDS[0], 'quá muộn'));
  world.write(draft(IDS[0], 'tiếp'));
  world.write(draft(IDS[1], 'khác'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect([world.gone, world.outbox.list()]).toEqual([[IDS[0]], []]);
  expect(world.stored.get(IDS[1])?.map(({ text }) => text)).toEqual(['khác']);
});

test('a fact that got lost is fetched as soon as one sees the gap', async () => {
  const world = simulate(['arrives', 'arrives', 'arrives', 'request lost']);
  await vi.advanceTimersByTimeAsync(500);
  world.say(IDS[0]);
  world.say(IDS[0]);
  await vi.advanceTimersByTimeAsync(500);
  expect(world.screen.get(IDS[0])?.transcript.messages.map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a session that is over is said so, and what was written stays', async () => {
  const world = simulate([], () => 'signed_out');
  await vi.advanceTimersByTimeAsync(500);
  world.write(draft(IDS[0], 'một'));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([world.ended(), world.outbox.list().map(({ text, refused }) => [text, refused])]).toEqual([
    1,
    [['một', undefined]],
  ]);
});
