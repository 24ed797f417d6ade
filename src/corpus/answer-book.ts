/** The live corpus with the engine trained on it: what answers questions. */
import type { Decision, Engine } from '../answering/engine.ts';
import type { Platform } from '../answering/training-set.ts';
import { topicOf } from './check-corpus.ts';
import type { Corpus, FaqEntry } from './corpus.ts';

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
  readonly find: (id: string, platform?: Platform) => Shown | null;
  readonly titleOf: (id: string) => string;
  /** "BHXH Quận 6, Hướng dẫn cài đặt VssID (2021)", one for each source of the entry. */
  readonly sourcesOf: (entry: FaqEntry) => string[];
  readonly topics: () => { topic: string; entries: readonly FaqEntry[] }[];
}

/** Puts a trained engine and its corpus together. The intents of both must be the same. */
export function createAnswerBook(corpus: Corpus, engine: Engine): AnswerBook {
  const entries = new Map(corpus.faq.map((entry) => [entry.id, entry]));

  const find = (id: string, platform?: Platform): Shown | null => {
    const entry = entries.get(id);
    if (entry === undefined) return null;
    const variant = platform === undefined ? undefined : entry.variants[platform];
    return { entry, markdown: variant ?? entry.markdown };
  };

  return {
    find,
    ask({ text, platform, lastIntent, explain }) {
      const decision = engine.decide(text, { platform, lastIntent, explain });
      return { decision, shown: decision.intent === null ? null : find(decision.intent, decision.platform) };
    },
    titleOf: (id) => entries.get(id)?.title ?? id,
    sourcesOf: (entry) =>
      entry.sources.map(({ doc, date }) => {
        const document = corpus.documents.get(doc);
        return document ? `${document.publisher}, ${document.title} (${asVietnameseDate(date)})` : doc;
      }),
    topics: () =>
      [...corpus.topics].map(([topic, title]) => ({
        topic: title,
        entries: corpus.faq.filter((entry) => topicOf(entry.id) === topic),
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
