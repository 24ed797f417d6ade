import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';

interface TranscriptScrollOptions {
  /** The first place that is shown: it goes down when older messages come. */
  readonly first: number;
  /** The last place that is shown. */
  readonly last: number;
  /** How many lines there are. */
  readonly length: number;
  readonly loadEarlier: () => void;
}

interface TranscriptScroll {
  readonly ref: RefObject<HTMLElement | null>;
  readonly onScroll: () => void;
  readonly isAtEnd: boolean;
  /** Messages that came below what is in sight. */
  readonly unseen: number;
  readonly toEnd: () => void;
}

/** This near to an edge counts as being there. */
const NEAR_PX = 80;

/** Stays at the end while the person is there, and stays where it is when older messages come above. */
export function useTranscriptScroll(options: TranscriptScrollOptions): TranscriptScroll {
  const { first, last, length, loadEarlier } = options;
  const ref = useRef<HTMLElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seenUpTo, setSeenUpTo] = useState(last);
  const before = useRef({ first, height: 0 });

  const toEnd = (): void => {
    const box = ref.current;
    if (box !== null) box.scrollTop = box.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there are other lines
  useLayoutEffect(() => {
    const box = ref.current;
    if (box === null) return;
    if (isAtEnd) toEnd();
    else if (first < before.current.first) box.scrollTop += box.scrollHeight - before.current.height;
    before.current = { first, height: box.scrollHeight };
  }, [first, length, last]);
  // The composer grows, pictures arrive, the keyboard of a tablet comes up.
  useEffect(() => {
    const box = ref.current;
    if (box === null || !isAtEnd) return;
    const sizes = new ResizeObserver(toEnd);
    sizes.observe(box);
    for (const child of box.children) sizes.observe(child);
    return () => sizes.disconnect();
  });
  useEffect(() => {
    if (isAtEnd) setSeenUpTo(last);
  }, [isAtEnd, last]);

  return {
    ref,
    isAtEnd,
    unseen: Math.max(0, last - seenUpTo),
    toEnd,
    onScroll() {
      const box = ref.current;
      if (box === null) return;
      setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX);
      if (box.scrollTop < NEAR_PX && box.scrollHeight > box.clientHeight) loadEarlier();
    },
  };
}
