import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY, lastSeq, startWith, take, takeEarlier } from '../../web-sync/transcript.ts';
import { message } from '../web-widget/messages.ts';

const seqs = (transcript: { messages: readonly { seq: number }[] }): number[] =>
  transcript.messages.map(({ seq }) => seq);
const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
const page = (from: number, to: number) => range(from, to).map((seq) => message(seq));

test('the next message is added, a known one is replaced, a gap is told and nothing behind it is taken', () => {
  const start = startWith(page(3, 5), true);
  const next = take(start, [message(6)]);
  expect([seqs(next.transcript), next.gap, next.added.length]).toEqual([[3, 4, 5, 6], false, 1]);

  const again = take(start, [message(4, { helpful: true })]);
  expect([again.transcript.messages[1]?.helpful, again.added, again.gap]).toEqual([true, [], false]);

  const behind = take(start, [message(8), message(7)]);
  expect([seqs(behind.transcript), behind.added, behind.gap]).toEqual([[3, 4, 5], [], true]);
  expect(take(EMPTY, [message(4)]).gap).toBe(true);
  expect(seqs(take(EMPTY, [message(1)]).transcript)).toEqual([1]);
});

test('a message from before the first page changes nothing', () => {
  const start = startWith(page(3, 5), true);
  expect(take(start, [message(1)])).toEqual({ transcript: start, added: [], gap: false });
});

test('earlier pages are put before, if they fit', () => {
  const start = startWith(page(6, 8), true);
  expect(takeEarlier(start, page(3, 5), true)).toEqual(startWith(page(3, 8), true));
  expect(takeEarlier(start, page(1, 5), false)).toEqual(startWith(page(1, 8), false));
  expect(takeEarlier(start, page(2, 4), true)).toEqual(start);
  expect(takeEarlier(start, [], true)).toEqual(startWith(page(6, 8), false));
});

test('whatever comes, in whatever order and how often: no gap, no doubles, and asking again completes it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }).chain((length) =>
        fc.record({
          length: fc.constant(length),
          facts: fc.array(fc.integer({ min: 1, max: length }), { maxLength: 80 }),
          first: fc.integer({ min: 1, max: length }),
        }),
      ),
      ({ length, facts, first }) => {
        let transcript = startWith(page(first, Math.min(length, first + 5)), first > 1);
        for (const seq of facts) {
          const taken = take(transcript, [message(seq)]);
          transcript = taken.transcript;
          expect(seqs(transcript)).toEqual(range(first, lastSeq(transcript)));
          if (taken.gap) {
            // As the client does: it asks for what came after the last one.
            const filled = take(transcript, page(lastSeq(transcript) + 1, length));
            expect(filled.gap).toBe(false);
            transcript = filled.transcript;
          }
        }
        while (transcript.hasEarlier) {
          const before = seqs(transcript)[0]!;
          const from = Math.max(1, before - 7);
          transcript = takeEarlier(transcript, page(from, before - 1), from > 1);
        }
        expect(seqs(transcript)).toEqual(range(1, lastSeq(transcript)));
      },
    ),
  );
});
