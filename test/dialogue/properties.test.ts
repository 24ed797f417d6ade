/** What holds for any conversation, whatever is said, tapped or answered by the world. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bubble, choice } from '../../src/contracts/chat.ts';
import { copy } from '../../src/dialogue/copy.ts';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import { FLOWS } from '../../src/dialogue/flows/all-flows.ts';
import { type DialogueState, dialogueState, flowId } from '../../src/dialogue/state.ts';
import type { Effect, Faq, Input, Outcome, Turn } from '../../src/dialogue/turn.ts';
import { loadScripts } from './script.ts';

const dialogue = createDialogue();

const KINDS: Readonly<Record<string, 'answer' | 'flow' | 'smalltalk'>> = {
  'password.forgot': 'answer',
  'password.email': 'answer',
  'install.android': 'answer',
  'install.ios': 'answer',
  'install.requirements': 'answer',
  'support.agent': 'flow',
  'editors.own-flow': 'flow',
  'smalltalk.greeting': 'smalltalk',
  'smalltalk.capabilities': 'smalltalk',
  'smalltalk.frustration': 'smalltalk',
  'smalltalk.goodbye': 'smalltalk',
  ...Object.fromEntries(flowId.options.map((id) => [id, 'flow' as const])),
};
const IDS = Object.keys(KINDS);

const faq: Faq = {
  find(intent, platform) {
    const kind = KINDS[intent];
    if (kind === undefined) return null;
    return {
      title: `Mục ${intent}`,
      kind,
      markdown: `Nội dung ${platform ?? ''}`,
      sources: ['Nguồn'],
      related: IDS.filter((id) => id !== intent).map((id) => ({ id, title: `Mục ${id} `.repeat(id.length) })),
      variesByPlatform: intent === 'install.requirements',
      onlyFor: intent === 'install.android' ? 'android' : intent === 'install.ios' ? 'ios' : null,
      handsOver: intent === 'features.benefits',
    };
  },
};

const SAID = loadScripts().flatMap(({ turns }) => turns.flatMap(({ says }) => says ?? []));
const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...SAID, 'gửi', 'ừ', 'sửa', 'không', 'bỏ qua', 'thôi hủy', '2', '0912345678'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.string({
      unit: fc.constantFrom('a', 'không ', '0', '9', ' ', '•', '?', 'ề'),
      maxLength: 2000,
    }),
  },
);
const intent = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...IDS) },
  fc.constantFrom('gone.away', 'x y', '', 'toString', '__proto__'),
);
const choiceId = fc.oneof(
  intent.map((id) => `intent:${id}`),
  fc.constantFrom(
    ...[
      'agent',
      'agent:anger',
      'none-of-these',
      'again',
      'location',
      'platform:ios',
      'queue:callback',
      'queue:bot',
    ],
    ...[
      'flow:confirm',
      'flow:edit',
      'flow:cancel',
      'flow:skip',
      'flow:retry',
      'flow:continue',
      'flow:edit:phone',
      'flow:edit:email',
      'flow:add',
    ],
    ...[
      'flow:set:score:5',
      'flow:set:score:9',
      'flow:set:callAt:0',
      'flow:set:phone:abc',
      'flow:switch:support.callback',
    ],
    ...['flow:edit:matter', 'flow:set:code:PA-7K3F9Q', 'flow', 'flow:', ':', 'constructor'],
  ),
  fc.stringMatching(/^[\w.:-]{1,100}$/),
);
const entity = fc.oneof(
  fc.constantFrom(
    { type: 'phone', value: '0912345678', text: '0912345678' },
    { type: 'phone', value: '19009068', text: '19009068' },
    { type: 'place', value: 'Quận 6', text: 'quận 6' },
    { type: 'ticketCode', value: 'PA-7K3F9Q', text: 'PA-7K3F9Q' },
    { type: 'email', value: 'lan@example.vn', text: 'lan@example.vn' },
    { type: 'platform', value: 'ios', text: 'iphone' },
    { type: 'platform', value: 'windows', text: '' },
    { type: 'position', value: '10.777,106.701', text: '' },
    { type: 'position', value: 'x', text: '' },
  ),
  fc.record({ type: fc.string(), value: fc.string(), text: fc.string() }),
);
const ranked = fc.record({ intent, confidence: fc.double({ min: 0, max: 1, noNaN: true }) });
const understanding = fc.record({
  decision: fc.constantFrom('answer' as const, 'clarify' as const, 'unknown' as const),
  intent: fc.option<string>(intent),
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  candidates: fc.array(ranked, { maxLength: 5 }),
  questions: fc.oneof(
    { weight: 4, arbitrary: fc.constant<string[]>([]) },
    fc.array(intent, { maxLength: 3 }),
  ),
  entities: fc.array(entity, { maxLength: 3 }),
});
const NOTHING = {
  ...{ decision: 'unknown' as const, intent: null, confidence: 0 },
  ...{ candidates: [], questions: [] },
};
type Message = Extract<Input, { kind: 'message' }>;
const wild: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('message' as const),
  text,
  choice: fc.option<string>(choiceId, { freq: 2 }),
  platform: fc.option(fc.constantFrom<'android' | 'ios'>('android', 'ios')),
  queued: fc.oneof({ weight: 8, arbitrary: fc.constant(false) }, fc.constant(true)),
  understanding,
});
/** Somebody who goes along, so that flows come to their end. */
const tame: fc.Arbitrary<Message> = fc.record({
  kind: fc.constant('message' as const),
  text: fc.constantFrom(
    'Công ty nợ bảo hiểm nửa năm',
    '0912345678',
    'chiều mai',
    '5',
    'bỏ qua',
    'gửi',
    'ừ',
    'sửa',
  ),
  choice: fc.constantFrom(
    ...[null, null, null, null, null, 'flow:edit', 'flow:edit'],
    ...['intent:support.complaint', 'intent:support.callback', 'intent:support.ticket-status'],
  ),
  platform: fc.constant(null),
  queued: fc.constant(false),
  understanding: fc
    .constantFrom(
      [{ type: 'phone', value: '0912345678', text: '0912345678' }],
      [
        { type: 'phone', value: '0912345678', text: '0912345678' },
        { type: 'email', value: 'lan@example.vn', text: 'lan@example.vn' },
      ],
    )
    .map((entities) => ({
      ...NOTHING,
      entities,
    })),
});
const office = {
  code: '07916',
  name: 'BHXH Quận 6',
  phones: [{ number: '02838543385', extension: '120-129' }],
};
const outcomeOf = (kind: Effect['kind']): fc.Arbitrary<Outcome> => {
  const fine: Readonly<Record<Effect['kind'], readonly Outcome[]>> = {
    createTicket: [{ kind: 'ticketCreated', code: 'PA-7K3F9Q' }],
    findTicket: [
      { kind: 'ticketFound', ticket: null },
      {
        kind: 'ticketFound',
        ticket: {
          code: 'PA-7K3F9Q',
          kind: 'complaint',
          status: 'waiting',
          outcome: null,
          createdAt: '2026-11-20T20:00:00.000Z',
          latestReply: null,
          mayAdd: true,
        },
      },
    ],
    addInformation: [
      { kind: 'informationAdded', ticket: null },
      {
        kind: 'informationAdded',
        ticket: {
          code: 'PA-7K3F9Q',
          kind: 'complaint',
          status: 'closed',
          outcome: 'rejected',
          createdAt: '2026-11-20T20:00:00.000Z',
          latestReply: 'Đã trả lời',
          mayAdd: false,
        },
      },
    ],
    findOffices: [
      { kind: 'officesFound', offices: [], isNearby: true },
      { kind: 'officesFound', offices: [office, office, office, office], isNearby: false },
    ],
    requestHandover: [
      { kind: 'handoverRequested', queued: true, staffed: false, position: 1, wait: null },
      {
        kind: 'handoverRequested',
        queued: true,
        staffed: true,
        position: 3,
        wait: { lowMs: 0, highMs: 9e5 },
      },
      { kind: 'handoverRequested', queued: false, backAt: '2026-11-30T01:00:00.000Z' },
      { kind: 'handoverRequested', queued: false, backAt: null },
    ],
    leaveQueue: [{ kind: 'queueLeft' }],
  };
  return fc.constantFrom(...fine[kind], { kind: 'failed' as const, effect: kind });
};
const EFFECTS = [
  ...(['createTicket', 'findTicket', 'addInformation'] as const),
  ...(['findOffices', 'requestHandover', 'leaveQueue'] as const),
];
const anyOutcome = fc.oneof(...EFFECTS.map(outcomeOf));
/** What comes when nothing was asked for stands beside what answers the last effect. */
const stepOf = (message: fc.Arbitrary<Message>) =>
  fc.record({
    message,
    stray: fc.option(anyOutcome, { freq: 8 }),
    pick: fc.nat(),
    tapsOffered: fc.constantFrom(true, false, false),
  });
