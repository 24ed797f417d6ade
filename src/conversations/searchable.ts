/** Makes conversations searchable: once they are at rest, what was said in them is written beside them, folded. */
import type { Logger } from '../kernel/logger.ts';
import { repeat } from '../kernel/repeat.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { InboxStore, WordsDue } from './inbox-store.ts';
import type { MessageStore } from './message-store.ts';

export interface SearchableDeps {
  readonly store: Pick<InboxStore, 'listWordsDue' | 'setWords'>;
  readonly messages: Pick<MessageStore, 'listBefore'>;
  /** What else a conversation is to be found by: the contact's name, words for the numbers it holds. */
  readonly moreWords: (conversation: Pick<WordsDue, 'id' | 'contact'>) => Promise<readonly string[]>;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly everyMs?: number;
}

export interface Searchable {
  /** Takes up what is at rest. */
  readonly run: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const EVERY_MS = 3_000;
/** So far behind may `activeAt` be, and a little more: what was said in between is taken up then. */
const LAGGING_MS = 65_000;
const MOST = 100;
const MOST_MESSAGES = 1_000;
const MOST_WORDS = 1_000;

export function createSearchable(deps: SearchableDeps): Searchable {
  const { store, messages, logger, now = () => new Date(), everyMs = EVERY_MS } = deps;

  const makeSearchable = async (conversation: WordsDue): Promise<void> => {
    const said = await messages.listBefore(conversation.id, Number.POSITIVE_INFINITY, MOST_MESSAGES);
    const words = new Set(await deps.moreWords(conversation));
    for (const { author, text } of said.reverse()) {
      if (author !== 'contact' && author !== 'agent') continue;
      for (const word of searchWords(text)) if (words.size < MOST_WORDS) words.add(word);
    }
    const settledAt = new Date(conversation.activeAt.getTime() + LAGGING_MS);
    await store.setWords(conversation, [...words], settledAt > conversation.dueAt ? settledAt : null);
  };
  const run = async (): Promise<void> => {
    if (!deps.isStoreUp()) return;
    for (const conversation of await store.listWordsDue(now(), MOST)) await makeSearchable(conversation);
  };

  const { stop } = repeat(run, {
    everyMs,
    onError: ({ message: reason }) => logger.warn({ reason }, 'conversations wait to be searchable'),
  });
  return { run, stop };
}
