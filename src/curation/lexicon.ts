/** The lexicon as editors change it: abbreviations, misspellings, synonyms, courtesies. */
import type { z } from 'zod';
import type { Person } from '../contracts/console.ts';
import {
  LEXICON_ON_A_PAGE,
  type LexiconPage,
  type LexiconPreview,
  type LexiconRow,
  type lexiconQuery,
  type lexiconSave,
} from '../contracts/curation.ts';
import type { Corpus } from '../corpus/corpus.ts';
import type { ValueChange } from '../corpus/corpus-changes.ts';
import type { UnitValue } from '../corpus/corpus-units.ts';
import { AppError } from '../kernel/app-error.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { CorpusRules } from './corpus-rules.ts';
import { editedMeanwhile, findChange } from './draft.ts';
import type { DraftEdits, DraftOnLive } from './draft-edits.ts';

export type LexiconFilter = Omit<z.output<typeof lexiconQuery>, 'draft'>;
export type LexiconSave = z.output<typeof lexiconSave>;

export interface LexiconDeskDeps {
  readonly edits: DraftEdits;
  readonly rules: CorpusRules;
  /** What people asked lately, masked. */
  readonly listAsked: () => Promise<readonly string[]>;
  /** Reads a text with the one lexicon and with the other, both over the vocabulary of `live`. */
  readonly compareReadings: (
    live: Corpus,
    before: Corpus['lexicon'],
    after: Corpus['lexicon'],
  ) => Promise<(text: string) => { readonly before: string; readonly after: string }>;
}

export interface LexiconDesk {
  /** @throws AppError `draft_not_found` */
  readonly list: (draft: string | undefined, filter: LexiconFilter) => Promise<LexiconPage>;
  /** @throws AppError `edited_meanwhile`, `word_exists`, `invalid_request`, and of DraftEdits.edit */
  readonly save: (save: LexiconSave, by: Person) => Promise<LexiconRow | null>;
  /** What saving would change, beside what the draft changes already. @throws as `save` */
  readonly preview: (save: LexiconSave) => Promise<LexiconPreview>;
}

const SAMPLE = 1_000;
const MOST_SHOWN = 100;
/** Reading a text takes up to a millisecond: others get their turn in between. */
const AT_ONCE = 20;

