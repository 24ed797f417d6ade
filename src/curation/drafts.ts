/** The life of a draft: begun, changed, reviewed, discarded or published. */
import type { Person } from '../contracts/console.ts';
import type {
  ChangeView,
  CommentView,
  DraftProblem,
  DraftRow,
  DraftStatus,
  DraftView,
} from '../contracts/curation.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { CorpusChange } from '../corpus/corpus-changes.ts';
import { AppError } from '../kernel/app-error.ts';
import type { CorpusRules } from './corpus-rules.ts';
import {
  beginDraft,
  type Draft,
  type DraftChange,
  type Editor,
  editedMeanwhile,
  findChange,
  isOpen,
  withChanges,
} from './draft.ts';
import type { DraftEdits, DraftEditsDeps, DraftOnLive } from './draft-edits.ts';
import { createProblemFinder } from './draft-problems.ts';
import type { DraftStore } from './draft-store.ts';
import { createChangePresenter } from './present-change.ts';
import { presentComment, presentDraftRow, presentDraftView } from './present-draft.ts';

export interface DraftsDeps {
  readonly store: DraftStore;
  readonly edits: DraftEdits;
  readonly readLive: DraftEditsDeps['readLive'];
  readonly rules: CorpusRules;
  /** Names of the images that answers may show. */
  readonly listPictures: () => Promise<ReadonlySet<string>>;
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: Person;
    readonly action: 'draft.approved' | 'draft.discarded';
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string;
  }) => Promise<unknown>;
  readonly now?: () => Date;
}

export interface DraftPatch {
  readonly revision: number;
  readonly name?: string | undefined;
  readonly publishAt?: Date | null | undefined;
  readonly review?: 'ask' | 'approve' | 'back' | undefined;
}

/** What a draft comes to, for checking and publishing it. */
export interface DraftOutcome {
  readonly corpus: Corpus;
  /** The release that it was put on. */
  readonly live: number;
  readonly revision: number;
  readonly status: DraftStatus;
  readonly approvedBy: Person | null;
  /** Who gave it its time to be published. */
  readonly scheduledBy: Person | null;
  readonly problems: readonly DraftProblem[];
  /** Units. */
  readonly conflicts: readonly string[];
}

export interface Drafts {
  readonly list: (status: 'open' | 'all') => Promise<DraftRow[]>;
  /** @throws AppError `draft_not_found` */
  readonly view: (id: string) => Promise<DraftView>;
  readonly create: (name: string, by: Person) => Promise<DraftRow>;
  /** Begins a draft with these changes in it. */
  readonly bringIn: (name: string, changes: readonly CorpusChange[], by: Person) => Promise<DraftRow>;
  /** @throws AppError `edited_meanwhile`, `own_changes`, `draft_closed`, `draft_not_found` */
  readonly change: (id: string, patch: DraftPatch, by: Editor) => Promise<DraftRow>;
  /** May be repeated. @throws AppError `draft_closed` when it is published, `draft_not_found` */
  readonly discard: (id: string, by: Editor) => Promise<void>;
  /** Takes discarding back. May be repeated. @throws as `discard` */
  readonly restore: (id: string) => Promise<DraftRow>;
  /** @throws AppError `draft_not_found` */
  readonly comment: (id: string, unit: string | null, text: string, by: Person) => Promise<CommentView>;
  /** Makes a unit what it is live again. @throws AppError `edited_meanwhile`, `draft_closed`, `draft_not_found` */
  readonly revert: (id: string, unit: string, revision: number, by: Person) => Promise<DraftView>;
  /** Settles a conflict: the draft's side stands. @throws as `revert` */
  readonly keep: (id: string, unit: string, revision: number, by: Person) => Promise<DraftView>;

  /* For who checks and publishes. */

  /** @throws AppError `draft_not_found` */
  readonly corpusOf: (id: string) => Promise<DraftOutcome>;
  /** @throws AppError `draft_not_found` */
  readonly changesOf: (id: string) => Promise<readonly ChangeView[]>;
  /**
   * Notes the release that it became; its changes stay readable. May be repeated.
   * @returns false when something in it changed after `revision`, or it is closed otherwise
   */
  readonly markPublished: (id: string, revision: number, release: number) => Promise<boolean>;
  /** Open ones whose time to be published has come. */
  readonly listDue: (
    at: Date,
  ) => Promise<readonly { readonly id: string; readonly name: string; readonly revision: number }[]>;
  /** It is not published at its time after all. */
  readonly hold: (id: string, why: string) => Promise<void>;
}

/** So many of those that are closed are listed. */
const MOST_CLOSED = 100;