const steps = fc.oneof(
  { weight: 3, arbitrary: fc.array(stepOf(fc.oneof(wild, tame)), { minLength: 1, maxLength: 14 }) },
  { weight: 2, arbitrary: fc.array(stepOf(tame), { minLength: 8, maxLength: 14 }) },
);

function checkTurn(before: DialogueState, input: Input, turn: Turn): void {
  expect(dialogueState.parse(turn.state)).toEqual(turn.state);
  expect(JSON.parse(JSON.stringify(turn.state))).toEqual(turn.state);
  expect(JSON.stringify(turn.state).length).toBeLessThan(12_000);
  for (const said of turn.bubbles) expect(bubble.parse(said)).toEqual(said);
  for (const offered of turn.choices) expect(choice.parse(offered)).toEqual(offered);
  expect(new Set(turn.choices.map(({ id }) => id)).size).toBe(turn.choices.length);
  if (turn.effect !== null) expect(turn.choices).toEqual([]);
  if (input.kind === 'message' && input.queued) checkWaiting(before, turn);
  if (turn.effect?.kind === 'createTicket') checkCreation(before, input, turn.effect);
}

/** In the queue a person is not asked for again, and one word of waiting is enough. */
function checkWaiting(before: DialogueState, { bubbles, effect, state }: Turn): void {
  expect(effect?.kind).not.toBe('requestHandover');
  const words = bubbles.map((said) => (said.kind === 'text' ? said.markdown : ''));
  if (words.includes(copy.handover.stillQueued))
    expect([before.toldToWait, state.toldToWait, bubbles.length]).toEqual([false, true, 1]);
}

