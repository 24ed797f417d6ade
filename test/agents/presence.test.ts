/** Who is there, and what the desk does of itself with the queue: on a real store, with a clock that the test turns. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Presence } from '../../src/agents/agent.ts';
import { createPresence } from '../../src/agents/presence.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { type Floor, type FloorNode, openFloor } from './floor.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let floor: Floor;
let node: FloorNode;
let other: FloorNode;
beforeAll(async () => {
  floor = await openFloor('2026-03-02T01:00:00Z');
  [node, other] = [floor.startNode(), floor.startNode()];
});
afterAll(() => floor?.close());
afterEach(async () => {
  Object.assign(floor.settings, { automatic: true, onDuty: true, graceMs: MINUTE, isStoreUp: true });
  const db = floor.database.client.db();
  for (const name of ['agent_presence', 'leases', 'conversations', 'messages'])
    await db.collection(name).deleteMany({});
});

const profile = (id: string, more: Partial<Presence> = {}) => ({
  id,
  name: `Tên ${id}`,
  capacity: 2,
  skills: [],
  ...more,
});
const stateOf = async (id: string) =>
  (await other.presence.listOnDuty()).find((one) => one.id === id)?.state ?? null;
const find = async (id: string) => (await node.conversations.find(id))!;
const eventsOf = async (id: string): Promise<string[]> => {
  const { messages } = await node.conversations.read(id, {});
  return messages.flatMap(({ event }) => event?.kind ?? []);
};

describe('presence', () => {
  it('is seen on every node, and ends by itself when nobody says it any more', async () => {
    await node.presence.enter(profile('lan'));
    expect(await stateOf('lan')).toBe('online');
    floor.forward(26 * SECOND);
    // Its node says it whenever a sign is due.
    await expect.poll(() => stateOf('lan')).toBe('online');
    node.presence.exit('lan');
    floor.forward(26 * SECOND);
    expect(await stateOf('lan')).toBe('offline');
  });

  it('lasts as long as one of several connections', async () => {
    await node.presence.enter(profile('lan'));
    await node.presence.enter(profile('lan'));
    node.presence.exit('lan');
    floor.forward(26 * SECOND);
    await expect.poll(() => stateOf('lan')).toBe('online');
    node.presence.exit('lan');
  });

  it('is said also by a node whose clock was ahead when it began', async () => {
    let aheadMs = 90 * SECOND;
    const late = createPresence({
      store: floor.presenceStore,
      listHeld: async () => [],
      graceMs: () => MINUTE,
      isStoreUp: () => true,
      logger: createLogger('silent'),
      now: () => new Date(floor.now().getTime() + aheadMs),
    });
    aheadMs = 0;
    await late.enter(profile('lan'));
    floor.forward(26 * SECOND);
    await expect.poll(() => stateOf('lan')).toBe('online');
    await late.stop();
  });

  it('signs off at once', async () => {
    await node.presence.enter(profile('lan'));
    await node.presence.leave('lan');
    expect(await stateOf('lan')).toBeNull();
  });

  it.each([
    ['a short break keeps the state that was chosen', 50 * SECOND, 'away'],
    ['a longer one begins anew', 70 * SECOND, 'online'],
  ])('%s', async (_name, breakMs, state) => {
    await node.presence.enter(profile('lan'));
    await node.presence.setState('lan', 'away');
    node.presence.exit('lan');
    floor.forward(breakMs);
    await other.presence.enter(profile('lan', { capacity: 5, skills: ['thẻ'] }));
    expect(await other.presence.listOnDuty()).toMatchObject([
      { id: 'lan', state, capacity: 5, skills: ['thẻ'] },
    ]);
    other.presence.exit('lan');
  });

  it('forgets whoever is long gone, but not as long as they hold something', async () => {
    await node.presence.enter(profile('lan'));
    await node.presence.enter(profile('hoa'));
    node.presence.exit('lan');
    node.presence.exit('hoa');
    const id = await node.ask();
    await node.conversations.change(id, { kind: 'assign', to: profile('lan') });
    floor.forward(13 * HOUR);
    expect(await node.presence.listOnDuty()).toMatchObject([{ id: 'lan', state: 'offline', load: 1 }]);
  });
});

describe('a lease', () => {
  it('is held by one, until it runs out or is given up', async () => {
    const { lease, release } = floor.presenceStore;
    const take = (owner: string) =>
      lease('assignment', owner, floor.now(), new Date(floor.now().getTime() + 10 * SECOND));
    const taken = await Promise.all(['a', 'b', 'c', 'd'].map(take));
    expect(taken.filter(Boolean)).toHaveLength(1);
    const [owner, rival] = taken[0] ? ['a', 'b'] : [['b', 'c', 'd'][taken.indexOf(true) - 1]!, 'a'];
    expect([await take(owner), await take(rival)]).toEqual([true, false]);
    floor.forward(10 * SECOND);
    expect([await take(rival), await take(owner)]).toEqual([true, false]);
    await release('assignment', owner);
    expect(await take(owner)).toBe(false);
    await release('assignment', rival);
    expect(await take(owner)).toBe(true);
  });
});

describe('the desk', () => {
  it('gives those who wait to those who are free, and to nobody who is away', async () => {
    await floor.presenceStore.enter({ ...profile('lan'), state: 'online', seenAt: floor.now() });
    await floor.presenceStore.enter({ ...profile('hoa'), state: 'away', seenAt: floor.now() });
    const ids = await Promise.all(Array.from({ length: 3 }, () => node.ask()));
    await Promise.all([node.shift.run(), other.shift.run()]);
    const all = await Promise.all(ids.map(find));
    expect(all.map(({ status }) => status).sort()).toEqual(['active', 'active', 'queued']);
    expect(new Set(all.map(({ handling }) => handling?.agent.id))).toEqual(new Set(['lan', undefined]));
  });

  it('leaves it to the agents where the settings say so', async () => {
    floor.settings.automatic = false;
    await floor.presenceStore.enter({ ...profile('lan'), state: 'online', seenAt: floor.now() });
    const id = await node.ask();
    await node.shift.run();
    expect(await find(id)).toMatchObject({ status: 'queued' });
  });

  it.each([5 * SECOND, MINUTE])(
    'takes back what an agent held who is gone for more than %i ms, once, and gives it to nobody who is gone',
    async (graceMs) => {
      floor.settings.graceMs = graceMs;
      const fresh = floor.startNode();
      await floor.presenceStore.enter({ ...profile('lan'), state: 'online', seenAt: floor.now() });
      const id = await fresh.ask();
      await fresh.shift.run();
      expect(await find(id)).toMatchObject({ status: 'active', handling: { agent: { id: 'lan' } } });
      floor.forward(graceMs);
      await fresh.shift.run();
      expect(await find(id)).toMatchObject({ status: 'active' });
      floor.forward(1);
      await Promise.all([fresh.shift.run(), other.shift.run()]);
      await fresh.shift.run();
      expect(await find(id)).toMatchObject({ status: 'queued', queue: { priority: 2 }, handling: null });
      expect(await eventsOf(id)).toEqual(['assigned', 'agent-gone']);
    },
  );

  it('takes nothing from whoever could give no sign of life because the store was away', async () => {
    // One was gone before, one goes meanwhile, one stays.
    const held: string[] = [];
    for (const name of ['gone', 'goes', 'stays']) {
      await node.presence.enter(profile(name, { capacity: 1 }));
      held.push(await node.ask());
      await node.shift.run();
    }
    const statuses = () => Promise.all(held.map(async (id) => (await find(id)).status));
    expect(await statuses()).toEqual(['active', 'active', 'active']);
    // Nobody else is to take what they lose.
    floor.settings.automatic = false;
    node.presence.exit('gone');
    floor.forward(55 * SECOND);
    await expect.poll(async () => (await floor.presenceStore.find('stays'))?.seenAt).toEqual(floor.now());
    floor.settings.isStoreUp = false;
    await node.shift.run();
    node.presence.exit('goes');
    floor.forward(10 * MINUTE);
    await node.shift.run();
    // Whoever looks first finds only old signs of life.
    floor.settings.isStoreUp = true;
    await node.shift.run();
    expect(await statuses()).toEqual(['active', 'active', 'active']);
    await expect.poll(async () => (await floor.presenceStore.find('stays'))?.seenAt).toEqual(floor.now());
    floor.forward(59 * SECOND);
    await node.shift.run();
    expect(await statuses()).toEqual(['active', 'active', 'active']);
    floor.forward(SECOND);
    await expect.poll(async () => (await floor.presenceStore.find('stays'))?.seenAt).toEqual(floor.now());
    await node.shift.run();
    expect(await statuses()).toEqual(['queued', 'queued', 'active']);
    for (const name of ['goes', 'stays', 'gone']) await node.presence.leave(name);
  });

  it.each([
    ['nobody was there for long: the desk was away', 10 * MINUTE, 'active'],
    ['it was away for a moment only', 20 * SECOND, 'queued'],
  ])('is begun by a node that starts: %s', async (_name, awayMs, status) => {
    floor.settings.automatic = true;
    floor.settings.graceMs = 10 * SECOND;
    await node.presence.enter(profile('lan'));
    const id = await node.ask();
    await node.shift.run();
    node.presence.exit('lan');
    floor.forward(awayMs);
    const started = floor.startNode();
    await started.shift.run();
    expect(await find(id)).toMatchObject({ status });
    floor.forward(10 * SECOND);
    await started.shift.run();
    expect(await find(id)).toMatchObject({ status: 'queued' });
  });

  it('gives nothing of whoever is there back when the grace time is made shorter', async () => {
    await node.presence.enter(profile('lan'));
    const id = await node.ask();
    await node.shift.run();
    // Well within a minute, and the next sign would be due only later.
    floor.forward(9 * SECOND);
    floor.settings.graceMs = 3 * SECOND;
    await node.shift.run();
    expect(await find(id)).toMatchObject({ status: 'active' });
    await expect.poll(async () => (await floor.presenceStore.find('lan'))?.seenAt).toEqual(floor.now());
    for (let step = 0; step < 7; step++) {
      floor.forward(SECOND);
      await expect
        .poll(async () => floor.now().getTime() - (await floor.presenceStore.find('lan'))!.seenAt.getTime())
        .toBeLessThan(SECOND);
      await node.shift.run();
    }
    expect(await find(id)).toMatchObject({ status: 'active' });
    node.presence.exit('lan');
    floor.forward(3 * SECOND + 1);
    await node.shift.run();
    expect(await find(id)).toMatchObject({ status: 'queued' });
  });

  it('tells those who wait that duty is over, each once', async () => {
    const id = await node.ask();
    await node.shift.run();
    floor.settings.onDuty = false;
    await Promise.all([node.shift.run(), other.shift.run()]);
    await node.shift.run();
    expect(await find(id)).toMatchObject({ status: 'queued', queue: { knowsDutyEnded: true } });
    expect(await eventsOf(id)).toEqual(['duty-ended']);
  });
});
