/** What was asked of the bot, and what became of it. Pure. */
import { ASKED_AGAIN_WITHIN_MINUTES } from '../contracts/analytics-definitions.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { Question } from './facts.ts';
import type { Mark, Story, StoryMessage } from './story.ts';

const AGENT_INTENT = 'support.agent';
const ASKED_AGAIN_WITHIN_MS = ASKED_AGAIN_WITHIN_MINUTES * 60_000;
/** So much of the words of two questions are the same: one more or less in three. */
const LIKE = 0.6;

/** What a message of the contact to the bot is. */
export type Said = 'question' | 'pick' | 'wantsPerson' | 'other';

/** A question with what it takes to see that it was asked again. */
interface Asked {
  question: Question;
  readonly words: ReadonlySet<string>;
  /** When the answer was given. */
  readonly repliedAt: Date;
}

/**
 * @param before what the bot said last before it; null: nothing
 * @returns `pick`: one of the topics that the bot offered when it asked back
 */
export function readSaid(message: StoryMessage, before: StoryMessage | null): Said {
  const { asked } = message;
  if (asked === null || asked.queued) return 'other';
  const { choice, decision, intent } = asked;
  if (choice !== null) {
    if (/^agent(:|$)/.test(choice) || choice === `intent:${AGENT_INTENT}`) return 'wantsPerson';
    if (!choice.startsWith('intent:')) return 'other';
    const isOffered = before !== null && isAskingBack(before) && before.choices.includes(choice);
    return isOffered ? 'pick' : 'question';
  }
  if ((before !== null && isForm(before)) || searchWords(message.text).length === 0) return 'other';
  if (decision !== 'answer' || intent === null) return 'question';
  if (intent === AGENT_INTENT) return 'wantsPerson';
  return intent.startsWith('smalltalk.') ? 'other' : 'question';
}

/** The bot is in the middle of a form: every step of one can be given up. */
export function isForm({ author, choices }: StoryMessage): boolean {
  return author === 'bot' && choices.some((id) => id.startsWith('flow:'));
}

/** It asked which topic is meant. */
function isAskingBack({ author, choices }: StoryMessage): boolean {
  return author === 'bot' && choices.includes('none-of-these');
}

/** @param visitOf the visit that a message belongs to */
export function deriveQuestions(
  { messages }: Pick<Story, 'messages'>,
  marks: readonly Mark[],
  visitOf: (seq: number) => number,
): Question[] {
  const replies = new Map(
    messages.flatMap((message) =>
      message.author === 'bot' && message.replyTo !== null ? [[message.replyTo, message] as const] : [],
    ),
  );
  const wrongs = new Set(marks.filter(({ wrong }) => wrong).map(({ seq }) => seq));
  const all: Asked[] = [];
  let before: StoryMessage | null = null;
  for (const message of messages) {
    if (message.author === 'bot') before = message;
    if (message.author !== 'contact') continue;
    const said = readSaid(message, before);
    const reply = replies.get(message.seq);
    if ((said !== 'question' && said !== 'pick') || reply === undefined) continue;
    const visit = visitOf(message.seq);
    const last = all.at(-1);
    const answered = { ...judge(reply, wrongs), intents: intentsOf(message, reply), near: null };
    const isPick = said === 'pick' || isTypedPick(message, before, answered.intents, reply);
    const isOpen = last?.question.outcome === 'clarified' && last.question.visit === visit;
    if (isPick && last !== undefined && isOpen) {
      // What was picked is what had been asked.
      last.question = { ...last.question, outcome: 'answered', byChoice: true, ...answered };
      all[all.length - 1] = { ...last, repliedAt: reply.at };
      continue;
    }
    const outcome = outcomeOf(message, reply);
    const isAnswered = outcome === 'answered';
    const question: Question = {
      seq: message.seq,
      at: message.at,
      visit,
      outcome,
      byChoice: false,
      askedAgain: false,
      abandoned: false,
      ...answered,
      ...(isAnswered ? {} : { intents: [], near: message.asked?.candidates[0] ?? null }),
      wrong: answered.wrong || (isAnswered && wrongs.has(message.seq)),
    };
    for (const earlier of all) if (isAgain(earlier, question, message.text)) markAgain(earlier);
    const words = new Set(message.asked?.choice === null ? searchWords(message.text) : []);
    all.push({ question, words, repliedAt: reply.at });
  }
  return all.map(({ question }) => question);
}

function markAgain(asked: Asked): void {
  asked.question = { ...asked.question, askedAgain: true };
}

/** "2", or the beginning of a label: the engine makes nothing of it, and the dialogue does. */
function isTypedPick(
  { asked }: StoryMessage,
  before: StoryMessage | null,
  intents: readonly string[],
  reply: StoryMessage,
): boolean {
  if (asked === null || asked.decision === 'answer' || before === null || !isAskingBack(before)) return false;
  return showsAnswer(reply) && intents.some((intent) => before.choices.includes(`intent:${intent}`));
}

const ANSWERS: ReadonlySet<string> = new Set(['answer', 'offices', 'ticket', 'summary']);
const showsAnswer = ({ bubbles }: StoryMessage): boolean => bubbles.some(({ kind }) => ANSWERS.has(kind));

function outcomeOf({ asked }: StoryMessage, reply: StoryMessage): Question['outcome'] {
  const isTaken = asked === null || asked.choice !== null || asked.decision === 'answer';
  if (isTaken || showsAnswer(reply)) return 'answered';
  return asked.decision === 'clarify' ? 'clarified' : 'unknown';
}

function judge(
  { rating, seq }: StoryMessage,
  wrongs: ReadonlySet<number>,
): Pick<Question, 'helpful' | 'wrong'> {
  const isCalledWrong = rating !== null && !rating.helpful && rating.reason === 'wrong';
  return { helpful: rating?.helpful ?? null, wrong: isCalledWrong || wrongs.has(seq) };
}

function intentsOf({ asked }: StoryMessage, { bubbles }: StoryMessage): string[] {
  const shown = bubbles.flatMap(({ kind, intent }) =>
    kind === 'answer' && intent !== undefined ? [intent] : [],
  );
  if (shown.length > 0) return [...new Set(shown)];
  const tapped = asked?.choice?.startsWith('intent:') ? asked.choice.slice('intent:'.length) : null;
  const intent = tapped ?? asked?.intent ?? null;
  return intent === null ? [] : [intent];
}

function isAgain(earlier: Asked, { at, intents, near }: Question, text: string): boolean {
  const { question, words, repliedAt } = earlier;
  if (question.outcome !== 'answered' || question.askedAgain) return false;
  if (at.getTime() - repliedAt.getTime() > ASKED_AGAIN_WITHIN_MS) return false;
  const isSameTopic =
    intents.some((intent) => question.intents.includes(intent)) ||
    (near !== null && question.intents.includes(near));
  return isSameTopic || likeness(words, new Set(searchWords(text))) >= LIKE;
}

/** Of the words of both, how many are in both. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let both = 0;
  for (const word of one) if (other.has(word)) both++;
  return both / (one.size + other.size - both);
}
