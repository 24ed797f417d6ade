/** Traces as the rooms need them. What keeps them stands behind it (src/app/open-tracing.ts), where they are wanted at all. */
import { currentScope, inScope } from './scope.ts';

/** Harmless values only: nothing of what people typed, no numbers of persons. */
export type SpanAttributes = Readonly<Record<string, string | number>>;

export interface Span {
  readonly set: (attributes: SpanAttributes) => void;
  /** @param failure a code, or what kind of error it was; null: it went well */
  readonly end: (failure: string | null) => void;
  /** What a scope holds, so that what is done in it becomes part of this. */
  readonly handle: unknown;
}

export interface Tracing {
  /** Begins a part of what the current scope is about; without a scope, something of its own. */
  readonly begin: (name: string, kind: 'server' | 'internal' | 'client', attributes: SpanAttributes) => Span;
}

/** Does something that takes no waiting, as a part of the current scope. */
export function trace<Result>(tracing: Tracing | undefined, name: string, work: () => Result): Result {
  if (tracing === undefined) return work();
  const span = tracing.begin(name, 'internal', {});
  let failure: string | null = 'failed';
  try {
    const result = inScope({ ...currentScope(), span: span.handle }, work);
    failure = null;
    return result;
  } finally {
    span.end(failure);
  }
}
