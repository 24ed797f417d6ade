import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IncidentDraft } from '../../src/contracts/incidents.ts';
import { REMIND_AFTER_MS } from '../../src/incidents/incident.ts';
import { WINDOW_MS } from '../../src/incidents/rise.ts';
import { DRAFT, type IncidentRoom, LAN, MINUTE_MS, openIncidentRoom } from './incident-room.ts';

const HOUR_MS = 60 * MINUTE_MS;
let room: IncidentRoom;
beforeAll(async () => {
  room = await openIncidentRoom();
}, 60_000);
afterAll(() => room?.close());
beforeEach(() => room.empty());

type Node = ReturnType<IncidentRoom['openNode']>;
const inMinutes = (minutes: number): string =>
  new Date(room.now().getTime() + minutes * MINUTE_MS).toISOString();
const draft = (part: Partial<IncidentDraft> = {}): IncidentDraft => ({ ...DRAFT, ...part });

/** So many conversations ask, each once. */
const ask = (node: Node, conversations: number, intent: string | null = 'otp.missing', from = 0): void => {
  for (let one = 0; one < conversations; one += 1)
    node.counter.note({
      conversation: `conversation ${from + one}`,
      text: 'sao chưa nhận được mã OTP đăng ký',
      decision: intent === null ? 'unknown' : 'answer',
      intent,
      candidates: [],
    });
};
/** The desk has been counting for a day, in which hardly anybody asked. */
const countForADay = async (): Promise<void> => {
  const dayAgo = new Date(room.now().getTime() - 24 * HOUR_MS);
  await room.stores.buckets.add([{ subject: '*', at: dayAgo, count: 1, tokens: [], sample: '' }]);
};

describe('a rise', () => {
  it.each([
    ['an intent', 'otp.missing', { subject: 'intent:otp.missing' }],
    ['a wording that the bot does not know', null, { subject: 'wording:chua dang ky ma nhan otp' }],
  ])('of %s over two nodes is noticed once, grows, and is over by itself', async (_name, intent, subject) => {
    await countForADay();
    const [one, two] = [room.openNode(), room.openNode()];
    ask(one, 5, intent);
    ask(one, 5, intent);
    ask(two, 5, intent, 5);
    await one.counter.stop();
    await two.counter.stop();
    await one.watch.look();
    await two.watch.look();
    const [suspicion, ...more] = await room.stores.suspicions.listRising();
    expect(more).toEqual([]);
    expect(suspicion).toMatchObject({
      ...subject,
      state: 'open',
      asked: 10,
      usual: 0.5,
      samples: ['sao chưa nhận được mã OTP đăng ký'],
    });

    room.pass(5 * MINUTE_MS);
    const later = room.openNode();
    ask(later, 12, intent, 20);
    await later.counter.stop();
    await later.watch.look();
    expect(await room.stores.suspicions.listRising()).toMatchObject([{ id: suspicion?.id, asked: 22 }]);

    room.pass(2 * WINDOW_MS);
    await later.watch.look();
    expect(await room.stores.suspicions.listRising()).toEqual([]);
    expect(await room.stores.suspicions.find(suspicion!.id)).toMatchObject({ state: 'over' });
  });

  it('is none on a desk that has just been opened, of greetings, or of one who asks all the time', async () => {
    const node = room.openNode();
    ask(node, 20);
    await node.counter.stop();
    await node.watch.look();
    expect(await room.stores.suspicions.listRising()).toEqual([]);

    await room.empty();
    await countForADay();
    const other = room.openNode();
    ask(other, 20, 'smalltalk.greeting');
    for (let time = 0; time < 20; time += 1) ask(other, 1);
    await other.counter.stop();
    await other.watch.look();
    expect(await room.stores.suspicions.listRising()).toEqual([]);
  });

  it('is held against the same time of the last days', async () => {
    const days = [1, 2, 3].map((day) => new Date(room.now().getTime() - day * 24 * HOUR_MS));
    const before = new Date(days[2]!.getTime() - WINDOW_MS);
    await room.stores.buckets.add([{ subject: '*', at: before, count: 1, tokens: [], sample: '' }]);
    await room.stores.buckets.add(
      days.flatMap((at) =>
        ['*', 'intent:otp.missing'].map((subject) => ({ subject, at, count: 9, tokens: [], sample: '' })),
      ),
    );
    const node = room.openNode();
    // The last of three buckets is the one that runs: its like of earlier days is compared.
    ask(node, 20);
    await node.counter.stop();
    await node.watch.look();
    expect(await room.stores.suspicions.listRising()).toEqual([]);
    const more = room.openNode();
    ask(more, 20, 'otp.missing', 20);
    await more.counter.stop();
    await more.watch.look();
    expect(await room.stores.suspicions.listRising()).toMatchObject([{ asked: 40, usual: 9 }]);
  });

  it('that somebody dismissed, or opened an incident from, is not raised again while it lasts', async () => {
    await countForADay();
    const node = room.openNode();
    ask(node, 10);
    ask(node, 10, 'card.view');
    await node.counter.stop();
    await node.watch.look();
    const [one, two] = await room.stores.suspicions.listRising();
    await node.incidents.dismiss(one!.id, LAN);
    const { incident } = await node.incidents.open(
      draft({ affects: { all: false, intents: ['card.view', 'otp.missing'] } }),
      two!.id,
      LAN,
    );
    expect(node.live.suspicions()).toEqual([]);
    await expect(node.incidents.dismiss(one!.id, LAN)).rejects.toMatchObject({ code: 'suspicion_over' });
    await expect(node.incidents.open(draft(), two!.id, LAN)).rejects.toMatchObject({
      code: 'suspicion_over',
    });
    await node.watch.look();
    expect(await room.stores.suspicions.listRising()).toMatchObject([
      { state: 'dismissed' },
      { state: 'taken', incident: incident.id },
    ]);
    expect(room.audited.map(({ action }) => action)).toEqual(['suspicion.dismissed', 'incident.opened']);
  });
});

