/** Asking before something that cannot be taken back. */
import { Suspense, useSyncExternalStore } from 'react';
import type { ConfirmDialogProps, Question } from './confirm-dialog.tsx';
import { lazily } from './load-later.ts';

let asked: ConfirmDialogProps | null = null;
const watchers = new Set<() => void>();

function change(next: ConfirmDialogProps | null): void {
  asked = next;
  for (const watcher of watchers) watcher();
}

/** true: go on. A question that is still open is answered with no. */
export function confirmAct(question: Question): Promise<boolean> {
  asked?.answer(false);
  return new Promise((resolve) => {
    const answer = (goesOn: boolean): void => {
      change(null);
      resolve(goesOn);
    };
    change({ ...question, answer });
  });
}

const ConfirmDialog = lazily(
  () => import('./shown-later.ts'),
  (file) => file.ConfirmDialog,
);

/** Where the questions appear; to be put once into the console. */
export function ConfirmPlace() {
  const question = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => asked,
  );
  return question === null ? null : (
    <Suspense fallback={null}>
      <ConfirmDialog {...question} />
    </Suspense>
  );
}
