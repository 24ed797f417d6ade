/** Which agent gets which conversation, and what those who wait are told of it. */
import { describe, expect, it } from 'vitest';
import { type Agent, isPresent, stateOf } from '../../src/agents/agent.ts';
import { planAssignments, type Waiting } from '../../src/agents/assignment.ts';
import { createQueueOutlook } from '../../src/agents/queue-outlook.ts';
import { estimateWait } from '../../src/agents/wait-estimate.ts';
import { inQueueOrder } from '../../src/contracts/console.ts';
import { seededRandom } from '../../src/kernel/random.ts';

const NOW = new Date('2026-03-02T02:00:00Z');
const SECOND = 1_000;
const MINUTE = 60_000;
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

const agent = (id: string, more: Partial<Agent> = {}): Agent => ({
  id,
  name: id,
  state: 'online',
  capacity: 2,
  skills: [],
  seenAt: NOW,
  assignedAt: null,
  load: 0,
  ...more,
});
const waiting = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  id,
  queuedAt: ago(MINUTE),
  priority: 0,
  skill: null,
  notTo: null,
  knowsDutyEnded: false,
  ...more,
});

/** "a→x b→y": in the order of giving. */
const plan = (queue: readonly Waiting[], agents: readonly Agent[]): string =>
  planAssignments(queue, agents)
    .map((one) => `${one.conversation}→${one.agent.id}`)
    .join(' ');

