/** The connection with the desk, for components. */
import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import type { DeskClient, DeskEvent } from './desk-client.ts';
import { type DeskState, initialDeskState, type OpenConversation } from './desk-state.ts';

/** null: this account has nothing to do with conversations, and no connection. */
export const DeskContext = createContext<DeskClient | null>(null);

/** @throws Error for accounts that may not read conversations */
export function useDesk(): DeskClient {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('no connection with the desk');
  return desk;
}

const NOTHING = initialDeskState([]);
const neverChanges = () => () => undefined;

/** A part of the state. `select` gives the same value while nothing changed in it. */
export function useDeskState<Part>(select: (state: DeskState) => Part): Part {
  const store = useContext(DeskContext)?.store;
  return useSyncExternalStore(store?.subscribe ?? neverChanges, () => select(store?.get() ?? NOTHING));
}

/** Is told what happens while the component is there. */
export function useDeskEvents(listener: (event: DeskEvent) => void): void {
  const desk = useContext(DeskContext);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => desk?.listen((event) => latest.current(event)), [desk]);
}

/** Keeps a conversation open on this screen. null: it is not there yet. */
export function useOpenConversation(id: string): OpenConversation | null {
  const desk = useDesk();
  useEffect(() => desk.open(id), [desk, id]);
  return useDeskState(({ conversations }) => conversations.get(id)) ?? null;
}
