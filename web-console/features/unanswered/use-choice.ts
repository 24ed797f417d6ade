/** Which wordings of a group are taught, and which are kept as questions to be judged by. */
import { useState } from 'react';

/** So many are chosen to begin with: more would teach the same words again and again. */
const CHOSEN_FIRST = 5;

export interface Choice {
  readonly chosen: string[];
  readonly heldOut: string[];
  readonly holdsOut: boolean;
  readonly toggle: (text: string) => void;
  readonly setAll: (isChosen: boolean) => void;
  readonly holdOut: (holdsOut: boolean) => void;
}

/** @param texts of the group that is open and may be taught, the one asked most first */
export function useChoice(texts: readonly string[]): Choice {
  const [picked, setPicked] = useState<ReadonlySet<string>>(() => new Set(texts.slice(0, CHOSEN_FIRST)));
  const [holdsOut, setHoldsOut] = useState(false);
  const chosen = texts.filter((text) => picked.has(text));
  return {
    chosen,
    heldOut: holdsOut ? texts.filter((text) => !picked.has(text)) : [],
    holdsOut,
    toggle(text) {
      const next = new Set(picked);
      if (!next.delete(text)) next.add(text);
      setPicked(next);
    },
    setAll: (isChosen) => setPicked(new Set(isChosen ? texts : [])),
    holdOut: setHoldsOut,
  };
}
