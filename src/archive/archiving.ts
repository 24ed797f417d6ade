/**
 * Moves conversations that are long over out of the database. Each step may be repeated, and whatever breaks in between,
 * a conversation is whole in the database, or whole in a pack that was read back, or both.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../kernel/app-error.ts';
import { groupBy } from '../kernel/group-by.ts';
import type { Leisure } from '../kernel/leisure.ts';
import type { Logger } from '../kernel/logger.ts';
import type { ArchiveStore } from './archive-store.ts';
import { type Archived, type ColdDocument, monthOf } from './archived.ts';
import type { PackStore } from './pack-store.ts';
import { createPackWriter } from './pack-writer.ts';

/** A conversation in which nothing has happened for long. */
export interface OverConversation {
  readonly id: string;
  readonly contact: string;
  readonly endedAt: Date;
  readonly was: 'bot' | 'closed';
  readonly revision: number;
}

export interface ArchivingDeps {
  readonly store: ArchiveStore;
  readonly packs: PackStore;
  readonly cold: {
    readonly listOver: (
      before: Date,
      after: { readonly endedAt: Date; readonly id: string } | null,
      most: number,
    ) => Promise<readonly OverConversation[]>;
    /** Closes it to everybody. @returns false: something has happened in it */
    readonly gate: (one: OverConversation, at: Date) => Promise<boolean>;
    /** null: it is gone, or not gated. */
    readonly read: (id: string) => Promise<{
      readonly documents: readonly ColdDocument[];
      readonly summary: Omit<Archived, 'id' | 'archivedAt' | 'state' | 'place'>;
    } | null>;
    readonly isWithin: (id: string, documents: readonly ColdDocument[]) => Promise<boolean>;
    /** @returns false: something has come in meanwhile */
    readonly remove: (id: string, documents: readonly ColdDocument[]) => Promise<boolean>;
    readonly putBack: (documents: readonly ColdDocument[], at: Date) => Promise<void>;
  };
  /** Which of these somebody still works with, such as in a ticket that is open. */
  readonly listNeeded: (conversations: readonly string[]) => Promise<ReadonlySet<string>>;
  readonly hasContact: (id: string) => Promise<boolean>;
  /** By which the contact's conversations are found: name, numbers. */
  readonly wordsOf: (contact: string) => Promise<readonly string[]>;
  /** What was counted of it stays as it is, although it cannot be counted again. */
  readonly freezeNumbers: (conversation: string) => Promise<void>;
  readonly thawNumbers: (conversation: string) => Promise<void>;
  /** What belongs to a conversation elsewhere goes, but for what was counted. */
  readonly forgetConversation: (conversation: string) => Promise<void>;
  /** One node does it for all. @returns false: it is another's turn */
  readonly takeTurn: (now: Date) => Promise<boolean>;
  readonly endTurn: () => Promise<void>;
  /** Days; null: never. */
  readonly settings: () => {
    readonly archiveAfterDays: number | null;
    readonly deleteArchivedAfterDays: number | null;
  };
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Whoever began to write in a conversation before it was closed is done by then. */
  readonly settleMs?: number;
}

export interface Moved {
  readonly archived: number;
  readonly deleted: number;
}

