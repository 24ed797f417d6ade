/** What the supervisor looks at. */
import { describe, expect, it } from 'vitest';
import { type BoardInput, type BoardStay, drawBoard, startOfToday } from '../../src/agents/board.ts';

/** Half past nine in the morning in Việt Nam. */
const NOW = new Date('2026-03-02T02:30:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);

const stay = (requestedAgoMs: number, more: Partial<BoardStay> = {}): BoardStay => ({
  requestedAt: ago(requestedAgoMs),
  claimedAt: null,
  endedAt: null,
  end: null,
  agent: null,
  ...more,
});
const served = (requestedAgoMs: number, waitMs: number, handledMs: number, agent = 'lan'): BoardStay =>
  stay(requestedAgoMs, {
    claimedAt: ago(requestedAgoMs - waitMs),
    endedAt: ago(requestedAgoMs - waitMs - handledMs),
    end: 'closed',
    agent: { id: agent },
  });
const LAN = { id: 'lan', name: 'Lan', state: 'online', capacity: 4, load: 1, skills: [] } as const;
const EMPTY: BoardInput = {
  now: NOW,
  onDuty: true,
  waitingSince: [],
  active: 0,
  agents: [],
  stays: [],
  scores: [],
};
const draw = (input: Partial<BoardInput>) => drawBoard({ ...EMPTY, ...input });

it.each([
  ['2026-03-02T02:30:00Z', '2026-03-01T17:00:00.000Z'],
  ['2026-03-01T17:00:00Z', '2026-03-01T17:00:00.000Z'],
  ['2026-03-01T16:59:59.999Z', '2026-02-28T17:00:00.000Z'],
])('the day of %s begins at midnight in Việt Nam', (now, start) => {
  expect(startOfToday(new Date(now)).toISOString()).toBe(start);
});

describe('the board', () => {
  it('of a day on which nothing has happened says nothing', () => {
    const board = draw({});
    expect(board).toMatchObject({
      at: NOW.toISOString(),
      waiting: 0,
      longestWaitMs: null,
      today: {
        requested: 0,
        answered: 0,
        lost: 0,
        closed: 0,
        medianWaitMs: null,
        medianHandlingMs: null,
        satisfaction: null,
        satisfactionCount: 0,
      },
    });
    expect(board.hours.map(({ hour }) => hour)).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
  });

  it('says how many wait and how long the longest', () => {
    expect(draw({ waitingSince: [ago(MINUTE), ago(5 * MINUTE), ago(2 * MINUTE)] })).toMatchObject({
      waiting: 3,
      longestWaitMs: 5 * MINUTE,
    });
  });

  it.each<[string, BoardStay, object]>([
    [
      'who waits is asked for, and nothing more',
      stay(MINUTE),
      { requested: 1, answered: 0, lost: 0, closed: 0 },
    ],
    [
      'who is served',
      { ...stay(HOUR), claimedAt: ago(MINUTE) },
      { requested: 1, answered: 1, lost: 0, closed: 0 },
    ],
    ['who was served', served(HOUR, MINUTE, MINUTE), { requested: 1, answered: 1, lost: 0, closed: 1 }],
    [
      'who left the queue before a person came is lost',
      stay(HOUR, { endedAt: ago(MINUTE), end: 'left' }),
      { requested: 1, answered: 0, lost: 1, closed: 0 },
    ],
    [
      'who was closed unheard is lost too',
      stay(HOUR, { endedAt: ago(MINUTE), end: 'closed' }),
      { requested: 1, answered: 0, lost: 1, closed: 1 },
    ],
    [
      'who was given back to the bot was answered',
      { ...served(HOUR, MINUTE, MINUTE), end: 'to-bot' },
      { requested: 1, answered: 1, lost: 0, closed: 0 },
    ],
    [
      'who came yesterday and was closed today',
      served(10 * HOUR, 8 * HOUR, HOUR),
      { requested: 0, answered: 0, lost: 0, closed: 1 },
    ],
    [
      'who was closed yesterday',
      served(11 * HOUR, MINUTE, HOUR),
      { requested: 0, answered: 0, lost: 0, closed: 0 },
    ],
  ])('%s', (_name, one, expected) => {
    expect(draw({ stays: [one] }).today).toMatchObject(expected);
  });

  it('takes the middle of waits and handling times', () => {
    const stays = [
      served(HOUR, MINUTE, 10 * MINUTE),
      served(2 * HOUR, 2 * MINUTE, 20 * MINUTE),
      served(3 * HOUR, 60 * MINUTE, 30 * MINUTE),
    ];
    expect(draw({ stays }).today).toMatchObject({
      medianWaitMs: 2 * MINUTE,
      medianHandlingMs: 20 * MINUTE,
    });
    expect(draw({ stays: stays.slice(0, 2) }).today).toMatchObject({
      medianWaitMs: 1.5 * MINUTE,
      medianHandlingMs: 15 * MINUTE,
    });
  });

  it('counts by the hour in Việt Nam', () => {
    const { hours } = draw({ stays: [served(20 * MINUTE, MINUTE, MINUTE), stay(31 * MINUTE), stay(MINUTE)] });
    expect(hours.filter(({ requested }) => requested > 0)).toEqual([
      { hour: 8, requested: 1, answered: 0 },
      { hour: 9, requested: 2, answered: 1 },
    ]);
  });

  it('says what each agent has closed, and how satisfied people are', () => {
    const board = draw({
      agents: [LAN, { ...LAN, id: 'hoa', name: 'Hoa' }],
      stays: [served(HOUR, MINUTE, MINUTE), served(2 * HOUR, MINUTE, MINUTE)],
      scores: [5, 4, 2],
    });
    expect(board.agents.map(({ id, closedToday }) => [id, closedToday])).toEqual([
      ['lan', 2],
      ['hoa', 0],
    ]);
    expect(board.today).toMatchObject({ satisfaction: 11 / 3, satisfactionCount: 3 });
  });
});
