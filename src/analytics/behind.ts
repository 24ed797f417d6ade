/** The conversations behind a number, the newest first: hour by hour, and only hours in which the number is not nought. */
import type { BehindQuery, CountName } from '../contracts/analytics.ts';
import type { Cell } from './cell.ts';
import { type ConversationFacts, hourOf } from './facts.ts';
import type { FactsStore } from './facts-store.ts';
import type { NumbersStore } from './numbers-store.ts';
import { hoursOfDay } from './tally.ts';

export interface BehindDeps {
  readonly facts: Pick<FactsStore, 'listInHour'>;
  readonly numbers: Pick<NumbersStore, 'listHours'>;
}

/** A conversation behind a number. */
export interface BehindPlace {
  readonly id: string;
  /** The question that counted; of visits and what became of them the first one, or what was said first. */
  readonly seq: number | null;
}

export interface Behind {
  /** `cursor`: where the next page begins; null: there is none. */
  readonly list: (
    query: BehindQuery,
  ) => Promise<{ readonly places: readonly BehindPlace[]; readonly cursor: string | null }>;
}

const PAGE = 20;
/** Hours are looked through a day at a time. */
const HOURS_AT_ONCE = 24;

const VISITS: ReadonlySet<string> = new Set([
  'visits',
  'resolved',
  'unresolved',
  'abandoned',
  'handedOver',
  'ticketed',
  'noQuestion',
]);

export function createBehind({ facts, numbers }: BehindDeps): Behind {
  return {
    async list(query) {
      const first = hoursOfDay(query.from).from;
      const [cursorHour, cursorSkip] = (query.cursor ?? '').split('.').map(Number);
      let to = cursorHour ? cursorHour + 1 : hoursOfDay(query.to).to;
      let skip = cursorSkip ?? 0;
      const places: BehindPlace[] = [];
      for (; to > first; to -= HOURS_AT_ONCE) {
        const from = Math.max(first, to - HOURS_AT_ONCE);
        for (const { hour, cells } of (await numbers.listHours(from, to)).reverse()) {
          if (!cells.some((one) => isWanted(one, query) && hasAny(one.cell, query))) continue;
          const found = (await facts.listInHour(hour)).flatMap((one) => {
            const newest = one.kind === 'conversation' ? newestMoment(one, query) : null;
            return newest !== null && hourOf(newest.at) === hour ? [{ id: one.id, seq: newest.seq }] : [];
          });
          const left = found.slice(skip, skip + PAGE - places.length);
          places.push(...left);
          if (skip + left.length < found.length) return { places, cursor: `${hour}.${skip + left.length}` };
          skip = 0;
          if (places.length === PAGE) return { places, cursor: hour > first ? `${hour - 1}.0` : null };
        }
      }
      return { places, cursor: null };
    },
  };
}

function isWanted(
  edition: { readonly platform: string; readonly appVersion: string },
  { platform, appVersion }: BehindQuery,
): boolean {
  if (platform !== undefined && edition.platform !== (platform === 'none' ? '' : platform)) return false;
  return appVersion === undefined || edition.appVersion === appVersion;
}

function hasAny(cell: Cell, { count, intent, agent }: BehindQuery): boolean {
  if (agent !== undefined) return cell.agents.some((row) => row.agent === agent && row.handled > 0);
  if (intent !== undefined)
    return [...cell.intents, ...cell.near].some(
      (row) => row.intent === intent && hasCount(row.counts, count),
    );
  return count === 'handled' ? cell.agents.some(({ handled }) => handled > 0) : hasCount(cell.counts, count);
}

const hasCount = (counts: Cell['counts'], name: CountName | 'handled'): boolean =>
  name === 'handled' || (counts[name] ?? 0) > 0;

/** When it counts, and the question that stands for it. */
interface Moment {
  readonly at: Date;
  readonly seq: number | null;
}

/** The last moment of the period in which it counts: there it is listed; null: it does not. */
function newestMoment(facts: ConversationFacts, query: BehindQuery): Moment | null {
  const [from, to] = [hoursOfDay(query.from).from, hoursOfDay(query.to).to];
  return momentsOf(facts, query)
    .filter(({ at }) => hourOf(at) >= from && hourOf(at) < to)
    .reduce<Moment | null>((newest, one) => (newest === null || one.at >= newest.at ? one : newest), null);
}

function momentsOf(facts: ConversationFacts, query: BehindQuery): Moment[] {
  const { count, intent, agent } = query;
  const { visits, questions, requests, shifts } = facts;
  const inEdition = ({ visit }: { readonly visit: number }): boolean => {
    const edition = visits[visit];
    return edition !== undefined && isWanted(edition, query);
  };
  const ofVisit = (visit: number, at: Date): Moment => ({
    at,
    seq: questions.find((one) => one.visit === visit)?.seq ?? visits[visit]?.seq ?? null,
  });
  if (agent !== undefined || count === 'handled')
    return shifts
      .filter((one) => inEdition(one) && (agent === undefined || one.agent === agent))
      .map(({ at, visit }) => ofVisit(visit, at));
  if (VISITS.has(count) && intent === undefined)
    return visits.flatMap((one, place) =>
      isWanted(one, query) && (count === 'visits' || one.outcome === count) ? [ofVisit(place, one.at)] : [],
    );
  if (count === 'requested' || count === 'claimed' || count === 'lost')
    return requests
      .filter((one) => inEdition(one) && (count === 'requested' || one[count]))
      .map(({ at, visit }) => ofVisit(visit, at));
  return questions.filter(
    (one) => inEdition(one) && (intent === undefined || isAbout(one, intent)) && isCounted(one, count),
  );
}

type Question = ConversationFacts['questions'][number];

function isAbout({ intents, near }: Question, intent: string): boolean {
  return intents.includes(intent) || near === intent;
}

function isCounted(question: Question, count: CountName): boolean {
  switch (count) {
    case 'asked':
      return true;
    case 'answeredByChoice':
      return question.byChoice;
    case 'helpful':
      return question.helpful === true;
    case 'unhelpful':
      return question.helpful === false;
    case 'wrong':
      return question.wrong;
    case 'askedAgain':
      return question.askedAgain;
    case 'abandoned':
      return question.abandoned;
    default:
      return question.outcome === count;
  }
}
