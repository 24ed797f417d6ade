/** Commands that read. */
import { Long } from 'bson';
import { someValueAt } from '../bson/document-path.ts';
import { encodeKey } from '../bson/key-encoding.ts';
import { type Document, decode, encode } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { aggregate, planAggregation } from '../query/aggregate.ts';
import { countHits, describePlan, execute, type Query } from '../query/execute.ts';
import { compileFilter } from '../query/filter.ts';
import { compileProjection } from '../query/projection.ts';
import type { Source } from '../wire/cursors.ts';
import { type Command, checkOptions, type Handler, namespaceOf, numberOf, type Server } from './command.ts';
import { mergeInto, writeOut } from './pipeline-output.ts';

function documentField(body: Document, name: string): Document {
  const value = body[name] ?? {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw new MongoFault('TypeMismatch', `BSON field '${name}' is the wrong type, expected type 'object'`);
  }
  return value as Document;
}

function readQuery(body: Document, filterField: string): Query {
  const limit = numberOf(body, 'limit');
  const skip = notNegative(body, 'skip');
  return {
    filter: documentField(body, filterField),
    sort: body['sort'] === undefined ? undefined : documentField(body, 'sort'),
    skip,
    limit: Math.abs(limit),
    hint: body['hint'],
    min: body['min'] as Document | undefined,
    max: body['max'] as Document | undefined,
    variables: body['let'] as Document | undefined,
  };
}

function notNegative(body: Document, name: string): number {
  const value = numberOf(body, name);
  if (value < 0)
    throw new MongoFault('Location51024', `BSON field '${name}' value must be >= 0, actual value '${value}'`);
  return value;
}

const batchSizeOf = (body: Document): number | undefined =>
  body['batchSize'] === undefined ? undefined : notNegative(body, 'batchSize');

const find: Handler = (command, server) => {
  const { body } = command;
  const namespace = namespaceOf(command);
  if (body['tailable'])
    throw new MongoFault('BadValue', 'tailable cursor requested on non capped collection');
  const query = readQuery(body, 'filter');
  const show = compileProjection(body['projection'] as Document | undefined, query.filter);
  const collection = server.store.find(namespace);
  if (collection === undefined) compileFilter(query.filter);
  return server.cursors.start(namespace, collection === undefined ? [].values() : shown(), {
    batchSize: batchSizeOf(body),
    singleBatch: Boolean(body['singleBatch']) || numberOf(body, 'limit') < 0,
    maxTimeMs: numberOf(body, 'maxTimeMS'),
  });

  function* shown(): Generator<Buffer | undefined> {
    if (collection === undefined) return;
    for (const hit of execute(server.store, collection, query).hits) {
      yield hit === undefined || show === undefined ? hit?.raw : show(hit.raw);
    }
  }
};

const getMore: Handler = ({ body, database }, { cursors }) =>
  cursors.more(numberOf(body, 'getMore'), `${database}.${body['collection']}`, {
    batchSize: batchSizeOf(body) || undefined,
    maxTimeMs: numberOf(body, 'maxTimeMS'),
  });

