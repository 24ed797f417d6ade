/** What the driver tells of its commands: how long they take, and for whom they are. */
import type { mongo } from 'mongoose';
import { currentScope } from '../kernel/scope.ts';
import type { Span, Tracing } from '../kernel/tracing.ts';

/**
 * Tells how long each command took. A connection is taken for one command and given back, which the driver tells in any
 * case; its events of commands would have it read every answer of the database twice.
 */
export function timeCommands(client: mongo.MongoClient, listener: (tookMs: number) => void): void {
  const begun = new Map<string, Map<number | '<monitor>', number>>();
  client.on('connectionCheckedOut', ({ address, connectionId }) => {
    const connections = begun.get(address) ?? new Map<number | '<monitor>', number>();
    begun.set(address, connections.set(connectionId, performance.now()));
  });
  client.on('connectionCheckedIn', ({ address, connectionId }) => {
    const at = begun.get(address)?.get(connectionId);
    if (at !== undefined) listener(performance.now() - at);
  });
  client.on('connectionClosed', ({ address, connectionId }) => begun.get(address)?.delete(connectionId));
}

/** A span for each command that a request waits for, or the first of several that share it: its name and its collection, nothing of what is in it. */
export function traceCommands(client: mongo.MongoClient, tracing: Tracing): void {
  const spans = new Map<number, Span>();
  client.on('commandStarted', ({ requestId, commandName, command }) => {
    // The desk's own work, many times a second, is nobody's request.
    if (currentScope()?.span === undefined) return;
    const collection: unknown = command[commandName === 'getMore' ? 'collection' : commandName];
    const span = tracing.begin(`store ${commandName}`, 'client', {
      'db.system.name': 'mongodb',
      'db.operation.name': commandName,
      ...(typeof collection === 'string' ? { 'db.collection.name': collection } : {}),
    });
    spans.set(requestId, span);
  });
  const end = (requestId: number, failure: string | null): void => {
    spans.get(requestId)?.end(failure);
    spans.delete(requestId);
  };
  client.on('commandSucceeded', ({ requestId }) => end(requestId, null));
  client.on('commandFailed', ({ requestId, failure }) => end(requestId, failure.name));
}
