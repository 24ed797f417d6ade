/** What the engine's answer about a phrase means for the one who would teach it. Pure. */
import type { PhraseFeedback } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';

const { phrases: says } = words;
/** Below, another intent does not pull. */
const PULLS_FROM = 0.15;

export interface Mark {
  readonly tone: 'teal' | 'blue' | 'orange' | 'red' | 'gray';
  readonly says: string;
}

export interface Verdict {
  readonly marks: readonly Mark[];
  readonly details: readonly string[];
  /** It is there already, here or elsewhere: it cannot be added. */
  readonly isTaken: boolean;
  /** Should it be added, unless the person knows better? */
  readonly isAdvised: boolean;
}

export function judgePhrase(
  feedback: PhraseFeedback,
  intent: string,
  titleOf: (id: string) => string,
): Verdict {
  const { takenBy, isTestQuestion, readings, understood, nearest } = feedback;
  const marks: Mark[] = [];
  if (takenBy !== null)
    marks.push(
      takenBy === intent
        ? { tone: 'gray', says: says.takenHere }
        : { tone: 'red', says: says.takenBy(titleOf(takenBy)) },
    );
  if (isTestQuestion) marks.push({ tone: 'orange', says: says.isTest });
  marks.push(sayDecision(feedback, intent, titleOf));
  const puller = feedback.candidates.find(
    (candidate) => candidate.intent !== intent && candidate.intent !== feedback.intent,
  );
  if (feedback.decision === 'answer' && puller !== undefined && puller.confidence >= PULLS_FROM)
    marks.push({ tone: 'gray', says: says.pullsTowards(puller.title, puller.confidence) });
  const other = nearest.find((phrase) => phrase.intent !== intent);
  return {
    marks,
    details: [
      ...(readings.length > 0
        ? [says.understood(understood, readings.map(({ word, by }) => says.reads(word, by)).join(', '))]
        : []),
      ...(other === undefined ? [] : [`${says.nearest}: “${other.text}” (${other.title})`]),
    ],
    isTaken: takenBy !== null,
    isAdvised: takenBy === null && !isTestQuestion,
  };
}

function sayDecision(feedback: PhraseFeedback, intent: string, titleOf: (id: string) => string): Mark {
  const { decision, confidence, candidates } = feedback;
  if (decision === 'unknown') return { tone: 'blue', says: says.unknown };
  if (decision === 'clarify')
    return {
      tone: 'blue',
      says: says.asksBack(
        candidates
          .slice(0, 3)
          .map(({ title }) => title)
          .join(', '),
      ),
    };
  return feedback.intent === intent
    ? { tone: 'teal', says: says.knows(confidence) }
    : { tone: 'orange', says: says.pulls(titleOf(feedback.intent ?? 'none'), confidence) };
}
