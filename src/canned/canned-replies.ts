/** Keeping canned replies: whoever changes one is named in the audit log. */
import type { CannedReplyDraft } from '../contracts/canned.ts';
import { AppError } from '../kernel/app-error.ts';
import { type CannedReply, keyOf } from './canned-reply.ts';

/** Who changes it, and from where. */
export interface Editor {
  readonly id: string;
  readonly name: string;
  readonly address: string;
}

export interface CannedRepliesDeps {
  readonly store: {
    readonly list: () => Promise<readonly CannedReply[]>;
    /** null: the shortcut's key is taken. */
    readonly insert: (draft: CannedReplyDraft, key: string) => Promise<CannedReply | null>;
    /** @returns what was there before */
    readonly replace: (
      id: string,
      draft: CannedReplyDraft,
      key: string,
    ) => Promise<CannedReply | 'taken' | 'missing'>;
    /** @returns what was there; null: nothing */
    readonly remove: (id: string) => Promise<CannedReply | null>;
  };
  /** Awaited: what cannot be logged is reported as failed. */
  readonly audit: (entry: {
    readonly actor: { readonly id: string; readonly name: string };
    readonly action: 'canned.changed';
    readonly subject: string;
    readonly details: Record<string, unknown>;
    readonly address: string;
  }) => Promise<unknown>;
}

export interface CannedReplies {
  /** By shortcut. */
  readonly list: () => Promise<readonly CannedReply[]>;
  /** @throws AppError `canned_exists` */
  readonly create: (draft: CannedReplyDraft, by: Editor) => Promise<CannedReply>;
  /** @throws AppError `canned_exists`, `canned_not_found` */
  readonly change: (id: string, draft: CannedReplyDraft, by: Editor) => Promise<CannedReply>;
  /** @throws AppError `canned_not_found` */
  readonly remove: (id: string, by: Editor) => Promise<void>;
}

export function createCannedReplies({ store, audit }: CannedRepliesDeps): CannedReplies {
  const note = async (id: string, from: object | null, to: object | null, by: Editor): Promise<void> => {
    await audit({
      actor: { id: by.id, name: by.name },
      action: 'canned.changed',
      subject: `canned:${id}`,
      details: { from, to },
      address: by.address,
    });
  };
  return {
    async list() {
      const replies = await store.list();
      return replies.toSorted((one, other) => one.shortcut.localeCompare(other.shortcut, 'vi'));
    },
    async create(draft, by) {
      const made = await store.insert(draft, keyOf(draft.shortcut));
      if (made === null) throw taken(draft);
      await note(made.id, null, draft, by);
      return made;
    },
    async change(id, draft, by) {
      const before = await store.replace(id, draft, keyOf(draft.shortcut));
      if (before === 'taken') throw taken(draft);
      if (before === 'missing') throw missing(id);
      const { id: _, ...from } = before;
      await note(id, from, draft, by);
      return { id, ...draft };
    },
    async remove(id, by) {
      const before = await store.remove(id);
      if (before === null) throw missing(id);
      const { id: _, ...from } = before;
      await note(id, from, null, by);
    },
  };
}

function taken({ shortcut }: CannedReplyDraft): AppError {
  return new AppError({ code: 'canned_exists', message: shortcut });
}

function missing(id: string): AppError {
  return new AppError({ code: 'canned_not_found', message: id });
}
