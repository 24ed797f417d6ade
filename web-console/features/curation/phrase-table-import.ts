/** A table of phrases on its way into a draft: read as a whole, then applied lot by lot. */
import { useRef, useState } from 'react';
import type { PhraseTablePlan } from '../../../src/contracts/curation.ts';
import { type ApiError, addressOf, api, createApiError, isApiError, readError } from '../../api.ts';
import { copy } from '../../copy.ts';
import { tableWords } from './table-copy.ts';

/** Small enough for the bar to move. */
const LOT = 100;
const FIELD = 'file';

export type TableImport =
  | { readonly step: 'choosing'; readonly fault: string | null }
  | { readonly step: 'reading' }
  | { readonly step: 'looking'; readonly name: string; readonly plan: PhraseTablePlan }
  | {
      readonly step: 'running' | 'stopped' | 'done';
      readonly name: string;
      readonly plan: PhraseTablePlan;
      /** Phrases that are dealt with. */
      readonly at: number;
      /** Why it broke off. */
      readonly fault: string | null;
    };

const CHOOSING: TableImport = { step: 'choosing', fault: null };

export function usePhraseTableImport(draft: string, onApplied: () => void) {
  const [state, setState] = useState<TableImport>(CHOOSING);
  const isStopped = useRef(false);

  async function read(file: File): Promise<void> {
    setState({ step: 'reading' });
    try {
      setState({ step: 'looking', name: file.name, plan: await readTable(draft, file) });
    } catch (error) {
      if (!isApiError(error)) throw error;
      setState({ step: 'choosing', fault: sayFault(error) });
    }
  }

  /** Goes on where it stopped; what was applied before the answer was lost does no harm a second time. */
  async function run(): Promise<void> {
    if (state.step !== 'looking' && state.step !== 'stopped') return;
    const { name, plan } = state;
    isStopped.current = false;
    let at = state.step === 'stopped' ? state.at : 0;
    const show = (step: 'running' | 'stopped' | 'done', fault: string | null = null): void =>
      setState({ step, name, plan, at, fault });
    show('running');
    try {
      while (at < plan.add.length && !isStopped.current) {
        const add = plan.add.slice(at, at + LOT);
        await api.post('curation/phrase-table/lots', { draft, add });
        at += add.length;
        show('running');
      }
      show(at < plan.add.length ? 'stopped' : 'done');
    } catch (error) {
      if (!isApiError(error)) throw error;
      show('stopped', error.message);
    } finally {
      onApplied();
    }
  }

  return {
    state,
    read,
    run,
    stop: () => {
      isStopped.current = true;
    },
    restart: () => setState(CHOOSING),
  };
}

/** Which columns are missing is said in the words of the form. */
function sayFault({ code, message, details }: ApiError): string {
  const { columns, missing } = tableWords;
  if (code !== 'phrase_table_without_columns') return message;
  return missing(details.map((name) => columns[name as keyof typeof columns] ?? name));
}

async function readTable(draft: string, file: File): Promise<PhraseTablePlan> {
  const form = new FormData();
  form.append(FIELD, file);
  let response: Response;
  try {
    response = await fetch(addressOf('curation/phrase-table', { draft }), { method: 'POST', body: form });
  } catch {
    throw createApiError('offline', copy.failures.offline);
  }
  if (!response.ok) throw await readError(response);
  return response.json() as Promise<PhraseTablePlan>;
}
