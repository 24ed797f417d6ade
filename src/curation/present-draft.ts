/** Draft → contract, field by field. */
import type { ChangeView, CommentView, DraftProblem, DraftRow, DraftView } from '../contracts/curation.ts';
import type { Draft, DraftComment } from './draft.ts';
import type { DraftOnLive } from './draft-edits.ts';

interface Counted {
  readonly draft: Omit<Draft, 'changes'>;
  readonly changes: number;
  readonly conflicts: number;
}

/** Of a published draft all changes count: on what is live by then they are made already. */
function count({ draft, changes, conflicts }: DraftOnLive): Counted {
  const isPublished = draft!.status === 'published';
  return {
    draft: draft!,
    changes: isPublished ? draft!.changes.length : changes.length,
    conflicts: isPublished ? 0 : conflicts.size,
  };
}

export function presentDraftRow(on: DraftOnLive | Counted): DraftRow {
  const { draft, changes, conflicts } = 'corpus' in on ? count(on) : on;
  return {
    id: draft.id,
    name: draft.name,
    status: draft.status,
    changes,
    conflicts,
    comments: draft.comments.length,
    createdBy: { id: draft.createdBy.id, name: draft.createdBy.name },
    createdAt: draft.createdAt.toISOString(),
    changedAt: draft.changedAt.toISOString(),
    revision: draft.revision,
    publishAt: draft.publishAt?.toISOString() ?? null,
    scheduledBy: draft.publishAt &&
      draft.scheduledBy && { id: draft.scheduledBy.id, name: draft.scheduledBy.name },
    approvedBy: draft.approvedBy && { id: draft.approvedBy.id, name: draft.approvedBy.name },
    held: draft.held,
    release: draft.release,
  };
}

export function presentDraftView(
  on: DraftOnLive,
  list: readonly ChangeView[],
  problems: readonly DraftProblem[],
): DraftView {
  const remarks = on.draft!.comments.map(presentComment);
  return { ...presentDraftRow(on), list, remarks, problems };
}

export function presentComment({ id, unit, text, by, at }: DraftComment): CommentView {
  return { id, unit, text, by: { id: by.id, name: by.name }, at: at.toISOString() };
}
