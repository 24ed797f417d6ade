/** Decision and FAQ entry → contract, field by field. */
import type { Decision } from '../answering/engine.ts';
import type { AnswerResponse, FaqEntryView } from '../contracts/answers.ts';
import type { AnswerBook, Shown } from './answer-book.ts';

const DIGITS = 1000;

/** All but the entry. */
export function presentDecision(decision: Decision, book: AnswerBook): Omit<AnswerResponse, 'answer'> {
  return {
    decision: decision.decision,
    intent: decision.intent,
    confidence: round(decision.confidence),
    candidates: decision.candidates.map(({ intent, confidence }) => ({
      intent,
      title: book.titleOf(intent),
      confidence: round(confidence),
    })),
    understood: decision.understood,
    entities: decision.entities.map(({ type, value, text, start, end }) => ({
      type,
      value,
      text,
      start,
      end,
    })),
    redactions: decision.redactions.map(({ type, start, end }) => ({ type, start, end })),
    ...(decision.explain === undefined
      ? {}
      : {
          explain: {
            words: decision.explain.words.map(({ word, by }) => ({ word, by })),
            features: decision.explain.features.map(({ feature, intent, weight }) => ({
              feature,
              intent,
              weight: round(weight),
            })),
            phrases: decision.explain.phrases.map(({ text, intent, similarity }) => ({
              text,
              intent,
              similarity: round(similarity),
            })),
            evidence: roundAll(decision.explain.evidence),
            gates: roundAll(decision.explain.gates),
          },
        }),
  };
}

export function presentEntry({ entry, markdown }: Shown, book: AnswerBook): FaqEntryView {
  return {
    id: entry.id,
    title: entry.title,
    markdown,
    sources: book.sourcesOf(entry),
    related: book.relatedOf(entry),
  };
}

function roundAll(measures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, round(value)]));
}

function round(score: number): number {
  return Math.round(score * DIGITS) / DIGITS;
}
