/** Puts accents back on words typed without them, for showing what was understood. */
import { ADDRESS_WORD, NUMBER_WORD } from '../text/tokens.ts';
import { isAccented, type ReadWord } from './reading.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Step {
  readonly score: number;
  readonly word: string;
  readonly from: Step | null;
}

const MOST_FORMS = 6;
/** From this share of accented words on the message was typed with accents, and a word without any has none. */
const WRITTEN_WITH_ACCENTS = 0.5;
/** Numbers and addresses are of no use here, and may be personal. */
const HIDDEN: ReadonlySet<string> = new Set([NUMBER_WORD, ADDRESS_WORD]);

/**
 * Writes the words as a sentence. A word that has accents stays, as does every word of a message that was
 * typed with accents; for others the spellings that stand together most often in the corpus are chosen.
 */
export function restoreAccents(words: readonly ReadWord[], vocabulary: Vocabulary): string {
  const accentedShare = words.filter(isAccented).length / Math.max(1, words.length);
  let steps: Step[] = [{ score: 0, word: '', from: null }];
  for (const { folded, accented } of words) {
    const bare = accented === folded && accentedShare < WRITTEN_WITH_ACCENTS && !HIDDEN.has(accented);
    const known = bare ? vocabulary.accentsOf(folded).slice(0, MOST_FORMS) : [];
    const forms = known.length > 0 ? known : [HIDDEN.has(accented) ? '…' : accented];
    const [only] = steps;
    // Where there is nothing to choose nothing is weighed.
    if (forms.length === 1 && steps.length === 1) {
      steps = [{ score: only!.score, word: forms[0]!, from: only! }];
      continue;
    }
    steps = forms.map((word, rank) => {
      let best: Step | null = null;
      for (const from of steps) {
        const score = from.score + Math.log(1 + 10 * vocabulary.countPair(from.word, word)) - rank * 0.7;
        if (best === null || score > best.score) best = { score, word, from };
      }
      return best ?? { score: 0, word, from: null };
    });
  }
  const sentence: string[] = [];
  let step: Step | null = steps.reduce((best, other) => (other.score > best.score ? other : best));
  for (; step?.from; step = step.from) sentence.unshift(step.word);
  return sentence.join(' ');
}
