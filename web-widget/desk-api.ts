/** What the chat asks of the desk over plain HTTP. null: it could not be had. */
import type { AnswerRequest, AnswerResponse, FaqList } from '../src/contracts/answers.ts';
import type { AttachmentView } from '../src/contracts/attachments.ts';

/** Beside the chat: the desk may live under a path of its host. */
export function deskUrl(path: string): URL {
  return new URL(path, location.href);
}

const GIVE_UP_AFTER_MS = 10_000;

export function askDesk(request: AnswerRequest): Promise<AnswerResponse | null> {
  return fetchBody(
    'answers',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(request) },
    (response) => response.json() as Promise<AnswerResponse>,
  );
}

export function fetchFaq(): Promise<FaqList | null> {
  return fetchBody('faq', {}, (response) => response.json() as Promise<FaqList>);
}

/** All that was said, in earlier conversations too, as plain text. */
export function fetchTranscript(bearer: string): Promise<string | null> {
  const headers = { authorization: `Bearer ${bearer}` };
  return fetchBody('conversation/transcript?all=true', { headers }, (response) => response.text());
}

async function fetchBody<Body>(
  path: string,
  init: RequestInit,
  read: (response: Response) => Promise<Body>,
): Promise<Body | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), GIVE_UP_AFTER_MS);
  try {
    const response = await fetch(deskUrl(`api/v1/${path}`), { ...init, signal: abort.signal });
    return response.ok ? await read(response) : null;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** Why it did not work. */
export interface UploadFailure {
  readonly code: string;
  /** The desk's own sentence; null: the desk was not reached, or did not say. */
  readonly message: string | null;
}
export type Uploaded = { readonly file: AttachmentView } | { readonly failure: UploadFailure };

/** The same as in src/contracts/attachments.ts (held together by a test). */
export const ATTACHMENT_FIELD = 'file';
/** So long without a sign of progress, and the network is taken for gone. */
const STALLED_AFTER_MS = 30_000;

/**
 * @param path below /api/v1
 * @param onProgress is told the share that has been sent, 0 … 1; a request that `fetch` makes would not say
 */
export function uploadFile(
  path: string,
  content: Blob,
  name: string,
  bearer: string,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const giveUp = (): void => request.abort();
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, STALLED_AFTER_MS);
    };
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      resolve(readUploaded(request.status, request.responseText));
    };
    request.onloadend = end;
    request.upload.onprogress = ({ loaded, total }) => {
      wait();
      onProgress(total > 0 ? loaded / total : 0);
    };
    signal.addEventListener('abort', giveUp);
    const form = new FormData();
    form.append(ATTACHMENT_FIELD, content, name);
    request.open('POST', deskUrl(`api/v1/${path}`).href);
    request.setRequestHeader('authorization', `Bearer ${bearer}`);
    wait();
    request.send(form);
  });
}

/** @param status 0: no answer came */
function readUploaded(status: number, body: string): Uploaded {
  try {
    const answer = JSON.parse(body) as AttachmentView & { readonly error?: UploadFailure };
    return status === 201 ? { file: answer } : { failure: answer.error ?? UNKNOWN };
  } catch {
    // Not from the desk, but from whatever stands before it.
    return { failure: status === 413 ? TOO_LARGE : UNKNOWN };
  }
}

const UNKNOWN: UploadFailure = { code: 'unreachable', message: null };
export const TOO_LARGE: UploadFailure = { code: 'attachment_too_large', message: null };
