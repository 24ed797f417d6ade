/** Commands that change documents. Each document is one step; nothing spans several. */
import { ObjectId } from 'bson';
import type { Collection } from './catalog.ts';
import { checkNamespace, ensured, type Handler, namespaceOf, type Server } from './command.ts';
import { execute, firstHit, type Hit, type Query } from './execute.ts';
import { MongoFault, toFault } from './fault.ts';
import { compileFilter, compileProjection } from './filter.ts';
import { compareValues } from './key-encoding.ts';
import {
  type Document,
  decode,
  decodeExact,
  encode,
  fieldsOf,
  isDocument,
  joinFields,
  rawFields,
  rawValue,
  withDocument,
} from './raw-bson.ts';
import { applyUpdate, documentFromFilter, encodeUpdated } from './update.ts';

/** As mongod: 16 MiB, and 16 KiB of room for the server's own. */
const LARGEST_DOCUMENT = 16 * 1024 * 1024 + 16 * 1024;
/** Documents changed in one transaction by a command that changes many. */
const CHUNK = 500;

const idBytes = (id: unknown): Uint8Array => fieldsOf(encode({ _id: id }));

/** @throws MongoFault ResultTooLarge */
function updated(raw: Buffer): Buffer {
  if (raw.length <= LARGEST_DOCUMENT) return raw;
  throw new MongoFault(
    'ResultTooLarge',
    `Resulting document after update is larger than ${16 * 1024 * 1024}`,
  );
}

/** The document with its _id first; one without gets one. @throws MongoFault BSONObjectTooLarge */
function storable(raw: Buffer, id?: unknown): Buffer {
  if (raw.length > LARGEST_DOCUMENT) {
    throw new MongoFault(
      'BSONObjectTooLarge',
      `object to insert too large. size in bytes: ${raw.length}, max size: ${16 * 1024 * 1024}`,
    );
  }
  if (id === undefined && raw.toString('latin1', 5, 9) === '_id\0') return raw;
  const fields = rawFields(raw);
  const own = fields.find(({ name }) => name === '_id');
  const first =
    id !== undefined ? idBytes(id) : own ? raw.subarray(own.start, own.end) : idBytes(new ObjectId());
  return joinFields([
    first,
    ...fields.filter((field) => field !== own).map(({ start, end }) => raw.subarray(start, end)),
  ]);
}

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

/** An update as sent: q, u and options. */
interface Update {
  readonly query: Query;
  readonly multi: boolean;
  readonly upsert: boolean;
  /** New bytes of a document, given the old ones. @throws MongoFault */
  readonly after: (before: Buffer) => Buffer;
  /** The document an upsert makes. @throws MongoFault */
  readonly fresh: () => Buffer;
}

interface UpdateParts {
  /** The filter, numbers promoted; and as sent, for what an upsert takes from it. */
  readonly filter: Document;
  readonly exactFilter: Document;
  readonly change: unknown;
  /** The bytes of `change` when it is a replacement. */
  readonly rawChange: Buffer | undefined;
  readonly multi?: unknown;
  readonly upsert?: unknown;
  readonly arrayFilters?: unknown;
  readonly query: Partial<Query>;
}

function readUpdate({
  filter,
  exactFilter,
  change,
  rawChange,
  multi,
  upsert,
  arrayFilters,
  query,
}: UpdateParts): Update {
  const firstName = Object.keys((change ?? {}) as Document)[0];
  const replacing = !Array.isArray(change) && firstName?.startsWith('$') !== true;
  if (replacing && multi)
    throw new MongoFault('FailedToParse', 'multi update is not supported for replacement-style update');
  if (replacing && Object.keys(change as Document).some((name) => name.startsWith('$'))) {
    throw new MongoFault(
      'DollarPrefixedFieldName',
      "The dollar ($) prefixed field is not allowed in the context of an update's replacement document.",
    );
  }
  const context = {
    filter: exactFilter,
    arrayFilters: (arrayFilters ?? []) as Document[],
    variables: query.variables,
  };
  const after = (before: Buffer): Buffer => {
    const old = decodeExact(before);
    if (replacing && rawChange !== undefined)
      return storable(withSameId(old['_id'], rawChange, change as Document), old['_id']);
    const changed = applyUpdate(old, change as Document, { ...context, inserting: false });
    if (compareValues(changed['_id'], old['_id']) !== 0) {
      throw new MongoFault(
        'ImmutableField',
        "Performing an update on the path '_id' would modify the immutable field '_id'",
      );
    }
    return updated(encodeUpdated(before, changed));
  };
  const fresh = (): Buffer => {
    const start = documentFromFilter(exactFilter);
    if (replacing && rawChange !== undefined) {
      const id = start['_id'];
      return id === undefined
        ? storable(rawChange)
        : storable(withSameId(id, rawChange, change as Document), id);
    }
    const made = applyUpdate(start, change as Document, { ...context, inserting: true });
    if (start['_id'] !== undefined && compareValues(start['_id'], made['_id']) !== 0) {
      throw new MongoFault(
        'ImmutableField',
        "Performing an update on the path '_id' would modify the immutable field '_id'",
      );
    }
    return storable(encode(made));
  };
  return { query: { filter, ...query }, multi: Boolean(multi), upsert: Boolean(upsert), after, fresh };
}

function withSameId(id: unknown, raw: Buffer, replacement: Document): Buffer {
  if (replacement['_id'] !== undefined && compareValues(id, replacement['_id']) !== 0) {
    throw new MongoFault(
      'ImmutableField',
      "After applying the update, the (immutable) field '_id' was found to have been altered",
    );
  }
  return raw;
}

const rawField = (raw: Buffer, name: string): Buffer | undefined => {
  const field = rawFields(raw).find((one) => one.name === name && isDocument(one));
  return field === undefined ? undefined : rawValue(raw, field);
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
  const matches = compileFilter(query.filter, query.variables);
  for (let from = 0; from < ids.length; from += CHUNK) {
    await store.write(() => {
      const now = store.find(namespace);
      for (const id of now === undefined ? [] : ids.slice(from, from + CHUNK)) {
        // It may have changed since it was found.
        const raw = now && store.get(now, id);
        if (now && raw !== undefined && matches(decode(raw))) change(now, { id, raw });
      }
    });
  }
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
      const { multi, upsert, hint, collation, q: filter } = decode(raw);
      const { q, u, arrayFilters } = decodeExact(raw);
      if (collation !== undefined)
        throw new MongoFault('CommandNotSupported', 'collation is not supported by the embedded store');
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
      const { q, limit, hint } = decode(raw);
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
