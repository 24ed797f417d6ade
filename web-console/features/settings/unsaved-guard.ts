import { useEffect, useRef, useState } from 'react';
import { copy } from '../../copy.ts';
import { useSignOutGuard } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { guardLeaving } from '../../shell/guarded-history.ts';

/**
 * Asks before changes get lost: by going elsewhere in the console, closing the page or signing out.
 * @param onLeave the person lets go of them
 */
export function useUnsavedGuard(isDirty: boolean, onLeave?: () => void): void {
  const latest = useRef(onLeave);
  useEffect(() => {
    latest.current = onLeave;
  });
  const [ask] = useState(() => async (): Promise<boolean> => {
    const leaves = await confirmLeaving();
    if (leaves) latest.current?.();
    return leaves;
  });
  useEffect(() => {
    if (!isDirty) return;
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', hold);
    const endGuard = guardLeaving(ask);
    return () => {
      window.removeEventListener('beforeunload', hold);
      endGuard();
    };
  }, [isDirty, ask]);
  useSignOutGuard(async () => !isDirty || (await ask()));
}

function confirmLeaving(): Promise<boolean> {
  const { leaveTitle: title, leaveText: text, leave: act } = copy.settings;
  return confirmAct({ title, text, act });
}
