import { isPlainObject } from '../bson/document-path.ts';
import { type Document, decode, decodeExact, withDocument } from '../bson/raw-bson.ts';
import { MongoFault, toFault } from '../fault.ts';
import { compileMatcher, execute, firstHit, type Hit, type Query } from '../query/execute.ts';
import { compileFilter } from '../query/filter.ts';
import { compileProjection } from '../query/projection.ts';
import type { Collection } from '../store/catalog.ts';
import { checkNamespace, ensured, type Handler, namespaceOf, type Server } from './command.ts';
import { rawField, readUpdate, storable, type Update } from './update-command.ts';

/** Documents changed in one transaction by a command that changes many. */
const CHUNK = 500;

interface WriteError {
  readonly index: number;
  readonly code: number;
  readonly errmsg: string;
}

/** A fault of one document; whatever else went wrong is a fault of the whole command. */
const writeError = (index: number, error: unknown): WriteError => {
  const fault = toFault(error);
  if (fault.codeName === 'InternalError' || fault.codeName === 'OutOfDiskSpace') throw error;
  return { index, code: fault.code, errmsg: fault.message, ...fault.details };
};

const insert: Handler = async (command, server) => {
  const namespace = namespaceOf(command);
  const raws = command.list('documents');
  if (raws.length === 0)
    throw new MongoFault(
      'InvalidLength',
      'Write batch sizes must be between 1 and 100000. Got 0 operations.',
    );
  const ordered = command.body['ordered'] !== false;
  const writeErrors: WriteError[] = [];
  let n = 0;
  for (let from = 0; from < raws.length; from += CHUNK) {
    if (ordered && writeErrors.length > 0) break;
    await server.store.write(() => {
      const collection = ensured(server, namespace);
      for (const [at, raw] of raws.slice(from, from + CHUNK).entries()) {
        try {
          server.store.insert(collection, storable(raw));
          n++;
        } catch (error) {
          writeErrors.push(writeError(from + at, error));
          if (ordered) break;
        }
      }
    });
  }
  return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 };
};

interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: unknown;
}

/** Changes one document. Only inside `write`. @returns whether anything changed */
function applyTo(server: Server, collection: Collection, { id, raw }: Hit, update: Update): boolean {
  const after = update.after(raw);
  if (after.equals(raw)) return false;
  server.store.replace(collection, id, raw, after);
  return true;
}

function insertFresh(server: Server, namespace: string, update: Update): Buffer {
  const raw = update.fresh();
  server.store.insert(ensured(server, namespace), raw);
  return raw;
}

async function runUpdate(server: Server, namespace: string, update: Update): Promise<UpdateResult> {
  const { store } = server;
  const one = (): Promise<UpdateResult> =>
    store.write(() => {
      const collection = store.find(namespace);
      const hit = collection && firstHit(store, collection, update.query);
      if (hit && collection)
        return { matched: 1, modified: applyTo(server, collection, hit, update) ? 1 : 0 };
      if (!update.upsert) return { matched: 0, modified: 0 };
      return { matched: 0, modified: 0, upsertedId: decode(insertFresh(server, namespace, update))['_id'] };
    });
  if (!update.multi) return one();
  let matched = 0;
  let modified = 0;
  await forEachHit(server, namespace, update.query, (collection, hit) => {
    matched++;
    if (applyTo(server, collection, hit, update)) modified++;
  });
  return matched === 0 && update.upsert ? one() : { matched, modified };
}

/** Calls `change` inside `write` for each document that matches, in several transactions. */
async function forEachHit(
  server: Server,
  namespace: string,
  query: Query,
  change: (collection: Collection, hit: Hit) => void,
): Promise<void> {
  const { store } = server;
  const collection = store.find(namespace);
  if (collection === undefined) {
    compileFilter(query.filter, query.variables);
    return;
  }
  const ids: Buffer[] = [];
  for (const hit of execute(store, collection, query).hits) if (hit !== undefined) ids.push(hit.id);
  const matches = compileMatcher(query.filter, query.variables);
  for (let from = 0; from < ids.length; from += CHUNK) {
    await store.write(() => {
      const now = store.find(namespace);
      for (const id of now === undefined ? [] : ids.slice(from, from + CHUNK)) {
        // It may have changed since it was found.
        const raw = now && store.get(now, id);
        if (now && raw !== undefined && matches(raw)) change(now, { id, raw });
      }
    });
  }
}

const UPDATE_FIELDS = new Set(['q', 'u', 'multi', 'upsert', 'arrayFilters', 'hint', 'collation']);
const DELETE_FIELDS = new Set(['q', 'limit', 'hint', 'collation']);

function checkStatement(name: string, fields: ReadonlySet<string>, statement: Document): void {
  const unknown = Object.keys(statement).find((field) => !fields.has(field));
  if (unknown !== undefined)
    throw new MongoFault('Location40415', `BSON field '${name}.${unknown}' is an unknown field.`);
  if (!isPlainObject(statement['q'])) {
    throw new MongoFault(
      'TypeMismatch',
      `BSON field '${name}.q' is missing or of the wrong type, expected type 'object'`,
    );
  }
}

function refuseCollation(collation: unknown): void {
  if (collation === undefined || (collation as Document)['locale'] === 'simple') return;
  throw new MongoFault('CommandNotSupported', 'collation is not supported by the embedded store');
}

