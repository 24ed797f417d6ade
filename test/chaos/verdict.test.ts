/** The judge of fault runs: a run that finds nothing is worth something only if it would have found it. */
import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/contracts/chat.ts';
import { type ContactRecord, formatVerdict, isClean, judge } from './verdict.ts';

const say = (seq: number, more: Partial<MessageView>): MessageView => ({
  seq,
  clientId: null,
  author: 'bot',
  by: null,
  at: '2026-01-01T00:00:00.000Z',
  text: '',
  redacted: [],
  bubbles: [],
  choices: [],
  replyTo: null,
  helpful: null,
  ...more,
});
const ask = (seq: number, clientId: string): MessageView =>
  say(seq, { author: 'contact', clientId, text: `text of ${clientId}` });
const answer = (seq: number, replyTo: number): MessageView => say(seq, { replyTo });
const receipt = (seq: number, replyTo: number, code: string): MessageView =>
  say(seq, { replyTo, bubbles: [{ kind: 'ticket', code, title: 'Đã nhận', rows: [] }] });

const WHOLE = [ask(1, 'first'), answer(2, 1), ask(3, 'second'), answer(4, 3)];

/** A contact with one device that sent two messages; as told otherwise. */
function contact(
  stored: readonly MessageView[],
  more: Partial<ContactRecord['devices'][number]> & { readonly tickets?: number } = {},
): ContactRecord {
  const { tickets = 0, ...device } = more;
  return {
    name: 'contact',
    stored,
    tickets,
    devices: [
      {
        name: 'device',
        sent: ['first', 'second'].map((clientId) => ({ clientId, kept: `text of ${clientId}` })),
        acknowledged: new Map([
          ['first', ask(1, 'first')],
          ['second', ask(3, 'second')],
        ]),
        view: stored,
        contradictions: [],
        ...device,
      },
    ],
  };
}
const counts = (record: ContactRecord, tickets: readonly string[] = []): readonly number[] => {
  const { lost, doubled, outOfOrder } = judge([record], tickets);
  return [lost.length, doubled.length, outOfOrder.length];
};

describe('the judge of a fault run', () => {
  it('finds nothing where nothing is', () => {
    const verdict = judge([contact(WHOLE)], []);
    expect(isClean(verdict)).toBe(true);
    expect(formatVerdict(verdict)).toBe('2 messages, 2 acknowledged, 0 lost, 0 doubled, 0 out of order');
  });

  it.each([
    ['an acknowledged message that is not stored', contact(WHOLE.slice(0, 2)), [1, 0, 0]],
    ['a question without an answer', contact(WHOLE.slice(0, 3)), [1, 0, 0]],
    [
      'a message that was never acknowledged',
      contact(WHOLE, { acknowledged: new Map([['first', ask(1, 'first')]]) }),
      [1, 0, 0],
    ],
    [
      'another text',
      contact([...WHOLE.slice(0, 2), { ...ask(3, 'second'), text: 'other' }, answer(4, 3)]),
      [1, 0, 0],
    ],
    ['a device that lacks the end', contact(WHOLE, { view: WHOLE.slice(0, 3) }), [1, 0, 0]],
    [
      'a message stored twice',
      contact([...WHOLE, ask(5, 'second'), answer(6, 5)], {
        acknowledged: new Map([
          ['first', ask(1, 'first')],
          ['second', ask(5, 'second')],
        ]),
      }),
      [0, 1, 0],
    ],
    ['a message that nobody sent', contact([...WHOLE, ask(5, 'third'), answer(6, 5)]), [0, 1, 0]],
    ['two answers to one question', contact([...WHOLE, answer(5, 3)]), [0, 1, 0]],
    ['a gap', contact([...WHOLE.slice(0, 3), answer(5, 3)]), [0, 0, 1]],
    [
      'an answer before the one that was due',
      contact([ask(1, 'first'), ask(2, 'second'), answer(3, 2), answer(4, 1)], {
        acknowledged: new Map([
          ['first', ask(1, 'first')],
          ['second', ask(2, 'second')],
        ]),
      }),
      [0, 0, 1],
    ],
    [
      'another place than the one acknowledged',
      contact(WHOLE, {
        acknowledged: new Map([
          ['first', ask(1, 'first')],
          ['second', ask(5, 'second')],
        ]),
      }),
      [0, 0, 1],
    ],
    [
      'messages in another order than they were sent',
      contact(WHOLE, {
        sent: ['second', 'first'].map((clientId) => ({ clientId, kept: `text of ${clientId}` })),
      }),
      [0, 0, 1],
    ],
    [
      'a device that shows something else',
      contact(WHOLE, { view: [...WHOLE.slice(0, 3), say(4, { replyTo: 3, text: 'other' })] }),
      [0, 0, 1],
    ],
    ['a device that shows what is not stored', contact(WHOLE, { view: [...WHOLE, answer(5, 3)] }), [0, 0, 1]],
    ['a desk that said two things', contact(WHOLE, { contradictions: ['place 1'] }), [0, 0, 1]],
  ] as const)('finds %s', (_, record, expected) => {
    expect(counts(record)).toEqual(expected);
  });

  it('finds tickets that are missing, that nobody was promised, and that were made twice', () => {
    const stored = [...WHOLE.slice(0, 3), receipt(4, 3, 'GL-AAAAAA')];
    expect(counts(contact(stored, { tickets: 1 }), ['GL-AAAAAA'])).toEqual([0, 0, 0]);
    expect(counts(contact(stored, { tickets: 1 }), [])).toEqual([1, 0, 0]);
    expect(counts(contact(stored, { tickets: 1 }), ['GL-AAAAAA', 'GL-BBBBBB'])).toEqual([0, 1, 0]);
    expect(counts(contact(stored, { tickets: 2 }), ['GL-AAAAAA'])).toEqual([1, 0, 0]);
    expect(counts(contact(stored, { tickets: 0 }), ['GL-AAAAAA'])).toEqual([0, 1, 0]);
  });
});
