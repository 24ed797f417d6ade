import type { RequestHandler } from 'express';
import { AppError } from '../kernel/app-error.ts';

/** Behind the methods that an address takes: every other one is refused. */
export const refuseMethod: RequestHandler = (request) => {
  throw new AppError({ code: 'method_not_allowed', message: request.method });
};
