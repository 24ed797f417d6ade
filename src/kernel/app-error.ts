/** An error whose code and sentence may be shown to the one who caused it. */
export class AppError extends Error {
  readonly code: string;
  /** To be shown beside the sentence of the code. */
  readonly details: readonly string[];
  /** Worth trying again by itself, after this time. */
  readonly retryAfterMs: number | undefined;

  constructor(options: {
    readonly code: string;
    readonly message: string;
    readonly details?: readonly string[];
    readonly retryAfterMs?: number;
    readonly cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
    this.details = options.details ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }
}
