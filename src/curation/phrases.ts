/** What people say, as editors change it: adding, taking out, moving, and what a phrase would do. */
import type { Person } from '../contracts/console.ts';
import type { PersonalKind, PhraseFeedback, PhraseView } from '../contracts/curation.ts';
import type { PhraseDelta } from '../corpus/corpus-changes.ts';
import { AppError } from '../kernel/app-error.ts';
import { groupBy } from '../kernel/group-by.ts';
import type { CorpusRules } from './corpus-rules.ts';
import type { DraftEdits, DraftOnLive } from './draft-edits.ts';
import { DRAFT_WORDS } from './draft-words.ts';
import { createPhraseDeltas } from './phrase-deltas.ts';

/** What the live release makes of a text. */
export interface LiveDecision {
  readonly decision: 'answer' | 'clarify' | 'unknown';
  readonly intent: string | null;
  readonly confidence: number;
  readonly candidates: readonly { readonly intent: string; readonly confidence: number }[];
  readonly understood: string;
  readonly explain?:
    | {
        readonly words: readonly { readonly word: string; readonly by: string }[];
        readonly phrases: readonly {
          readonly text: string;
          readonly intent: string;
          readonly similarity: number;
        }[];
      }
    | undefined;
}

export interface PhrasesDeps {
  readonly edits: DraftEdits;
  readonly rules: CorpusRules;
  readonly ask: (text: string) => LiveDecision;
  /** Is it one of the questions that releases are judged by? */
  readonly isTestQuestion: (text: string) => boolean | Promise<boolean>;
  /** What of a text is of one person; null: nothing. */
  readonly findPersonal: (text: string) => PersonalKind | null;
}

export interface PhraseAddition {
  readonly intent: string;
  readonly phrase: string;
}

export interface Phrases {
  /** May be repeated. @throws AppError `phrase_taken`, `phrase_has_…`, `faq_not_found`, and of DraftEdits.edit */
  readonly change: (
    draft: string,
    intent: string,
    phrases: { readonly add: readonly string[]; readonly remove: readonly string[] },
    by: Person,
  ) => Promise<PhraseView[]>;
  /** Those that stand under `from`; may be repeated. @returns those of `to`. @throws as `change` */
  readonly move: (
    draft: string,
    phrases: readonly string[],
    from: string,
    to: string,
    by: Person,
  ) => Promise<PhraseView[]>;
  /** To many intents at once: all, or none. May be repeated. @throws as `change` */
  readonly addAll: (draft: string, additions: readonly PhraseAddition[], by: Person) => Promise<void>;
  /** @throws of DraftEdits.read */
  readonly feedback: (draft: string | undefined, text: string) => Promise<PhraseFeedback>;
}

const NEAREST = 5;

