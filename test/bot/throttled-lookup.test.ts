/** A ticket that was looked up too often: said as what it is, and no fault of the desk's. */
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { createBot } from '../../src/bot/bot.ts';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import { AppError } from '../../src/kernel/app-error.ts';

const unused = (): never => {
  throw new Error('a lookup needs nothing else');
};

async function lookUp(failure: Error): Promise<{ said: string; choices: string[]; logged: string[] }> {
  const logged: string[] = [];
  const bot = createBot({
    dialogue: createDialogue(),
    decide: unused,
    faq: () => ({ find: () => null }),
    createTicket: unused,
    findTicket: () => Promise.reject(failure),
    addInformation: unused,
    findOffices: unused,
    noteAsked: unused,
    isStoreAway: () => false,
    logger: pino({ level: 'error' }, { write: (line: string) => logged.push(line) }),
  });
  const [code, phone] = ['PA-7K3F9Q', '0912345678'];
  const reply = await bot.answer(
    {
      conversation: 'c1',
      seq: 1,
      text: `kiểm tra phiếu ${code}, ${phone}`,
      choice: null,
      platform: null,
      queued: false,
      kept: [{ type: 'phone', value: phone, text: phone }],
      understanding: {
        decision: 'answer',
        intent: 'support.ticket-status',
        confidence: 0.98,
        candidates: [],
        questions: [],
        entities: [{ type: 'ticketCode', value: code, text: code }],
      },
    },
    null,
    { enter: unused, leave: unused },
  );
  return {
    said: (reply?.bubbles ?? []).map((bubble) => (bubble.kind === 'text' ? bubble.markdown : '')).join('\n'),
    choices: (reply?.choices ?? []).map(({ id }) => id),
    logged,
  };
}

it('asks to wait some minutes, offers no other try, and logs no error', async () => {
  const throttled = new AppError({ code: 'ticket_lookup_throttled', message: 'too many at once' });
  const { said, choices, logged } = await lookUp(throttled);
  expect(said).toContain('đợi ít phút');
  expect(said).not.toContain('Thử lại');
  expect(choices).toEqual(['agent']);
  expect(logged).toEqual([]);
});

it('still offers another try, and logs, when looking up breaks', async () => {
  const { said, choices, logged } = await lookUp(new Error('broken'));
  expect(said).toContain('Thử lại');
  expect(choices).toContain('flow:retry');
  expect(logged).toHaveLength(1);
});
