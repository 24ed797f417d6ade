/** Sending a form: one at a time, and the desk's objections at the fields they are about. */
import { useRef, useState } from 'react';
import type { ErrorCode } from '../../src/contracts/error-codes.ts';
import { isApiError } from '../api.ts';
import { copy } from '../copy.ts';

export interface Submission<Field extends string> {
  readonly isBusy: boolean;
  /** At fields. */
  readonly faults: Readonly<Partial<Record<Field, string>>>;
  /** At the form as a whole. */
  readonly fault: string | null;
  /** @returns whether it went through */
  readonly submit: (run: () => Promise<void>) => Promise<boolean>;
  /** Objections of the form's own, before anything is sent. */
  readonly object: (faults: Partial<Record<Field, string>>) => void;
}

/**
 * @param fields as the contract names them: they get what `invalid_request` says against them
 * @param codes which field another code is about
 */
export function useSubmission<Field extends string>(
  fields: readonly Field[],
  codes: Partial<Record<ErrorCode, Field>> = {},
): Submission<Field> {
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Partial<Record<Field, string>>>({});
  const [fault, setFault] = useState<string | null>(null);
  const running = useRef(false);

  function blame(error: unknown): void {
    if (!isApiError(error)) throw error;
    const named = codes[error.code as ErrorCode];
    const path = error.code === 'invalid_request' ? error.details[0] : undefined;
    const field = named ?? fields.find((name) => path === name || path?.startsWith(`${name}.`));
    if (field === undefined) setFault(error.message);
    else
      setFaults({
        [field]: named === undefined ? copy.failures.fieldInvalid : error.message,
      } as Partial<Record<Field, string>>);
  }

  return {
    isBusy,
    faults,
    fault,
    object: (own) => {
      setFault(null);
      setFaults(own);
    },
    async submit(run) {
      if (running.current) return false;
      running.current = true;
      setBusy(true);
      setFaults({});
      setFault(null);
      try {
        await run();
        return true;
      } catch (error) {
        blame(error);
        return false;
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
  };
}
