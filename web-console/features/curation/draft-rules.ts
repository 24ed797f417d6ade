/** Rules of drafts on screen. Pure. */
import type { ChangeView, DraftView, UnitKind } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';
import { sayDayOf } from './days.ts';
import { words as releaseWords } from './release-copy.ts';

/** Nothing in it changes any more. */
export const isOver = ({ status }: Pick<DraftView, 'status'>): boolean =>
  status === 'published' || status === 'discarded';

/** What a unit is called that the draft does not change itself: "Câu mẫu: login.otp". */
export function nameUnit(unit: string): string {
  const [kind = '', ...name] = unit.split(':');
  return `${releaseWords.unitKinds[kind as UnitKind] ?? kind}: ${name.join(':')}`;
}

/** Where a unit is edited; null: it has no screen of its own. */
export function addressOfUnit({ unit, kind, title }: ChangeView): string | null {
  const name = unit.slice(unit.indexOf(':') + 1);
  switch (kind) {
    case 'faq':
      return `/curation/entries/${name}`;
    case 'phrases':
      return `/curation/entries/${name}?tab=phrases`;
    case 'abbreviation':
    case 'misspelling':
    case 'synonyms':
    case 'courtesy':
      return `/curation/lexicon?kind=${kind}&q=${encodeURIComponent(title)}`;
    default:
      return null;
  }
}

/** A text that is read as a whole, and not as one value beside another. */
export function isLong({ before, after }: ChangeView['fields'][number]): boolean {
  const longest = Math.max(before?.length ?? 0, after?.length ?? 0);
  return longest > 60 || /\n/.test(`${before}${after}`);
}

const DAYS: readonly string[] = ['asOf', 'reviewedAt', 'reviewBy', 'date'];
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: words.kinds,
  platform: words.platforms,
  handover: { true: words.yes },
  archived: { true: words.yes },
};

/** A field's value as it is read; null and empty ones are nothing. */
export function sayValue(field: string, value: string | null): string {
  if (value === null) return '';
  return VALUES[field]?.[value] ?? (DAYS.includes(field) ? sayDayOf(value) : value);
}
