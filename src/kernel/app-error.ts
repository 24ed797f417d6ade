/** Something to be solved before it is worth trying again. `pow`: numbers to be found, as contracts/challenge.ts says. */
export interface Challenge {
  readonly kind: 'pow';
  readonly token: string;
  readonly seed: string;
  readonly bits: number;
  readonly parts: number;
}

/** An error whose code and sentence may be shown to the one who caused it. */
export class AppError extends Error {
  readonly code: string;
  /** To be shown beside the sentence of the code. */
  readonly details: readonly string[];
  /** Worth trying again by itself, after this time. */
  readonly retryAfterMs: number | undefined;
  /** To be solved first. */
  readonly challenge: Challenge | undefined;

  constructor(options: {
    readonly code: string;
    readonly message: string;
    readonly details?: readonly string[];
    readonly retryAfterMs?: number;
    readonly challenge?: Challenge;
    readonly cause?: unknown;
  }) {
    super(options.message, { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
    this.details = options.details ?? [];
    this.retryAfterMs = options.retryAfterMs;
    this.challenge = options.challenge;
  }
}
