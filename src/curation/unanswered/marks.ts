/** What staff say of single answers of the bot: a wrong one is a question to look at, a right one a question to keep. */
import type { MarkView, Person } from '../../contracts/console.ts';
import type { MarkRequest } from '../../contracts/unanswered.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { ConfirmedQuestions } from './confirmed.ts';
import type { MarkStore } from './mark-store.ts';

/** An answer of the bot, with what it answered. */
export interface MarkedAnswer {
  readonly intent: string;
  /** In the contact's own words; null: a choice was tapped behind no question. */
  readonly question: string | null;
}

export interface AnswerMarksDeps {
  readonly store: MarkStore;
  readonly confirmed: Pick<ConfirmedQuestions, 'confirm' | 'removeOfAnswer'>;
  /** null: there is nothing that could be marked. */
  readonly findAnswer: (conversation: string, seq: number) => Promise<MarkedAnswer | null>;
  /** Looks at the conversation anew. */
  readonly lookAt: (conversation: string) => Promise<void>;
  /** Tells whoever looks at the conversation. */
  readonly tell: (conversation: string, seq: number) => Promise<void>;
  readonly now?: () => Date;
}

export interface AnswerMarks {
  /** May be repeated. @throws AppError `message_not_found` */
  readonly mark: (request: MarkRequest, by: Person) => Promise<void>;
  /** By the place of the answer. */
  readonly listOf: (conversation: string) => Promise<ReadonlyMap<number, MarkView>>;
}

export function createAnswerMarks(deps: AnswerMarksDeps): AnswerMarks {
  const { store, confirmed, now = () => new Date() } = deps;
  return {
    async mark({ conversation, seq, mark }, by) {
      const answer = await deps.findAnswer(conversation, seq);
      if (answer === null)
        throw new AppError({ code: 'message_not_found', message: `${conversation}#${seq}` });
      const { intent, question } = answer;
      if (mark === null) await store.remove(conversation, seq);
      else await store.save({ conversation, seq, mark, intent, by, at: now() });
      if (mark !== 'right') await confirmed.removeOfAnswer(conversation, seq);
      else if (question !== null) await confirmed.confirm([question], intent, by, { conversation, seq });
      await deps.lookAt(conversation);
      await deps.tell(conversation, seq);
    },
    async listOf(conversation) {
      const marks = await store.listOf(conversation);
      return new Map(marks.map(({ seq, mark, by }) => [seq, { mark, by }]));
    },
  };
}
