/** The server as the page sees it: every call ends in a value or in a sentence for the person. */
import type {
  AnswerRequest,
  AnswerResponse,
  ErrorBody,
  FaqEntryView,
  FaqList,
  Platform,
} from '../src/contracts/answers.ts';
import { COPY } from './copy.vi.ts';

export type Reply<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string };

const GIVE_UP_AFTER_MS = 10_000;

export function askQuestion(
  text: string,
  platform: Platform | undefined,
  lastIntent: string | undefined,
): Promise<Reply<AnswerResponse>> {
  // JSON leaves out what is undefined.
  const body = { text, platform, context: { lastIntent } } as AnswerRequest;
  return call('answers', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export function fetchEntry(id: string, platform: Platform | undefined): Promise<Reply<FaqEntryView>> {
  return call(`faq/${encodeURIComponent(id)}${platform === undefined ? '' : `?platform=${platform}`}`);
}

export function fetchFaq(): Promise<Reply<FaqList>> {
  return call('faq');
}

async function call<Value>(path: string, init?: RequestInit): Promise<Reply<Value>> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), GIVE_UP_AFTER_MS);
  try {
    const response = await fetch(`/api/v1/${path}`, { ...init, signal: abort.signal });
    if (!response.ok) return { ok: false, message: await sentenceOf(response) };
    return { ok: true, value: (await response.json()) as Value };
  } catch {
    if (abort.signal.aborted) return { ok: false, message: COPY.tooSlow };
    return { ok: false, message: navigator.onLine ? COPY.unreachable : COPY.offline };
  } finally {
    clearTimeout(timer);
  }
}

/** The server's own sentence; a proxy in front of it has none. */
async function sentenceOf(response: Response): Promise<string> {
  try {
    const body = (await response.json()) as Partial<ErrorBody>;
    return body.error?.message || COPY.broken;
  } catch {
    return COPY.broken;
  }
}
