/** The desk's endpoints for the staff, from the browser: JSON both ways, every failure an ApiError. */
import type { ErrorBody } from '../src/contracts/answers.ts';
import type { ErrorCode } from '../src/contracts/error-codes.ts';
import { copy } from './copy.ts';

/** `offline`: the desk could not be reached; `unreadable`: something answered that is not the desk. */
export type ApiErrorCode = ErrorCode | 'offline' | 'unreadable';

/** What went wrong, in the desk's own words. An Error, because that is what promises are refused with. */
export interface ApiError extends Error {
  readonly name: 'ApiError';
  readonly code: ApiErrorCode;
  /** Of `invalid_request`: the field at fault; else what the code's description says. */
  readonly details: readonly string[];
}

export function createApiError(
  code: ApiErrorCode,
  message: string,
  details: readonly string[] = [],
): ApiError {
  return Object.assign(new Error(message), { name: 'ApiError' as const, code, details });
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === 'ApiError';
}

const ROOT = '/api/v1/staff/';

/** Told when the desk no longer knows the session (`signed_out`), or wants another password first. */
type Refusal = 'signed_out' | 'password_change_required';
const refusalListeners = new Set<(refusal: Refusal) => void>();
export function onRefusal(listener: (refusal: Refusal) => void): () => void {
  refusalListeners.add(listener);
  return () => refusalListeners.delete(listener);
}

export type QueryValues = Readonly<Record<string, string | number | undefined>>;

/** `path` and the query that is set, such as `audit?action=session.started`; empty values are left out. */
export function addressOf(path: string, query: QueryValues = {}): string {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') values.set(name, String(value));
  const text = values.toString();
  return ROOT + path + (text === '' ? '' : `?${text}`);
}

async function call<T>(method: string, path: string, body?: unknown, query?: QueryValues): Promise<T> {
  let response: Response;
  try {
    response = await fetch(addressOf(path, query), {
      method,
      headers: method === 'GET' ? {} : { 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    });
  } catch {
    throw createApiError('offline', copy.failures.offline);
  }
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  throw await readError(response);
}

/** The error that a refused response carries; also tells those who wait for `signed_out`. */
export async function readError(response: Response): Promise<ApiError> {
  const { error } = await response.json().then(
    (body: Partial<ErrorBody>) => body,
    () => ({ error: undefined }),
  );
  if (error === undefined) return createApiError('unreadable', copy.failures.unreadable);
  const code = error.code as ErrorCode;
  if (code === 'signed_out' || code === 'password_change_required')
    for (const listener of refusalListeners) listener(code);
  return createApiError(code, error.message, error.details ?? []);
}

/** `await api.get<AccountList>('accounts')`: paths below /api/v1/staff. @throws ApiError */
export const api = {
  get: <T>(path: string, query?: QueryValues) => call<T>('GET', path, undefined, query),
  post: <T>(path: string, body?: unknown) => call<T>('POST', path, body),
  put: <T>(path: string, body?: unknown) => call<T>('PUT', path, body),
  patch: <T>(path: string, body?: unknown) => call<T>('PATCH', path, body),
  delete: <T>(path: string, body?: unknown) => call<T>('DELETE', path, body),
};
