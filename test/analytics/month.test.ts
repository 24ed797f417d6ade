/** The numbers against a month whose truth is known, to the unit. */
import { createConnection } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Analytics, createAnalytics } from '../../src/analytics/analytics.ts';
import { createBehind } from '../../src/analytics/behind.ts';
import type { ConversationFacts } from '../../src/analytics/facts.ts';
import { createFactsStore } from '../../src/analytics/facts-store.ts';
import { createNumbers, type Numbers } from '../../src/analytics/numbers.ts';
import { createNumbersStore } from '../../src/analytics/numbers-store.ts';
import {
  type CountName,
  countName,
  type NumbersQuery,
  type Spread,
  ticketCountName,
} from '../../src/contracts/analytics.ts';
import { createStoryStore } from '../../src/conversations/story-store.ts';
import { createLogger } from '../../src/kernel/logger.ts';
import { createTicketStore } from '../../src/tickets/ticket-store.ts';
import { openDatabase, type TestDatabase } from '../support/database.ts';
import {
  AGENTS,
  createSimulation,
  type Fact,
  FIRST_DAY,
  LAST_DAY,
  type Simulation,
  type Span,
} from './simulated-month.ts';

const CONTACTS = 100;
const MONTH = { from: FIRST_DAY, to: LAST_DAY };
const MODELS = ['AnalyticsFacts', 'AnalyticsHour', 'AnalyticsDay'];
let database: TestDatabase;
let connection: Awaited<ReturnType<ReturnType<typeof createConnection>['asPromise']>>;
let simulation: Simulation;
let analytics: Analytics;
let numbers: Numbers;
/** Contacts have clocks of their own, and act at once: what the desk sees of them is never over before the end. */
let clock = new Date('2027-01-01T00:00:00+07:00');
let behind: ReturnType<typeof createBehind>;

beforeAll(async () => {
  database = await openDatabase();
  connection = await createConnection(database.uri).asPromise();
  simulation = createSimulation(connection, 20_270_101);
  const facts = createFactsStore(connection);
  const store = createNumbersStore(connection);
  const stories = createStoryStore(connection);
  const ticketStories = createTicketStore(connection);
  for (const name of ['Conversation', 'Message', 'Ticket', ...MODELS])
    await connection.model(name).createIndexes();
  analytics = createAnalytics({
    facts,
    numbers: store,
    readStories: async (ids) =>
      (await stories.read(ids)).map(({ conversation, messages }) => ({
        ...conversation,
        closedBy: conversation.closing?.by ?? null,
        messages,
      })),
    readTickets: ticketStories.findMany,
    listMoved: { conversations: stories.listMoved, tickets: ticketStories.listMoved },
    listAll: { conversations: stories.listIds, tickets: ticketStories.listCodes },
    listMarks: async () => [],
    describeContacts: async (ids) =>
      new Map(ids.map((id) => [id, { platform: null, appVersion: simulation.versions.get(id) ?? '' }])),
    isStoreUp: () => true,
    logger: createLogger('silent'),
    now: () => clock,
  });
  numbers = createNumbers({ store, titleOf: (intent) => `Tựa ${intent}` });
  behind = createBehind({ facts, numbers: store });
  const { events } = simulation.conversations;
  let heard = 0;
  // Every fifth is lost, as by a node that dies: it has to be found.
  const note = (id: string): void => {
    if (heard++ % 5 > 0) analytics.noteConversation(id);
  };
  events.on('messageStored', ({ message }) => note(message.conversation));
  events.on('messageRated', ({ conversation }) => note(conversation));
  events.on('conversationChanged', ({ conversation }) => note(conversation.id));
  simulation.tickets.events.on('changed', ({ code }) => analytics.noteTicket(code));
  await simulation.run(CONTACTS, async (id) => {
    analytics.noteConversation(id);
    await analytics.derive();
  });
  await analytics.derive();
  clock = new Date('2027-02-03T00:00:00+07:00');
  await analytics.count();
}, 240_000);
afterAll(async () => {
  await simulation?.conversations.stop();
  await connection?.destroy();
  await database?.drop();
});

const DAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' });
const HOUR = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  hourCycle: 'h23',
});
type Narrow = Omit<NumbersQuery, 'from' | 'to'>;
const isIn = ({ platform, appVersion }: { platform: string; appVersion: string }, narrow: Narrow): boolean =>
  (narrow.platform === undefined || platform === (narrow.platform === 'none' ? '' : narrow.platform)) &&
  (narrow.appVersion === undefined || appVersion === narrow.appVersion);

