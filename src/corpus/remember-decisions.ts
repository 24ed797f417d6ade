/** What many people ask is decided once: an engine is pure, and the same words have the same decision for as long as it answers. */
import type { Decision, Engine } from '../answering/engine.ts';

/**
 * Two thousand of the usual size are some 6 MB. Where some questions come far more often than others (Zipf's law, forty
 * thousand ways to ask) they are seven of ten questions.
 */
const MOST = 2_000;
/** Longer ones are hardly asked twice in the same words. */
const LONGEST = 120;

/**
 * Decides like `decide`, and keeps the decisions that were asked for last. Nothing is kept of a message with anything
 * personal in it, nor explanations, which only editors ask for.
 * @param decide pure
 */
export function rememberDecisions(decide: Engine['decide'], most = MOST): Engine['decide'] {
  /** In the order in which they were asked for: the first is the one to go. */
  const kept = new Map<string, Decision>();
  return (text, asked = {}) => {
    if (asked.explain === true || text.length > LONGEST) return decide(text, asked);
    const key = `${asked.platform ?? ''}\n${asked.lastIntent ?? ''}\n${text}`;
    const known = kept.get(key);
    const decision = known ?? decide(text, asked);
    if (known !== undefined) kept.delete(key);
    else if (decision.redactions.length > 0) return decision;
    else if (kept.size >= most) kept.delete(kept.keys().next().value!);
    kept.set(key, decision);
    return decision;
  };
}
