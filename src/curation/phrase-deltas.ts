/** Putting phrases into a draft and taking them out: two phrases are one when they differ in accents, capitals or punctuation only. Pure. */
import type { PhraseView } from '../contracts/curation.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { PhraseDelta } from '../corpus/corpus-changes.ts';
import type { CorpusRules } from './corpus-rules.ts';
import type { DraftChange } from './draft.ts';
import type { DraftOnLive } from './draft-edits.ts';

export interface PhraseDeltas {
  /** The delta with these phrases added and taken out; what is so already changes nothing. */
  readonly next: (
    on: DraftOnLive,
    intent: string,
    add: readonly string[],
    remove: readonly string[],
  ) => PhraseDelta;
  /** Of the draft; empty where it does not touch the intent. */
  readonly of: (changes: readonly DraftChange[], intent: string) => PhraseDelta;
  /** The intent that has the phrase in the draft; null: none. */
  readonly holderOf: (on: DraftOnLive, phrase: string) => string | null;
  /** Those that are live, then those that are added. */
  readonly view: (on: DraftOnLive, intent: string) => PhraseView[];
}

export function createPhraseDeltas(rules: CorpusRules): PhraseDeltas {
  const { phraseKey, phrasesOf, effectOf, keyOf } = rules;
  const holders = new WeakMap<Corpus, ReadonlyMap<string, string>>();
  const liveHolders = (corpus: Corpus): ReadonlyMap<string, string> => {
    const known = holders.get(corpus);
    if (known !== undefined) return known;
    const made = new Map(
      corpus.intents.flatMap(({ intent, phrases }) => phrases.map((phrase) => [phraseKey(phrase), intent])),
    );
    holders.set(corpus, made);
    return made;
  };
  const added = new WeakMap<readonly DraftChange[], ReadonlyMap<string, readonly string[]>>();
  /** Of each phrase that the draft adds, the intents. */
  const addedHolders = (changes: readonly DraftChange[]): ReadonlyMap<string, readonly string[]> => {
    const known = added.get(changes);
    if (known !== undefined) return known;
    const made = new Map<string, string[]>();
    for (const { change } of changes) {
      if (!('add' in change)) continue;
      for (const key of change.add.map(phraseKey))
        made.set(key, [...(made.get(key) ?? []), keyOf(change.unit)]);
    }
    added.set(changes, made);
    return made;
  };
  const has = (phrases: readonly string[], key: string): boolean =>
    phrases.some((phrase) => phraseKey(phrase) === key);

  const of: PhraseDeltas['of'] = (changes, intent) => {
    const unit = `phrases:${intent}`;
    const found = changes.find(({ change }) => change.unit === unit)?.change;
    return found !== undefined && 'add' in found ? found : { unit, add: [], remove: [] };
  };

  return {
    of,
    next(on, intent, add, remove) {
      const before = of(on.changes, intent);
      const live = new Map(
        phrasesOf(on.live.corpus, intent).map((phrase) => [phraseKey(phrase), phrase] as const),
      );
      const added = new Map(before.add.map((phrase) => [phraseKey(phrase), phrase]));
      const removed = new Map(before.remove.map((phrase) => [phraseKey(phrase), phrase]));
      for (const key of remove.map(phraseKey)) {
        added.delete(key);
        const phrase = live.get(key);
        if (phrase !== undefined) removed.set(key, phrase);
      }
      for (const phrase of add) {
        const key = phraseKey(phrase);
        if (added.has(key) || (live.has(key) && !removed.has(key))) continue;
        if (live.get(key) === phrase) removed.delete(key);
        else added.set(key, phrase);
      }
      return { unit: before.unit, add: [...added.values()], remove: [...removed.values()] };
    },
    holderOf({ changes, live, corpus }, phrase) {
      const key = phraseKey(phrase);
      const isThere = (intent: string): boolean =>
        intent === 'none' || corpus.faq.some(({ id }) => id === intent);
      const adding = addedHolders(changes).get(key)?.find(isThere);
      if (adding !== undefined) return adding;
      const holder = liveHolders(live.corpus).get(key);
      if (holder === undefined || !isThere(holder)) return null;
      return has(of(changes, holder).remove, key) ? null : holder;
    },
    view({ changes, live, corpus }, intent) {
      const phrases = phrasesOf(live.corpus, intent);
      const delta = effectOf(of(changes, intent), phrases);
      const removed = new Set(delta.remove);
      const isGone = intent !== 'none' && !corpus.faq.some(({ id }) => id === intent);
      return [
        ...phrases.map(
          (text) => ({ text, draft: isGone || removed.has(text) ? 'removed' : 'same' }) as const,
        ),
        ...(isGone ? [] : delta.add.map((text) => ({ text, draft: 'added' }) as const)),
      ];
    },
  };
}