/** Questions that were left are told of by their topic; of the counts, `abandoned` are visits. */
const counted = (facts: readonly Fact[]): Record<CountName, number> =>
  Object.fromEntries(
    countName.options.map((name) => [
      name,
      facts.filter((fact) => fact.name === name && !(name === 'abandoned' && fact.near !== null)).length,
    ]),
  ) as Record<CountName, number>;

function spread(spans: readonly Span[]): Spread {
  const sorted = spans.map(({ seconds }) => seconds).sort((a, b) => a - b);
  if (sorted.length === 0) return { count: 0, medianSeconds: null, p95Seconds: null };
  const middle = sorted.length / 2;
  const medianSeconds = Number.isInteger(middle)
    ? (sorted[middle - 1]! + sorted[middle]!) / 2
    : sorted[Math.floor(middle)]!;
  return { count: sorted.length, medianSeconds, p95Seconds: sorted[Math.ceil(0.95 * sorted.length) - 1]! };
}

const NARROWINGS: readonly Narrow[] = [
  {},
  { platform: 'android' },
  { platform: 'none' },
  { appVersion: '4.3.0' },
  { platform: 'ios', appVersion: '4.2.0' },
];

describe('a month', () => {
  it('has something of everything', () => {
    const truth = counted(simulation.month.facts);
    for (const name of countName.options) expect(truth[name], name).toBeGreaterThan(0);
  });

  it.each(NARROWINGS)('is counted as it was, narrowed down by %o', async (narrow) => {
    const { facts, spans } = simulation.month;
    const { counts, times, days } = await numbers.overview({ ...MONTH, ...narrow });
    const mine = facts.filter((fact) => isIn(fact, narrow));
    const now = Object.fromEntries(countName.options.map((name) => [name, counts[name].now]));
    expect(now).toEqual(counted(mine));
    for (const name of ['wait', 'firstResponse', 'handling', 'resolution'] as const)
      expect(times[name].now, name).toEqual(
        spread(spans.filter((span) => span.name === name && isIn(span, narrow))),
      );
    for (const { day, counts: ofDay } of days)
      expect({ day, ...ofDay }).toEqual({
        day,
        ...Object.fromEntries(
          Object.entries(counted(mine.filter(({ at }) => DAY.format(at) === day))).filter(
            ([, count]) => count > 0,
          ),
        ),
      });
  });

  it('adds up: every visit ends one way, every question has one answer', async () => {
    const { counts } = await numbers.overview(MONTH);
    const sum = (...names: CountName[]): number => names.reduce((all, name) => all + counts[name].now, 0);
    expect(sum('resolved', 'unresolved', 'abandoned', 'handedOver', 'ticketed', 'noQuestion')).toBe(
      counts.visits.now,
    );
    expect(sum('answered', 'clarified', 'unknown')).toBe(counts.asked.now);
  });

  it('has its load by hour and weekday', async () => {
    const { heat } = await numbers.overview(MONTH);
    const truth = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
    for (const { at } of simulation.month.facts.filter(({ name }) => name === 'asked')) {
      const weekday = (new Date(DAY.format(at)).getUTCDay() + 6) % 7;
      truth[weekday]![Number(HOUR.format(at))]! += 1;
    }
    expect(heat.asked).toEqual(truth);
  });

  it('has its topics and gaps', async () => {
    const { facts } = simulation.month;
    const { intents, gaps } = await numbers.content(MONTH);
    for (const intent of simulation.month.intentsInUse) {
      const of = (name: Fact['name']): number =>
        facts.filter((fact) => fact.name === name && fact.intents.includes(intent)).length;
      const near = (name: Fact['name']): number =>
        facts.filter((fact) => fact.name === name && fact.near === intent).length;
      expect(intents.find((row) => row.intent === intent)).toMatchObject({
        title: `Tựa ${intent}`,
        asked: of('asked'),
        helpful: of('helpful'),
        unhelpful: of('unhelpful'),
        wrong: of('wrong'),
        askedAgain: of('askedAgain'),
      });
      const gap = { unknown: near('unknown'), clarified: near('clarified'), abandoned: near('abandoned') };
      expect(
        gaps.find((row) => row.intent === intent) ?? { unknown: 0, clarified: 0, abandoned: 0 },
      ).toMatchObject(gap);
    }
    const use = await numbers.listUse(FIRST_DAY, LAST_DAY);
    expect([...use.values()].reduce((sum, { helpful }) => sum + helpful, 0)).toBe(counted(facts).helpful);
  });

  it('has its agents', async () => {
    const { facts, spans, scores } = simulation.month;
    const { agents } = await numbers.staff(MONTH);
    for (const { name } of AGENTS) {
      const ofAgent = (kind: Span['name']): Span[] =>
        spans.filter((span) => span.name === kind && span.agent === name);
      const given = scores.filter(({ agent }) => agent === name);
      expect(agents.find((row) => row.name === name)).toMatchObject({
        handled: facts.filter((fact) => fact.name === 'handled' && fact.agent === name).length,
        activeSeconds: ofAgent('agentHandling').reduce((sum, { seconds }) => sum + seconds, 0),
        firstResponse: spread(ofAgent('agentResponse')),
        scores: {
          count: given.length,
          each: [1, 2, 3, 4, 5].map((score) => given.filter((one) => one.score === score).length),
        },
      });
    }
  });

  it('has its tickets, by office', async () => {
    const { tickets } = simulation.month;
    const { offices, tickets: all } = await numbers.staff(MONTH);
    const inMonth = tickets.filter(({ at }) => DAY.format(at) >= FIRST_DAY && DAY.format(at) <= LAST_DAY);
    const truth = (list: typeof tickets) =>
      Object.fromEntries(
        ticketCountName.options.map((name) => [name, list.filter((fact) => fact.name === name).length]),
      );
    expect(Object.fromEntries(ticketCountName.options.map((name) => [name, all.counts[name].now]))).toEqual(
      truth(inMonth),
    );
    for (const { office, counts, resolution } of offices) {
      const mine = inMonth.filter((fact) => fact.office === office);
      expect({ office, ...counts }).toEqual({ office, ...truth(mine) });
      const took = mine.flatMap(({ seconds }) => (seconds === null ? [] : [{ seconds } as Span]));
      expect(resolution).toEqual(spread(took));
    }
  });

  it('leads to the conversations behind a number, page by page, each once', async () => {
    for (const count of ['abandoned', 'wrong', 'lost', 'asked'] as const) {
      const found: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page = await behind.list({ ...MONTH, count, ...(cursor ? { cursor } : {}) });
        expect(page.places.length).toBeLessThanOrEqual(20);
        found.push(...page.places.map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== null);
      const truth = simulation.month.facts.filter(
        (fact) => fact.name === count && !(count === 'abandoned' && fact.near !== null),
      );
      expect(found.length, count).toBe(new Set(found).size);
      expect(new Set(found), count).toEqual(new Set(truth.map(({ conversation }) => conversation)));
    }
  });

  it('names the question that counted, and of visits the first one', async () => {
    for (const count of ['unknown', 'clarified', 'wrong', 'visits', 'handedOver'] as const) {
      const { places } = await behind.list({ ...MONTH, count });
      expect(places.length, count).toBeGreaterThan(0);
      for (const { id, seq } of places) {
        const kept = (await connection
          .model('AnalyticsFacts')
          .collection.findOne({ _id: `conversation:${id}` } as never)) as unknown as ConversationFacts;
        const question = kept.questions.find((one) => one.seq === seq);
        if (count === 'wrong') expect(question?.wrong).toBe(true);
        else if (count === 'unknown' || count === 'clarified') expect(question?.outcome).toBe(count);
        else if (question !== undefined)
          expect(kept.questions.find(({ visit }) => visit === question.visit)?.seq).toBe(seq);
        else expect(kept.visits.map((visit) => visit.seq)).toContain(seq);
      }
    }
  });
});

