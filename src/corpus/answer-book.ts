/** The live corpus with the engine trained on it: what answers questions. */
import type { Decision, Engine } from '../answering/engine.ts';
import type { Platform } from '../answering/training-set.ts';
import { topicOf } from './check-corpus.ts';
import type { Corpus, FaqEntry } from './corpus.ts';
import { rememberDecisions } from './remember-decisions.ts';

export interface AskRequest {
  readonly text: string;
  readonly platform?: Platform | undefined;
  readonly lastIntent?: string | undefined;
  readonly explain?: boolean | undefined;
}

export interface Shown {
  readonly entry: FaqEntry;
  /** The answer for the platform asked for. */
  readonly markdown: string;
}

export interface AnswerBook {
  readonly ask: (request: AskRequest) => { decision: Decision; shown: Shown | null };
  /** The words that say what is wanted, folded, with synonyms taken as one; and how all of it is understood. */
  readonly read: (text: string) => { readonly words: readonly string[]; readonly understood: string };
  readonly find: (id: string, platform?: Platform) => Shown | null;
  readonly titleOf: (id: string) => string;
  readonly topicTitleOf: (topic: string) => string;
  /** "BHXH Quận 6, Hướng dẫn cài đặt VssID (2021)", one for each source of the entry. */
  readonly sourcesOf: (entry: FaqEntry) => string[];
  /** Without those that are archived. */
  readonly relatedOf: (entry: FaqEntry) => { id: string; title: string }[];
  readonly topics: () => { topic: string; entries: readonly FaqEntry[] }[];
  /** The FAQ as dialogues see it. */
  readonly faq: DialogueFaq;
}

/** Narrow on purpose: what a dialogue needs to say an entry (src/dialogue/turn.ts declares the same). */
export interface DialogueFaq {
  readonly find: (
    intent: string,
    platform: Platform | null,
  ) => {
    readonly title: string;
    readonly kind: FaqEntry['kind'];
    readonly markdown: string;
    readonly sources: readonly string[];
    readonly related: readonly { readonly id: string; readonly title: string }[];
    readonly variesByPlatform: boolean;
    readonly onlyFor: Platform | null;
    readonly handsOver: boolean;
    readonly isPinned?: boolean;
  } | null;
}

/**
 * Puts a trained engine and its corpus together. The intents of both must be the same. Of archived entries
 * nothing but the title is known any more.
 */
export function createAnswerBook(corpus: Corpus, engine: Engine): AnswerBook {
  const titles = new Map(corpus.faq.map(({ id, title }) => [id, title]));
  const inUse = corpus.faq.filter(({ archived }) => archived !== true);
  const entries = new Map(inUse.map((entry) => [entry.id, entry]));

  const decide = rememberDecisions(engine.decide);

  const find = (id: string, platform?: Platform): Shown | null => {
    const entry = entries.get(id);
    if (entry === undefined) return null;
    const variant = platform === undefined ? undefined : entry.variants[platform];
    return { entry, markdown: variant ?? entry.markdown };
  };

  const titleOf = (id: string): string => titles.get(id) ?? id;
  const relatedOf = (entry: FaqEntry) =>
    entry.related.filter((id) => entries.has(id)).map((id) => ({ id, title: titleOf(id) }));
  const sourcesOf = (entry: FaqEntry): string[] =>
    entry.sources.map(({ doc, date }) => {
      const document = corpus.documents.get(doc);
      return document ? `${document.publisher}, ${document.title} (${asVietnameseDate(date)})` : doc;
    });

  return {
    find,
    faq: {
      find(intent, platform) {
        const shown = find(intent, platform ?? undefined);
        if (shown === null) return null;
        const { entry, markdown } = shown;
        return {
          title: entry.title,
          kind: entry.kind,
          markdown,
          sources: sourcesOf(entry),
          related: relatedOf(entry),
          variesByPlatform: Object.keys(entry.variants).length > 0,
          onlyFor: entry.platform ?? null,
          handsOver: entry.handover ?? false,
        };
      },
    },
    ask({ text, platform, lastIntent, explain }) {
      const decision = decide(text, { platform, lastIntent, explain });
      return { decision, shown: decision.intent === null ? null : find(decision.intent, decision.platform) };
    },
    read: (text) => ({
      words: engine.rank(text).reading.concepts,
      understood: engine.decide(text).understood,
    }),
    titleOf,
    topicTitleOf: (topic) => corpus.topics.get(topic) ?? topic,
    sourcesOf,
    relatedOf,
    topics: () =>
      [...corpus.topics].map(([topic, title]) => ({
        topic: title,
        entries: inUse.filter((entry) => topicOf(entry.id) === topic),
      })),
  };
}

/** "2021-05-12" → "12/5/2021", "2021-11" → "11/2021". */
function asVietnameseDate(date: string): string {
  return date
    .split('-')
    .map((part, at) => (at === 0 ? part : String(Number(part))))
    .reverse()
    .join('/');
}
