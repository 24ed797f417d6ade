/** The fields of an entry as they are typed, and back as the desk wants them. Pure. */
import type { FaqContent } from '../../../src/contracts/curation.ts';
import { isRuleDate } from '../../../src/contracts/rule-date.ts';
import { copy } from '../../copy.ts';
import { words } from './copy.ts';
import { sayDayOf } from './days.ts';

export type Variant = 'markdown' | 'android' | 'ios';

/** Times and platforms that are not set are empty; a variant that there is not is null. */
export interface EntryForm {
  readonly title: string;
  readonly kind: FaqContent['kind'];
  readonly markdown: string;
  readonly android: string | null;
  readonly ios: string | null;
  readonly sources: readonly { readonly doc: string; readonly date: string }[];
  readonly asOf: string;
  readonly related: readonly string[];
  readonly platform: '' | 'android' | 'ios';
  readonly handover: boolean;
  readonly archived: boolean;
  readonly reviewedAt: string;
  readonly reviewBy: string;
}
export type EntryField = keyof EntryForm;
export type EntryFaults = Readonly<Partial<Record<EntryField, string>>>;

/** In the order shown. */
export const ENTRY_FIELDS = Object.keys(words.fields) as EntryField[];
export const LONGEST_ANSWER = 8_000;
const MOST_RELATED = 10;

export function toForm(entry: FaqContent): EntryForm {
  return {
    title: entry.title,
    kind: entry.kind,
    markdown: entry.markdown,
    android: entry.variants.android ?? null,
    ios: entry.variants.ios ?? null,
    sources: entry.sources.map(({ doc, date }) => ({ doc, date })),
    asOf: entry.asOf,
    related: entry.related,
    platform: entry.platform ?? '',
    handover: entry.handover ?? false,
    archived: entry.archived ?? false,
    reviewedAt: entry.reviewedAt ?? '',
    reviewBy: entry.reviewBy ?? '',
  };
}

/** What is not set is left out. */
export function toContent(id: string, form: EntryForm): FaqContent {
  const { platform, handover, archived, reviewedAt, reviewBy, android, ios } = form;
  return {
    id,
    kind: form.kind,
    title: form.title.trim(),
    sources: form.sources.map(({ doc, date }) => ({ doc, date: date.trim() })),
    asOf: form.asOf.trim(),
    related: [...form.related],
    ...(platform === '' ? {} : { platform }),
    ...(handover ? { handover } : {}),
    ...(archived ? { archived } : {}),
    ...(reviewedAt === '' ? {} : { reviewedAt }),
    ...(reviewBy === '' ? {} : { reviewBy }),
    markdown: form.markdown.trim(),
    variants: {
      ...(android === null ? {} : { android: android.trim() }),
      ...(ios === null ? {} : { ios: ios.trim() }),
    },
  };
}

/** What is wrong with the fields; null: nothing. */
export function checkForm(form: EntryForm): EntryFaults | null {
  const { required } = copy.failures;
  const faults: Partial<Record<EntryField, string>> = {};
  if (form.title.trim() === '') faults.title = required;
  for (const variant of ['markdown', 'android', 'ios'] as const) {
    const text = form[variant];
    if (text === null) continue;
    if (text.trim() === '') faults[variant] = required;
    else if (text.length > LONGEST_ANSWER) faults[variant] = words.entry.tooLong(LONGEST_ANSWER);
  }
  if (form.sources.some(({ doc }) => doc === '')) faults.sources = words.entry.docMissing;
  else if (!form.sources.every(({ date }) => isRuleDate(date.trim())))
    faults.sources = words.entry.dateMalformed;
  if (!isRuleDate(form.asOf.trim())) faults.asOf = words.entry.dateMalformed;
  if (form.related.length > MOST_RELATED) faults.related = words.entry.relatedHint;
  return Object.keys(faults).length === 0 ? null : faults;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The fields in which two forms differ. */
export function differingFields(one: EntryForm, other: EntryForm): EntryField[] {
  return ENTRY_FIELDS.filter((field) => !isSame(one[field], other[field]));
}

/** Theirs, and on top of it what I changed since we both began. */
export function onTop(base: EntryForm, theirs: EntryForm, mine: EntryForm): EntryForm {
  const own = differingFields(base, mine).map((field) => [field, mine[field]]);
  return { ...theirs, ...(Object.fromEntries(own) as Partial<EntryForm>) };
}

/** A field's value as it is read. @param titleOf of other entries */
export function sayField(form: EntryForm, field: EntryField, titleOf: (id: string) => string): string {
  switch (field) {
    case 'kind':
      return words.kinds[form.kind];
    case 'android':
    case 'ios':
      return form[field] ?? '';
    case 'sources':
      return form.sources.map(({ doc, date }) => `${doc}, ${sayDayOf(date)}`).join('\n');
    case 'related':
      return form.related.map(titleOf).join('\n');
    case 'platform':
      return form.platform === '' ? words.entry.anyPlatform : words.platforms[form.platform];
    case 'handover':
    case 'archived':
      return form[field] ? words.yes : words.no;
    case 'asOf':
    case 'reviewedAt':
    case 'reviewBy':
      return sayDayOf(form[field]);
    default:
      return form[field];
  }
}
