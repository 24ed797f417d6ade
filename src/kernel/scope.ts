/** What is being worked on: every line that is logged meanwhile says so, however deep it comes from. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface Scope {
  /** Of the request over HTTP, or of the command of a socket; none: the desk's own work. */
  readonly requestId?: string | undefined;
  /** The conversation that it is about, once that is known. */
  conversation?: string | undefined;
  /** Of the trace that is kept of it, if one is; opaque here. */
  readonly span?: unknown;
}

const scopes = new AsyncLocalStorage<Scope>();

export const currentScope = (): Scope | undefined => scopes.getStore();

/** Does something, and all that follows from it, within a scope. */
export const inScope = <Result>(scope: Scope, work: () => Result): Result => scopes.run(scope, work);

/** Does something about a conversation: whoever asked for it learns which one it was. */
export function inConversation<Result>(conversation: string, work: () => Result): Result {
  const outer = scopes.getStore();
  if (outer !== undefined) outer.conversation ??= conversation;
  return scopes.run({ ...outer, conversation }, work);
}
