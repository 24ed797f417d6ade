/** Answers as the bytes that go over the wire: writing one out costs as much as deciding it. */
import type { Decision } from '../answering/engine.ts';
import type { AnswerBook } from './answer-book.ts';
import { presentAnswer } from './present-answer.ts';

type Answered = ReturnType<AnswerBook['ask']>;

/** Keeps what it wrote for as long as the decision is remembered and the same book answers. */
export function createAnswerWriter(): (answered: Answered, book: AnswerBook) => Buffer {
  let writtenFrom: AnswerBook | undefined;
  let written = new WeakMap<Decision, Buffer>();
  return (answered, book) => {
    if (writtenFrom !== book) {
      writtenFrom = book;
      written = new WeakMap();
    }
    const known = written.get(answered.decision);
    if (known !== undefined) return known;
    const bytes = Buffer.from(JSON.stringify(presentAnswer(answered, book)));
    written.set(answered.decision, bytes);
    return bytes;
  };
}
