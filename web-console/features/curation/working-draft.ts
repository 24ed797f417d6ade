/** The draft that a person works in, and how to get one where there is none. */
import { useSyncExternalStore } from 'react';
import type { DraftRow } from '../../../src/contracts/curation.ts';
import { useSession } from '../../session.tsx';
import { chooseDraft, useChosenDraft } from './chosen-draft.ts';
import { useDrafts } from './curation-queries.ts';

export interface WorkingDraft {
  /** null: none, everything is shown as it is live; undefined: not known yet. */
  readonly draft: DraftRow | null | undefined;
  readonly drafts: readonly DraftRow[];
  readonly mayEdit: boolean;
  /** There is a draft, and the person may change it. */
  readonly isEditable: boolean;
  readonly choose: (draft: string | null) => void;
  /** The draft to change something in; where there is none the person is asked. null: rather not. */
  readonly getDraft: () => Promise<string | null>;
  readonly failure: { readonly error: Error; readonly retry: () => void } | null;
}

export function useWorkingDraft(): WorkingDraft {
  const { account, may } = useSession();
  const chosen = useChosenDraft(account.id);
  const list = useDrafts('open');
  const drafts = list.data?.drafts ?? [];
  const found = drafts.find(({ id }) => id === chosen) ?? null;
  const draft = list.isPending && chosen !== null ? undefined : found;
  const mayEdit = may('corpus.edit');
  return {
    draft,
    drafts,
    mayEdit,
    isEditable: mayEdit && found !== null,
    choose: (id) => chooseDraft(account.id, id),
    async getDraft() {
      if (found !== null) return found.id;
      const answer = await askForDraft();
      if (answer !== null) chooseDraft(account.id, answer);
      return answer;
    },
    failure: list.isError ? { error: list.error, retry: () => void list.refetch() } : null,
  };
}

/** Of the dialog: why it is open, and who waits for it. */
export interface DraftQuestion {
  readonly answer: (draft: string | null) => void;
}

let asked: DraftQuestion | null = null;
const watchers = new Set<() => void>();

function change(next: DraftQuestion | null): void {
  asked = next;
  for (const watcher of watchers) watcher();
}

function askForDraft(): Promise<string | null> {
  asked?.answer(null);
  return new Promise((resolve) => {
    change({
      answer(draft) {
        change(null);
        resolve(draft);
      },
    });
  });
}

export function useDraftQuestion(): DraftQuestion | null {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => asked,
  );
}
