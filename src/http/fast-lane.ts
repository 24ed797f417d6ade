/**
 * The short way for the one endpoint that other programs ask all the time: a plain request is answered from what Node.js
 * hands over, without the layers that Express puts around it (docs/decisions/032-fast-lane.md). Whatever is out of the
 * ordinary goes the whole way, its body put back: what is wrong with a request is known in one place, and not here.
 */
import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, RequestListener } from 'node:http';
import { networkOf } from '../kernel/network.ts';
import { addressBehind } from '../kernel/trusted-proxies.ts';
import type { RequestGuard } from './guard-requests.ts';
import type { HttpAppDeps } from './http-app.ts';
import { listSecurityHeaders } from './security-headers.ts';
import { createWatch } from './watch-requests.ts';

/** An endpoint that takes POST of JSON and never has to wait. */
export interface FastLane {
  /** Such as /api/v1/answers. */
  readonly path: string;
  /** @returns the answer's JSON; null: it is for Express to say what is wrong */
  readonly answer: (body: unknown) => Buffer | null;
}

/** Longer ones are nobody's question. */
const LONGEST_BODY = 16_384;
const JSON_TYPE = /^application\/json(?:; ?charset=utf-8)?$/i;

/** @param app the whole way */
export function openFastLane(app: RequestListener, lane: FastLane, deps: HttpAppDeps): RequestListener {
  const { guard, watch = {}, isTrustedProxy = () => false } = deps;
  // Proofs are waited for, and traces show what is inside of a request: both are for the whole way.
  if (guard === undefined || guard.admitAnswer !== null || watch.tracing !== undefined) return app;
  const beginWatch = createWatch(watch, deps.logger);
  const headers = [...listSecurityHeaders().flat(), 'content-type', 'application/json; charset=utf-8'];

  /** @returns null also where it failed: it fails again on the whole way, which says so */
  const answer = (body: Buffer): Buffer | null => {
    if (!isUtf8(body)) return null;
    try {
      return lane.answer(JSON.parse(body.toString()));
    } catch {
      return null;
    }
  };

  return (request, response) => {
    const startedAt = performance.now();
    const length = request.url === lane.path && watch.isDraining?.() !== true ? lengthOfPlain(request) : null;
    if (length === null) return app(request, response);
    const address = addressBehind(
      request.socket.remoteAddress ?? '',
      request.headers['x-forwarded-for'],
      isTrustedProxy,
    );
    const done = admit(guard, networkOf(address));
    if (done === null) return app(request, response);
    response.once('close', done);
    readWhole(request, length, (body) => {
      const bytes = answer(body);
      if (bytes === null) {
        done();
        request.unshift(body);
        app(request, response);
        request.resume();
        return;
      }
      const { requestId } = beginWatch(request, response, startedAt);
      response.writeHead(200, [
        'x-request-id',
        requestId,
        ...headers,
        'content-length',
        String(bytes.length),
      ]);
      response.end(bytes);
      request.resume();
    });
  };
}

/** The length of its body, where there is nothing about a request but a question. */
function lengthOfPlain({ method, headers }: IncomingMessage): number | null {
  if (method !== 'POST' || headers['content-encoding'] !== undefined) return null;
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) return null;
  const length = Number(headers['content-length'] ?? Number.NaN);
  return length > 0 && length <= LONGEST_BODY ? length : null;
}

/** @returns tells that it is done; null: it is for Express to say why not */
function admit(guard: RequestGuard, network: string): (() => void) | null {
  try {
    const mayAsk = guard.takeRequest(network).allowed && guard.takeAnswer(network).allowed;
    return mayAsk ? guard.begin() : null;
  } catch {
    return null;
  }
}

/** Where the request ends early nobody is waiting any more. */
function readWhole(request: IncomingMessage, length: number, then: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  let missing = length;
  const take = (chunk: Buffer): void => {
    chunks.push(chunk);
    missing -= chunk.length;
    if (missing > 0) return;
    request.off('data', take).pause();
    then(chunks.length === 1 ? chunk : Buffer.concat(chunks));
  };
  request.on('data', take);
}