describe('an incident', () => {
  it('is on at all nodes, survives a restart, and ends at its time also while the store is away', async () => {
    const [one, two] = [room.openNode(), room.openNode()];
    await two.live.start();
    const told: unknown[] = [];
    two.live.events.on('banners', (banners) => told.push(banners));
    await one.incidents.open(draft({ endsAt: inMinutes(30) }), null, LAN);
    await two.live.refresh();
    expect(two.live.active()).toMatchObject([{ title: DRAFT.title }]);
    const third = room.openNode();
    await third.live.start();
    expect(third.live.banners()).toMatchObject([{ revision: 1, text: DRAFT.banner?.text }]);

    room.state.isStoreUp = false;
    room.pass(31 * MINUTE_MS);
    const fourth = room.openNode();
    await fourth.live.start();
    expect(fourth.live.active()).toEqual([]);
    room.state.isStoreUp = true;
    await two.live.refresh();
    expect(two.live.active()).toEqual([]);
    expect(told).toMatchObject([[{ level: 'warning' }], []]);

    await one.incidents.keepTime();
    await two.incidents.keepTime();
    expect(await room.stores.incidents.listOpen()).toEqual([]);
    expect(room.audited.filter(({ action }) => action === 'incident.ended')).toMatchObject([
      { actor: null, details: { byTime: true } },
    ]);
    for (const node of [two, third, fourth]) await node.live.stop();
  });

  it('is changed by one of those who saw the same; its banner comes again only when it says something else', async () => {
    const node = room.openNode();
    const { incident } = await node.incidents.open(draft(), null, LAN);
    const change = (revision: number, part: Partial<IncidentDraft>) =>
      node.incidents.change(incident.id, revision, draft(part), LAN);
    const tries = await Promise.allSettled([change(1, { title: 'Một' }), change(1, { title: 'Hai' })]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'edited_meanwhile' },
    });
    expect(node.live.banners()).toMatchObject([{ revision: 1 }]);
    await change(2, { banner: { text: 'Đã gửi lại được OTP.', level: 'info' } });
    expect(node.live.banners()).toMatchObject([{ revision: 2, level: 'info' }]);

    await node.incidents.end(incident.id, LAN);
    await node.incidents.end(incident.id, LAN);
    await expect(change(4, {})).rejects.toMatchObject({ code: 'incident_ended' });
    expect(room.audited.map(({ action }) => action)).toEqual([
      'incident.opened',
      'incident.changed',
      'incident.changed',
      'incident.ended',
    ]);
  });

  it.each<[string, () => Partial<IncidentDraft>]>([
    ['incident_affects_nothing', () => ({ affects: { all: false, intents: ['no.such'] } })],
    ['incident_time_wrong', () => ({ endsAt: inMinutes(-1) })],
  ])('is refused with %s', async (code, part) => {
    await expect(room.openNode().incidents.open(draft(part()), null, LAN)).rejects.toMatchObject({ code });
  });

  it.each([
    ['# Bảo trì', /^Dòng tiêu đề \(#\)/],
    ['Bảo trì <b>đến</b> 18:00', /^Mã HTML/],
    ['**Bảo trì đến 18:00', /^Dấu in đậm/],
    ['Xem [tin](javascript:alert(1))', /^Liên kết chưa đúng: javascript:/],
    ['![Ảnh](/media/khac.png)', /^Không có hình “khac\.png”/],
  ])('does not pin what the chat cannot show, nor when it is changed: %s', async (markdown, sentence) => {
    const node = room.openNode();
    const unshowable = draft({ answer: { markdown, place: 'above' } });
    const refusal = {
      code: 'incident_answer_unshowable',
      details: [expect.stringMatching(sentence)],
    };
    await expect(node.incidents.open(unshowable, null, LAN)).rejects.toMatchObject(refusal);
    const shown = draft({ answer: { markdown: '**Bảo trì**\n\n![Ảnh](/media/otp.png)', place: 'above' } });
    const { incident } = await node.incidents.open(shown, null, LAN);
    await expect(node.incidents.change(incident.id, 1, unshowable, LAN)).rejects.toMatchObject(refusal);
  });

  it('without an end is asked about after four hours, and again after four more', async () => {
    const node = room.openNode();
    await node.live.start();
    const reminded: string[] = [];
    node.live.events.on('reminded', ({ title }) => reminded.push(title));
    await node.incidents.open(draft(), null, LAN);
    await node.incidents.open(draft({ endsAt: inMinutes(600) }), null, LAN);
    for (const ms of [REMIND_AFTER_MS - 1, 1, 1, REMIND_AFTER_MS]) {
      room.pass(ms);
      await node.incidents.keepTime();
      await node.live.refresh();
    }
    expect(reminded).toEqual([DRAFT.title, DRAFT.title]);
    await node.live.stop();
  });
});

