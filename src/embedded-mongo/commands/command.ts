/** A command as a driver sends it, and what its handlers work with. */
import { Long } from 'bson';
import { type Document, decode, isArray, joinFields, rawFields, rawValue } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import type { Collection } from '../store/catalog.ts';
import type { Store } from '../store/store.ts';
import type { Cursors } from '../wire/cursors.ts';

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
  /** How many drivers are connected. */
  readonly connections: () => number;
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
    lists.set(
      field.name,
      rawFields(array).map((item) => rawValue(array, item)),
    );
    return false;
  });
  const rawBody = joinFields(rest.map(({ start, end }) => raw.subarray(start, end)));
  const body = decode(rawBody);
  const database = body['$db'];
  if (typeof database !== 'string')
    throw new MongoFault('FailedToParse', 'OP_MSG requests require a $db argument');
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
  if (
    name === '' ||
    name.includes('$') ||
    name.includes('\0') ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    namespace.length > 255
  ) {
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

/** A number among a command's fields, 0 when it is not there. @throws MongoFault TypeMismatch */
export function numberOf(body: Document, name: string): number {
  const value = body[name] ?? 0;
  if (typeof value !== 'number' && !(value instanceof Long)) {
    throw new MongoFault(
      'TypeMismatch',
      `BSON field '${name}' is the wrong type '${typeof value}', expected a number`,
    );
  }
  return Number(value);
}

/** What any command may carry; of these only some mean something to a server that is alone. */
const GENERIC =
  '$db lsid $clusterTime $readPreference readConcern writeConcern maxTimeMS comment apiVersion apiStrict apiDeprecationErrors txnNumber autocommit startTransaction';
const QUERY = 'hint collation let';
/** The fields of the commands that carry much; a field that is none of them would be passed over in silence. */
const FIELDS: Readonly<Record<string, ReadonlySet<string>>> = Object.fromEntries(
  Object.entries({
    find: `filter sort projection skip limit batchSize singleBatch max min returnKey showRecordId tailable awaitData oplogReplay noCursorTimeout allowPartialResults allowDiskUse ${QUERY}`,
    aggregate: `pipeline cursor explain allowDiskUse bypassDocumentValidation ${QUERY}`,
    count: `query limit skip fields ${QUERY}`,
    distinct: `key query ${QUERY}`,
    insert: 'documents ordered bypassDocumentValidation',
    update: 'updates ordered bypassDocumentValidation let',
    delete: 'deletes ordered let',
    findAndModify: `query sort remove update new fields upsert bypassDocumentValidation arrayFilters ${QUERY}`,
    createIndexes: 'indexes commitQuorum',
  }).map(([name, fields]) => [name, new Set([name, ...GENERIC.split(' '), ...fields.split(' ')])]),
);
const ADMIN_ONLY = new Set(['renameCollection', 'listDatabases', 'getParameter', 'fsync', 'copyStore']);

/** Refuses what would change the meaning of a command if it were passed over. */
export function checkOptions({ name, database, body }: Command): void {
  if (ADMIN_ONLY.has(name) && database !== 'admin') {
    throw new MongoFault('Unauthorized', `${name} may only be run against the admin database.`);
  }
  const known = FIELDS[name === 'findandmodify' ? 'findAndModify' : name];
  const unknown = known && Object.keys(body).find((field) => field !== name && !known.has(field));
  if (unknown !== undefined)
    throw new MongoFault('Location40415', `BSON field '${name}.${unknown}' is an unknown field.`);
  for (const option of ['returnKey', 'showRecordId']) {
    if (body[option])
      throw new MongoFault(
        'CommandNotSupported',
        `${name}: ${option} is not supported by the embedded store`,
      );
  }
  if (
    body['txnNumber'] !== undefined ||
    body['startTransaction'] !== undefined ||
    body['autocommit'] !== undefined
  ) {
    throw new MongoFault(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
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
