/** What went wrong in a conversation, told from what was said in it. */
import { describe, expect, it } from 'vitest';
import type { HandoverReason } from '../../src/contracts/console.ts';
import { findMisses, type Looked, type SaidMessage } from '../../src/curation/unanswered/find-misses.ts';

const START = Date.parse('2026-11-20T08:00:00Z');
const minute = (minutes: number): Date => new Date(START + minutes * 60_000);

type Asked = NonNullable<SaidMessage['asked']>;
const asks = (seq: number, minutes: number, text: string, asked: Partial<Asked> = {}): SaidMessage => ({
  seq,
  author: 'contact',
  at: minute(minutes),
  text,
  replyTo: null,
  helpful: null,
  ratedWhy: null,
  asked: { decision: 'answer', intent: 'card.view', choice: null, isQuestion: true, ...asked },
});
const answers = (seq: number, replyTo: number, rest: Partial<SaidMessage> = {}): SaidMessage => ({
  seq,
  author: 'bot',
  at: minute(seq),
  text: 'Dạ …',
  replyTo,
  helpful: null,
  ratedWhy: null,
  asked: null,
  ...rest,
});
const unknown = { decision: 'unknown', intent: null } as const;
const clarify = { decision: 'clarify', intent: null } as const;
const handover = (minutes: number, reason: HandoverReason = 'asked') => ({ at: minute(minutes), reason });

const look = (messages: readonly SaidMessage[], rest: Partial<Looked> = {}): Looked => ({
  id: 'c'.repeat(24),
  person: 'p',
  isClosed: false,
  messages,
  handovers: [],
  marks: new Map(),
  proposals: new Map(),
  ...rest,
});

const Q = 'lương hưu khi nào có';

describe('signals', () => {
  it.each<[string, Looked, number, string]>([
    ['an answer that nobody complains of', look([asks(1, 0, Q), answers(2, 1)]), 60, ''],
    ['no answer', look([asks(1, 0, Q, unknown), answers(2, 1)]), 1, '1:unknown'],
    ['asked back, a minute ago', look([asks(1, 0, Q, clarify), answers(2, 1)]), 1, ''],
    [
      'asked back, and nothing for half an hour',
      look([asks(1, 0, Q, clarify), answers(2, 1)]),
      31,
      '1:clarified',
    ],
    [
      'asked back, and the conversation ended',
      look([asks(1, 0, Q, clarify)], { isClosed: true }),
      1,
      '1:clarified',
    ],
    [
      'asked back, and a choice taken',
      look([asks(1, 0, Q, clarify), answers(2, 1), asks(3, 1, 'Thẻ', { choice: 'intent:card.view' })]),
      60,
      '',
    ],
    [
      'asked back, and none of these was meant',
      look([asks(1, 0, Q, clarify), answers(2, 1), asks(3, 1, 'Không', { choice: 'none-of-these' })]),
      2,
      '1:clarified',
    ],
    [
      'asked back, and something said an hour later',
      look([asks(1, 0, Q, clarify), answers(2, 1), asks(3, 60, 'quên mật khẩu')]),
      61,
      '1:clarified',
    ],
    [
      'a thumb down, with its reason',
      look([asks(1, 0, Q), answers(2, 1, { helpful: false, ratedWhy: 'unclear' })]),
      1,
      '1:unhelpful(unclear)',
    ],
    ['a thumb up', look([asks(1, 0, Q), answers(2, 1, { helpful: true })]), 1, ''],
    ['a person asked for behind it', look([asks(1, 0, Q)], { handovers: [handover(2)] }), 3, '1:handedOver'],
    [
      'a person asked for: the asking itself is no question',
      look([asks(1, 0, Q), asks(3, 1, 'gặp nhân viên', { intent: 'support.agent' })], {
        handovers: [handover(1)],
      }),
      3,
      '1:handedOver',
    ],
    ['a person asked for an hour later', look([asks(1, 0, Q)], { handovers: [handover(60)] }), 61, ''],
    [
      'a person because the editors want it so',
      look([asks(1, 0, Q)], { handovers: [handover(0, 'marked-intent')] }),
      3,
      '',
    ],
    [
      'staff say it is wrong',
      look([asks(1, 0, Q), answers(2, 1)], { marks: new Map([[2, 'wrong']]) }),
      3,
      '1:wrong',
    ],
    [
      'staff say it is right',
      look([asks(1, 0, Q), answers(2, 1)], { marks: new Map([[2, 'right']]) }),
      3,
      '',
    ],
    [
      'staff propose a wording said to an agent',
      look([{ ...asks(1, 0, Q), asked: null }], { proposals: new Map([[1, 'card.view']]) }),
      3,
      '1:proposed',
    ],
    [
      'several at once',
      look([asks(1, 0, Q, unknown), answers(2, 1)], { handovers: [handover(1)] }),
      3,
      '1:unknown+handedOver',
    ],
    [
      'what fills in a form is no question',
      look([asks(1, 0, 'Nguyễn Thị Hoa', { ...unknown, isQuestion: false })]),
      3,
      '',
    ],
    ['what says nothing', look([asks(1, 0, '???', unknown)]), 3, ''],
    ['a syllable of which nothing was made', look([asks(1, 0, 'ok', unknown)]), 3, ''],
    [
      'a syllable that was asked back about',
      look([asks(1, 0, 'sổ', clarify), answers(2, 1)]),
      31,
      '1:clarified',
    ],
    ['a nod, asked back about', look([asks(1, 0, 'Ok', clarify), answers(2, 1)]), 31, ''],
    ['marks alone, asked back about', look([asks(1, 0, '?', clarify), answers(2, 1)]), 31, ''],
  ])('%s', (_, looked, minutes, expected) => {
    const told = findMisses(looked, minute(minutes)).map(
      ({ seq, kinds, ratedWhy }) => `${seq}:${kinds.join('+')}${ratedWhy === null ? '' : `(${ratedWhy})`}`,
    );
    expect(told.join(' ')).toBe(expected);
  });

  it('masks what may be a secret', () => {
    const [found] = findMisses(look([asks(1, 0, 'mật khẩu abc12345 của tôi sai', unknown)]), minute(1));
    expect(found?.text).toBe('mật khẩu [secret] của tôi sai');
  });
});
