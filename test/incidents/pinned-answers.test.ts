import { beforeAll, expect, test } from 'vitest';
import { pinBook } from '../../src/app/incident-desk.ts';
import { incidentDraft } from '../../src/contracts/incidents.ts';
import { type AnswerBook, createAnswerBook } from '../../src/corpus/answer-book.ts';
import { trainCorpus } from '../../src/corpus/train-corpus.ts';
import { createDialogue } from '../../src/dialogue/dialogue.ts';
import { type Incident, newIncident } from '../../src/incidents/incident.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';
import { BEGINNING, DRAFT, LAN } from './incident-room.ts';

let book: AnswerBook;
beforeAll(async () => {
  const corpus = await readTinyCorpus();
  book = createAnswerBook(corpus, trainCorpus(corpus));
}, 60_000);

const incident = (part: Partial<typeof DRAFT>): Incident =>
  newIncident('1'.repeat(24), { ...DRAFT, ...part }, { by: LAN, at: BEGINNING, suspicion: null });
const PIN = 'Đang bảo trì đến 18:00.';
const answer = (place: 'above' | 'instead') => ({ markdown: PIN, place });
const one = { all: false, intents: ['card.view'] };

test('a pinned answer stands above the usual one, in a chat, over REST, and in the list', () => {
  const pinned = pinBook(book, [incident({ affects: one, answer: answer('above') })]);
  const usual = book.find('card.view')!;
  const shown = pinned.find('card.view')!;
  expect(shown.markdown).toBe(`**Thông báo**\n\n${PIN}\n\n**Hướng dẫn thường dùng**\n\n${usual.markdown}`);
  expect(pinned.sourcesOf(shown.entry)).toEqual(book.sourcesOf(usual.entry));
  expect(pinned.faq.find('card.view', 'android')?.markdown).toMatch(/^\*\*Thông báo\*\*\n\nĐang bảo trì/);
  expect(pinned.ask({ text: 'xem thẻ BHYT ở đâu' }).shown?.markdown).toBe(shown.markdown);
  expect(pinned.find('password.forgot')?.markdown).toBe(book.find('password.forgot')?.markdown);
});

test('in the place of the usual one it has none of its sources, and asks for no platform', () => {
  const pinned = pinBook(book, [
    incident({ affects: one, answer: answer('above') }),
    incident({ affects: one, answer: { markdown: 'Gọi 1900 9068.', place: 'instead' } }),
  ]);
  const shown = pinned.find('card.view')!;
  expect(shown.markdown).toBe(`**Thông báo**\n\n${PIN}\n\nGọi 1900 9068.`);
  expect(pinned.sourcesOf(shown.entry)).toEqual([]);
  expect(pinned.faq.find('card.view', null)).toMatchObject({ sources: [], variesByPlatform: false });
});

test('where all is affected, small talk stays what it is', () => {
  const pinned = pinBook(book, [
    incident({ affects: { all: true, intents: [] }, answer: answer('instead') }),
  ]);
  expect(pinned.faq.find('password.forgot', null)?.markdown).toBe(`**Thông báo**\n\n${PIN}`);
  expect(pinned.faq.find('smalltalk.greeting', null)).toEqual(book.faq.find('smalltalk.greeting', null));
});

test('who had the usual answer just before is given the pinned one, and not told that it was said already', () => {
  const dialogue = createDialogue();
  const pinned = pinBook(book, [incident({ affects: one, answer: answer('above') })]);
  let state = dialogue.start();
  const ask = (faq: AnswerBook['faq']): string => {
    const understanding = {
      decision: 'answer',
      intent: 'card.view',
      confidence: 0.99,
      candidates: [],
      questions: [],
      entities: [],
    } as const;
    const message = { text: 'xem thẻ', choice: null, platform: null, queued: false, understanding };
    const turn = dialogue.advance(state, { kind: 'message', ...message }, faq);
    state = turn.state;
    return JSON.stringify(turn.bubbles);
  };
  expect(ask(book.faq)).not.toContain(PIN);
  expect(ask(pinned.faq)).toContain(PIN);
  expect(ask(pinned.faq)).not.toContain(PIN);
});

test.each([
  ['says nothing', { answer: null, banner: null }, 'incident_says_nothing'],
  ['affects nothing', { affects: { all: false, intents: [] } }, 'incident_affects_nothing'],
  ['affects all and some', { affects: { all: true, intents: ['card.view'] } }, 'incident_affects_nothing'],
])('an incident that %s is refused', (_name, part, code) => {
  expect(incidentDraft.safeParse({ ...DRAFT, ...part }).error?.issues[0]?.message).toBe(code);
});
