/** The directory in memory, for everybody who looks for an office; in the store, for every node. */
import type { Logger } from '../kernel/logger.ts';
import { type Repeating, repeat } from '../kernel/repeat.ts';
import { compareOffices, type Office, type StoredOffice } from './office.ts';
import { createOfficeSearch, type OfficeSearch } from './office-search.ts';
import type { OfficeStore } from './office-store.ts';
import type { Spelling } from './spoken-words.ts';

/** How soon a change on another node is taken over: a few seconds, for one read of a tiny document. */
const LOOK_EVERY_MS = 2_000;
/** A node that dies between a change and the count of changes leaves the others behind: so long at most. */
const READ_ALL_EVERY = 30;

export interface LiveDirectoryDeps {
  readonly store: OfficeStore;
  /** What fills an empty store, and answers while the store was never read. */
  readonly seed: readonly Office[];
  readonly spelling: Spelling;
  readonly isStoreUp: () => boolean;
  readonly logger: Logger;
  readonly now?: () => Date;
  readonly lookEveryMs?: number;
}

export interface LiveDirectory extends OfficeSearch {
  /** As last known. */
  readonly list: () => readonly StoredOffice[];
  /** Reads what other nodes have changed. */
  readonly refresh: () => Promise<void>;
  /** Counts a change of this node, for the others, and takes it over. */
  readonly noteChange: () => Promise<void>;
  /** Fills the store when it is empty, reads it, and from then on follows it. */
  readonly start: () => Promise<void>;
  /** To be called before the store is closed. */
  readonly stop: () => Promise<void>;
}

export function createLiveDirectory(deps: LiveDirectoryDeps): LiveDirectory {
  const { store, seed, spelling, isStoreUp, logger, now = () => new Date() } = deps;
  let known: readonly StoredOffice[] = seed.map((office) => ({ ...office, revision: 1 }));
  let changes: number | null = null;
  let search = createOfficeSearch(known, spelling);
  let looks = 0;
  let begun = 0;
  let taken = 0;

  const readAll = async (count: number): Promise<void> => {
    begun++;
    const own = begun;
    const next = await store.list();
    // Two reads may overtake one another.
    if (own < taken) return;
    taken = own;
    changes = count;
    if (isSame(known, next)) return;
    known = next;
    search = createOfficeSearch(known, spelling);
  };

  /** May be repeated: what is there already stays as it is. The count comes last, so that a break leaves it undone. */
  const fill = async (): Promise<number> => {
    for (const office of seed) await store.insert(office, { by: null, at: now() });
    await store.noteChange();
    logger.info({ offices: seed.length }, 'the directory of offices is filled from faq/offices.yaml');
    return (await store.countChanges()) ?? 1;
  };

  const refresh = async (): Promise<void> => {
    const count = (await store.countChanges()) ?? (await fill());
    looks++;
    if (count !== changes || looks % READ_ALL_EVERY === 0) await readAll(count);
  };
  const look = async (): Promise<void> => {
    if (isStoreUp()) await refresh();
  };
  const sayFailed = ({ message: reason }: Error): void =>
    logger.warn({ reason }, 'the directory of offices cannot be looked up');

  let looking: Repeating | undefined;
  return {
    find: (query, near) => search.find(query, near),
    list: () => known,
    refresh,
    async noteChange() {
      await store.noteChange();
      await refresh();
    },
    async start() {
      await look().catch(sayFailed);
      looking = repeat(look, { everyMs: deps.lookEveryMs ?? LOOK_EVERY_MS, onError: sayFailed });
    },
    async stop() {
      await looking?.stop();
    },
  };
}

function isSame(one: readonly StoredOffice[], other: readonly StoredOffice[]): boolean {
  const byCode = new Map(one.map((office) => [office.code, office]));
  return (
    one.length === other.length &&
    other.every((office) => {
      const before = byCode.get(office.code);
      return before?.revision === office.revision && compareOffices(before, office).length === 0;
    })
  );
}
