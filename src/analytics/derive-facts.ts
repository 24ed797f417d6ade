/** Conversation → facts, ticket → facts. Pure: from the same story at the same moment always the same facts. */
import { VISIT_ENDS_AFTER_MINUTES } from '../contracts/analytics-definitions.ts';
import { deriveQuestions, isForm, readSaid } from './derive-questions.ts';
import {
  type ConversationFacts,
  type Edition,
  type GivenScore,
  hoursOf,
  type Question,
  type Request,
  type Shift,
  type TicketFacts,
  type Visit,
} from './facts.ts';
import type { Mark, Story, StoryMessage, Teller, TicketStory } from './story.ts';

const VISIT_ENDS_AFTER_MS = VISIT_ENDS_AFTER_MINUTES * 60_000;
/** A limit that is over is noted by the desk within seconds; if nobody told of it, the ticket is looked at then. */
const LOOK_BEHIND_DUE_MS = 5 * 60_000;

export interface Known {
  readonly marks: readonly Mark[];
  /** What the app says now, for visits that are new. */
  readonly edition: Edition;
  /** By the place of a visit's first message: what the app said then. It is kept nowhere else. */
  readonly editions: ReadonlyMap<number, Edition>;
  readonly now: Date;
}

/** A visit with its messages while it is being put together. */
interface Stretch {
  readonly seq: number;
  readonly at: Date;
  lastAt: Date;
  readonly messages: StoryMessage[];
}

export function deriveConversation(story: Story, known: Known): ConversationFacts {
  const stretches = splitIntoVisits(story);
  const visitAt = (at: Date): number =>
    Math.max(
      0,
      stretches.findLastIndex((stretch) => stretch.at <= at),
    );
  const visitOf = (seq: number): number =>
    Math.max(
      0,
      stretches.findLastIndex((stretch) => stretch.seq <= seq),
    );
  const shifts = deriveShifts(story, visitAt);
  const requests = deriveRequests(story, visitAt);
  const held = new Set([...requests, ...shifts].map(({ visit }) => visit));
  const raw = deriveQuestions(story, known.marks, visitOf);
  const visits = stretches.map((stretch, place): Visit => {
    const questions = raw.filter(({ visit }) => visit === place);
    const isOver = known.now.getTime() - stretch.lastAt.getTime() >= VISIT_ENDS_AFTER_MS;
    return {
      seq: stretch.seq,
      at: stretch.at,
      outcome: outcomeOf(stretch, questions, held.has(place), isOver),
      ...editionOf(stretch, known),
    };
  });
  const questions = raw.map((question, place): Question => {
    const outcome = visits[question.visit]?.outcome ?? null;
    const isLast = raw.slice(place).every((other) => isLeftOpen(other) || other.visit !== question.visit);
    return { ...question, abandoned: outcome === 'abandoned' && isLast && isLeftOpen(question) };
  });
  const score = deriveScore(story, visitAt, shifts);
  // Without a visit there is nothing that a score or a shift could be told of.
  const isEmpty = visits.length === 0;
  const facts = isEmpty
    ? { visits: [], questions: [], requests: [], shifts: [], score: null }
    : { visits, questions, requests, shifts, score };
  const last = stretches.at(-1);
  const endsAt = last === undefined ? null : new Date(last.lastAt.getTime() + VISIT_ENDS_AFTER_MS);
  return {
    kind: 'conversation',
    id: story.id,
    activeAt: story.activeAt,
    revision: story.revision,
    ...facts,
    hours: hoursOf([
      ...[...facts.visits, ...facts.questions, ...facts.requests, ...facts.shifts].map(({ at }) => at),
      facts.score?.at ?? null,
    ]),
    dueAt: endsAt !== null && endsAt > known.now ? endsAt : null,
  };
}

export function deriveTicket(story: TicketStory, now: Date): TicketFacts {
  const { outcome, endedAt, firstResponse, resolution } = story;
  const isDone = outcome === 'solved' || outcome === 'rejected';
  const closedAt = isDone ? endedAt : null;
  const reopenedAt = story.entries.flatMap(({ kind, from, to, at }) =>
    kind === 'status' && (from === 'resolved' || from === 'closed') && to === 'in_progress' ? [at] : [],
  );
  const { dueAt, breachedAt } = resolution;
  const told = story.entries.flatMap(({ kind, from, to, at }) =>
    kind === 'deadline' && from === 'resolution' && to === 'breached' ? [at] : [],
  );
  // A limit that was over before the desk looked at the clock is in no history.
  const isUntold = breachedAt !== null && !told.some((at) => at >= breachedAt);
  const breaches = isUntold ? [...told, breachedAt] : told;
  const lookAt = dueAt === null || breachedAt !== null ? null : dueAt.getTime() + LOOK_BEHIND_DUE_MS;
  return {
    kind: 'ticket',
    id: story.code,
    activeAt: story.updatedAt,
    revision: story.revision,
    office: story.office ?? '',
    createdAt: story.createdAt,
    closedAt,
    isLate: breachedAt !== null,
    breachedAt: breaches,
    reopenedAt,
    respondedAt: firstResponse.metAt,
    hours: hoursOf([story.createdAt, closedAt, ...breaches, ...reopenedAt, firstResponse.metAt]),
    dueAt: lookAt !== null && lookAt > now.getTime() ? new Date(lookAt) : null,
  };
}

/** A person has it, or is waited for: silence ends no visit then. Whoever asks for one just now may begin one. */
function isHeld({ stays }: Story, at: Date): boolean {
  return stays.some(({ requestedAt, endedAt }) => requestedAt < at && (endedAt === null || endedAt > at));
}

