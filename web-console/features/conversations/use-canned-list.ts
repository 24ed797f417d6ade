import { type KeyboardEvent, useId, useState } from 'react';
import type { CannedReply } from '../../../src/contracts/canned.ts';
import { findCanned, slashQuery } from './canned.ts';
import { useCanned } from './inbox-queries.ts';

const NONE: readonly CannedReply[] = [];
const MOST = 8;

export interface CannedList {
  readonly id: string;
  readonly isOpen: boolean;
  readonly replies: readonly CannedReply[];
  readonly active: number;
  readonly optionId: (place: number) => string;
  /** @returns whether the key was meant for the list */
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** The replies offered while a text begins with a slash. */
export function useCannedList(text: string, pick: (reply: CannedReply) => void): CannedList {
  const id = useId();
  const { data } = useCanned();
  const [chosen, setChosen] = useState({ text, place: 0 });
  const [dismissed, setDismissed] = useState<string | null>(null);
  const query = slashQuery(text);
  const isOpen = query !== null && dismissed !== text;
  const replies = isOpen ? findCanned(data?.replies ?? NONE, query).slice(0, MOST) : NONE;
  // Another text: the best one again.
  const active = chosen.text === text ? Math.min(chosen.place, replies.length - 1) : 0;

  return {
    id,
    isOpen,
    replies,
    active,
    optionId: (place) => `${id}-${place}`,
    onKey(event) {
      if (!isOpen) return false;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const reply = replies[active];
      if (event.key === 'Escape') setDismissed(text);
      else if (reply === undefined) return false;
      else if (step !== 0) setChosen({ text, place: (active + step + replies.length) % replies.length });
      else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') pick(reply);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}
