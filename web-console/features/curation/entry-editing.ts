/** An entry while it is edited: what was read, what stands in the fields, and what happened to it meanwhile. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { EntryView, FaqContent } from '../../../src/contracts/curation.ts';
import { api, isApiError } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { sayDone } from '../../shell/notices.ts';
import { type Submission, useSubmission } from '../../shell/submission.ts';
import { words } from './copy.ts';
import { entryKey, readEntry, useCurationReload } from './curation-queries.ts';
import {
  checkForm,
  differingFields,
  type EntryFaults,
  type EntryField,
  type EntryForm,
  onTop,
  toContent,
  toForm,
} from './entry-form.ts';
import { type EntryPlace, forgetEntry, type KeptEntry, keepEntry, readKept } from './kept-entry.ts';

/** Somebody else saved between reading and saving. */
export interface Meanwhile {
  readonly who: string;
  readonly at: string;
  readonly view: EntryView;
  /** null: they took it out. */
  readonly theirs: EntryForm | null;
  /** As it was when mine began. */
  readonly base: EntryForm;
  /** Mine, which was to be saved. */
  readonly mine: EntryForm;
}

type PathField = `entry.${string}`;

export interface EntryEditing {
  readonly form: EntryForm;
  readonly set: (part: Partial<EntryForm>) => void;
  readonly isDirty: boolean;
  readonly isBusy: boolean;
  readonly faults: EntryFaults;
  readonly fault: string | null;
  /** Typed before, not saved, and taken up again. */
  readonly wasRestored: boolean;
  /** A newer one is there already. */
  readonly isOutdated: boolean;
  readonly meanwhile: Meanwhile | null;
  /** @param part changed with it @returns the field to be looked at, or null */
  readonly save: (part?: Partial<EntryForm>) => Promise<EntryField | null>;
  readonly discard: () => void;
  readonly takeTheirs: () => void;
  readonly keepMine: () => Promise<void>;
  readonly keepTyping: () => void;
  /** Lets go of what was typed and kept. */
  readonly forget: () => void;
}

const PATHS: Readonly<Partial<Record<EntryField, PathField>>> = {
  android: 'entry.variants.android',
  ios: 'entry.variants.ios',
};
const pathOf = (field: EntryField): PathField => PATHS[field] ?? `entry.${field}`;

interface Begun extends KeptEntry {
  readonly wasRestored: boolean;
}

function begin(entry: FaqContent, { revision, release }: EntryView, kept: KeptEntry | null): Begun {
  const base = toForm(entry);
  return kept === null || differingFields(base, kept.form).length === 0
    ? { revision, release, base, form: base, wasRestored: false }
    : { ...kept, wasRestored: true };
}

/**
 * @param view as it was read last; a newer one is taken over while nothing has been changed
 * @param entry of the view
 */
export function useEntryEditing(draft: string, view: EntryView, entry: FaqContent): EntryEditing {
  const { account } = useSession();
  const cache = useQueryClient();
  const reload = useCurationReload();
  const { id } = entry;
  const place: EntryPlace = { account: account.id, draft, id };
  const [begun, setBegun] = useState<Begun>(() => begin(entry, view, readKept(place)));
  const [meanwhile, setMeanwhile] = useState<Meanwhile | null>(null);
  const { base, form, revision, release, wasRestored } = begun;
  const { isBusy, faults, fault, submit, object } = useSubmission<PathField>(
    (Object.keys(form) as EntryField[]).map(pathOf),
  );
  const isDirty = differingFields(base, form).length > 0;

  const isBehind = view.revision !== revision || view.release !== release;
  if (isBehind && !isDirty && !isBusy) setBegun(begin(entry, view, null));
  useEffect(() => {
    const at: EntryPlace = { account: account.id, draft, id };
    if (isDirty) keepEntry(at, { revision, release, base, form });
    else forgetEntry(at);
  }, [account.id, draft, id, isDirty, revision, release, base, form]);

  /** Saves what is given; when somebody was quicker, both are put beside each other. */
  async function put(mine: EntryForm, from: Pick<Begun, 'revision' | 'release' | 'base'>): Promise<void> {
    try {
      await api.put(`curation/entries/${id}`, {
        draft,
        revision: from.revision,
        release: from.release,
        entry: toContent(id, mine),
      });
    } catch (error) {
      if (!isApiError(error) || error.code !== 'edited_meanwhile') throw error;
      const [who = words.entry.somebody, at = new Date().toISOString()] = error.details;
      const fresh = await readEntry(id, draft);
      const theirs = fresh.entry === null ? null : toForm(fresh.entry);
      setMeanwhile({ who, at, view: fresh, theirs, base: from.base, mine });
      return;
    }
    const fresh = await readEntry(id, draft);
    cache.setQueryData(entryKey(id, draft), fresh);
    const saved = fresh.entry === null ? mine : toForm(fresh.entry);
    setBegun({
      revision: fresh.revision,
      release: fresh.release,
      base: saved,
      form: saved,
      wasRestored: false,
    });
    setMeanwhile(null);
    sayDone(words.entry.saved);
    await reload();
  }

  return {
    form,
    set: (part) => setBegun((before) => ({ ...before, form: { ...before.form, ...part } })),
    isDirty,
    isBusy,
    faults: readFaults(faults),
    fault,
    wasRestored,
    isOutdated: isDirty && view.revision !== revision,
    meanwhile,
    async save(part = {}) {
      const mine = { ...form, ...part };
      setBegun({ ...begun, form: mine });
      const own = checkForm(mine);
      if (own !== null) {
        const fields = Object.keys(own) as EntryField[];
        object(Object.fromEntries(fields.map((field) => [pathOf(field), own[field]])));
        return fields[0] ?? null;
      }
      await submit(() => put(mine, begun));
      return null;
    },
    discard() {
      object({});
      setBegun(begin(entry, view, null));
    },
    takeTheirs() {
      if (meanwhile === null) return;
      cache.setQueryData(entryKey(id, draft), meanwhile.view);
      const theirs = meanwhile.theirs ?? meanwhile.base;
      const { revision: read, release: live } = meanwhile.view;
      setBegun({ revision: read, release: live, base: theirs, form: theirs, wasRestored: false });
      setMeanwhile(null);
      sayDone(words.meanwhile.theirsTaken);
      void reload();
    },
    async keepMine() {
      if (meanwhile === null) return;
      const { mine, theirs, view: fresh } = meanwhile;
      const whole = theirs === null ? mine : onTop(meanwhile.base, theirs, mine);
      await submit(() =>
        put(whole, { revision: fresh.revision, release: fresh.release, base: theirs ?? meanwhile.base }),
      );
    },
    keepTyping: () => setMeanwhile(null),
    forget: () => forgetEntry(place),
  };
}

function readFaults(faults: Submission<PathField>['faults']): EntryFaults {
  const named: Partial<Record<EntryField, string>> = {};
  for (const [path, text] of Object.entries(faults)) {
    const field = path.replace(/^entry\.(?:variants\.)?/, '') as EntryField;
    if (text !== undefined) named[field] = text;
  }
  return named;
}
