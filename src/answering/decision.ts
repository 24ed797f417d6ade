/** From rankings to a decision: answer, ask back, or say that one does not know. */
import { type Calibration, confidenceOf } from './model/confidence.ts';
import type { Ranking } from './ranking.ts';
import { type Gates, NONE, type TrainingSet } from './training-set.ts';

export interface Candidate {
  readonly intent: string;
  readonly confidence: number;
}

export interface Judged {
  readonly decision: 'answer' | 'clarify' | 'unknown';
  readonly intent: string | null;
  /** That `intent` is right, 0..1; when it is null, that the best candidate is. */
  readonly confidence: number;
  /** The best few, in order, whatever the decision. */
  readonly candidates: readonly Candidate[];
  /** The intents of a message that asks several things, each sure on its own, in the order asked; else empty. */
  readonly questions: readonly string[];
}

const MOST_CANDIDATES = 3;
/** A single choice is offered only from this confidence on: below, "do you mean this?" is mostly answered with no. */
const SOLE_CHOICE = 0.3;

/**
 * The part of a message to go by: what is left beside small talk ("… Cảm ơn ad nhiều ạ."), or the only
 * part that is sure when the whole is not; else the whole.
 */
export function findSubject(whole: Ranking, parts: readonly Ranking[], training: TrainingSet): Ranking {
  const isSure = ({ evidence }: Ranking): boolean =>
    confidenceOf(evidence, training.calibration) >= training.gates.answer;
  const talk = parts.filter((part) => isSure(part) && isSmallTalk(part.ranked[0]?.intent ?? ''));
  const matter = parts.filter((part) => !talk.includes(part));
  const [only] = matter;
  if (talk.length > 0 && matter.length === 1 && only !== undefined) return only;
  if (isSure(whole)) return whole;
  const sure = matter.filter((part) => isSure(part) && part.ranked[0]?.intent !== NONE);
  return sure.length === 1 && sure[0] !== undefined ? sure[0] : whole;
}

function isSmallTalk(intent: string): boolean {
  return intent.startsWith('smalltalk.');
}

/** Holds the ranking against the gates. Two questions in one message are both offered. */
export function judge(
  whole: Ranking,
  parts: readonly Ranking[],
  training: TrainingSet,
  anyPlatform: boolean,
): Judged {
  const { calibration, gates } = training;
  const confidence = confidenceOf(whole.evidence, calibration);
  const candidates = listCandidates(whole, confidence);
  const asked = distinctQuestions(parts, calibration, gates);
  if (asked.length > 1) {
    const surest = asked.toSorted((a, b) => b.confidence - a.confidence);
    const rest = candidates.filter(({ intent }) => !asked.some((other) => other.intent === intent));
    return {
      decision: 'clarify',
      intent: null,
      confidence: surest[0]!.confidence,
      candidates: [...surest, ...rest].slice(0, MOST_CANDIDATES),
      questions: asked.map(({ intent }) => intent),
    };
  }
  const questions: readonly string[] = [];
  const outOfScope = whole.evidence.none >= gates.none;
  const [best] = candidates;
  if (best === undefined || outOfScope || best.confidence < gates.clarify) {
    return { decision: 'unknown', intent: null, confidence: best?.confidence ?? 0, candidates, questions };
  }
  const unsurePlatform = anyPlatform && fitsSeveralPlatforms(whole, training);
  if (best.confidence >= gates.answer && !unsurePlatform) {
    return { decision: 'answer', intent: best.intent, confidence: best.confidence, candidates, questions };
  }
  const worthOffering = candidates.filter(
    (other) =>
      other === best ||
      (other.confidence >= best.confidence * gates.offerShare && !isSmallTalk(other.intent)),
  );
  const offered = anyPlatform ? offerEveryPlatform(worthOffering, whole, training) : worthOffering;
  if (offered.length === 1 && best.confidence < SOLE_CHOICE) {
    return { decision: 'unknown', intent: null, confidence: best.confidence, candidates, questions };
  }
  return { decision: 'clarify', intent: null, confidence: best.confidence, candidates: offered, questions };
}

/** The best few intents; the best carries the calibrated confidence, the others their share of it. */
function listCandidates({ ranked }: Ranking, confidence: number): Candidate[] {
  const known = ranked.filter(({ intent }) => intent !== NONE).slice(0, MOST_CANDIDATES);
  const first = ranked[0]?.intent;
  return known.map(({ intent, probability }) => ({
    intent,
    confidence: intent === first ? confidence : Math.min(probability, 1 - confidence),
  }));
}

/** Is the best intent for one platform while another platform's is worth offering too? */
function fitsSeveralPlatforms({ ranked }: Ranking, { platforms, gates }: TrainingSet): boolean {
  const [best] = ranked;
  if (best === undefined || !platforms.has(best.intent)) return false;
  return ranked.some(
    ({ intent, probability }) =>
      intent !== best.intent && platforms.has(intent) && probability >= best.probability * gates.offerShare,
  );
}

/** Who asks how to install and names no phone is asked which: beside one platform's entry stands the other's. */
function offerEveryPlatform(
  candidates: readonly Candidate[],
  { ranked }: Ranking,
  { platforms }: TrainingSet,
): Candidate[] {
  const [best, ...rest] = candidates;
  if (best === undefined || !platforms.has(best.intent)) return [...candidates];
  const topic = best.intent.split('.')[0];
  const others = ranked
    .filter(({ intent }) => platforms.has(intent) && intent !== best.intent && intent.split('.')[0] === topic)
    .map(({ intent, probability }) => ({ intent, confidence: Math.min(probability, best.confidence) }));
  const further = rest.filter(({ intent }) => !platforms.has(intent));
  return [best, ...others, ...further].slice(0, MOST_CANDIDATES);
}

/** The intents of the parts of a message, in their order, when each part alone is sure enough to be answered. */
function distinctQuestions(parts: readonly Ranking[], calibration: Calibration, gates: Gates): Candidate[] {
  const found: Candidate[] = [];
  for (const part of parts) {
    const intent = part.ranked[0]?.intent;
    if (intent === undefined || intent === NONE || isSmallTalk(intent)) continue;
    const confidence = confidenceOf(part.evidence, calibration);
    if (confidence < gates.answer) return [];
    if (!found.some((other) => other.intent === intent)) found.push({ intent, confidence });
  }
  return found.slice(0, MOST_CANDIDATES);
}
