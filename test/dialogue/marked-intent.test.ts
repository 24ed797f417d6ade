import { expect, it } from 'vitest';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import type { Faq, Turn } from '../../src/dialogue/turn.ts';

const faq: Faq = {
  find: (intent) => ({
    title: 'Tài khoản bị khóa',
    kind: 'answer',
    markdown: 'Nhân viên cần mở khóa cho Anh/Chị.',
    sources: [],
    related: [],
    variesByPlatform: false,
    onlyFor: null,
    handsOver: intent === 'login.locked',
  }),
};
const dialogue = createDialogue();

function ask(intent: string, queued: boolean): Turn {
  return dialogue.advance(
    dialogue.start(),
    {
      kind: 'message',
      text: 'tài khoản của tôi bị khóa',
      choice: null,
      platform: null,
      queued,
      understanding: {
        decision: 'answer',
        intent,
        confidence: 0.98,
        candidates: [{ intent, confidence: 0.98 }],
        questions: [],
        entities: [],
      },
    },
    faq,
  );
}

it('hands over behind an answer that the editors have marked', () => {
  const { bubbles, effect } = ask('login.locked', false);
  expect(bubbles.map(({ kind }) => kind)).toContain('answer');
  expect(effect).toEqual({ kind: 'requestHandover', reason: 'marked-intent' });
});

it('answers all others, and hands nobody over who waits already', () => {
  expect(ask('login.otp', false)).toMatchObject({ effect: null, bubbles: [{ kind: 'answer' }] });
  expect(ask('login.locked', true)).toMatchObject({ effect: null, bubbles: [{ kind: 'answer' }] });
});
