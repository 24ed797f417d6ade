import { useEffect } from 'react';
import { copy } from '../../copy.ts';
import { useSignOutGuard } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { guardLeaving } from '../../shell/guarded-history.ts';

/** Asks before changes get lost: by going elsewhere in the console, closing the page or signing out. */
export function useUnsavedGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    const endGuard = guardLeaving(confirmLeaving);
    return () => {
      window.removeEventListener('beforeunload', ask);
      endGuard();
    };
  }, [isDirty]);
  useSignOutGuard(async () => !isDirty || (await confirmLeaving()));
}

function confirmLeaving(): Promise<boolean> {
  const { leaveTitle: title, leaveText: text, leave: act } = copy.settings;
  return confirmAct({ title, text, act });
}
