/** Holding a request against its contract. */
import type { Request } from 'express';
import type { z } from 'zod';
import { ERROR_CODES } from '../contracts/error-codes.ts';
import { AppError } from '../kernel/app-error.ts';

/**
 * The request's JSON body as the contract has it.
 * @throws AppError with the code of the first rule broken, else `invalid_request` that names the field
 */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  if (request.body === undefined)
    throw new AppError({ code: 'unsupported_media_type', message: 'no JSON body' });
  return parse(schema, request.body);
}

/** The query string as the contract has it; errors as for the body. */
export function parseQuery<T>(schema: z.ZodType<T>, request: Request): T {
  return parse(schema, request.query);
}

/** A part of the path as the contract has it; errors as for the body. */
export function parseParam<T>(schema: z.ZodType<T>, request: Request, name: string): T {
  return parse(schema, request.params[name]);
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.map(String).join('.') || 'body';
  const named = issue !== undefined && Object.hasOwn(ERROR_CODES, issue.message);
  // A rule of our own may say what exactly breaks it.
  const params = issue?.code === 'custom' ? issue.params : undefined;
  const details: unknown = params?.['details'];
  throw new AppError({
    code: named ? issue.message : 'invalid_request',
    message: where,
    details: Array.isArray(details) ? details.map(String) : [],
    cause: parsed.error,
  });
}
