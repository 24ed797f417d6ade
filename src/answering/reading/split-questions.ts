/** Cutting a message where a second question may begin. */
import { foldAccents } from '../text/syllables.ts';

/** A part of fewer words is rarely a question of its own. */
const MIN_WORDS = 3;
const MAX_PARTS = 3;

/** Sentence ends, line breaks, and the words by which people add a question: "với lại", "ngoài ra", "và", "còn". */
const BOUNDARY = /[?!.;\n]+|,?\s(?:voi lai|ngoai ra|tien the|sau do|dong thoi|cho hoi them|va cho|va|con)\s/g;

/**
 * The parts of a message that may be questions of their own.
 * @returns two or three parts, or none when there is nothing to split
 */
export function splitQuestions(text: string): string[] {
  const composed = text.normalize('NFC');
  const folded = foldAccents(composed.toLowerCase());
  // Folding keeps the length of NFC Vietnamese text; where some other script changes it, do not split.
  if (folded.length !== composed.length) return [];
  const parts: string[] = [];
  let from = 0;
  for (const match of folded.matchAll(BOUNDARY)) {
    parts.push(composed.slice(from, match.index));
    from = match.index + match[0].length;
  }
  parts.push(composed.slice(from));
  const questions = parts.map((part) => part.trim()).filter((part) => part.split(/\s+/).length >= MIN_WORDS);
  return questions.length >= 2 && questions.length <= MAX_PARTS ? questions : [];
}
