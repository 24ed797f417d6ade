/** Changes of a corpus: finding them between two, holding them against what is live, applying them. Pure. */
import { phraseKey, topicOf } from './check-corpus.ts';
import type { Corpus, IntentPhrases } from './corpus.ts';
import { keyOf, putTogether, sameValue, type UnitValue, unitsOf } from './corpus-units.ts';

/** A unit as a whole; null: not there. */
export interface ValueChange {
  readonly unit: string;
  readonly before: UnitValue | null;
  readonly after: UnitValue | null;
}
/** `phrases:INTENT`: what is added and taken out, so that the additions of two people go together. */
export interface PhraseDelta {
  readonly unit: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}
export type CorpusChange = ValueChange | PhraseDelta;

export function isPhraseDelta(change: CorpusChange): change is PhraseDelta {
  return 'add' in change;
}

/**
 * The corpus with these changes. New entries stand where their files will, new intents behind the last one of their topic,
 * new phrases and words at the end. With an entry go its phrases; an intent without phrases is none.
 */
export function applyChanges(corpus: Corpus, changes: readonly CorpusChange[]): Corpus {
  if (changes.length === 0) return corpus;
  const units = new Map(unitsOf(corpus));
  const deltas = new Map<string, PhraseDelta>();
  const gone = new Set<string>();
  for (const change of changes) {
    if (isPhraseDelta(change)) deltas.set(keyOf(change.unit), change);
    else if (change.after !== null) units.set(change.unit, change.after);
    else {
      units.delete(change.unit);
      if (change.unit.startsWith('faq:')) gone.add(keyOf(change.unit));
    }
  }
  const intents = corpus.intents.map((intent) => {
    const delta = deltas.get(intent.intent);
    deltas.delete(intent.intent);
    return delta === undefined ? intent : withDelta(intent, delta);
  });
  for (const [intent, delta] of deltas) insertByTopic(intents, withDelta({ intent, phrases: [] }, delta));
  const kept = intents.filter(({ intent, phrases }) => phrases.length > 0 && !gone.has(intent));
  return putTogether(units, kept, corpus);
}

/** What of a delta is not so already. */
export function effectOf(delta: PhraseDelta, phrases: readonly string[]): PhraseDelta {
  const removed = new Set(delta.remove.map(phraseKey));
  const added = new Set(delta.add);
  const goes = (phrase: string): boolean => removed.has(phraseKey(phrase)) && !added.has(phrase);
  const remove = phrases.filter(goes);
  const kept = new Set(phrases.filter((phrase) => !goes(phrase)).map(phraseKey));
  return { unit: delta.unit, add: delta.add.filter((phrase) => !kept.has(phraseKey(phrase))), remove };
}

function withDelta({ intent, phrases }: IntentPhrases, delta: PhraseDelta): IntentPhrases {
  const { add, remove } = effectOf(delta, phrases);
  const removed = new Set(remove);
  return { intent, phrases: [...phrases.filter((phrase) => !removed.has(phrase)), ...add] };
}

function insertByTopic(intents: IntentPhrases[], added: IntentPhrases): void {
  const topic = topicOf(added.intent);
  const last = intents.findLastIndex(({ intent }) => topicOf(intent) === topic);
  const next = last >= 0 ? last + 1 : intents.findIndex(({ intent }) => topicOf(intent) > topic);
  intents.splice(next < 0 ? intents.length : next, 0, added);
}

/** @returns what has to be done to `before` to make it say what `after` says; order does not count */
export function diffCorpora(before: Corpus, after: Corpus): CorpusChange[] {
  const from = unitsOf(before);
  const to = unitsOf(after);
  const changes: CorpusChange[] = [];
  for (const unit of new Set([...to.keys(), ...from.keys()])) {
    const change = { unit, before: from.get(unit) ?? null, after: to.get(unit) ?? null };
    if (!sameValue(change.before, change.after)) changes.push(change);
  }
  for (const intent of new Set([...after.intents, ...before.intents].map((one) => one.intent))) {
    const had = phrasesOf(before, intent);
    const has = phrasesOf(after, intent);
    const add = without(has, had);
    const remove = without(had, has);
    if (add.length + remove.length > 0) changes.push({ unit: `phrases:${intent}`, add, remove });
  }
  return changes;
}

export function phrasesOf(corpus: Corpus, intent: string): readonly string[] {
  return corpus.intents.find((one) => one.intent === intent)?.phrases ?? [];
}

function without(phrases: readonly string[], others: readonly string[]): string[] {
  const set = new Set(others);
  return phrases.filter((phrase) => !set.has(phrase));
}

/**
 * How a change stands towards what is live: still to be made, made already, or in conflict: what is live is neither
 * what the change began with nor what it ends with.
 */
export function standingOf(change: CorpusChange, live: Corpus): 'pending' | 'done' | 'conflict' {
  if (isPhraseDelta(change)) {
    const { add, remove } = effectOf(change, phrasesOf(live, keyOf(change.unit)));
    return add.length + remove.length === 0 ? 'done' : 'pending';
  }
  const value = unitsOf(live).get(change.unit) ?? null;
  if (sameValue(value, change.after)) return 'done';
  return sameValue(value, change.before) ? 'pending' : 'conflict';
}

/**
 * Brings in a corpus that was changed apart from what is live.
 * @param base what both come from: a unit that `changed` has from there is no change of it
 * @returns what `changed` did and what is live does not have yet; a unit that both changed is in conflict
 */
export function changesOver(base: Corpus, changed: Corpus, live: Corpus): CorpusChange[] {
  return diffCorpora(base, changed).filter((change) => standingOf(change, live) !== 'done');
}
