/** What the engine's answer about a phrase means for the one who would teach it. Pure. */
import type { PhraseFeedback } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';

const { phrases: says } = words;
/** Below, another intent does not pull. */
const PULLS_FROM = 0.15;
/** From here on, teaching it otherwise would take a phrase from another intent. */
const SURE_FROM = 0.99;

export interface Mark {
  readonly tone: 'teal' | 'blue' | 'orange' | 'red' | 'gray';
  readonly says: string;
}

export interface Verdict {
  readonly marks: readonly Mark[];
  readonly details: readonly string[];
  /** It is there already, here or elsewhere, or holds what is of one person: it cannot be added. */
  readonly isRefused: boolean;
  /** Should it be added, unless the person knows better? */
  readonly isAdvised: boolean;
}

export function judgePhrase(
  text: string,
  feedback: PhraseFeedback,
  intent: string,
  titleOf: (id: string) => string,
): Verdict {
  const { takenBy, isTestQuestion, personal, readings, understood, nearest } = feedback;
  const marks: Mark[] = [];
  if (personal !== null) marks.push({ tone: 'red', says: says.personal[personal] });
  if (takenBy !== null)
    marks.push(
      takenBy === intent
        ? { tone: 'gray', says: says.takenHere }
        : { tone: 'red', says: says.takenBy(titleOf(takenBy)) },
    );
  if (isTestQuestion) marks.push({ tone: 'orange', says: says.isTest });
  marks.push(sayDecision(text, feedback, intent, titleOf));
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
    isRefused: takenBy !== null || personal !== null,
    isAdvised:
      takenBy === null &&
      personal === null &&
      !isTestQuestion &&
      !belongsElsewhere(feedback, intent) &&
      !(feedback.decision === 'unknown' && isOneWord(text)),
  };
}

/** Out of scope by what is known already, or another's beyond doubt. */
function belongsElsewhere(
  { decision, intent: found, confidence, nearest }: PhraseFeedback,
  intent: string,
): boolean {
  if (intent !== 'none' && nearest[0]?.intent === 'none') return true;
  return decision === 'answer' && found !== intent && confidence >= SURE_FROM;
}

/** Of one word alone nobody can tell what was asked. */
const isOneWord = (text: string): boolean => text.trim().split(/\s+/).length < 2;

function sayDecision(
  text: string,
  feedback: PhraseFeedback,
  intent: string,
  titleOf: (id: string) => string,
): Mark {
  const { decision, confidence, candidates } = feedback;
  if (decision === 'unknown')
    return { tone: 'blue', says: isOneWord(text) ? says.unknownWord : says.unknown };
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
