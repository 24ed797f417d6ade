import { useEffect, useState } from 'react';
import type { Link } from '../../sync/desk-state.ts';
import { useDeskState } from '../../sync/use-desk.ts';

/** A break this short is not worth a word. */
const SILENT_MS = 1_500;

/** How the connection is broken, once that has lasted; null: nothing worth a word. */
export function useLinkLost(): Exclude<Link, 'online'> | null {
  const link = useDeskState((state) => state.link);
  const isBroken = link !== 'online';
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isBroken) return;
    const timer = setTimeout(() => setLong(true), SILENT_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isBroken]);
  return isBroken && isLong ? link : null;
}