export interface RunOptions {
  readonly leisure?: Leisure;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

export interface Archiving {
  /**
   * Moves, deletes and tidies all that is due.
   * @returns null: another node is at it
   * @throws AppError `archive_folder` when the folder is not there, or is another desk's
   */
  readonly run: (options?: RunOptions) => Promise<Moved | null>;
  /** Copies packs anew without what nobody is to read any more. @returns false: another node is at it */
  readonly tidy: () => Promise<boolean>;
  /** Brings one back. @returns false: it is not in the archive */
  readonly restore: (id: string) => Promise<boolean>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const LOT = 200;
/** An insert that was under way is acknowledged or refused long before. */
const SETTLE_MS = 2_000;

export function createArchiving(deps: ArchivingDeps): Archiving {
  const { store, packs, cold, logger, now = () => new Date(), settleMs = SETTLE_MS } = deps;
  const writer = createPackWriter({ store, packs, logger, now });
  const at = (days: number): Date => new Date(now().getTime() - days * DAY_MS);
  let isFolderKnown = false;

  const checkFolder = async (): Promise<void> => {
    if (isFolderKnown) return;
    const { mark, isFirst } = await store.ensureMark(randomUUID());
    isFolderKnown = await packs.claimFolder(mark, isFirst).catch((cause: Error) => {
      const message = `ARCHIVE_DIR ${packs.folder} cannot be used: ${cause.message}`;
      throw new AppError({ code: 'archive_folder', message, cause });
    });
    if (isFolderKnown) return;
    const message = `ARCHIVE_DIR ${packs.folder} is not the folder that this desk’s archive is in: mount that one`;
    throw new AppError({ code: 'archive_folder', message });
  };

  /** It goes on in the database, with whatever was taken out of it already. */
  const giveUp = async (one: Archived, documents: readonly ColdDocument[]): Promise<void> => {
    await cold.putBack(documents, now());
    await deps.thawNumbers(one.id);
    await store.remove(one);
  };

  /** From a pack that holds it to a pack that alone holds it. @returns whether it came to that */
  const finish = async (one: Archived): Promise<boolean> => {
    // What is on the disk, not what was meant to be.
    const documents = await packs.read(one.place);
    if (!(await cold.isWithin(one.id, documents))) {
      await giveUp(one, documents);
      return false;
    }
    await deps.freezeNumbers(one.id);
    if (!(await cold.remove(one.id, documents))) {
      await giveUp(one, documents);
      return false;
    }
    if (!(await deps.hasContact(one.contact))) {
      // Erased while it was on its way.
      await store.remove(one);
      return false;
    }
    await store.markCold(one.id, one.place);
    return true;
  };
  const finishOrTell = async (one: Archived): Promise<number> => {
    try {
      return Number(await finish(one));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      logger.error({ conversation: one.id, reason: error.message }, 'a pack cannot be read back');
      const stored = await cold.read(one.id);
      // Nothing was taken out yet: it is packed anew. Else whatever is left of it stays as it is.
      if (one.state === 'packed' && stored?.summary.messages === one.messages) await store.remove(one);
      return 0;
    }
  };

  const packLot = async (lot: readonly OverConversation[]): Promise<Archived[]> => {
    const byMonth = groupBy(lot, ({ endedAt }) => monthOf(endedAt));
    const made: Archived[] = [];
    for (const [month, ofMonth] of byMonth) {
      const read = [];
      for (const { id } of ofMonth) {
        const found = await cold.read(id);
        if (found !== null) read.push({ id, ...found, packed: await packs.pack(found.documents) });
      }
      const places = await writer.write(
        month,
        read.map(({ packed }) => packed),
      );
      for (const [index, { id, summary }] of read.entries()) {
        const words = [...new Set([...summary.words, ...(await deps.wordsOf(summary.contact))])];
        const one: Archived = {
          ...summary,
          id,
          words,
          archivedAt: now(),
          state: 'packed',
          place: places[index]!,
        };
        if (await store.insert(one)) made.push(one);
        else await store.markDirty(one.place.pack);
      }
    }
    return made;
  };

  const moveLot = async (lot: readonly OverConversation[]): Promise<number> => {
    const needed = await deps.listNeeded(lot.map(({ id }) => id));
    const begun: Archived[] = [];
    const fresh: OverConversation[] = [];
    for (const one of lot) {
      if (needed.has(one.id)) continue;
      if (!(await cold.gate(one, now()))) continue;
      const known = await store.find(one.id);
      if (known === null) fresh.push(one);
      else begun.push(known);
    }
    if (fresh.length + begun.length > 0) await delay(settleMs);
    let moved = 0;
    for (const one of [...begun, ...(await packLot(fresh))]) moved += await finishOrTell(one);
    return moved;
  };

  const move = async (days: number, { leisure, signal, onProgress }: RunOptions): Promise<number> => {
    let moved = 0;
    for (let after: OverConversation | null = null; ; ) {
      const lot = await cold.listOver(at(days), after, LOT);
      const work = () => moveLot(lot);
      moved += await (leisure === undefined ? work() : leisure.spend(work));
      onProgress?.(lot.length);
      after = lot.at(-1) ?? null;
      if (after === null || lot.length < LOT || signal?.aborted) return moved;
      if (!(await deps.takeTurn(now()))) return moved;
    }
  };

  const deleteEnded = async (days: number, { signal }: RunOptions): Promise<number> => {
    let deleted = 0;
    for (;;) {
      const lot = await store.listEnded(at(days), LOT);
      for (const one of lot) {
        await deps.forgetConversation(one.id);
        await store.remove(one);
      }
      deleted += lot.length;
      if (lot.length < LOT || signal?.aborted || !(await deps.takeTurn(now()))) return deleted;
    }
  };

  /** What a process left that ended in the middle of it. */
  const resume = async (): Promise<void> => {
    for (;;) {
      const begun = await store.listPacked(LOT);
      let ended = 0;
      for (const one of begun) {
        ended += await finishOrTell(one);
        if ((await store.find(one.id)) === null) ended += 1;
      }
      if (begun.length < LOT || ended === 0) return;
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  /** In this process, and of all nodes. @returns null: another node is at it */
  const inMyTurn = <Result>(job: () => Promise<Result>): Promise<Result | null> => {
    const work = async (): Promise<Result | null> => {
      if (!(await deps.takeTurn(now()))) return null;
      try {
        await checkFolder();
        return await job();
      } finally {
        await deps.endTurn();
      }
    };
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };

  const runAll = async (options: RunOptions): Promise<Moved> => {
    const { archiveAfterDays, deleteArchivedAfterDays } = deps.settings();
    await writer.sweep();
    await resume();
    const archived = archiveAfterDays === null ? 0 : await move(archiveAfterDays, options);
    const deleted =
      deleteArchivedAfterDays === null ? 0 : await deleteEnded(deleteArchivedAfterDays, options);
    if (await deps.takeTurn(now())) await writer.tidy();
    return { archived, deleted };
  };

  return {
    run: (options = {}) => inMyTurn(() => runAll(options)),
    tidy: async () => (await inMyTurn(() => writer.tidy())) !== null,
    async restore(id) {
      const one = await store.find(id);
      if (one === null) return false;
      await giveUp(one, await packs.read(one.place));
      return true;
    },
  };
}