describe('rebuilding', () => {
  const dump = async (): Promise<unknown[]> =>
    Promise.all(
      MODELS.map(async (name) => {
        const all = await connection.model(name).collection.find({}).sort({ _id: 1 }).toArray();
        return all.map(({ version: _, ...document }) => document);
      }),
    );

  it('gives the same, also where numbers are lost or were never true', async () => {
    const before = await dump();
    let done = 0;
    await analytics.rebuild((more) => {
      done += more;
    });
    expect(await dump()).toEqual(before);
    expect(done).toBeGreaterThan(CONTACTS);
    await connection.model('AnalyticsHour').collection.deleteMany({ _id: { $mod: [2, 0] } } as never);
    await connection
      .model('AnalyticsDay')
      .collection.insertOne({ _id: '2026-05-05|*|*', day: '2026-05-05' } as never);
    await analytics.rebuild(() => undefined);
    expect(await dump()).toEqual(before);
  });

  it('counts a conversation no more that was deleted', async () => {
    const before = await numbers.overview(MONTH);
    const { places } = await behind.list({ ...MONTH, count: 'handedOver' });
    await analytics.forgetConversation(places[0]!.id);
    await analytics.count();
    const after = await numbers.overview(MONTH);
    expect(after.counts.visits.now).toBeLessThan(before.counts.visits.now);
    expect(after.counts.handedOver.now).toBeLessThan(before.counts.handedOver.now);
    // It is still there: made anew, all is as it was.
    await analytics.rebuild(() => undefined);
    expect((await numbers.overview(MONTH)).counts).toEqual(before.counts);
  });
});
