/** Questions whose intent staff have confirmed: releases are judged by them, and nothing is ever taught from them. */
import type { Person } from '../../contracts/console.ts';
import { AppError } from '../../kernel/app-error.ts';
import { searchWords } from '../../kernel/search-words.ts';
import { maskSuspects } from '../question.ts';
import type { ConfirmedQuestion } from './confirmed-question.ts';
import type { ConfirmedStore } from './confirmed-store.ts';
import { questionKey, saysSomething } from './miss.ts';

export interface ConfirmedQuestions {
  /** For the gate in front of each release. */
  readonly listConfirmed: () => Promise<readonly { readonly text: string; readonly intent: string }[]>;
  /** A question has one intent: the last word counts. @returns the ids of those that were not there before */
  readonly confirm: (
    texts: readonly string[],
    intent: string,
    by: Person,
    answer?: ConfirmedQuestion['answer'],
  ) => Promise<readonly string[]>;
  /** @throws AppError `question_not_found` */
  readonly remove: (id: string) => Promise<void>;
  readonly removeAll: (ids: readonly string[]) => Promise<void>;
  /** Those that the mark of an answer confirmed. */
  readonly removeOfAnswer: (conversation: string, seq: number) => Promise<void>;
  readonly search: (
    q: string,
    page: number,
    onAPage: number,
  ) => Promise<{ readonly questions: readonly ConfirmedQuestion[]; readonly total: number }>;
}

export interface ConfirmedQuestionsDeps {
  readonly store: ConfirmedStore;
  readonly now: () => Date;
}

export function createConfirmedQuestions({ store, now }: ConfirmedQuestionsDeps): ConfirmedQuestions {
  return {
    async listConfirmed() {
      return (await store.list()).map(({ text, intent }) => ({ text, intent }));
    },
    async confirm(texts, intent, by, answer = null) {
      const made: string[] = [];
      for (const typed of texts) {
        const text = maskSuspects(typed);
        const key = questionKey(text);
        if (!saysSomething(key)) continue;
        const source = answer === null ? 'inbox' : 'mark';
        const id = await store.save({ text, key, intent, source, by, at: now(), answer });
        if (id !== null) made.push(id);
      }
      return made;
    },
    async remove(id) {
      if ((await store.remove([id])) === 0) throw new AppError({ code: 'question_not_found', message: id });
    },
    async removeAll(ids) {
      if (ids.length > 0) await store.remove(ids);
    },
    removeOfAnswer: store.removeOfAnswer,
    async search(q, page, onAPage) {
      const words = searchWords(q);
      const all = (await store.list()).filter(({ text, intent }) => {
        const said = searchWords(`${text} ${intent}`);
        return words.every((word) => said.some((other) => other.startsWith(word)));
      });
      all.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1));
      return { questions: all.slice((page - 1) * onAPage, page * onAPage), total: all.length };
    },
  };
}
