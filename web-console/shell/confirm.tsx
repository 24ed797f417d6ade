/** Asking before something that cannot be taken back. */
import { lazy, Suspense, useSyncExternalStore } from 'react';

export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button that goes on says. */
  readonly act: string;
}
interface Asked extends Question {
  readonly answer: (goesOn: boolean) => void;
}

let asked: Asked | null = null;
const watchers = new Set<() => void>();

function change(next: Asked | null): void {
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

const ConfirmDialog = lazy(async () => ({ default: (await import('./shown-later.ts')).ConfirmDialog }));

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
