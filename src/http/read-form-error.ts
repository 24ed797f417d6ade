/** What is wrong with a form that was posted. */
import { MulterError } from 'multer';
import { AppError } from '../kernel/app-error.ts';

/**
 * What the reader of forms says as an error of ours; everything else stays what it is.
 * @param field of the form that holds the file
 * @param tooLarge the code for a file that is larger than it may be
 */
export function readFormError(error: unknown, field: string, tooLarge: string): unknown {
  if (error instanceof MulterError) {
    const code = error.code === 'LIMIT_FILE_SIZE' ? tooLarge : 'invalid_request';
    return new AppError({ code, message: field, cause: error });
  }
  // The reader of forms throws plain errors with nothing to tell them by but their words.
  const isForm =
    error instanceof Error &&
    /multipart|boundary|malformed|unexpected end|request (aborted|closed)/i.test(error.message);
  return isForm ? new AppError({ code: 'invalid_request', message: field, cause: error }) : error;
}
