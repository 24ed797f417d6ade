/** How the bot speaks: it is "em", the contact "Anh/Chị". */
import { describe, expect, it } from 'vitest';
import { copy } from '../../src/dialogue/copy.ts';

/** Every sentence, those with something put in too. */
function sentencesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return sentencesOf((value as (...given: unknown[]) => unknown)('x', 'y'));
  if (value instanceof Object) return Object.values(value).flatMap(sentencesOf);
  return [];
}

describe('the copy', () => {
  const { noted, ...flow } = copy.flow;
  const sentences = [...sentencesOf({ ...copy, flow }), noted(['x', 'y'])];

  it('has sentences', () => {
    expect(sentences.length).toBeGreaterThan(100);
  });

  it.each(['bạn', 'mình', 'tôi'])('never says "%s"', (word) => {
    const pattern = new RegExp(`(?<![\\p{L}\\p{M}])${word}(?![\\p{L}\\p{M}])`, 'iu');
    expect(sentences.filter((sentence) => pattern.test(sentence.normalize('NFC')))).toEqual([]);
  });
});
