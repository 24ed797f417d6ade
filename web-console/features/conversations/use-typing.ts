import { useEffect, useRef } from 'react';
import { useDesk } from '../../sync/use-desk.ts';

const SAY_AGAIN_MS = 3_000;
const STOPPED_AFTER_MS = 5_000;

/** Tells contact and colleagues that a reply is being written. @returns to be called: with every letter, and at the end */
export function useTyping(id: string): { readonly type: () => void; readonly stop: () => void } {
  const desk = useDesk();
  const saidAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = (): void => {
    clearTimeout(timer.current);
    if (saidAt.current === 0) return;
    saidAt.current = 0;
    void desk.ask('typing:set', { id, typing: false });
  };
  const latest = useRef(stop);
  useEffect(() => {
    latest.current = stop;
  });
  useEffect(() => () => latest.current(), []);
  return {
    stop,
    type() {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => latest.current(), STOPPED_AFTER_MS);
      if (Date.now() - saidAt.current < SAY_AGAIN_MS) return;
      saidAt.current = Date.now();
      void desk.ask('typing:set', { id, typing: true });
    },
  };
}
