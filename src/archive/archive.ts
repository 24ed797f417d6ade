/** The use cases of the archive: look for conversations, read one, bring it back, forget a contact's. */
import type { ArchivedConversation, ArchivePage, ArchiveQuery } from '../contracts/archive.ts';
import type { Person } from '../contracts/console.ts';
import { AppError } from '../kernel/app-error.ts';
import { createLeisure } from '../kernel/leisure.ts';
import { searchWords } from '../kernel/search-words.ts';
import { momentOf } from '../kernel/vietnam-time.ts';
import type { ArchiveFilter, ArchiveStore } from './archive-store.ts';
import type { Archived, ColdDocument } from './archived.ts';
import type { Archiving } from './archiving.ts';
import { findWords } from './find-words.ts';
import { linesOf, type PackStore, readSaid } from './pack-store.ts';
import { type Names, presentArchived } from './present-archived.ts';

/** Who of the staff asks. */
export interface Reader extends Person {
  readonly address: string;
}

export interface ArchiveDeps {
  readonly store: ArchiveStore;
  readonly packs: PackStore;
  readonly archiving: Pick<Archiving, 'restore'>;
  /** Words that stand for a phone number in the index. */
  readonly wordsForNumber: (text: string) => Promise<readonly string[]>;
  readonly nameThem: (all: readonly Archived[]) => Promise<Names>;
  /** As the staff see it. */
  readonly present: (
    documents: readonly ColdDocument[],
  ) => Promise<Omit<ArchivedConversation, 'archivedAt'> | null>;
  readonly audit: (entry: {
    readonly actor: Person;
    readonly address: string;
    readonly action: 'archive.searched' | 'archive.opened' | 'archive.restored';
    readonly subject: string;
    readonly details: Readonly<Record<string, unknown>>;
  }) => Promise<void>;
  readonly now?: () => Date;
  /** How many conversations one search reads at most, and for how long. */
  readonly most?: { readonly read: number; readonly ms: number };
}

export interface Archive {
  /** Newest first. With words it reads what was said, and says where it stopped. */
  readonly search: (query: ArchiveQuery, by: Reader) => Promise<ArchivePage>;
  /** @throws AppError `conversation_not_found`, `archive_unreadable` */
  readonly open: (id: string, by: Reader) => Promise<ArchivedConversation>;
  /** @throws AppError as `open` */
  readonly restore: (id: string, by: Reader) => Promise<void>;
  readonly has: (id: string) => Promise<boolean>;
  /** Newest first. */
  readonly listOf: (contact: string) => Promise<readonly Archived[]>;
  /** What was said in all of the contact's, oldest first, for whoever asks for the own data. */
  readonly readAllOf: (contact: string) => Promise<readonly (readonly ColdDocument[])[]>;
  /** Takes all of the contact's out; the packs are to be tidied then. @returns how many */
  readonly forget: (contact: string) => Promise<number>;
}

const PAGE = 40;
const SHARE = 0.5;
const LOT = 512;
/** Some milliseconds of work; then others have their turn for as long. */
const AT_ONCE = 16;
/** A request that takes longer seems to have failed; whoever wants more goes on. */
const MOST = { read: 20_000, ms: 3_000 };

interface Found {
  readonly one: Archived;
  readonly text: string | null;
}