describe('the plan', () => {
  it.each<[string, readonly Waiting[], readonly Agent[], string]>([
    ['is empty when nobody waits', [], [agent('x')], ''],
    ['is empty when nobody is there', [waiting('a')], [], ''],
    [
      'is empty when everybody is full',
      [waiting('a')],
      [agent('x', { load: 2 }), agent('y', { capacity: 0 })],
      '',
    ],
    [
      'goes by priority, then by waiting time, then by id',
      [
        waiting('d'),
        waiting('c'),
        waiting('a', { queuedAt: ago(SECOND), priority: 2 }),
        waiting('b', { queuedAt: ago(2 * MINUTE) }),
        waiting('e', { queuedAt: ago(MINUTE + 1), priority: 1 }),
      ],
      [agent('x', { capacity: 5 })],
      'a→x e→x b→x c→x d→x',
    ],
    [
      'fills the least loaded first, counting what it has just given',
      [waiting('a'), waiting('b'), waiting('c'), waiting('d')],
      [
        agent('x', { load: 1, capacity: 4 }),
        agent('y', { capacity: 4 }),
        agent('z', { load: 3, capacity: 4 }),
      ],
      'a→y b→x c→y d→x',
    ],
    [
      'takes turns among the equally loaded',
      [waiting('a'), waiting('b')],
      [
        agent('x', { assignedAt: ago(SECOND) }),
        agent('y', { assignedAt: ago(MINUTE) }),
        agent('z', { assignedAt: ago(2 * SECOND) }),
      ],
      'a→y b→z',
    ],
    [
      'begins with whoever never got one',
      [waiting('a')],
      [agent('x', { assignedAt: ago(MINUTE) }), agent('y')],
      'a→y',
    ],
    [
      'gives what needs a skill to those who have it only',
      [waiting('a', { skill: 'thẻ' }), waiting('b')],
      [agent('x'), agent('y', { skills: ['hưu', 'thẻ'], load: 1 })],
      'a→y b→x',
    ],
    [
      'does not give one back to whoever gave it back',
      [waiting('a', { notTo: 'x' }), waiting('b')],
      [agent('x'), agent('y', { load: 1 })],
      'a→y b→x',
    ],
    [
      'does not hold up the others behind one that nobody can take',
      [waiting('a', { skill: 'thẻ', priority: 2 }), waiting('b')],
      [agent('x')],
      'b→x',
    ],
    [
      'fills nobody beyond capacity',
      ['a', 'b', 'c', 'd', 'e'].map((id) => waiting(id)),
      [agent('x', { capacity: 1 }), agent('y', { capacity: 3, load: 1 })],
      'a→x b→y c→y',
    ],
    [
      'gives none back to whoever has just returned it',
      [waiting('a', { notTo: 'x' })],
      [agent('x'), agent('y', { load: 1 })],
      'a→y',
    ],
  ])('%s', (_name, queue, agents, expected) => {
    expect(plan(queue, agents)).toBe(expected);
    // Nodes may read the store in another order.
    expect(plan([...queue].reverse(), agents)).toBe(expected);
  });

  it('has the same order as the list', () => {
    const queue = [waiting('b'), waiting('a'), waiting('c', { priority: 1 })];
    expect([...queue].sort(inQueueOrder).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  });
});

describe('an agent', () => {
  it.each<[Agent['state'], number, string]>([
    ['online', 0, 'online'],
    ['online', 25 * SECOND, 'online'],
    ['online', 25 * SECOND + 1, 'offline'],
    ['away', 25 * SECOND, 'away'],
    ['away', MINUTE, 'offline'],
  ])('who is %s and was seen %i ms ago is %s', (state, ms, expected) => {
    const one = agent('x', { state, seenAt: ago(ms) });
    expect(stateOf(one, NOW)).toBe(expected);
    expect(isPresent(one, NOW)).toBe(expected === 'online');
  });
});

describe('the wait', () => {
  const serve = (waitMs: number, handlingMs: number) => ({ waitMs, handlingMs });
  const SERVED = [1, 2, 3, 4, 5, 6, 7].map((minutes) => serve(minutes * MINUTE, 10 * MINUTE));
  type Case = readonly [string, Parameters<typeof estimateWait>[0], ReturnType<typeof estimateWait>];
  const common = { slots: 5, free: 0, served: SERVED, isAutomatic: true } as const;
  it.each<Case>([
    ['is not known when nobody is there', { ...common, position: 1, slots: 0 }, null],
    [
      'is none to speak of where the desk gives it to an agent who is free',
      { ...common, position: 2, free: 2, served: [] },
      { lowMs: 0, highMs: MINUTE },
    ],
    [
      'is what others had to wait where an agent who is free has to take it',
      { ...common, position: 2, free: 2, isAutomatic: false },
      { lowMs: 2 * MINUTE, highMs: 6 * MINUTE },
    ],
    ['is not known as long as few were served', { ...common, position: 1, served: SERVED.slice(0, 4) }, null],
    [
      'of the next one is from nothing to twice the time between two free places',
      { ...common, position: 1 },
      { lowMs: 0, highMs: 4 * MINUTE },
    ],
    [
      'grows with the place, its uncertainty with the root of it',
      { ...common, position: 18, free: 2 },
      { lowMs: 12 * 2 * MINUTE, highMs: 20 * 2 * MINUTE },
    ],
  ])('%s', (_name, input, expected) => {
    expect(estimateWait(input)).toEqual(expected);
  });

  it('holds for two of three who wait', () => {
    // Exponential handling times, as the estimate assumes: the k-th place of s gets free after a gamma-distributed time.
    const [slots, meanMs, turns, runs] = [5, 10 * MINUTE, 9, 20_000];
    const { lowMs, highMs } = estimateWait({ ...common, position: turns, slots })!;
    const random = seededRandom(1);
    let inside = 0;
    for (let run = 0; run < runs; run++) {
      let waitMs = 0;
      for (let turn = 0; turn < turns; turn++) waitMs -= (Math.log(1 - random()) * meanMs) / slots;
      if (waitMs >= lowMs && waitMs <= highMs) inside += 1;
    }
    expect(inside / runs).toBeGreaterThan(0.62);
    expect(inside / runs).toBeLessThan(0.75);
  });
});

describe('what one who waits has to expect', () => {
  const QUEUE = [
    waiting('front', { priority: 2, queuedAt: ago(SECOND) }),
    waiting('early', { queuedAt: ago(3 * MINUTE) }),
    waiting('skilled', { queuedAt: ago(2 * MINUTE), skill: 'thẻ' }),
    waiting('late'),
  ];
  const outlookOf = async (agents: readonly Agent[], id: string | null) => {
    const outlook = createQueueOutlook({
      listWaiting: async () => QUEUE,
      listAgents: async () => agents,
      listServed: async () => Array.from({ length: 5 }, () => ({ waitMs: MINUTE, handlingMs: 10 * MINUTE })),
      isAutomatic: () => true,
      dutyAt: () => ({ onDuty: true, backAt: null }),
      now: () => NOW,
    });
    const one = QUEUE.find((other) => other.id === id) ?? null;
    const alone = await outlook.of(one);
    if (one !== null) expect((await outlook.ofAll(QUEUE)).get(one.id)).toEqual(alone);
    return alone;
  };
  const BUSY = agent('x', { load: 2 });

  it.each<[string | null, number]>([
    ['front', 1],
    ['early', 2],
    ['skilled', 3],
    // Those who wait for a skill wait for others.
    ['late', 3],
    [null, 4],
  ])('“%s” stands at place %i', async (id, position) => {
    expect(await outlookOf([BUSY], id)).toMatchObject({ position, staffed: id !== 'skilled' });
  });

  it.each<[string, readonly Agent[], boolean]>([
    ['is away', [agent('x', { state: 'away' })], false],
    ['has vanished', [agent('x', { seenAt: ago(MINUTE) })], false],
    ['is full', [BUSY], true],
  ])('an agent who %s counts as it should', async (_name, agents, staffed) => {
    const { wait, ...rest } = await outlookOf(agents, 'late');
    expect(rest.staffed).toBe(staffed);
    expect(wait === null).toBe(!staffed);
  });

  it('is no wait to speak of while there is a free place for each', async () => {
    expect(await outlookOf([agent('x', { capacity: 3 })], 'late')).toMatchObject({
      position: 3,
      wait: { lowMs: 0, highMs: MINUTE },
    });
    expect(await outlookOf([agent('x', { capacity: 3, skills: ['thẻ'], load: 2 })], 'skilled')).toMatchObject(
      {
        staffed: true,
        wait: { highMs: expect.any(Number) },
      },
    );
  });
});
