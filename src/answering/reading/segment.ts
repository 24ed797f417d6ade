/** Cutting apart words that were typed without spaces: "quenmatkhau" → quen, mat, khau. */
import { decodeTelex } from '../text/keystrokes.ts';
import { foldAccents } from '../text/syllables.ts';
import type { Vocabulary } from './vocabulary.ts';

const MAX_PART = 8;
const MAX_RUN = 60;

/** A cut must earn its place: each part costs this much beside the rarity of the word. */
const PART_COST = 2;

/**
 * The cheapest way to cut a lower-case letter run into known words, with the accents as typed.
 * @returns null when it cannot be cut into at least two known words.
 */
export function segment(run: string, vocabulary: Vocabulary): string[] | null {
  if (run.length > MAX_RUN) return null;
  const best: ({ cost: number; from: number; word: string } | null)[] = [{ cost: 0, from: 0, word: '' }];
  for (let end = 1; end <= run.length; end++) {
    best[end] = null;
    for (let start = Math.max(0, end - MAX_PART); start < end; start++) {
      const before = best[start];
      if (before == null) continue;
      const word = readPart(run.slice(start, end), vocabulary);
      if (word === null) continue;
      const cost = before.cost + PART_COST + vocabulary.cost(before.word, foldAccents(word));
      const rival = best[end];
      if (rival == null || cost < rival.cost) best[end] = { cost, from: start, word };
    }
  }
  const parts: string[] = [];
  for (let end = run.length; end > 0; ) {
    const step = best[end];
    if (step == null) return null;
    parts.unshift(step.word);
    end = step.from;
  }
  return parts.length > 1 ? parts : null;
}

function readPart(part: string, vocabulary: Vocabulary): string | null {
  const folded = foldAccents(part);
  if (folded.length > 1 && vocabulary.has(folded)) return part;
  const decoded = decodeTelex(part);
  return decoded !== null && vocabulary.has(foldAccents(decoded)) ? decoded : null;
}
