/** What the FAQ says while incidents are on. Pure. */
import { PINNED_COPY } from './copy.ts';
import { type Incident, isAffected } from './incident.ts';

/** An entry of the FAQ, as far as a pinned answer changes it. */
export interface Pinnable {
  readonly kind: string;
  readonly markdown: string;
}

export interface Pinned {
  readonly markdown: string;
  /** The entry's own answer is not shown: its sources do not stand for what is. */
  readonly replaces: boolean;
}

/**
 * The answer of an entry with what is pinned to it, set apart: those of several incidents above one another, and the
 * entry's own below, unless one of them stands in its place. Forms go on as ever: who wants to complain is not to be held up.
 * @returns null: nothing is pinned to it
 */
export function pinTo(active: readonly Incident[], intent: string, entry: Pinnable): Pinned | null {
  if (entry.kind !== 'answer') return null;
  const pins = active.flatMap((incident) =>
    incident.answer !== null && isAffected(incident, intent) ? [incident.answer] : [],
  );
  if (pins.length === 0) return null;
  const replaces = pins.some(({ place }) => place === 'instead');
  const texts = pins.map(({ markdown }) => markdown);
  const usual = replaces ? [] : [headed(PINNED_COPY.usual), entry.markdown];
  return { markdown: [headed(PINNED_COPY.notice), ...texts, ...usual].join('\n\n'), replaces };
}

/** The chat has no headings but what stands in bold. */
function headed(words: string): string {
  return `**${words}**`;
}
