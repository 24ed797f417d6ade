/** Groups, marks and confirmed questions → contract, field by field. */
import type { PersonalKind } from '../../contracts/curation.ts';
import type {
  ConfirmedRow,
  ExcerptLine,
  GroupActView,
  GroupRow,
  GroupView,
} from '../../contracts/unanswered.ts';
import type { ConfirmedQuestion } from './confirmed-question.ts';
import type { SaidMessage } from './find-misses.ts';
import type { EngineView } from './gathering.ts';
import { type GroupAct, peopleIn, type QuestionGroup, trendOf } from './question-group.ts';
import type { OpenedGroup } from './unanswered.ts';

export interface PresentDeps {
  readonly titleOf: (intent: string) => string;
  readonly engine: Pick<EngineView, 'read'>;
  /** What of a text is of one person; null: nothing. */
  readonly findPersonal: (text: string) => PersonalKind | null;
  readonly now: () => Date;
}

/** So many wordings are shown; whoever wants the rest teaches these first. */
const MOST_WORDINGS = 60;

export function presentGroup(group: QuestionGroup, { titleOf, now }: PresentDeps): GroupRow {
  const { id, state, returned, acts, summary } = group;
  const { head, people, misses, signals, firstAt, lastAt, suggestions } = summary;
  const act = acts.at(-1);
  return {
    id,
    head,
    people,
    misses,
    signals,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    days: trendOf(summary, now()),
    state,
    returned,
    suggestions: suggestions.map(({ intent, confidence }) => ({
      intent,
      title: titleOf(intent),
      confidence,
    })),
    act: act === undefined ? null : presentAct(act),
  };
}

function presentAct({ kind, by, at, draft, target, phrases, heldOut, reason }: GroupAct): GroupActView {
  return { kind, by, at: at.toISOString(), draft, target, phrases, heldOut, reason };
}

export function presentOpenedGroup({ group, wordings, samples }: OpenedGroup, deps: PresentDeps): GroupView {
  return {
    ...presentGroup(group, deps),
    wordings: wordings.slice(0, MOST_WORDINGS).map(({ text, misses }) => ({
      text,
      people: peopleIn(misses),
      understood: deps.engine.read(text).understood,
      proposed: misses.find(({ proposed }) => proposed !== null)?.proposed ?? null,
      personal: deps.findPersonal(text),
    })),
    samples: samples.map(({ miss, excerpt }) => ({
      text: miss.text,
      at: miss.at.toISOString(),
      kinds: miss.kinds,
      ratedWhy: miss.ratedWhy,
      conversation: miss.conversation,
      seq: miss.seq,
      excerpt: excerpt.map(presentLine),
    })),
  };
}

function presentLine({ seq, author, at, text }: SaidMessage): ExcerptLine {
  return { seq, author, at: at.toISOString(), text };
}

export function presentConfirmed(
  question: ConfirmedQuestion,
  titleOf: (intent: string) => string,
): ConfirmedRow {
  const { id, text, intent, source, by, at } = question;
  return { id, text, intent, title: titleOf(intent), source, by, at: at.toISOString() };
}
