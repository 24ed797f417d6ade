/** What was not served well, put together: found in the conversations, made good in the drafts of the corpus. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Decision } from '../answering/engine.ts';
import type { Conversation, Message } from '../conversations/conversation.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { InboxStore } from '../conversations/inbox-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import { writeBubble } from '../conversations/transcript.ts';
import type { AnswerBook } from '../corpus/answer-book.ts';
import { createPhraseProposalStore, type PhraseProposalStore } from '../curation/phrase-proposal-store.ts';
import type { Question } from '../curation/question.ts';
import { createQuestionLog, type QuestionLogDeps } from '../curation/question-log.ts';
import { createQuestionLogStore, type QuestionLogStore } from '../curation/question-log-store.ts';
import { type ConfirmedQuestions, createConfirmedQuestions } from '../curation/unanswered/confirmed.ts';
import { type ConfirmedStore, createConfirmedStore } from '../curation/unanswered/confirmed-store.ts';
import type { SaidMessage } from '../curation/unanswered/find-misses.ts';
import { createGathering, type EngineView, type GatheringDeps } from '../curation/unanswered/gathering.ts';
import {
  createGroupStore,
  createProgressStore,
  type GroupStore,
  type ProgressStore,
} from '../curation/unanswered/group-store.ts';
import { createMarkStore, type MarkStore } from '../curation/unanswered/mark-store.ts';
import { type AnswerMarks, createAnswerMarks, type MarkedAnswer } from '../curation/unanswered/marks.ts';
import { createMissStore, type MissStore } from '../curation/unanswered/miss-store.ts';
import { createUnansweredRoutes } from '../curation/unanswered/unanswered.routes.ts';
import { createUnanswered, type DraftDoor } from '../curation/unanswered/unanswered.ts';
import type { StaffRoute } from '../http/staff-route.ts';
import type { Storage } from '../storage/storage.ts';
import { createPersonalFinder } from './personal-finder.ts';

export interface UnansweredStores {
  readonly misses: MissStore;
  readonly groups: GroupStore;
  readonly progress: ProgressStore;
  readonly marks: MarkStore;
  readonly confirmed: ConfirmedStore;
  readonly proposals: PhraseProposalStore;
  readonly questions: QuestionLogStore;
  /** The questions that each release is judged by. */
  readonly listConfirmed: ConfirmedQuestions['listConfirmed'];
  /** Takes the links to a conversation off. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
}

/** To be made before the store is opened: they declare indexes. */
export function createUnansweredStores(connection: Storage['connection']): UnansweredStores {
  const misses = createMissStore(connection);
  const marks = createMarkStore(connection);
  const confirmed = createConfirmedStore(connection);
  const proposals = createPhraseProposalStore(connection);
  const questions = createQuestionLogStore(connection);
  return {
    proposals,
    questions,
    misses,
    marks,
    confirmed,
    groups: createGroupStore(connection),
    progress: createProgressStore(connection),
    listConfirmed: createConfirmedQuestions({ store: confirmed, now: () => new Date() }).listConfirmed,
    async forgetConversation(conversation) {
      await misses.forgetConversation(conversation);
      await marks.forgetConversation(conversation);
      await confirmed.forgetConversation(conversation);
      await proposals.forgetConversation(conversation);
      await questions.forgetConversation(conversation);
    },
  };
}

/** Keeps every question for the editors, without ever holding up or failing an answer. */
export function createQuestionNotes(deps: QuestionLogDeps & { readonly release: () => number | null }) {
  const { note, close } = createQuestionLog(deps);
  return {
    close,
    /** @param place left out: asked over the API */
    note(text: string, decided: Decision, place: Question['place'] = null): void {
      const { redactions, platform = null, decision, intent, confidence, candidates } = decided;
      const asked = { text, redactions, platform, decision, intent, confidence, candidates, place };
      note({ ...asked, release: deps.release() });
    },
  };
}

export interface UnansweredDeskDeps extends Pick<GatheringDeps, 'isStoreUp' | 'logger'> {
  readonly stores: UnansweredStores;
  readonly conversations: Pick<Conversations, 'events'>;
  readonly conversationStore: Pick<ConversationStore, 'find'>;
  readonly inboxStore: Pick<InboxStore, 'listActive'>;
  readonly messageStore: Pick<MessageStore, 'find' | 'listBefore' | 'listAfter'>;
  readonly drafts: DraftDoor & Pick<GatheringDeps, 'fateOf'>;
  readonly book: () => AnswerBook;
  readonly release: () => number | null;
}

export interface UnansweredDesk {
  readonly routes: readonly StaffRoute[];
  readonly marksOf: AnswerMarks['listOf'];
  readonly start: () => void;
  readonly stop: () => Promise<void>;
}

/** So much of a conversation is looked at. */
const LOOKED_AT = 400;
/** So far back the question stands that a choice was offered for. */
const QUESTION_BACK = 6;
const INTENT_CHOICE = 'intent:';