function checkCreation(
  before: DialogueState,
  input: Input,
  { draft }: Extract<Effect, { kind: 'createTicket' }>,
): void {
  expect(input.kind).toBe('message');
  const flow = before.flow!;
  expect(['confirm', 'failed', 'sending']).toContain(flow.step);
  for (const slot of FLOWS[flow.id].slots) if (!slot.optional) expect(flow.slots[slot.name]).toBeTruthy();
  expect(draft.content).not.toBe('');
  expect(draft.content.length).toBeLessThanOrEqual(2000);
  if (draft.email !== null) expect(draft.email).toMatch(/^[^\s@]+@[^\s@]+$/);
  if (draft.phone !== null) expect(draft.phone).toMatch(/^0\d{9,10}$/);
  if (draft.score !== null) expect([1, 2, 3, 4, 5]).toContain(draft.score);
}

const seen = { created: 0, steps: new Set<string>() };

describe('any conversation', () => {
  it('keeps its promises', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(steps, (taken) => {
        let state = dialogue.start();
        let offered: Turn['choices'] = [];
        const advance = (input: Input): Turn => {
          const turn = dialogue.advance(state, input, faq);
          checkTurn(state, input, turn);
          state = dialogue.restore(JSON.parse(JSON.stringify(turn.state)));
          expect(state).toEqual(turn.state);
          if (turn.effect?.kind === 'createTicket') seen.created++;
          if (state.flow !== null) seen.steps.add(state.flow.step);
          offered = turn.choices;
          return turn;
        };
        for (const { message, stray, pick, tapsOffered } of taken) {
          const tapped = tapsOffered ? offered[pick % Math.max(1, offered.length)] : undefined;
          const said: Input =
            tapped === undefined || message.kind !== 'message'
              ? message
              : { ...message, text: tapped.label, choice: tapped.id, queued: false };
          expect(
            dialogue.keeps(state, (said as Extract<Input, { kind: 'message' }>).understanding),
          ).toBeInstanceOf(Array);
          let turn = advance(said);
          for (let chained = 0; turn.effect !== null; chained++) {
            expect(chained).toBeLessThan(4);
            const outcomes = fc.sample(outcomeOf(turn.effect.kind), { numRuns: 1, seed: pick + chained });
            turn = advance({ kind: 'outcome', outcome: outcomes[0]! });
          }
          if (stray !== null) advance({ kind: 'outcome', outcome: stray });
        }
      }),
      { numRuns: 900, seed: 20261129 },
    );
    expect(seen.created).toBeGreaterThan(5);
    expect([...seen.steps].sort()).toEqual([
      'callAt',
      'code',
      'confirm',
      'contact',
      'content',
      'edit',
      'email',
      'failed',
      'found',
      'information',
      'missed',
      'office',
      'phone',
      'place',
      'score',
      'sending',
    ]);
  });

  it('goes on from a state stored before the queue was remembered', () => {
    const { toldToWait: _later, ...older } = { ...dialogue.start(), misses: 3 };
    expect(dialogue.restore(older)).toEqual({ ...dialogue.start(), misses: 3 });
  });

  it('goes on from a lookup stored when only a number could be given', () => {
    const slots = { code: 'PA-7K3F9Q', phone: '0912345678' };
    const flow = { id: 'support.ticket-status', slots, skipped: [], step: 'phone', repairs: 0 };
    const state = dialogue.restore({ ...dialogue.start(), flow });
    const understanding = { ...NOTHING, entities: [] };
    const said = { text: 'alo', choice: null, platform: null, queued: false, understanding };
    const turn = dialogue.advance(state, { kind: 'message', ...said }, faq);
    expect(turn.state.flow).toMatchObject({ step: 'contact', slots: { code: 'PA-7K3F9Q' } });
  });

  it('starts anew from whatever was stored that is no state', () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        expect(dialogue.restore(stored)).toEqual(dialogue.start());
      }),
    );
    expect(dialogue.restore({ version: 1 })).toEqual(dialogue.start());
    expect(dialogue.restore({ ...dialogue.start(), version: 2 })).toEqual(dialogue.start());
  });

  it('takes any state that its schema allows', () => {
    const flow = fc.record({
      id: fc.constantFrom(...flowId.options),
      slots: fc.constantFrom(
        {},
        { content: 'Việc của tôi', phone: '0912345678' },
        { score: '9', place: 'x' },
      ),
      skipped: fc.constantFrom<[] | ['phone', 'content']>([], ['phone', 'content']),
      step: fc.constantFrom(...dialogueState.shape.flow.unwrap().shape.step.options),
      repairs: fc.constantFrom(0, 2, 99),
    });
    fc.assert(
      fc.property(flow, wild, (stored, input) => {
        const state = dialogue.restore({ ...dialogue.start(), flow: stored });
        expect(state.flow).toEqual(stored);
        const turn = dialogue.advance(state, input, faq);
        expect(dialogueState.parse(turn.state)).toEqual(turn.state);
        if (turn.effect?.kind === 'createTicket')
          for (const slot of FLOWS[stored.id].slots)
            if (!slot.optional) expect(state.flow!.slots[slot.name]).toBeTruthy();
      }),
      { numRuns: 500, seed: 20261129 },
    );
  });
});
