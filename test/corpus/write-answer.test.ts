/** Answers written out once. */
import { expect, it } from 'vitest';
import { trainEngine } from '../../src/answering/engine.ts';
import { type AnswerBook, createAnswerBook } from '../../src/corpus/answer-book.ts';
import { presentDecision, presentEntry } from '../../src/corpus/present-answer.ts';
import { toTrainingSet } from '../../src/corpus/train-corpus.ts';
import { createAnswerWriter } from '../../src/corpus/write-answer.ts';
import { readTinyCorpus, withAnswer } from '../support/tiny-corpus.ts';

const present = ({ decision, shown }: ReturnType<AnswerBook['ask']>, book: AnswerBook): object => ({
  ...presentDecision(decision, book),
  answer: shown === null ? null : presentEntry(shown, book),
});

it('writes what the book says, and again when another book answers', async () => {
  const corpus = await readTinyCorpus();
  const engine = trainEngine(toTrainingSet(corpus));
  const before = createAnswerBook(corpus, engine);
  const after = createAnswerBook(withAnswer(corpus, 'password.forgot', 'Mới'), engine);
  const write = createAnswerWriter();
  const asked = before.ask({ text: 'quên mật khẩu' });
  const read = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
  expect(read(write(asked, before))).toEqual(present(asked, before));
  expect(write(before.ask({ text: 'quên mật khẩu' }), before)).toBe(write(asked, before));

  // The same entry for another question, and none at all.
  for (const text of ['mật khẩu quên rồi', 'zzz qqq']) {
    const other = before.ask({ text });
    expect(read(write(other, before))).toEqual(present(other, before));
  }

  const { decision } = asked;
  const shown = after.find('password.forgot');
  expect(read(write({ decision, shown }, after))).toMatchObject({ answer: { markdown: 'Mới' } });
  expect(read(write(asked, before))).toEqual(present(asked, before));
});