export function createLexiconDesk(deps: LexiconDeskDeps): LexiconDesk {
  const { edits, rules } = deps;

  const rowOf = (on: DraftOnLive, unit: string): LexiconRow | null => {
    const was = rules.unitsOf(on.live.corpus).get(unit) ?? null;
    const is = rules.unitsOf(on.corpus).get(unit) ?? null;
    const value = is ?? was;
    if (value === null || !isLexicon(value)) return null;
    const draft = draftState(was, is, rules.sameValue(was, is));
    return {
      unit,
      kind: value.kind,
      word: rules.keyOf(unit),
      forms: formsOf(value),
      draft,
      revision: findChange(on.changes, unit)?.revision ?? 0,
    };
  };

  /** @throws AppError `edited_meanwhile`, `word_exists`, `invalid_request` */
  const changesOf = (on: DraftOnLive, { unit, revision, kind, word, forms }: LexiconSave): ValueChange[] => {
    const key = word.normalize('NFC').toLowerCase();
    const named = `${kind}:${key}`;
    if (unit !== null && !unit.startsWith(`${kind}:`))
      throw new AppError({ code: 'invalid_request', message: 'unit' });
    const found = unit === null ? null : findChange(on.changes, unit);
    if (unit !== null && (found?.revision ?? 0) !== revision)
      throw editedMeanwhile(unit, found ?? { by: on.draft!.changedBy, at: on.draft!.changedAt });
    const now = rules.unitsOf(on.corpus);
    const put = (name: string, after: UnitValue | null): ValueChange => {
      const change = findChange(on.changes, name)?.change;
      const live = rules.unitsOf(on.live.corpus).get(name) ?? null;
      return { unit: name, before: change === undefined || 'add' in change ? live : change.before, after };
    };
    const after = forms === null ? null : toValue(kind, key, forms);
    if (after === null) return unit === null || !now.has(unit) ? [] : [put(unit, null)];
    const isMoved = unit !== named;
    if (isMoved && now.has(named)) throw new AppError({ code: 'word_exists', message: named });
    const changes = isMoved && unit !== null && now.has(unit) ? [put(unit, null)] : [];
    return rules.sameValue(now.get(named) ?? null, after) ? changes : [...changes, put(named, after)];
  };

  return {
    async list(draft, { kind, q, page }) {
      const on = await edits.read(draft);
      const units = new Set([
        ...rules.unitsOf(on.corpus).keys(),
        ...on.changes.map(({ change }) => change.unit),
      ]);
      const words = searchWords(q);
      const rows = [...units]
        .filter((unit) => unit.startsWith(`${kind}:`))
        .flatMap((unit) => rowOf(on, unit) ?? [])
        .filter(({ word, forms }) => {
          const said = searchWords([word, ...forms].join(' ')).join(' ');
          return words.every((one) => said.includes(one));
        });
      const from = (page - 1) * LEXICON_ON_A_PAGE;
      return { rows: rows.slice(from, from + LEXICON_ON_A_PAGE), total: rows.length };
    },
    async save(save, by) {
      const on = await edits.edit(save.draft, by, (before) => changesOf(before, save));
      const named = `${save.kind}:${save.word.normalize('NFC').toLowerCase()}`;
      return rowOf(on, save.forms === null && save.unit !== null ? save.unit : named);
    },
    async preview(save) {
      const on = await edits.read(save.draft);
      const after = rules.applyChanges(on.corpus, changesOf(on, save));
      const read = await deps.compareReadings(on.live.corpus, on.corpus.lexicon, after.lexicon);
      const texts = [...new Set([...(await deps.listAsked()), ...sampleOf(on.corpus)])];
      const changed: LexiconPreview['changed'][number][] = [];
      let looked = 0;
      for (const text of texts) {
        if (changed.length === MOST_SHOWN) break;
        const readings = read(text);
        looked += 1;
        if (readings.before !== readings.after) changed.push({ text, ...readings });
        if (looked % AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return { looked, changed };
    },
  };
}

type LexiconValue = Extract<UnitValue, { kind: LexiconRow['kind'] }>;

function isLexicon(value: UnitValue): value is LexiconValue {
  return ['abbreviation', 'misspelling', 'synonyms', 'courtesy'].includes(value.kind);
}

function formsOf(value: LexiconValue): readonly string[] {
  if (value.kind === 'courtesy') return [];
  return value.kind === 'synonyms' ? value.words : value.forms;
}

function draftState(was: UnitValue | null, is: UnitValue | null, isSame: boolean): LexiconRow['draft'] {
  if (isSame) return 'same';
  if (is === null) return 'removed';
  return was === null ? 'added' : 'changed';
}

/** @throws AppError `invalid_request` when a form is missing */
function toValue(kind: LexiconRow['kind'], word: string, given: readonly string[]): UnitValue {
  const forms = [...new Set(given.map((form) => form.normalize('NFC').toLowerCase()))];
  const others = forms.filter((form) => form !== word);
  if (kind === 'courtesy') return { kind };
  if (others.length === 0) throw new AppError({ code: 'invalid_request', message: 'forms' });
  return kind === 'synonyms' ? { kind, words: [word, ...others] } : { kind, forms };
}

/** Evenly over the intents. */
function sampleOf({ intents }: Corpus): string[] {
  const phrases = intents.flatMap((intent) => intent.phrases);
  const step = Math.max(1, phrases.length / SAMPLE);
  return Array.from(
    { length: Math.min(SAMPLE, phrases.length) },
    (_, at) => phrases[Math.floor(at * step)] ?? '',
  );
}
