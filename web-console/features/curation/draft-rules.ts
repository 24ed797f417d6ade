/** Rules of drafts on screen. Pure. */
import type { ChangeView, DraftView, UnitKind } from '../../../src/contracts/curation.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { words } from './copy.ts';
import { sayDayOf } from './days.ts';
import { words as releaseWords } from './release-copy.ts';

/** Nothing in it changes any more. */
export const isOver = ({ status }: Pick<DraftView, 'status'>): boolean =>
  status === 'published' || status === 'discarded';

/** Its time to be published has come. */
export const isDue = ({ publishAt }: Pick<DraftView, 'publishAt'>, now: number): boolean =>
  publishAt !== null && Date.parse(publishAt) <= now;

/** The desk looks for what is due a few times a minute: within this nothing is late. */
const IN_TIME_MS = 60_000;

/** What has become of the time that it was given. */
export function sayScheduled(
  { scheduledBy }: Pick<DraftView, 'scheduledBy'>,
  publishAt: string,
  isChecking: boolean,
  now: number,
): { readonly text: string; readonly isLate: boolean } {
  const { drafts: says } = releaseWords;
  const when = sayDateTime(publishAt);
  if (!isDue({ publishAt }, now))
    return {
      text: scheduledBy === null ? says.publishAt(when) : says.publishAtBy(when, scheduledBy.name),
      isLate: false,
    };
  if (isChecking) return { text: says.checkingNow(when), isLate: false };
  const isLate = now - Date.parse(publishAt) > IN_TIME_MS;
  return { text: isLate ? says.late(when) : says.dueNow(when), isLate };
}

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