export function createUnansweredDesk(deps: UnansweredDeskDeps): UnansweredDesk {
  const { stores, conversations, messageStore, book } = deps;
  const now = (): Date => new Date();
  const titleOf = (intent: string): string => book().titleOf(intent);

  const engine: EngineView = {
    read: (text) => book().read(text),
    rank: (text) => book().ask({ text }).decision.candidates,
    release: deps.release,
  };
  const gathering = createGathering({
    ...deps,
    ...stores,
    engine,
    async look(id) {
      const conversation = await deps.conversationStore.find(id);
      if (conversation === null) return null;
      const [messages, marks, proposals] = await Promise.all([
        messageStore.listBefore(id, Number.POSITIVE_INFINITY, LOOKED_AT),
        stores.marks.listOf(id),
        stores.proposals.listIn(id),
      ]);
      return {
        id,
        person: personOf(conversation),
        isClosed: conversation.status === 'closed',
        messages: messages.map(toSaid),
        handovers: conversation.stays.map(({ requestedAt: at, reason }) => ({ at, reason })),
        marks: new Map(marks.map(({ seq, mark }) => [seq, mark])),
        proposals,
      };
    },
    fateOf: deps.drafts.fateOf,
    listActive: deps.inboxStore.listActive,
    listUnknown: stores.questions.listToGather,
    markTaken: stores.questions.markGathered,
    listProposed: stores.proposals.listNew,
    markProposed: stores.proposals.markGathered,
  });

  const confirmed = createConfirmedQuestions({ store: stores.confirmed, now });
  const marks = createAnswerMarks({
    store: stores.marks,
    confirmed,
    findAnswer: (conversation, seq) => findAnswer(messageStore, conversation, seq),
    lookAt: gathering.lookAt,
    async tell(conversation, seq) {
      const message = await messageStore.find(conversation, seq);
      if (message !== null) conversations.events.emit('messageMarked', message);
    },
  });
  const unanswered = createUnanswered({
    groups: stores.groups,
    misses: stores.misses,
    drafts: deps.drafts,
    confirmed,
    async readAround(conversation, seq, before, behind) {
      const [earlier, later] = await Promise.all([
        messageStore.listBefore(conversation, seq, before),
        messageStore.listAfter(conversation, seq - 1, behind + 1),
      ]);
      return [...earlier, ...later].map(toSaid);
    },
    titleOf,
    engine,
  });

  return {
    routes: createUnansweredRoutes({
      unanswered,
      marks,
      confirmed,
      titleOf,
      engine,
      findPersonal: createPersonalFinder(),
      now,
      topicTitle: (topic) => book().topicTitleOf(topic),
    }),
    marksOf: marks.listOf,
    start() {
      const { events } = conversations;
      events.on('messageStored', ({ message }) => {
        const decision = readUnderstanding(message)?.decision;
        if (decision === 'unknown' || decision === 'clarify') gathering.note(message.conversation);
      });
      events.on('messageRated', ({ conversation, helpful }) => {
        if (helpful === false) gathering.note(conversation);
      });
      events.on('conversationChanged', ({ conversation: { id, status } }) => {
        if (status === 'queued' || status === 'closed') gathering.note(id);
      });
      gathering.start();
    },
    stop: gathering.stop,
  };
}

/** Tells contacts apart; nobody gets back to one from here. */
function personOf({ contact }: Conversation): string {
  return createHash('sha256').update(`unanswered:${contact}`).digest('hex').slice(0, 16);
}

/** As the bot's room stores it. */
const understanding = z.object({
  decision: z.enum(['answer', 'clarify', 'unknown']),
  intent: z.string().nullable(),
});

function readUnderstanding({ forBot }: Message): z.infer<typeof understanding> | null {
  return understanding.safeParse(forBot?.understanding).data ?? null;
}

function toSaid(message: Message): SaidMessage {
  const { seq, author, at, text, bubbles, replyTo, helpful, ratedWhy, forBot } = message;
  const understood = readUnderstanding(message);
  return {
    seq,
    author,
    at,
    text: [text, ...bubbles.map(writeBubble)].filter((part) => part !== '').join('\n'),
    replyTo,
    helpful,
    ratedWhy,
    asked: understood && {
      ...understood,
      choice: forBot?.choice ?? null,
      isQuestion: forBot?.isQuestion ?? false,
    },
  };
}

async function findAnswer(
  messages: Pick<MessageStore, 'find' | 'listBefore'>,
  conversation: string,
  seq: number,
): Promise<MarkedAnswer | null> {
  const answer = await messages.find(conversation, seq);
  const bubble = answer?.bubbles.find(({ kind }) => kind === 'answer');
  if (answer?.author !== 'bot' || bubble?.kind !== 'answer') return null;
  const asked = answer.replyTo === null ? null : await messages.find(conversation, answer.replyTo);
  return { intent: bubble.intent, question: asked === null ? null : await questionOf(messages, asked) };
}

/** What was typed; for a choice that was tapped, the question that it was offered for. */
async function questionOf(
  messages: Pick<MessageStore, 'listBefore'>,
  asked: Message,
): Promise<string | null> {
  const choice = asked.forBot?.choice ?? null;
  if (choice === null) return asked.text;
  if (!choice.startsWith(INTENT_CHOICE)) return null;
  const before = await messages.listBefore(asked.conversation, asked.seq, QUESTION_BACK);
  const question = before.findLast(({ author }) => author === 'contact');
  return question !== undefined && readUnderstanding(question)?.decision === 'clarify' ? question.text : null;
}
