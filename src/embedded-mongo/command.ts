/** A command as a driver sends it, and what its handlers work with. */
import type { Collection } from './catalog.ts';
import type { Cursors } from './cursors.ts';
import { MongoFault } from './fault.ts';
import { type Document, decode, isArray, joinFields, rawFields, rawValue } from './raw-bson.ts';
import type { Store } from './store.ts';

export interface Command {
  /** Its name, such as `find`; the value of this field is often the collection's name. */
  readonly name: string;
  readonly database: string;
  /** The command but for its lists of documents. */
  readonly body: Document;
  readonly rawBody: Buffer;
  /** A list of documents (`documents`, `updates`, `deletes`) as bytes, from wherever the driver put it. */
  readonly list: (name: string) => readonly Buffer[];
}

export interface Server {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly startedAt: number;
}

/** Answers a command: a document, or a whole reply as bytes. */
export type Handler = (command: Command, server: Server) => Promise<Document | Buffer> | Document | Buffer;

const LISTS = new Set(['documents', 'updates', 'deletes']);

/**
 * @param raw the body section of the message
 * @param sequences the document sequences beside it
 * @throws MongoFault when it has no database
 */
export function readCommand(raw: Buffer, sequences: ReadonlyMap<string, readonly Buffer[]>): Command {
  const fields = rawFields(raw);
  const lists = new Map(sequences);
  const rest = fields.filter((field) => {
    if (!LISTS.has(field.name) || !isArray(field)) return true;
    const array = rawValue(raw, field);
    lists.set(field.name, rawFields(array).map((item) => rawValue(array, item)));
    return false;
  });
  const rawBody = joinFields(rest.map(({ start, end }) => raw.subarray(start, end)));
  const body = decode(rawBody);
  const database = body['$db'];
  if (typeof database !== 'string') throw new MongoFault('FailedToParse', 'OP_MSG requests require a $db argument');
  return { name: fields[0]?.name ?? '', database, body, rawBody, list: (name) => lists.get(name) ?? [] };
}

/** `database.collection`. @throws MongoFault InvalidNamespace */
export function namespaceOf({ name, database, body }: Command): string {
  const collection = body[name];
  if (typeof collection !== 'string') {
    throw new MongoFault('InvalidNamespace', `collection name has invalid type for ${name}`);
  }
  return checkNamespace(`${database}.${collection}`);
}

/** @throws MongoFault InvalidNamespace */
export function checkNamespace(namespace: string): string {
  const name = namespace.slice(namespace.indexOf('.') + 1);
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.') || name.endsWith('.') || namespace.length > 255) {
    throw new MongoFault('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  }
  return namespace;
}

/** @throws MongoFault NamespaceNotFound */
export function existing(server: Server, namespace: string): Collection {
  const found = server.store.find(namespace);
  if (found === undefined) throw new MongoFault('NamespaceNotFound', `ns does not exist: ${namespace}`);
  return found;
}

/** The collection, made when it is not there. Only inside `write`. */
export const ensured = ({ store }: Server, namespace: string): Collection =>
  store.find(namespace) ?? store.createCollection(namespace);

/** A number of a command, whatever BSON type it came as. */
export const numberOf = (value: unknown, otherwise = 0): number => (value === undefined || value === null ? otherwise : Number(value));

/** Refuses what would change the meaning of a command if it were passed over. */
export function checkOptions({ name, body }: Command): void {
  if (body['txnNumber'] !== undefined || body['startTransaction'] !== undefined || body['autocommit'] !== undefined) {
    throw new MongoFault('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  const collation = body['collation'] as Document | undefined;
  if (collation !== undefined && collation['locale'] !== 'simple') {
    throw new MongoFault('CommandNotSupported', `${name}: collation is not supported by the embedded store`);
  }
  const w = (body['writeConcern'] as Document | undefined)?.['w'];
  if (typeof w === 'number' && w > 1) {
    throw new MongoFault('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  }
}
