/** An error whose code and sentence may be shown to the one who caused it. */
export class AppError extends Error {
  readonly code: string;

  constructor(options: { readonly code: string; readonly message: string; readonly cause?: unknown }) {
    super(options.message, { cause: options.cause });
    this.name = 'AppError';
    this.code = options.code;
  }
}