function splitIntoVisits(story: Story): Stretch[] {
  const stretches: Stretch[] = [];
  for (const message of story.messages) {
    const { author, at, seq } = message;
    const open = stretches.at(-1);
    if (author === 'contact') {
      const isOver = open === undefined || at.getTime() - open.lastAt.getTime() > VISIT_ENDS_AFTER_MS;
      if (isOver && (open === undefined || !isHeld(story, at))) {
        stretches.push({ seq, at, lastAt: at, messages: [message] });
        continue;
      }
    }
    if (open === undefined) continue;
    open.messages.push(message);
    // What the desk announces by itself keeps nobody there.
    if (author !== 'system') open.lastAt = at;
  }
  return stretches;
}

function editionOf({ seq, messages }: Stretch, { edition, editions }: Known): Edition {
  const named = messages.find(({ asked }) => asked?.platform != null)?.asked?.platform;
  const then = editions.get(seq);
  return {
    platform: named ?? then?.platform ?? edition.platform,
    appVersion: then?.appVersion ?? edition.appVersion,
  };
}

const isLeftOpen = ({ outcome }: Question): boolean => outcome !== 'answered';

function outcomeOf(
  { messages }: Stretch,
  questions: readonly Question[],
  isHandedOver: boolean,
  isOver: boolean,
): Visit['outcome'] {
  if (isHandedOver) return 'handedOver';
  if (messages.some(({ bubbles }) => bubbles.some(({ kind }) => kind === 'ticket'))) return 'ticketed';
  if (!isOver) return null;
  const last = questions.at(-1);
  const lastOfBot = messages.findLast(({ author }) => author === 'bot');
  const isInForm = lastOfBot !== undefined && isForm(lastOfBot);
  if (isInForm || wantedPerson(messages) || (last !== undefined && isLeftOpen(last))) return 'abandoned';
  if (last === undefined) return 'noQuestion';
  const isBad = questions.some(({ askedAgain, helpful, wrong }) => askedAgain || wrong || helpful === false);
  return isBad ? 'unresolved' : 'resolved';
}

/** A person was asked for, and nothing was asked of the bot after that. */
function wantedPerson(messages: readonly StoryMessage[]): boolean {
  let before: StoryMessage | null = null;
  let wants = false;
  for (const message of messages) {
    if (message.author === 'bot') before = message;
    if (message.author !== 'contact') continue;
    const said = readSaid(message, before);
    if (said !== 'other') wants = said === 'wantsPerson';
  }
  return wants;
}

const secondsBetween = (from: Date, to: Date): number => Math.round((to.getTime() - from.getTime()) / 1_000);

function deriveRequests({ stays, messages }: Story, visitAt: (at: Date) => number): Request[] {
  return stays.map(({ requestedAt, claimedAt, endedAt, end }) => {
    const response = messages.find(
      ({ author, at }) =>
        author === 'agent' && claimedAt !== null && at >= claimedAt && (endedAt === null || at <= endedAt),
    );
    const isHandled = claimedAt !== null && endedAt !== null;
    return {
      at: requestedAt,
      visit: visitAt(requestedAt),
      claimed: claimedAt !== null,
      lost: claimedAt === null && endedAt !== null,
      waitSeconds: claimedAt === null ? null : secondsBetween(requestedAt, claimedAt),
      firstResponseSeconds: response === undefined ? null : secondsBetween(requestedAt, response.at),
      handlingSeconds: isHandled ? secondsBetween(claimedAt, endedAt) : null,
      resolutionSeconds: isHandled && end === 'closed' ? secondsBetween(requestedAt, endedAt) : null,
    };
  });
}

const TO: ReadonlySet<string> = new Set(['assigned', 'transferred']);
const BY: ReadonlySet<string> = new Set(['claimed', 'taken-over']);
const OVER: ReadonlySet<string> = new Set(['returned', 'to-bot', 'agent-gone', 'closed']);

function deriveShifts({ messages }: Story, visitAt: (at: Date) => number): Shift[] {
  const shifts: Shift[] = [];
  let isOn = false;
  const end = (at: Date): void => {
    const last = shifts.at(-1);
    if (isOn && last !== undefined)
      shifts[shifts.length - 1] = { ...last, handlingSeconds: secondsBetween(last.at, at) };
    isOn = false;
  };
  const begin = ({ id, name }: Teller, at: Date): void => {
    end(at);
    isOn = true;
    shifts.push({
      at,
      visit: visitAt(at),
      agent: id,
      name,
      firstResponseSeconds: null,
      handlingSeconds: null,
    });
  };
  for (const { author, agent, event, at } of messages) {
    const last = shifts.at(-1);
    if (author === 'agent' && isOn && last?.firstResponseSeconds === null && agent?.id === last.agent)
      shifts[shifts.length - 1] = { ...last, firstResponseSeconds: secondsBetween(last.at, at) };
    if (event === null) continue;
    const holder = BY.has(event.kind) ? event.by : TO.has(event.kind) ? event.to : null;
    if (holder !== null) begin(holder, at);
    else if (OVER.has(event.kind)) end(at);
  }
  return shifts;
}

function deriveScore(
  { satisfaction, closedBy }: Story,
  visitAt: (at: Date) => number,
  shifts: readonly Shift[],
): GivenScore | null {
  if (satisfaction === null) return null;
  const { score, at } = satisfaction;
  const last = shifts.at(-1);
  const agent = last === undefined ? closedBy : { id: last.agent, name: last.name };
  return { at, visit: visitAt(at), score, agent: agent?.id ?? null, name: agent?.name ?? '' };
}
