/** One file out of a multipart form, on its way into the store while it arrives. */
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import { ATTACHMENT_FIELD, LARGEST_ATTACHMENT } from '../contracts/attachments.ts';
import { readFormError } from '../http/read-form-error.ts';
import { AppError } from '../kernel/app-error.ts';
import type { Attachment, Owner } from './attachment.ts';
import type { Attachments } from './attachments.ts';

/**
 * @throws AppError `too_many_attachments`, `attachment_type`, `attachment_too_large`, `store_unavailable`;
 *   `invalid_request` when the form is broken or holds no file
 */
export async function receiveFile(
  attachments: Pick<Attachments, 'admit' | 'store' | 'remove'>,
  owner: Owner,
  request: Request,
  response: Response,
): Promise<Attachment> {
  await attachments.admit(owner);
  let stored: Attachment | null = null;
  let storing: Promise<void> | undefined;
  const storage: StorageEngine = {
    _handleFile(_request, file, done) {
      storing = attachments.store(file.stream, file.originalname, owner).then(
        (attachment) => {
          stored = attachment;
          done(null, {});
        },
        (error: unknown) => done(error),
      );
    },
    // The form broke off, or was wrong, behind the file.
    _removeFile(_request, _file, done) {
      const id = stored?.id;
      stored = null;
      if (id === undefined) done(null);
      else attachments.remove(id).then(() => done(null), done);
    },
  };
  const readForm = multer({
    storage,
    limits: { files: 1, fields: 0, fileSize: LARGEST_ATTACHMENT },
    // Browsers send names in UTF-8 without saying so.
    defParamCharset: 'utf8',
  }).single(ATTACHMENT_FIELD);
  try {
    await new Promise<void>((resolve, reject) => {
      readForm(request, response, (error: unknown) =>
        error ? reject(readFormError(error, ATTACHMENT_FIELD, 'attachment_too_large')) : resolve(),
      );
    });
  } finally {
    // The reader of forms has done with a file that breaks off before the store has.
    await storing;
  }
  if (stored === null) throw new AppError({ code: 'invalid_request', message: ATTACHMENT_FIELD });
  return stored;
}
