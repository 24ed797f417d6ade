/** A table of offices on its way into the directory: read as a whole, then applied lot by lot. */
import { useRef, useState } from 'react';
import type { ImportLot, ImportPlan, ImportResult } from '../../../src/contracts/office-directory.ts';
import { addressOf, api, createApiError, isApiError, readError } from '../../api.ts';
import { copy } from '../../copy.ts';

/** As many as the desk takes at once. */
const LOT = 50;

export interface Applied {
  readonly added: number;
  readonly changed: number;
  readonly conflicts: readonly string[];
}
export type ImportState =
  | { readonly step: 'choosing'; readonly fault: string | null }
  | { readonly step: 'reading' }
  | { readonly step: 'looking'; readonly name: string; readonly plan: ImportPlan }
  | {
      readonly step: 'running' | 'stopped' | 'done';
      readonly name: string;
      readonly plan: ImportPlan;
      /** Rows that are dealt with. */
      readonly at: number;
      readonly applied: Applied;
      /** Why it broke off. */
      readonly fault: string | null;
    };

const NOTHING: Applied = { added: 0, changed: 0, conflicts: [] };
export const CHOOSING: ImportState = { step: 'choosing', fault: null };

export function useOfficeImport(onApplied: () => void) {
  const [state, setState] = useState<ImportState>(CHOOSING);
  const isStopped = useRef(false);

  async function read(file: File): Promise<void> {
    setState({ step: 'reading' });
    try {
      setState({ step: 'looking', name: file.name, plan: await readTable(file) });
    } catch (error) {
      if (!isApiError(error)) throw error;
      setState({ step: 'choosing', fault: error.message });
    }
  }

  /** Goes on where it stopped; what was applied before the answer was lost does no harm a second time. */
  async function run(): Promise<void> {
    if (state.step !== 'looking' && state.step !== 'stopped') return;
    const { name, plan } = state;
    isStopped.current = false;
    let at = state.step === 'stopped' ? state.at : 0;
    let applied = state.step === 'stopped' ? state.applied : NOTHING;
    const show = (step: 'running' | 'stopped' | 'done', fault: string | null = null): void =>
      setState({ step, name, plan, at, applied, fault });
    show('running');
    try {
      while (at < plan.rows.length && !isStopped.current) {
        const rows = plan.rows.slice(at, at + LOT);
        const lot: ImportLot = { name, rows: rows.map(({ office, revision }) => ({ office, revision })) };
        const { added, changed, conflicts } = await api.post<ImportResult>('office-table/lots', lot);
        at += rows.length;
        applied = {
          added: applied.added + added.length,
          changed: applied.changed + changed.length,
          conflicts: [...applied.conflicts, ...conflicts],
        };
        show('running');
      }
      show(at < plan.rows.length ? 'stopped' : 'done');
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

async function readTable(file: File): Promise<ImportPlan> {
  const form = new FormData();
  form.append('file', file);
  let response: Response;
  try {
    response = await fetch(addressOf('office-table'), { method: 'POST', body: form });
  } catch {
    throw createApiError('offline', copy.failures.offline);
  }
  if (!response.ok) throw await readError(response);
  return response.json() as Promise<ImportPlan>;
}
