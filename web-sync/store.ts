/** One value that changes, and those who want to know. They are told once for all changes of the same moment. */

export interface Store<State> {
  readonly get: () => State;
  readonly set: (change: Partial<State>) => void;
  /** @returns the function that takes the listener away again */
  readonly subscribe: (listener: (state: State) => void) => () => void;
}

export function createStore<State extends object>(initial: State): Store<State> {
  let state = initial;
  let waiting = false;
  const listeners = new Set<(state: State) => void>();
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change };
      if (waiting) return;
      waiting = true;
      void Promise.resolve().then(() => {
        waiting = false;
        for (const listener of listeners) listener(state);
      });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
