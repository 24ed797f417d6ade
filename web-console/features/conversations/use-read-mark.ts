import { useEffect, useRef, useState } from 'react';
import type { StaffMessage } from '../../../src/contracts/console.ts';
import { lastOfContact } from '../../sync/desk-state.ts';
import { useDesk } from '../../sync/use-desk.ts';

/** Tells the contact that what they wrote was seen, while it really is on the screen. */
export function useReadMark(id: string, messages: readonly StaffMessage[], isShown: boolean): void {
  const desk = useDesk();
  const told = useRef(0);
  const [isVisible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = (): void => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  const seq = lastOfContact(messages)?.seq ?? 0;
  useEffect(() => {
    if (!isShown || !isVisible || seq <= told.current) return;
    told.current = seq;
    void desk.ask('read:mark', { id, seq });
  }, [desk, id, seq, isShown, isVisible]);
}
