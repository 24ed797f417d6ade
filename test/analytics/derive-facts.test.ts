import { describe, expect, it } from 'vitest';
import { deriveConversation } from '../../src/analytics/derive-facts.ts';
import type { ConversationFacts } from '../../src/analytics/facts.ts';
import { packTimes, spreadOf } from '../../src/analytics/packed-times.ts';
import type { Mark, Story, StoryMessage } from '../../src/analytics/story.ts';

const START = Date.parse('2027-03-10T09:00:00+07:00');
const at = (minute: number): Date => new Date(START + minute * 60_000);
const NONE = { agent: null, event: null, bubbles: [], choices: [], replyTo: null, rating: null, asked: null };
type Said = Partial<NonNullable<StoryMessage['asked']>> & { readonly text?: string };

/** What was said minute by minute, each answered at once. */
function tell(...turns: readonly (readonly [number, Said, Partial<StoryMessage>])[]): StoryMessage[] {
  return turns.flatMap(([minute, { text = 'x', ...said }, reply], place): StoryMessage[] => {
    const seq = place * 2 + 1;
    const asked = { choice: null, platform: null, queued: false, decision: 'answer', intent: null } as const;
    return [
      { ...NONE, seq, author: 'contact', at: at(minute), text, asked: { ...asked, candidates: [], ...said } },
      { ...NONE, seq: seq + 1, author: 'bot', at: at(minute), text: '', replyTo: seq, ...reply },
    ];
  });
}

function derive(
  messages: StoryMessage[],
  { marks = [], now = at(600), stays = [] }: { marks?: Mark[]; now?: Date; stays?: Story['stays'] } = {},
): ConversationFacts {
  const story = {
    id: 'c',
    contact: 'p',
    activeAt: at(0),
    revision: 0,
    stays,
    closedBy: null,
    satisfaction: null,
  };
  return deriveConversation(
    { ...story, messages },
    { marks, edition: { platform: 'ios', appVersion: '4.2.0' }, editions: new Map(), now },
  );
}
const shows = (intent: string): Partial<StoryMessage> => ({ bubbles: [{ kind: 'answer', intent }] });
const CLARIFIES = { choices: ['intent:a.b', 'intent:c.d', 'none-of-these'] };
const FORM = { choices: ['flow:cancel'] };

describe('a visit', () => {
  it.each<[string, StoryMessage[], string | null]>([
    ['answered', tell([0, { intent: 'a.b' }, shows('a.b')]), 'resolved'],
    [
      'thumbed down',
      tell([0, { intent: 'a.b' }, { ...shows('a.b'), rating: { helpful: false, reason: null } }]),
      'unresolved',
    ],
    ['thanked', tell([0, { intent: 'smalltalk.thanks' }, {}]), 'noQuestion'],
    ['without a word', tell([0, { decision: 'unknown', text: '???' }, {}]), 'noQuestion'],
    ['not understood', tell([0, { decision: 'unknown' }, {}]), 'abandoned'],
    ['in a form', tell([0, { choice: 'intent:support.complaint' }, FORM]), 'abandoned'],
    [
      'through a form',
      tell(
        [0, { choice: 'intent:support.complaint' }, FORM],
        [1, { text: 'abc' }, { bubbles: [{ kind: 'ticket' }] }],
      ),
      'ticketed',
    ],
    ['wanting a person', tell([0, { intent: 'support.agent' }, {}]), 'abandoned'],
    [
      'wanting a person, and answered then',
      tell([0, { choice: 'agent' }, {}], [1, { intent: 'a.b' }, shows('a.b')]),
      'resolved',
    ],
  ])('%s ends so', (_name, messages, outcome) => {
    expect(derive(messages).visits).toMatchObject([{ outcome, platform: 'ios', appVersion: '4.2.0' }]);
  });

  it('goes on for thirty minutes, and is looked at again then', () => {
    const messages = tell([0, { intent: 'a.b' }, shows('a.b')]);
    expect(derive(messages, { now: at(29) })).toMatchObject({ visits: [{ outcome: null }], dueAt: at(30) });
    expect(derive(messages, { now: at(30) })).toMatchObject({
      visits: [{ outcome: 'resolved' }],
      dueAt: null,
    });
  });

  it.each([
    [30, 1],
    [31, 2],
  ])('behind %i minutes of silence there are %i', (minutes, count) => {
    const messages = tell([0, { intent: 'a.b' }, shows('a.b')], [minutes, { intent: 'c.d' }, shows('c.d')]);
    expect(derive(messages).visits).toHaveLength(count);
  });

  it('is one while a person is waited for, however long', () => {
    const stays = [{ requestedAt: at(1), claimedAt: null, endedAt: at(95), end: 'left' }] as const;
    const messages = tell([0, { intent: 'a.b' }, shows('a.b')], [90, { queued: true }, {}]);
    expect(derive(messages, { stays })).toMatchObject({
      visits: [{ outcome: 'handedOver' }],
      requests: [{ lost: true, claimed: false, waitSeconds: null }],
    });
  });
});

describe('a question', () => {
  it('that was asked back is answered by what is picked, and counts once', () => {
    const messages = tell(
      [0, { decision: 'clarify', candidates: ['a.b'] }, CLARIFIES],
      [1, { choice: 'intent:c.d' }, shows('c.d')],
    );
    expect(derive(messages).questions).toMatchObject([
      { seq: 1, outcome: 'answered', byChoice: true, intents: ['c.d'], near: null },
    ]);
  });

  it('is another one when what is tapped was not offered, or comes with another visit', () => {
    const clarified = [0, { decision: 'clarify', candidates: ['a.b'] }, CLARIFIES] as const;
    for (const [minute, choice] of [
      [1, 'intent:e.f'],
      [40, 'intent:c.d'],
    ] as const)
      expect(derive(tell(clarified, [minute, { choice }, shows('c.d')])).questions).toMatchObject([
        { outcome: 'clarified', near: 'a.b' },
        { outcome: 'answered', byChoice: false },
      ]);
  });

  it.each([2, 1])('is wrong when the staff mark place %i', (seq) => {
    const messages = tell([0, { intent: 'a.b' }, shows('a.b')]);
    expect(derive(messages, { marks: [{ seq, wrong: true }] })).toMatchObject({
      questions: [{ wrong: true }],
      visits: [{ outcome: 'unresolved' }],
    });
  });
});

describe('times', () => {
  it.each([
    [[], null, null],
    [[5], 5, 5],
    [[1, 2, 3, 10_000], 2.5, 10_000],
    [Array.from({ length: 100 }, (_, place) => place * 300), 14_850, 28_200],
  ])('%j have their median and 95th percentile', (all, medianSeconds, p95Seconds) => {
    const times = new Map<number, number>();
    for (const seconds of all) times.set(seconds, (times.get(seconds) ?? 0) + 1);
    expect(spreadOf(packTimes(times))).toEqual({ count: all.length, medianSeconds, p95Seconds });
  });
});