export function createDrafts(deps: DraftsDeps): Drafts {
  const { store, edits, readLive, rules, now = () => new Date() } = deps;
  const presentChange = createChangePresenter(rules);
  const findProblems = createProblemFinder(rules);

  const rowOf = async (draft: Draft): Promise<DraftRow> =>
    presentDraftRow(edits.putOn(draft, await readLive()));

  /** Of a published one: what it changed then. */
  const present = ({ draft, ...on }: DraftOnLive): ChangeView[] => {
    const changes = draft?.status === 'published' ? draft.changes : on.changes;
    return changes.map((one) => presentChange(one, { ...on, draft }));
  };
  const viewOf = async (on: DraftOnLive): Promise<DraftView> => {
    const problems = on.draft !== null && isOpen(on.draft) ? findProblems(on, await deps.listPictures()) : [];
    return presentDraftView(on, present(on), problems);
  };

  /** The change of a unit that was read at `revision`. */
  const demand = (on: DraftOnLive, unit: string, revision: number): DraftChange => {
    const found = findChange(on.changes, unit);
    if (found === null) throw editedMeanwhile(unit, lastOf(on));
    if (found.revision !== revision) throw editedMeanwhile(unit, found);
    return found;
  };

  return {
    async list(status) {
      const [live, open, closed] = await Promise.all([
        readLive(),
        store.listOpen(),
        status === 'all' ? store.listClosed(MOST_CLOSED) : [],
      ]);
      const rows = open.map((draft) => presentDraftRow(edits.putOn(draft, live)));
      return [
        ...rows,
        ...closed.map((draft) => presentDraftRow({ draft, changes: draft.changeCount, conflicts: 0 })),
      ];
    },
    async view(id) {
      return viewOf(await edits.read(id));
    },
    async create(name, by) {
      return rowOf(await store.insert(beginDraft(name, by, now())));
    },
    async bringIn(name, changes, by) {
      const at = now();
      return rowOf(await store.insert(withChanges(beginDraft(name, by, at), changes, new Set(), { by, at })));
    },
    async change(id, patch, by) {
      const after = await edits.alter(id, (draft) => {
        if (!isOpen(draft)) throw new AppError({ code: 'draft_closed', message: id });
        if (draft.revision !== patch.revision)
          throw editedMeanwhile(id, { by: draft.changedBy, at: draft.changedAt });
        return patched(draft, patch, by);
      });
      if (patch.review === 'approve') await note('draft.approved', after, by);
      return rowOf(after);
    },
    async discard(id, by) {
      const after = await edits.alter(id, (draft) => {
        if (draft.status === 'published') throw new AppError({ code: 'draft_closed', message: id });
        return { ...draft, status: 'discarded', approvedBy: null, publishAt: null };
      });
      await note('draft.discarded', after, by);
    },
    async restore(id) {
      const after = await edits.alter(id, (draft) => {
        if (draft.status === 'published') throw new AppError({ code: 'draft_closed', message: id });
        return draft.status === 'discarded' ? { ...draft, status: 'open' } : null;
      });
      return rowOf(after);
    },
    async comment(id, unit, text, by) {
      const made = await store.addComment(id, { unit, text, by: { id: by.id, name: by.name }, at: now() });
      if (made === null) throw new AppError({ code: 'draft_not_found', message: id });
      return presentComment(made);
    },
    async revert(id, unit, revision, by) {
      const on = await edits.edit(id, by, (before) => {
        const { change } = demand(before, unit, revision);
        if ('add' in change) return [{ unit, add: [], remove: [] }];
        const value = rules.unitsOf(before.live.corpus).get(unit) ?? null;
        return [{ unit, before: value, after: value }];
      });
      return viewOf(on);
    },
    async keep(id, unit, revision, by) {
      const on = await edits.edit(id, by, (before) => {
        const { change } = demand(before, unit, revision);
        if ('add' in change || !before.conflicts.has(unit)) return [];
        return [{ ...change, before: rules.unitsOf(before.live.corpus).get(unit) ?? null }];
      });
      return viewOf(on);
    },
    async corpusOf(id) {
      const on = await edits.read(id);
      const draft = on.draft!;
      return {
        corpus: on.corpus,
        live: on.live.number,
        revision: draft.revision,
        status: draft.status,
        approvedBy: draft.approvedBy,
        scheduledBy: draft.scheduledBy,
        problems: findProblems(on, await deps.listPictures()),
        conflicts: [...on.conflicts],
      };
    },
    async changesOf(id) {
      return present(await edits.read(id));
    },
    async markPublished(id, revision, release) {
      const after = await edits.alter(id, (draft) =>
        isOpen(draft) && draft.revision === revision
          ? { ...draft, status: 'published', release, publishAt: null, held: null, changedAt: now() }
          : null,
      );
      return after.status === 'published' && after.release === release;
    },
    listDue: async (at) => {
      const due = await store.listDue(at);
      return due.map(({ id, name, revision }) => ({ id, name, revision }));
    },
    async hold(id, why) {
      await edits.alter(id, (draft) => (isOpen(draft) ? { ...draft, held: why, publishAt: null } : null));
    },
  };

  async function note(
    action: 'draft.approved' | 'draft.discarded',
    { id, name, revision }: Draft,
    by: Editor,
  ): Promise<void> {
    await deps.audit({
      actor: { id: by.id, name: by.name },
      action,
      subject: `draft:${id}`,
      details: { name, revision },
      address: by.address,
    });
  }
}

function lastOf({ draft }: DraftOnLive): { by: Person; at: Date } {
  const { changedBy: by, changedAt: at } = draft!;
  return { by, at };
}

/** @throws AppError `own_changes` */
function patched(draft: Draft, { name, publishAt, review }: DraftPatch, by: Editor): Draft {
  if (review === 'approve' && draft.changedBy.id === by.id)
    throw new AppError({ code: 'own_changes', message: draft.id });
  const reviewed = {
    ask: { status: 'inReview', approvedBy: null },
    approve: { status: 'approved', approvedBy: { id: by.id, name: by.name } },
    back: { status: 'open', approvedBy: null },
  } as const;
  return {
    ...draft,
    ...(name === undefined ? {} : { name }),
    ...(publishAt === undefined
      ? {}
      : { publishAt, scheduledBy: publishAt && { id: by.id, name: by.name }, held: null }),
    ...(review === undefined ? {} : reviewed[review]),
  };
}
