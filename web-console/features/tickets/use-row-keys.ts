/** j, k, x and Enter along the rows of a list. */
import type { RefObject } from 'react';
import { useShortcut } from '../../keyboard.tsx';
import { copy } from './copy.ts';

const words = copy.keys;

interface RowKeysOptions {
  /** Holds the links with `data-ticket`. */
  readonly place: RefObject<HTMLElement | null>;
  readonly toggle: ((code: string) => void) | null;
}

export function useRowKeys({ place, toggle }: RowKeysOptions): void {
  const linksOf = (): HTMLAnchorElement[] => [
    ...(place.current?.querySelectorAll<HTMLAnchorElement>('a[data-ticket]') ?? []),
  ];
  /** The row that the focus is in, wherever in it. */
  const placeOfFocus = (links: readonly HTMLAnchorElement[]): number => {
    const row = document.activeElement?.closest('tr, li');
    return links.findIndex((link) => row?.contains(link) ?? false);
  };
  const move = (step: 1 | -1): void => {
    const links = linksOf();
    const from = placeOfFocus(links);
    const start = from < 0 && step < 0 ? links.length : from;
    const next = links[Math.min(links.length - 1, Math.max(0, start + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  const linkAtFocus = (): HTMLAnchorElement | undefined => {
    const links = linksOf();
    return links[placeOfFocus(links)];
  };
  useShortcut({ keys: ['j', 'ArrowDown'], label: words.down, run: () => move(1) });
  useShortcut({ keys: ['k', 'ArrowUp'], label: words.up, run: () => move(-1) });
  useShortcut({
    keys: 'Enter',
    label: words.open,
    // What is focused does what it does anyway.
    run: () => document.activeElement instanceof HTMLElement && document.activeElement.click(),
  });
  useShortcut({
    keys: 'x',
    label: words.select,
    when: toggle !== null,
    run: () => {
      const code = linkAtFocus()?.dataset['ticket'];
      if (code !== undefined) toggle?.(code);
    },
  });
}
