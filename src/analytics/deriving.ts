/** Stories → stored facts. */
import { AppError } from '../kernel/app-error.ts';
import type { Leisure } from '../kernel/leisure.ts';
import { deriveConversation, deriveTicket } from './derive-facts.ts';
import type { Edition, Facts } from './facts.ts';
import { type FactsStore, keyOf, type Stored } from './facts-store.ts';
import type { Mark, Story, TicketStory } from './story.ts';

export interface DerivingDeps {
  readonly facts: FactsStore;
  /** Those that are gone are missing. */
  readonly readStories: (ids: readonly string[]) => Promise<readonly Story[]>;
  readonly readTickets: (codes: readonly string[]) => Promise<readonly TicketStory[]>;
  /** What the apps of contacts said of themselves. */
  readonly describeContacts: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly platform: string | null; readonly appVersion: string | null }>>;
  /** What the staff said of the bot's answers in a conversation. */
  readonly listMarks: (conversation: string) => Promise<readonly Mark[]>;
  /** Asked before each lot. @throws when no more is to be begun */
  readonly goOn?: () => void;
  readonly now?: () => Date;
}

const LOT = 20;
const MOST_TRIES = 5;

export interface Deriving {
  /**
   * Makes the facts of these anew, in lots; what is gone loses them. Of two that do so at once the later one has seen
   * what is new.
   * @param leisure one after the other, with rests in between: chat goes first
   */
  readonly derive: (
    keys: readonly string[],
    options?: { readonly onProgress?: (done: number) => void; readonly leisure?: Leisure },
  ) => Promise<void>;
  /** Takes the facts of one away. */
  readonly forget: (key: string) => Promise<void>;
  /** Makes the facts of one as they are to stay, before what they are made from goes away. */
  readonly freeze: (key: string) => Promise<void>;
}

export function createDeriving(deps: DerivingDeps): Deriving {
  const { facts: store, now = () => new Date() } = deps;

  const removeFacts = async (key: string, known: Stored | null): Promise<boolean> =>
    known === null || known.facts === null || store.remove(key, known);

  /** @returns those that somebody else was writing at the same time */
  const deriveConversations = async (ids: readonly string[]): Promise<string[]> => {
    const readAt = now();
    const keys = ids.map((id) => keyOf({ kind: 'conversation', id }));
    const before = await store.findMany(keys);
    const stories = new Map((await deps.readStories(ids)).map((story) => [story.id, story]));
    const contacts = await deps.describeContacts([...stories.values()].map(({ contact }) => contact));
    const missed = await Promise.all(
      ids.map(async (id, at): Promise<string[]> => {
        const key = keys[at]!;
        const known = before.get(key) ?? null;
        if (known?.frozen) return [];
        const story = stories.get(id);
        if (story === undefined) return (await removeFacts(key, known)) ? [] : [key];
        const { platform, appVersion } = contacts.get(story.contact) ?? { platform: null, appVersion: null };
        const derived = deriveConversation(story, {
          marks: await deps.listMarks(id),
          edition: { platform: platform ?? '', appVersion: appVersion ?? '' },
          editions: editionsOf(known?.facts ?? null),
          now: readAt,
        });
        return (await store.replace(derived, known)) ? [] : [key];
      }),
    );
    return missed.flat();
  };

  const deriveTickets = async (codes: readonly string[]): Promise<string[]> => {
    const readAt = now();
    const keys = codes.map((id) => keyOf({ kind: 'ticket', id }));
    const before = await store.findMany(keys);
    const stories = new Map((await deps.readTickets(codes)).map((story) => [story.code, story]));
    const missed = await Promise.all(
      codes.map(async (code, at): Promise<string[]> => {
        const key = keys[at]!;
        const known = before.get(key) ?? null;
        const story = stories.get(code);
        if (story === undefined) return (await removeFacts(key, known)) ? [] : [key];
        return (await store.replace(deriveTicket(story, readAt), known)) ? [] : [key];
      }),
    );
    return missed.flat();
  };

  const derive: Deriving['derive'] = async (keys, { onProgress, leisure } = {}) => {
    const most = leisure === undefined ? LOT : 1;
    let left = [...new Set(keys)];
    for (let tries = 0; left.length > 0 && tries < MOST_TRIES; tries++) {
      const missed: string[] = [];
      for (const kind of ['conversation', 'ticket'] as const) {
        const mine = idsOf(left, kind);
        for (let at = 0; at < mine.length; at += most) {
          deps.goOn?.();
          const lot = mine.slice(at, at + most);
          const work = () => (kind === 'ticket' ? deriveTickets(lot) : deriveConversations(lot));
          missed.push(...(await (leisure === undefined ? work() : leisure.spend(work))));
          onProgress?.(lot.length);
        }
      }
      left = missed;
    }
  };

  return {
    derive,
    async forget(key) {
      for (let tries = 0; tries < MOST_TRIES; tries++)
        if (await removeFacts(key, (await store.findMany([key])).get(key) ?? null)) return;
    },
    async freeze(key) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        if ((await store.findMany([key])).get(key)?.frozen) return;
        await derive([key]);
        const made = (await store.findMany([key])).get(key);
        if (made === undefined || made.facts === null || (await store.freeze(key, made))) return;
      }
      throw new AppError({ code: 'analytics_busy', message: `${key} is being counted just now` });
    },
  };
}

/** The ids of those of one kind. */
export function idsOf(keys: readonly string[], kind: Facts['kind']): string[] {
  return keys.filter((key) => key.startsWith(`${kind}:`)).map((key) => key.slice(kind.length + 1));
}

/** What the app said in each visit that is known already. */
function editionsOf(facts: Facts | null): ReadonlyMap<number, Edition> {
  if (facts?.kind !== 'conversation') return new Map();
  return new Map(facts.visits.map(({ seq, platform, appVersion }) => [seq, { platform, appVersion }]));
}
