/** Answers as the bytes that go over the wire: writing one out costs as much as deciding it. */
import type { Decision } from '../answering/engine.ts';
import type { AnswerBook, Shown } from './answer-book.ts';
import type { FaqEntry } from './corpus.ts';
import { presentDecision, presentEntry } from './present-answer.ts';

type Answered = ReturnType<AnswerBook['ask']>;

/** An entry written out with one of its texts. */
interface WrittenEntry {
  readonly markdown: string;
  readonly json: string;
}

/** Keeps what it wrote, decisions for as long as they are remembered, while the same book answers. */
export function createAnswerWriter(): (answered: Answered, book: AnswerBook) => Buffer {
  let writtenFrom: AnswerBook | undefined;
  let answers = new WeakMap<Decision, Buffer>();
  let entries = new WeakMap<FaqEntry, WrittenEntry>();

  const writeEntry = (shown: Shown, book: AnswerBook): string => {
    const { entry, markdown } = shown;
    const known = entries.get(entry);
    if (known?.markdown === markdown) return known.json;
    const json = JSON.stringify(presentEntry(shown, book));
    entries.set(entry, { markdown, json });
    return json;
  };

  return ({ decision, shown }, book) => {
    if (writtenFrom !== book) {
      writtenFrom = book;
      answers = new WeakMap();
      entries = new WeakMap();
    }
    const known = answers.get(decision);
    if (known !== undefined) return known;
    const decided = JSON.stringify(presentDecision(decision, book));
    const answer = shown === null ? 'null' : writeEntry(shown, book);
    const bytes = Buffer.from(`${decided.slice(0, -1)},"answer":${answer}}`);
    answers.set(decision, bytes);
    return bytes;
  };
}