export function createPhrases(deps: PhrasesDeps): Phrases {
  const { edits, rules, ask, isTestQuestion, findPersonal } = deps;
  const deltas = createPhraseDeltas(rules);

  const demandIntent = ({ corpus }: DraftOnLive, intent: string): void => {
    if (intent !== 'none' && !corpus.faq.some(({ id }) => id === intent))
      throw new AppError({ code: 'faq_not_found', message: intent });
  };
  /** @param others intents that may have them */
  const demandFree = (on: DraftOnLive, phrases: readonly string[], others: ReadonlySet<string>): void => {
    for (const phrase of phrases) {
      const holder = deltas.holderOf(on, phrase);
      if (holder !== null && !others.has(holder))
        throw new AppError({ code: 'phrase_taken', message: phrase, details: [holder, phrase] });
    }
  };
  /** What is live or in the draft already may stay, or come back. */
  const demandNobodys = (on: DraftOnLive, intent: string, phrases: readonly string[]): void => {
    for (const phrase of phrases) {
      const personal = findPersonal(phrase);
      if (personal === null || deltas.holderOf(on, phrase) !== null) continue;
      const key = rules.phraseKey(phrase);
      if (rules.phrasesOf(on.live.corpus, intent).some((live) => rules.phraseKey(live) === key)) continue;
      throw new AppError({ code: `phrase_has_${personal}`, message: intent, details: [phrase] });
    }
  };
  /** Without those that change nothing. */
  const changed = (on: DraftOnLive, next: readonly PhraseDelta[]): PhraseDelta[] =>
    next.filter(({ unit, add, remove }) => {
      const before = deltas.of(on.changes, rules.keyOf(unit));
      return !sameTexts(before.add, add) || !sameTexts(before.remove, remove);
    });
  const add = (on: DraftOnLive, intent: string, phrases: readonly string[]): PhraseDelta => {
    demandIntent(on, intent);
    demandFree(on, phrases, new Set([intent]));
    demandNobodys(on, intent, phrases);
    return deltas.next(on, intent, phrases, []);
  };

  return {
    async change(draft, intent, phrases, by) {
      const after = await edits.edit(draft, by, (on) => {
        demandIntent(on, intent);
        demandFree(on, phrases.add, new Set([intent]));
        demandNobodys(on, intent, phrases.add);
        return changed(on, [deltas.next(on, intent, phrases.add.map(tidy), phrases.remove)]);
      });
      return deltas.view(after, intent);
    },
    async move(draft, phrases, from, to, by) {
      const after = await edits.edit(draft, by, (on) => {
        demandIntent(on, to);
        const moving = phrases.map(tidy).filter((phrase) => deltas.holderOf(on, phrase) === from);
        if (from === to || moving.length === 0) return [];
        return changed(on, [deltas.next(on, from, [], moving), deltas.next(on, to, moving, [])]);
      });
      return deltas.view(after, to);
    },
    async addAll(draft, additions, by) {
      await edits.edit(draft, by, (on) => {
        const byIntent = groupBy(additions, ({ intent }) => intent);
        const next = [...byIntent].map(([intent, rows]) =>
          add(
            on,
            intent,
            rows.map(({ phrase }) => tidy(phrase)),
          ),
        );
        return changed(on, next);
      });
    },
    async feedback(draft, text) {
      const on = await edits.read(draft);
      const decision = ask(text);
      const titleOf = (intent: string): string =>
        intent === 'none'
          ? DRAFT_WORDS.outOfScope
          : ([...on.corpus.faq, ...on.live.corpus.faq].find(({ id }) => id === intent)?.title ?? intent);
      const takenBy = deltas.holderOf(on, text);
      const key = rules.phraseKey(text);
      const own = on.changes.flatMap(({ change }) =>
        'add' in change
          ? change.add
              .filter((phrase) => rules.phraseKey(phrase) === key)
              .map((phrase) => ({ text: phrase, intent: rules.keyOf(change.unit), similarity: 1 }))
          : [],
      );
      const nearest = [...own, ...(decision.explain?.phrases ?? [])].slice(0, NEAREST);
      return {
        decision: decision.decision,
        intent: decision.intent,
        confidence: round(decision.confidence),
        candidates: decision.candidates.map(({ intent, confidence }) => ({
          intent,
          title: titleOf(intent),
          confidence: round(confidence),
        })),
        understood: decision.understood,
        readings: (decision.explain?.words ?? [])
          .filter(({ by }) => by !== 'typed')
          .map(({ word, by }) => ({ word, by })),
        nearest: nearest.map(({ text: phrase, intent, similarity }) => ({
          text: phrase,
          intent,
          title: titleOf(intent),
          likeness: round(similarity),
        })),
        takenBy,
        isTestQuestion: await isTestQuestion(text),
        personal: findPersonal(text),
      };
    },
  };
}

function tidy(phrase: string): string {
  return phrase.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function sameTexts(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, at) => text === others[at]);
}

function round(score: number): number {
  return Math.round(score * 1_000) / 1_000;
}
