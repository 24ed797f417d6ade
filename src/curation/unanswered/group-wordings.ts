/**
 * Puts questions that mean the same into groups, one after the other: each joins the group that has the wording it is
 * most like, or founds one. Pure: the same questions in the same order give the same groups.
 */
import { likenessOf, type Terms, termsOf } from './likeness.ts';

/** A wording that leads to a group. */
export interface Lead {
  readonly group: string;
  /** As the engine reads it. */
  readonly words: readonly string[];
}

export interface Grouping {
  /** @returns the group it belongs to; null: to none that there is */
  readonly find: (words: readonly string[]) => string | null;
  readonly add: (lead: Lead) => void;
}

/**
 * From here on two questions are the same matter. Measured on the 246 questions of test/curation/wordings.yaml: at 0.5
 * 86 % of the pairs that are put together belong together, at 0.4 only 74 % (an editor would teach what was not meant);
 * at 0.6 a third more groups are to be looked at.
 */
const SAME_MATTER = 0.5;
/** So many wordings of a group lead to it: more would let matters run together, link by link. */
export const MOST_LEADS = 5;

export function createGrouping(leads: Iterable<Lead>): Grouping {
  const known: { readonly group: string; readonly terms: Terms }[] = [];
  /** Term → the wordings that have it. What all questions have in common leads to nothing. */
  const byTerm = new Map<string, number[]>();

  const add = ({ group, words }: Lead): void => {
    const terms = termsOf(words);
    for (const [term, weight] of terms) {
      if (weight < LEADING_WEIGHT) continue;
      const list = byTerm.get(term);
      if (list === undefined) byTerm.set(term, [known.length]);
      else list.push(known.length);
    }
    known.push({ group, terms });
  };
  for (const lead of leads) add(lead);

  return {
    add,
    find(words) {
      const terms = termsOf(words);
      const near = new Set<number>();
      for (const term of terms.keys()) for (const at of byTerm.get(term) ?? []) near.add(at);
      let best: { readonly at: number; readonly likeness: number } | null = null;
      // Of equals the older one, whichever term led to it first.
      for (const at of [...near].sort((a, b) => a - b)) {
        const likeness = likenessOf(terms, known[at]!.terms);
        if (likeness >= SAME_MATTER && likeness > (best?.likeness ?? 0)) best = { at, likeness };
      }
      return best === null ? null : known[best.at]!.group;
    },
  };
}

const LEADING_WEIGHT = 1;
