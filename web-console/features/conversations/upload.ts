/** Uploads one file and says how far it is, which fetch cannot. */

import type { ErrorBody } from '../../../src/contracts/answers.ts';
import type { AttachmentView } from '../../../src/contracts/attachments.ts';
import { addressOf } from '../../api.ts';

export type Upload =
  | { readonly ok: true; readonly file: AttachmentView }
  | { readonly ok: false; readonly message: string | null };

/** @param onProgress 0 … 1 */
export function uploadFile(
  file: File,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Upload> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file);
    request.open('POST', addressOf('attachments'));
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      if (request.status < 300) resolve({ ok: true, file: request.response as AttachmentView });
      else
        resolve({
          ok: false,
          message: (request.response as Partial<ErrorBody> | null)?.error?.message ?? null,
        });
    };
    request.onerror = () => resolve({ ok: false, message: null });
    request.onabort = () => resolve({ ok: false, message: null });
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
