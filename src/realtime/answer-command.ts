/** Parse and acknowledge: what every command of a socket has in common. */
import type { z } from 'zod';
import type { Ack, ChatError } from '../contracts/chat.ts';
import { ERROR_CODES, type ErrorCode } from '../contracts/error-codes.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Logger } from '../kernel/logger.ts';

export interface CommandDeps {
  readonly logger: Logger;
  /** Is it an error of a store that is out of reach? */
  readonly isStoreAway: (error: unknown) => boolean;
  /** Around what a command does: may count it, or put it off. Left out: it is done. */
  readonly carryOut?: <Result>(perform: () => Promise<Result> | Result) => Promise<Result>;
}

/** How long a client waits before it tries by itself again. */
const RETRY_AFTER_MS = 2_000;

/**
 * A listener for one command: holds the body against its contract, does it, and acknowledges how it went. A
 * client that wants no acknowledgement gets none; what goes wrong is then only logged.
 */
export function answerCommand<Body, Data>(
  schema: z.ZodType<Body>,
  perform: (body: Body) => Promise<Data> | Data,
  deps: CommandDeps,
): (...said: unknown[]) => Promise<void> {
  return async (...said) => {
    // Whatever stands between the body and it: nobody waits for an answer in vain.
    const acknowledge = said.at(-1);
    const body = typeof said[0] === 'function' ? undefined : said[0];
    const answer = (ack: Ack<Data>): void => {
      if (typeof acknowledge === 'function') acknowledge(ack);
    };
    try {
      const parsed = schema.safeParse(body);
      if (!parsed.success) {
        const message = parsed.error.issues[0]?.message ?? '';
        answer({
          ok: false,
          error: describe(Object.hasOwn(ERROR_CODES, message) ? (message as ErrorCode) : 'invalid_request'),
        });
        return;
      }
      const { data } = parsed;
      answer({ ok: true, data: await (deps.carryOut?.(() => perform(data)) ?? perform(data)) });
    } catch (error) {
      answer({ ok: false, error: toChatError(error, deps) });
    }
  };
}

export function toChatError(error: unknown, { logger, isStoreAway }: CommandDeps): ChatError {
  const isKnownAway = error instanceof AppError && error.code === 'store_unavailable';
  if (isKnownAway || isStoreAway(error))
    return { ...describe('store_unavailable'), retryAfterMs: RETRY_AFTER_MS };
  if (error instanceof AppError && Object.hasOwn(ERROR_CODES, error.code)) {
    const { details, retryAfterMs, challenge } = error;
    return {
      ...describe(error.code as ErrorCode),
      ...(details.length > 0 ? { details } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      ...(challenge === undefined ? {} : { challenge }),
    };
  }
  logger.error({ err: error }, 'a command failed');
  return describe('internal');
}

function describe(code: ErrorCode): ChatError {
  return { code, message: ERROR_CODES[code].message };
}
