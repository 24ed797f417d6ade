/** What the chat asks of the desk over plain HTTP. null: it could not be had. */
import type { AnswerRequest, AnswerResponse, FaqList } from '../src/contracts/answers.ts';

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

/** The conversation as plain text. */
export function fetchTranscript(bearer: string): Promise<string | null> {
  const headers = { authorization: `Bearer ${bearer}` };
  return fetchBody('conversation/transcript', { headers }, (response) => response.text());
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
