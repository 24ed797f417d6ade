/** Reading a draft on top of what is live, and changing what is in it, whoever else does so at the same moment. */
import type { Person } from '../contracts/console.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { CorpusChange } from '../corpus/corpus-changes.ts';
import { AppError } from '../kernel/app-error.ts';
import type { CorpusRules, LiveContent } from './corpus-rules.ts';
import { type Draft, type DraftChange, isOpen, withChanges } from './draft.ts';
import type { DraftStore } from './draft-store.ts';

export interface DraftEditsDeps {
  readonly store: Pick<DraftStore, 'find' | 'replace'>;
  /** @throws AppError `store_unavailable` */
  readonly readLive: () => Promise<LiveContent>;
  readonly rules: CorpusRules;
  readonly now?: () => Date;
}

export interface DraftOnLive {
  /** null: what is live alone. */
  readonly draft: Draft | null;
  readonly live: LiveContent;
  /** What of the draft is not live already. */
  readonly changes: readonly DraftChange[];
  /** Units of which what is live was changed by another release since. */
  readonly conflicts: ReadonlySet<string>;
  /** The live corpus with the draft's changes. */
  readonly corpus: Corpus;
}

export interface DraftEdits {
  /** @throws AppError `draft_not_found`, `store_unavailable` */
  readonly get: (id: string) => Promise<Draft>;
  /** @param id undefined: what is live. @throws AppError `draft_not_found`, `store_unavailable` */
  readonly read: (id: string | undefined) => Promise<DraftOnLive>;
  readonly putOn: (draft: Draft | null, live: LiveContent) => DraftOnLive;
  /**
   * Puts changes into a draft. Those that make a unit what is live anyway leave the draft.
   * @param make what is to be changed, by what the draft is now; called again when somebody else was quicker
   * @throws AppError what `make` throws; `draft_not_found`, `draft_closed`, `draft_too_large`, `store_unavailable`
   */
  readonly edit: (
    id: string,
    by: Person,
    make: (before: DraftOnLive) => readonly CorpusChange[] | Promise<readonly CorpusChange[]>,
  ) => Promise<DraftOnLive>;
  /** Changes the draft itself. @param make null: nothing to do. @throws as `edit` */
  readonly alter: (id: string, make: (draft: Draft) => Draft | null) => Promise<Draft>;
}

export function createDraftEdits(deps: DraftEditsDeps): DraftEdits {
  const { store, readLive, rules, now = () => new Date() } = deps;

  const get = async (id: string): Promise<Draft> => {
    const found = await store.find(id);
    if (found === null) throw new AppError({ code: 'draft_not_found', message: id });
    return found;
  };

  const putOn = (draft: Draft | null, live: LiveContent): DraftOnLive => {
    const standing = (draft?.changes ?? []).map((one) => ({
      one,
      standing: rules.standingOf(one.change, live.corpus),
    }));
    const changes = standing.filter((row) => row.standing !== 'done').map(({ one }) => one);
    const conflicts = standing.filter((row) => row.standing === 'conflict').map(({ one }) => one.change.unit);
    const corpus = rules.applyChanges(
      live.corpus,
      changes.map(({ change }) => change),
    );
    return { draft, live, changes, conflicts: new Set(conflicts), corpus };
  };

  const alter: DraftEdits['alter'] = async (id, make) => {
    for (;;) {
      const before = await get(id);
      const after = make(before);
      if (after === null) return before;
      if (await store.replace(after)) return { ...after, edition: after.edition + 1 };
    }
  };

  return {
    get,
    putOn,
    alter,
    async read(id) {
      const [draft, live] = await Promise.all([id === undefined ? null : get(id), readLive()]);
      return putOn(draft, live);
    },
    async edit(id, by, make) {
      for (;;) {
        const [draft, live] = await Promise.all([get(id), readLive()]);
        if (!isOpen(draft)) throw new AppError({ code: 'draft_closed', message: id });
        const before = putOn(draft, live);
        const changes = await make(before);
        if (changes.length === 0) return before;
        const dropped = changes.filter((change) => rules.standingOf(change, live.corpus) === 'done');
        const after = withChanges(draft, changes, new Set(dropped.map(({ unit }) => unit)), {
          by,
          at: now(),
        });
        if (await store.replace(after)) return putOn({ ...after, edition: after.edition + 1 }, live);
      }
    },
  };
}