const update: Handler = async (command, server) => {
  const namespace = namespaceOf(command);
  const ordered = command.body['ordered'] !== false;
  const writeErrors: WriteError[] = [];
  const upserted: { index: number; _id: unknown }[] = [];
  let n = 0;
  let nModified = 0;
  for (const [index, raw] of command.list('updates').entries()) {
    try {
      const statement = decode(raw);
      checkStatement('update.updates', UPDATE_FIELDS, statement);
      const { multi, upsert, hint, collation, q: filter } = statement;
      const { q, u, arrayFilters } = decodeExact(raw);
      refuseCollation(collation);
      const result = await runUpdate(
        server,
        namespace,
        readUpdate({
          filter: filter as Document,
          exactFilter: q as Document,
          change: u,
          rawChange: rawField(raw, 'u'),
          multi,
          upsert,
          arrayFilters,
          query: { hint, variables: command.body['let'] as Document | undefined },
        }),
      );
      n += result.matched;
      nModified += result.modified;
      if ('upsertedId' in result) {
        n++;
        upserted.push({ index, _id: result.upsertedId });
      }
    } catch (error) {
      writeErrors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return {
    n,
    nModified,
    ...(upserted.length > 0 ? { upserted } : {}),
    ...(writeErrors.length > 0 ? { writeErrors } : {}),
    ok: 1,
  };
};

const remove: Handler = async (command, server) => {
  const namespace = namespaceOf(command);
  const { store } = server;
  const ordered = command.body['ordered'] !== false;
  const writeErrors: WriteError[] = [];
  let n = 0;
  for (const [index, raw] of command.list('deletes').entries()) {
    try {
      const statement = decode(raw);
      checkStatement('delete.deletes', DELETE_FIELDS, statement);
      const { q, limit, hint, collation } = statement;
      refuseCollation(collation);
      if (limit !== 0 && limit !== 1)
        throw new MongoFault(
          'FailedToParse',
          `The limit field in delete objects must be 0 or 1. Got ${limit}`,
        );
      const query: Query = {
        filter: q as Document,
        hint,
        variables: command.body['let'] as Document | undefined,
      };
      if (limit === 0) {
        await forEachHit(server, namespace, query, (collection, hit) => {
          store.remove(collection, hit.id, hit.raw);
          n++;
        });
        continue;
      }
      n += await store.write(() => {
        const collection = store.find(namespace);
        const hit = collection && firstHit(store, collection, query);
        if (!hit || !collection) return 0;
        store.remove(collection, hit.id, hit.raw);
        return 1;
      });
    } catch (error) {
      writeErrors.push(writeError(index, error));
      if (ordered) break;
    }
  }
  return { n, ...(writeErrors.length > 0 ? { writeErrors } : {}), ok: 1 };
};

const findAndModify: Handler = async (command, server) => {
  const { body } = command;
  const namespace = checkNamespace(namespaceOf(command));
  const { store } = server;
  const filter = (body['query'] ?? {}) as Document;
  const query: Query = {
    filter,
    sort: body['sort'] as Document | undefined,
    hint: body['hint'],
    variables: body['let'] as Document | undefined,
  };
  const show = compileProjection((body['fields'] ?? body['projection']) as Document | undefined, filter);
  const change = body['update'];
  if ((change === undefined) === !body['remove']) {
    throw new MongoFault('FailedToParse', 'Either an update or remove=true must be specified, and not both');
  }
  if (body['remove'] && (body['upsert'] || body['new'])) {
    throw new MongoFault(
      'FailedToParse',
      `Cannot specify both ${body['new'] ? 'new' : 'upsert'}=true and remove=true`,
    );
  }
  const exact = decodeExact(command.rawBody);
  const parts =
    change === undefined
      ? undefined
      : readUpdate({
          filter,
          exactFilter: (exact['query'] ?? {}) as Document,
          change: exact['update'],
          rawChange: rawField(command.rawBody, 'update'),
          upsert: body['upsert'],
          arrayFilters: exact['arrayFilters'],
          query,
        });
  const { value, lastErrorObject } = await store.write(
    (): { value: Buffer | undefined; lastErrorObject: Document } => {
      const collection = store.find(namespace);
      const hit = collection && firstHit(store, collection, query);
      if (parts === undefined) {
        if (hit && collection) store.remove(collection, hit.id, hit.raw);
        return { value: hit?.raw, lastErrorObject: { n: hit ? 1 : 0 } };
      }
      if (hit && collection) {
        const changed = applyTo(server, collection, hit, parts);
        const after = changed ? store.get(collection, hit.id) : hit.raw;
        return { value: body['new'] ? after : hit.raw, lastErrorObject: { n: 1, updatedExisting: true } };
      }
      if (!parts.upsert) return { value: undefined, lastErrorObject: { n: 0, updatedExisting: false } };
      const made = insertFresh(server, namespace, parts);
      return {
        value: body['new'] ? made : undefined,
        lastErrorObject: { n: 1, updatedExisting: false, upserted: decode(made)['_id'] },
      };
    },
  );
  if (value === undefined) return { lastErrorObject, value: null, ok: 1 };
  return withDocument({ lastErrorObject, ok: 1 }, 'value', show === undefined ? value : show(value));
};

export const WRITE_COMMANDS: Record<string, Handler> = {
  insert,
  update,
  delete: remove,
  findAndModify,
  findandmodify: findAndModify,
};
