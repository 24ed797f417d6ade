/** A draft: changes that gather on top of whatever is live, until they are published. The type and its rules; pure. */
import type { Person } from '../contracts/console.ts';
import type { DraftStatus } from '../contracts/curation.ts';
import type { CorpusChange } from '../corpus/corpus-changes.ts';
import { AppError } from '../kernel/app-error.ts';

/** Who changes it, and from where. */
export interface Editor extends Person {
  readonly address: string;
}

export interface DraftChange {
  readonly change: CorpusChange;
  /** The draft's own when it was made: no two changes of a unit have the same. */
  readonly revision: number;
  readonly by: Person;
  readonly at: Date;
}

export interface DraftComment {
  readonly id: string;
  /** null: on the draft as a whole. */
  readonly unit: string | null;
  readonly text: string;
  readonly by: Person;
  readonly at: Date;
}

export interface Draft {
  readonly id: string;
  readonly name: string;
  readonly status: DraftStatus;
  /** One a unit. */
  readonly changes: readonly DraftChange[];
  readonly comments: readonly DraftComment[];
  readonly createdBy: Person;
  readonly createdAt: Date;
  /** Who changed something in it last. */
  readonly changedBy: Person;
  readonly changedAt: Date;
  /** Grows with every change in it. */
  readonly revision: number;
  /** Grows with everything that is written of it, comments aside. */
  readonly edition: number;
  readonly publishAt: Date | null;
  /** Who gave it that time, or the last one. */
  readonly scheduledBy: Person | null;
  readonly approvedBy: Person | null;
  /** Why publishing at its time did not come about. */
  readonly held: string | null;
  readonly release: number | null;
}

export function isOpen({ status }: Pick<Draft, 'status'>): boolean {
  return status !== 'published' && status !== 'discarded';
}

/** A draft as it begins. */
export function beginDraft(name: string, by: Person, at: Date): Omit<Draft, 'id'> {
  const who = { id: by.id, name: by.name };
  return {
    name,
    status: 'open',
    changes: [],
    comments: [],
    createdBy: who,
    createdAt: at,
    changedBy: who,
    changedAt: at,
    revision: 0,
    edition: 0,
    publishAt: null,
    scheduledBy: null,
    approvedBy: null,
    held: null,
    release: null,
  };
}

export function findChange(changes: readonly DraftChange[], unit: string): DraftChange | null {
  return changes.find(({ change }) => change.unit === unit) ?? null;
}

/**
 * The draft with these changes in the place of what it had for their units. What was approved has to be approved
 * again; what was held back at its time has to be given another.
 * @param dropped units that are as they are live
 */
export function withChanges<D extends Omit<Draft, 'id'>>(
  draft: D,
  changes: readonly CorpusChange[],
  dropped: ReadonlySet<string>,
  { by, at }: { readonly by: Person; readonly at: Date },
): D {
  const revision = draft.revision + 1;
  const who = { id: by.id, name: by.name };
  const units = new Set(changes.map(({ unit }) => unit));
  return {
    ...draft,
    status: draft.status === 'approved' ? 'inReview' : draft.status,
    changes: [
      ...draft.changes.filter(({ change }) => !units.has(change.unit) && !dropped.has(change.unit)),
      ...changes
        .filter(({ unit }) => !dropped.has(unit))
        .map((change) => ({ change, revision, by: who, at })),
    ],
    revision,
    changedBy: who,
    changedAt: at,
    approvedBy: null,
  };
}

/** Somebody was quicker: who, and when. */
export function editedMeanwhile(unit: string, last: { readonly by: Person; readonly at: Date }): AppError {
  return new AppError({
    code: 'edited_meanwhile',
    message: unit,
    details: [last.by.name, last.at.toISOString()],
  });
}
