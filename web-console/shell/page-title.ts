/** The title in the browser's tab: what is shown, and before it how much waits. */
import { useEffect } from 'react';
import { copy } from '../copy.ts';

let screen = '';
let waiting = 0;

function show(): void {
  const badge = waiting > 0 ? `(${waiting}) ` : '';
  document.title = `${badge}${screen === '' ? '' : `${screen} · `}${copy.product}`;
}

/** Names the screen while it is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    screen = title;
    show();
    return () => {
      screen = '';
      show();
    };
  }, [title]);
}

/** How many conversations want something of this person; 0: nothing to see. */
export function setTitleBadge(count: number): void {
  waiting = count;
  show();
}