describe('whom an incident concerned', () => {
  it('is linked once, forgotten when it is erased, and told once in spite of a break', async () => {
    const said: string[] = [];
    let isBroken = true;
    const node = room.openNode({
      async announce(conversation, name) {
        if (isBroken && said.length === 60) throw new Error('the store is away');
        said.push(`${conversation} ${name}`);
      },
    });
    const { incident } = await node.incidents.open(draft(), null, LAN);
    node.touches.note('not concerned', 'card.view');
    node.touches.note('nobody knows', null);
    for (let one = 0; one < 120; one += 1) {
      node.touches.note(`c${one}`, 'otp.missing');
      node.touches.note(`c${one}`, 'otp.missing');
    }
    await node.touches.stop();
    await node.touches.forgetConversation('c7');
    node.touches.note('c8', 'otp.missing');
    await node.touches.stop();
    expect((await node.incidents.get(incident.id)).touched).toBe(119);

    const tell = () => node.incidents.tell(incident.id, 'Đã khắc phục.', LAN);
    await expect(tell()).rejects.toMatchObject({ code: 'incident_goes_on' });
    await node.incidents.end(incident.id, LAN);
    await tell();
    await expect(tell()).rejects.toMatchObject({ code: 'incident_told' });
    await expect(node.telling.tellWaiting()).rejects.toThrow('away');
    expect(await node.incidents.get(incident.id)).toMatchObject({ touched: 119, told: 60 });
    isBroken = false;
    await room
      .openNode({ announce: async (conversation, name) => void said.push(`${conversation} ${name}`) })
      .telling.tellWaiting();
    expect(said).toHaveLength(119);
    expect(new Set(said).size).toBe(119);
    expect(said).not.toContain(`c7 incident:${incident.id}`);
    const { incident: after, told } = await node.incidents.get(incident.id);
    expect({ told, doneAt: after.told?.doneAt }).toEqual({ told: 119, doneAt: room.now() });
    await node.telling.tellWaiting();
    expect(said).toHaveLength(119);
  });

  it('is also who asked shortly before it was opened, at any node', async () => {
    const [one, two] = [room.openNode(), room.openNode()];
    for (const { live, touches } of [one, two]) {
      await live.start();
      live.events.on('begun', touches.catchUp);
    }
    two.touches.note('long ago', 'otp.missing');
    room.pass(31 * MINUTE_MS);
    one.touches.note('c1', 'otp.missing');
    two.touches.note('c2', 'otp.missing');
    two.touches.note('erased', 'otp.missing');
    two.touches.note('c3', 'card.view');
    await two.touches.forgetConversation('erased');
    room.pass(10 * MINUTE_MS);
    const { incident } = await one.incidents.open(draft(), null, LAN);
    await two.live.refresh();
    for (const { live, touches } of [one, two]) {
      await touches.stop();
      await live.stop();
    }
    expect((await room.stores.touches.listUntold(incident.id, 9)).sort()).toEqual(['c1', 'c2']);
  });

  it('is everybody who asks, where all is affected', async () => {
    const node = room.openNode();
    const { incident } = await node.incidents.open(draft({ affects: { all: true, intents: [] } }), null, LAN);
    node.touches.note('c1', null);
    node.touches.note('c2', 'card.view');
    await node.touches.stop();
    ask(node, 3, 'card.view');
    await node.counter.stop();
    expect(await node.incidents.get(incident.id)).toMatchObject({ touched: 2, buckets: [{ count: 3 }] });
  });

  it('waits for the store', async () => {
    const node = room.openNode();
    const { incident } = await node.incidents.open(draft(), null, LAN);
    room.state.isStoreUp = false;
    node.touches.note('c1', 'otp.missing');
    await node.touches.stop();
    expect((await room.stores.touches.count(incident.id)).all).toBe(0);
    room.state.isStoreUp = true;
    await node.touches.stop();
    expect((await room.stores.touches.count(incident.id)).all).toBe(1);
  });
});