const killCursors: Handler = ({ body }, { cursors }) => {
  const ids = (body['cursors'] as unknown[]).map((id) => ({
    id: Long.fromNumber(Number(id)),
    killed: cursors.kill(Number(id)),
  }));
  return {
    cursorsKilled: ids.filter(({ killed }) => killed).map(({ id }) => id),
    cursorsNotFound: ids.filter(({ killed }) => !killed).map(({ id }) => id),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

function aggregation(command: Command, server: Server, pipeline: readonly Document[]) {
  const { body, database } = command;
  const collection = body['aggregate'] === 1 ? undefined : server.store.find(namespaceOf(command));
  return {
    store: server.store,
    database,
    collection,
    pipeline,
    hint: body['hint'],
    variables: body['let'] as Document | undefined,
  };
}

const runAggregate: Handler = async (command, server) => {
  const { body, database } = command;
  if (!Array.isArray(body['pipeline']))
    throw new MongoFault('TypeMismatch', "'pipeline' option must be specified as an array");
  if (body['cursor'] === undefined && !body['explain']) {
    throw new MongoFault(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  }
  if (body['explain']) return explainCommand(command, server, 'queryPlanner');
  const pipeline = body['pipeline'] as Document[];
  for (const stage of pipeline) {
    if (Object.keys(stage).length !== 1) {
      throw new MongoFault(
        'Location40323',
        'A pipeline stage specification object must contain exactly one field.',
      );
    }
  }
  const last = pipeline.at(-1) ?? {};
  const cursor = documentField(body, 'cursor');
  const options = {
    batchSize: batchSizeOf(cursor),
    maxTimeMs: numberOf(body, 'maxTimeMS'),
  };
  const namespace = `${database}.${body['aggregate'] === 1 ? '$cmd.aggregate' : body['aggregate']}`;
  if ('$out' in last || '$merge' in last) {
    const results = [...aggregate(aggregation(command, server, pipeline.slice(0, -1)))].flatMap(
      (raw) => raw ?? [],
    );
    if ('$out' in last) await writeOut(server, database, last['$out'], results);
    else await mergeInto(server, database, last['$merge'], results);
    return server.cursors.start(namespace, [].values(), options);
  }
  return server.cursors.start(
    namespace,
    aggregate(aggregation(command, server, pipeline)) as Source,
    options,
  );
};

const count: Handler = (command, server) => {
  const collection = server.store.find(namespaceOf(command));
  const query = readQuery(command.body, 'query');
  if (collection === undefined) return { n: 0, ok: 1 };
  if (Object.keys(query.filter).length === 0 && !query.limit && !query.skip)
    return { n: collection.count, ok: 1 };
  return { n: countHits(server.store, collection, query), ok: 1 };
};

const distinct: Handler = (command, server) => {
  const { body } = command;
  if (typeof body['key'] !== 'string')
    throw new MongoFault(
      'TypeMismatch',
      "BSON field 'distinct.key' is the wrong type, expected type 'string'",
    );
  const collection = server.store.find(namespaceOf(command));
  const path = body['key'].split('.');
  const values = new Map<string, unknown>();
  if (collection === undefined) return { values: [], ok: 1 };
  for (const hit of execute(server.store, collection, readQuery(body, 'query')).hits) {
    if (hit === undefined) continue;
    someValueAt(decode(hit.raw), path, (value, isElement) => {
      if (value !== undefined && (isElement || !Array.isArray(value)))
        values.set(encodeKey(value).toString('latin1'), value);
      return false;
    });
  }
  return { values: [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value), ok: 1 };
};

/** The query behind a command that has one. */
function queryOf({ name, body }: Command, list: Command['list']): Query {
  if (name === 'update' || name === 'delete') {
    const [first] = list(name === 'update' ? 'updates' : 'deletes');
    const { q, multi, limit, hint } = (first === undefined ? {} : decode(first)) as Document;
    return {
      filter: (q ?? {}) as Document,
      hint,
      limit: multi === true || (name === 'delete' && limit === 0) ? 0 : 1,
    };
  }
  if (name === 'findAndModify' || name === 'findandmodify') return { ...readQuery(body, 'query'), limit: 1 };
  return readQuery(body, name === 'find' ? 'filter' : 'query');
}

function explainCommand(command: Command, server: Server, verbosity: unknown): Document {
  const namespace = namespaceOf(command);
  const collection = server.store.find(namespace);
  const planner = { namespace, plannerVersion: '1', parsedQuery: {}, rejectedPlans: [] };
  const serverInfo = { host: 'localhost', version: '7.0.0' };
  if (collection === undefined) {
    return {
      explainVersion: '1',
      queryPlanner: { ...planner, winningPlan: { stage: 'EOF' } },
      serverInfo,
      ok: 1,
    };
  }
  const planned =
    command.name === 'aggregate'
      ? planAggregation(aggregation(command, server, command.body['pipeline'] as Document[]))
      : undefined;
  const query = planned?.query ?? queryOf(command, command.list);
  const { plan, work, hits } = planned?.execution ?? execute(server.store, collection, query);
  const winningPlan = describePlan(plan, query);
  const result = { explainVersion: '1', queryPlanner: { ...planner, winningPlan }, serverInfo, ok: 1 };
  if (verbosity === 'queryPlanner') return result;
  const startedAt = performance.now();
  let nReturned = 0;
  for (const hit of hits) if (hit !== undefined) nReturned++;
  const executionStats = {
    executionSuccess: true,
    nReturned,
    executionTimeMillis: Math.round(performance.now() - startedAt),
    totalKeysExamined: winningPlan['stage'] === 'COLLSCAN' ? 0 : work.keysExamined,
    totalDocsExamined: work.docsExamined,
    executionStages: winningPlan,
  };
  return { ...result, executionStats };
}

const explain: Handler = (command, server) => {
  const body = command.body['explain'] as Document;
  const name = Object.keys(body)[0] ?? '';
  if (
    ![
      'find',
      'aggregate',
      'count',
      'distinct',
      'update',
      'delete',
      'findAndModify',
      'findandmodify',
    ].includes(name)
  ) {
    throw new MongoFault('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
  const list = (field: string): Buffer[] => ((body[field] ?? []) as Document[]).map(encode);
  const inner: Command = {
    name,
    database: command.database,
    body: { ...body, $db: command.database },
    rawBody: encode(body),
    list,
  };
  checkOptions(inner);
  return explainCommand(inner, server, command.body['verbosity'] ?? 'allPlansExecution');
};

export const READ_COMMANDS: Record<string, Handler> = {
  find,
  getMore,
  killCursors,
  aggregate: runAggregate,
  count,
  distinct,
  explain,
};
