/** Whatever goes wrong → one error body with the status of its code. */
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { ErrorBody } from '../contracts/answers.ts';
import { ERROR_CODES, type ErrorCode } from '../contracts/error-codes.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';
import { REFUSED_FOR } from './watch-requests.ts';

/** Types that body-parser gives its errors. */
const BODY_ERRORS: Readonly<Record<string, ErrorCode>> = {
  'entity.parse.failed': 'invalid_json',
  'entity.too.large': 'payload_too_large',
  'encoding.unsupported': 'unsupported_media_type',
  'charset.unsupported': 'unsupported_media_type',
  'request.aborted': 'invalid_request',
  'request.size.invalid': 'invalid_request',
};

export const answerNotFound: RequestHandler = (_request, response) => {
  sendError(response, 'not_found');
};

/** @param isStoreAway is it an error of a store that is out of reach? */
export function createErrorHandler(
  isStoreAway: (error: unknown) => boolean,
  logger: Logger,
): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, next) => {
    const code = isStoreAway(error) ? 'store_unavailable' : codeOf(error);
    if (code === 'internal') logger.error({ err: error }, 'request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    const known = error instanceof AppError ? error : null;
    const field = known !== null && code === 'invalid_request' ? [known.message] : [];
    sendError(response, code, [...field, ...(known?.details ?? [])], known ?? undefined);
  };
}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof AppError)
    return Object.hasOwn(ERROR_CODES, error.code) ? (error.code as ErrorCode) : 'internal';
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (typeof type === 'string' && BODY_ERRORS[type] !== undefined) return BODY_ERRORS[type];
  return typeof status === 'number' && status >= 400 && status < 500 ? 'invalid_request' : 'internal';
}

/** Answers with the code's status, its sentence, the fields at fault, and when it is worth trying again. */
export function sendError(
  response: {
    locals: Record<string, unknown>;
    set: (header: string, value: string) => unknown;
    status: (status: number) => { json: (body: ErrorBody) => unknown };
  },
  code: ErrorCode,
  details: readonly string[] = [],
  { retryAfterMs, challenge }: Partial<Pick<AppError, 'retryAfterMs' | 'challenge'>> = {},
): void {
  const { status, message } = ERROR_CODES[code];
  response.locals[REFUSED_FOR] = code;
  if (retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
  response.status(status).json({
    error: {
      code,
      message,
      ...(details.length > 0 ? { details: [...details] } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(challenge === undefined ? {} : { challenge }),
    },
  });
}