export function createArchive(deps: ArchiveDeps): Archive {
  const { store, packs, archiving, audit, now = () => new Date(), most = MOST } = deps;

  const get = async (id: string): Promise<Archived> => {
    const found = await store.find(id);
    if (found === null || found.state !== 'cold')
      throw new AppError({ code: 'conversation_not_found', message: id });
    return found;
  };

  const look = (one: Archived, words: readonly string[], bytes: Uint8Array): Found[] => {
    const said = linesOf(bytes).flatMap((line) => readSaid(line) ?? []);
    const text = findWords(said, words, one.words);
    return text === null ? [] : [{ one, text: text === '' ? null : text }];
  };

  const scan = async (filter: ArchiveFilter, words: readonly string[], from: Archived | Cursor | null) => {
    const reader = packs.openReader();
    const leisure = createLeisure({ share: SHARE });
    const endBy = now().getTime() + most.ms;
    const found: Found[] = [];
    let searched = 0;
    let last = from;
    try {
      for (;;) {
        const lot = await store.list(filter, last, Math.min(LOT, most.read - searched));
        for (let at = 0; at < lot.length; at += AT_ONCE) {
          const few = lot.slice(at, at + AT_ONCE);
          const matches = await leisure.spend(async () => {
            const bytes = await reader.readMany(few.map(({ place }) => place));
            return few.flatMap((one, index) => look(one, words, bytes[index]!));
          });
          found.push(...matches);
          searched += few.length;
          last = few.at(-1)!;
          if (found.length >= PAGE || searched >= most.read || now().getTime() > endBy)
            return { found, searched, next: last };
        }
        if (lot.length < LOT) return { found, searched, next: null };
      }
    } finally {
      await reader.close();
    }
  };

  return {
    async search({ from, to, q = '', agent, topic, cursor }, by) {
      const filter = {
        agent,
        topic,
        from: from === undefined ? undefined : new Date(momentOf(from, '00:00')),
        to: to === undefined ? undefined : new Date(momentOf(to, '24:00')),
      };
      const numbers = q === '' ? [] : await deps.wordsForNumber(q);
      const words = numbers.length > 0 ? [] : searchWords(q);
      const indexed = { ...filter, words: numbers };
      const behind = readCursor(cursor);
      if (q !== '' && cursor === undefined)
        await audit({
          actor: { id: by.id, name: by.name },
          address: by.address,
          action: 'archive.searched',
          subject: 'archive',
          details: { from: from ?? null, to: to ?? null, agent: agent ?? null, topic: topic ?? null },
        });
      const total = await store.count(indexed);
      if (words.length > 0) {
        const { found, searched, next } = await scan(indexed, words, behind);
        const names = await deps.nameThem(found.map(({ one }) => one));
        return {
          conversations: found.map(({ one, text }) => presentArchived(one, names, text)),
          cursor: next === null ? null : writeCursor(next),
          searched,
          total,
        };
      }
      const page = await store.list(indexed, behind, PAGE + 1);
      const shown = page.slice(0, PAGE);
      const last = shown.at(-1);
      const names = await deps.nameThem(shown);
      return {
        conversations: shown.map((one) => presentArchived(one, names, null)),
        cursor: page.length > PAGE && last !== undefined ? writeCursor(last) : null,
        searched: shown.length,
        total,
      };
    },
    async open(id, by) {
      const one = await get(id);
      const presented = await deps.present(await packs.read(one.place));
      if (presented === null)
        throw new AppError({ code: 'archive_unreadable', message: `${one.place.pack} holds no ${id}` });
      await audit({
        actor: { id: by.id, name: by.name },
        address: by.address,
        action: 'archive.opened',
        subject: `conversation:${id}`,
        details: {},
      });
      return { ...presented, archivedAt: one.archivedAt.toISOString() };
    },
    async restore(id, by) {
      await get(id);
      await audit({
        actor: { id: by.id, name: by.name },
        address: by.address,
        action: 'archive.restored',
        subject: `conversation:${id}`,
        details: {},
      });
      if (!(await archiving.restore(id))) throw new AppError({ code: 'conversation_not_found', message: id });
    },
    has: async (id) => (await store.find(id))?.state === 'cold',
    listOf: async (contact) => (await store.listOf(contact)).filter(({ state }) => state === 'cold'),
    async readAllOf(contact) {
      const all = (await store.listOf(contact)).filter(({ state }) => state === 'cold').reverse();
      const read: ColdDocument[][] = [];
      for (const { place } of all) read.push(await packs.read(place));
      return read;
    },
    async forget(contact) {
      const all = await store.listOf(contact);
      for (const one of all) await store.remove(one);
      return all.length;
    },
  };
}

interface Cursor {
  readonly endedAt: Date;
  readonly id: string;
}

const writeCursor = ({ endedAt, id }: Cursor): string => `${endedAt.getTime()}.${id}`;

/** A cursor that cannot be read begins at the beginning. */
function readCursor(cursor: string | undefined): Cursor | null {
  const [, at, id] = /^(\d{1,16})\.([0-9a-f]{24})$/.exec(cursor ?? '') ?? [];
  return at === undefined || id === undefined ? null : { endedAt: new Date(Number(at)), id };
}
