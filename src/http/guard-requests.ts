/** What stands before the endpoints: how much one address may ask for, and putting contacts off while the load is high. */
import type { RequestHandler } from 'express';
import { SOLUTION_HEADER } from '../contracts/challenge.ts';
import { refuseTooMany, type Taken } from '../kernel/flood-limit.ts';
import { networkOf } from '../kernel/network.ts';

/** @param network as `networkOf` names where it comes from */
type Take = (network: string) => Taken;

export interface RequestGuard {
  readonly takeRequest: Take;
  readonly takeAnswer: Take;
  readonly takeUpload: Take;
  /** A question without a conversation. @throws AppError `challenge_required`; null: nobody has to prove anything */
  readonly admitAnswer: ((network: string, solution: string | undefined) => Promise<void>) | null;
  /** Takes something on for a contact. @returns tells that it is done. @throws AppError `busy` */
  readonly begin: () => () => void;
}

/** Everything below /api/v1, the staff's included. @throws AppError `too_many_requests` */
export function limitRequests({ takeRequest }: Pick<RequestGuard, 'takeRequest'>): RequestHandler {
  return (request, _response, next) => {
    refuseTooMany(takeRequest(networkOf(request.ip ?? '')));
    next();
  };
}

/**
 * What contacts ask for, below /api/v1, before their bodies are read.
 * @param uploadPaths where files are posted
 * @throws AppError `too_many_requests`, `busy`, `challenge_required`
 */
export function guardContacts(guard: RequestGuard, uploadPaths: ReadonlySet<string>): RequestHandler {
  return (request, response, next) => {
    const network = networkOf(request.ip ?? '');
    const isAnswer = request.method === 'POST' && request.path === '/answers';
    const isUpload = request.method === 'POST' && uploadPaths.has(request.path);
    const goOn = (): void => {
      if (isAnswer) refuseTooMany(guard.takeAnswer(network));
      if (isUpload) refuseTooMany(guard.takeUpload(network));
      // Also when whoever asked has gone.
      response.once('close', guard.begin());
      next();
    };
    if (!isAnswer || guard.admitAnswer === null) return goOn();
    return guard.admitAnswer(network, request.get(SOLUTION_HEADER)).then(goOn);
  };
}
