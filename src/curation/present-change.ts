/** A change for reading: field by field what was, and what the draft makes of it. */
import type { ChangeView, UnitKind } from '../contracts/curation.ts';
import type { FaqEntry } from '../corpus/corpus.ts';
import type { CorpusChange } from '../corpus/corpus-changes.ts';
import type { UnitValue } from '../corpus/corpus-units.ts';
import type { CorpusRules } from './corpus-rules.ts';
import type { DraftChange } from './draft.ts';
import type { DraftOnLive } from './draft-edits.ts';
import { DRAFT_WORDS } from './draft-words.ts';

type Fields = ReadonlyMap<string, string>;

export function createChangePresenter({ keyOf, effectOf, phrasesOf }: CorpusRules) {
  const titleOf = (change: CorpusChange, { corpus, live }: DraftOnLive): string => {
    const key = keyOf(change.unit);
    if ('add' in change) {
      const entry = [...corpus.faq, ...live.corpus.faq].find(({ id }) => id === key);
      return key === 'none' ? DRAFT_WORDS.outOfScope : (entry?.title ?? key);
    }
    const value = change.after ?? change.before;
    if (value?.kind === 'faq') return value.entry.title;
    if (value?.kind === 'topic') return value.title;
    if (value?.kind === 'document') return `${key}: ${value.document.title}`;
    return value?.kind === 'calibration' ? DRAFT_WORDS.calibration : key;
  };

  return ({ change, revision, by, at }: DraftChange, on: DraftOnLive): ChangeView => {
    const kind = change.unit.split(':')[0] as UnitKind;
    const about = { unit: change.unit, kind, title: titleOf(change, on), by: by.name, at: at.toISOString() };
    if ('add' in change) {
      const isOver = on.draft?.status === 'published';
      const phrases = isOver ? change.remove : phrasesOf(on.live.corpus, keyOf(change.unit));
      const { add, remove } = isOver ? change : effectOf(change, phrases);
      const fields = [
        ...remove.map((before) => ({ field: 'phrase', before, after: null })),
        ...add.map((after) => ({ field: 'phrase', before: null, after })),
      ];
      return { ...about, act: 'changed', fields, revision, conflict: false };
    }
    return {
      ...about,
      act: actOf(change),
      fields: compare(fieldsOf(change.before), fieldsOf(change.after)),
      revision,
      conflict: on.draft?.status !== 'published' && on.conflicts.has(change.unit),
    };
  };
}

function actOf({ before, after }: { before: UnitValue | null; after: UnitValue | null }): ChangeView['act'] {
  if (after === null) return 'removed';
  return before === null ? 'added' : 'changed';
}

function compare(before: Fields, after: Fields): ChangeView['fields'] {
  const rows = [...new Set([...after.keys(), ...before.keys()])].map((field) => ({
    field,
    before: before.get(field) ?? null,
    after: after.get(field) ?? null,
  }));
  return rows.filter((row) => row.before !== row.after);
}

function fieldsOf(value: UnitValue | null): Fields {
  if (value === null) return new Map();
  switch (value.kind) {
    case 'faq':
      return fieldsOfEntry(value.entry);
    case 'topic':
      return new Map([['title', value.title]]);
    case 'document':
      return new Map(Object.entries(value.document));
    case 'synonyms':
      return new Map([['forms', value.words.join(', ')]]);
    case 'abbreviation':
    case 'misspelling':
      return new Map([['forms', value.forms.join(', ')]]);
    case 'courtesy':
      return new Map();
    case 'place':
      return new Map([
        ['type', value.type],
        ['aliases', value.aliases.join(', ')],
      ]);
    case 'calibration':
      return new Map(
        Object.entries({ ...value.gates, bias: value.calibration.bias, ...value.calibration.weights }).map(
          ([name, number]) => [name, String(number)],
        ),
      );
  }
}

function fieldsOfEntry(entry: FaqEntry): Fields {
  const { variants } = entry;
  const fields: readonly [string, string | undefined][] = [
    ['title', entry.title],
    ['kind', entry.kind],
    ['markdown', entry.markdown],
    ['variants.android', variants.android],
    ['variants.ios', variants.ios],
    ['sources', entry.sources.map(({ doc, date }) => `${doc} (${date})`).join(', ')],
    ['asOf', entry.asOf],
    ['related', entry.related.join(', ')],
    ['platform', entry.platform],
    ['handover', entry.handover ? 'true' : undefined],
    ['archived', entry.archived ? 'true' : undefined],
    ['reviewedAt', entry.reviewedAt],
    ['reviewBy', entry.reviewBy],
  ];
  return new Map(
    fields.filter((field): field is [string, string] => field[1] !== undefined && field[1] !== ''),
  );
}
