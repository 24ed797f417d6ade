/** What an update makes of a document. Pipelines are mingo's. */
import { BSONRegExp } from 'bson';
import { Aggregator } from 'mingo/aggregator';
import { OpType } from 'mingo/core';
import { isPlainObject, valueAt } from '../bson/document-path.ts';
import { compareValues } from '../bson/key-encoding.ts';
import { type Document, encode, fieldsOf, joinFields, rawFields } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { compilePatterns } from '../query/filter.ts';
import { operatorContext } from '../query/operators.ts';
import { kind, NEVER_MAKE, OPERATORS, promoted, REMOVED, UNCHANGED } from './update-operators.ts';
import { checkArrayFilters, concretePaths, type UpdateContext } from './update-paths.ts';

/**
 * @returns the document as the update makes it; the one given is not changed
 * @throws MongoFault in MongoDB's codes when the update cannot be applied
 */
export function applyUpdate(
  document: Document,
  update: Document | readonly Document[],
  context: UpdateContext,
): Document {
  if (Array.isArray(update)) return applyPipeline(document, update, context);
  const changed = structured(document);
  const touched: string[] = [];
  const changes: { readonly name: string; readonly path: string; readonly operand: unknown }[] = [];
  for (const [name, fields] of Object.entries(update as Document)) {
    if (name !== '$rename' && OPERATORS[name] === undefined) {
      throw new MongoFault(
        'FailedToParse',
        `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!isPlainObject(fields)) {
      throw new MongoFault(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${kind(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${JSON.stringify(fields)}}`,
      );
    }
    for (const [path, operand] of Object.entries(fields)) {
      checkPath(path);
      if (name === '$rename') checkRename(path, operand);
      noteTouched(touched, path);
      if (name === '$rename') noteTouched(touched, String(operand));
      if (name !== '$setOnInsert' || context.inserting) changes.push({ name, path, operand });
    }
  }
  checkArrayFilters(touched, context.arrayFilters);
  // New fields come in the order of their names, whatever the order of the operators.
  for (const { name, path, operand } of changes.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (name === '$rename') rename(changed, path, String(operand));
    else
      for (const concrete of concretePaths(changed, path, context)) change(changed, concrete, name, operand);
  }
  return changed;
}

function checkRename(path: string, target: unknown): void {
  if (typeof target !== 'string')
    throw new MongoFault('BadValue', `The 'to' field for $rename must be a string: ${path}: ${target}`);
  if (target === path)
    throw new MongoFault(
      'BadValue',
      `The source and target field for $rename must differ: ${path}: "${target}"`,
    );
  checkPath(target);
}

function checkPath(path: string): void {
  if (path === '' || path.split('.').includes('')) {
    throw new MongoFault(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  if (path.startsWith('$')) {
    throw new MongoFault(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${path}' in '${path}' is not valid for storage.`,
    );
  }
}

function noteTouched(touched: string[], path: string): void {
  const other = touched.find(
    (known) => known === path || known.startsWith(`${path}.`) || path.startsWith(`${known}.`),
  );
  if (other !== undefined) {
    throw new MongoFault(
      'ConflictingUpdateOperators',
      `Updating the path '${path}' would create a conflict at '${other.length < path.length ? other : path}'`,
    );
  }
  touched.push(path);
}

/** A copy of documents and arrays; other values are never changed in place. */
function structured<T>(value: T): T {
  if (Array.isArray(value)) return value.map(structured) as T;
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, structured(inner)])) as T;
}

function change(document: Document, path: readonly string[], name: string, operand: unknown): void {
  const where = path.join('.');
  let parent: Document | unknown[] = document;
  for (const [depth, step] of path.slice(0, -1).entries()) {
    checkStep(parent, step, path, depth, name);
    const holder = parent as Document;
    let next = Object.hasOwn(holder, step) ? holder[step] : undefined;
    if (next === undefined) {
      if (NEVER_MAKE.has(name)) return;
      next = {};
      put(holder, step, next);
    }
    if (!Array.isArray(next) && !isPlainObject(next)) {
      if (NEVER_MAKE.has(name)) return;
      throw new MongoFault(
        'PathNotViable',
        `Cannot create field '${path[depth + 1]}' in element {${step}: ${JSON.stringify(next)}}`,
      );
    }
    parent = next;
  }
  const last = path.at(-1) ?? '';
  if (Array.isArray(parent) && !/^\d+$/.test(last) && NEVER_MAKE.has(name)) return;
  checkStep(parent, last, path, path.length - 1, name);
  const holder = parent as Document;
  const result = OPERATORS[name]?.(Object.hasOwn(holder, last) ? holder[last] : undefined, operand, where);
  if (result === REMOVED) {
    if (Array.isArray(parent)) {
      if (Number(last) < parent.length) parent[Number(last)] = null;
    } else delete holder[last];
  } else if (result !== UNCHANGED) put(holder, last, structured(result));
}

function checkStep(
  parent: Document | unknown[],
  step: string,
  path: readonly string[],
  depth: number,
  name: string,
): void {
  if (!Array.isArray(parent) || /^\d+$/.test(step) || NEVER_MAKE.has(name)) return;
  throw new MongoFault(
    'PathNotViable',
    `Cannot create field '${step}' in element {${path[depth - 1]}: ${JSON.stringify(parent)}}`,
  );
}

/** As mongod. */
const MOST_PADDING = 1_500_000;

function put(holder: Document | unknown[], step: string, value: unknown): void {
  if (Array.isArray(holder)) {
    if (Number(step) - holder.length > MOST_PADDING) {
      throw new MongoFault('CannotBackfillArray', `Cannot backfill array beyond ${MOST_PADDING} elements`);
    }
    while (holder.length < Number(step)) holder.push(null);
    holder[Number(step)] = value;
  } else if (step === '__proto__') {
    Object.defineProperty(holder, step, { value, enumerable: true, configurable: true, writable: true });
  } else holder[step] = value;
}

function rename(document: Document, from: string, to: string): void {
  for (const path of [from, to]) {
    const steps = path.split('.');
    if (steps.some((_step, depth) => Array.isArray(valueAt(document, steps.slice(0, depth))))) {
      throw new MongoFault('BadValue', `The field of $rename cannot be an array element, '${path}'`);
    }
  }
  const value = valueAt(document, from.split('.'));
  if (value === undefined) return;
  change(document, from.split('.'), '$unset', '');
  change(document, to.split('.'), '$set', value);
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);

function applyPipeline(
  document: Document,
  pipeline: readonly Document[],
  { variables = {} }: UpdateContext,
): Document {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (PIPELINE_STAGES.has(name)) continue;
    const known = operatorContext.getOperator(OpType.PIPELINE, name) !== null;
    throw new MongoFault(
      known ? 'InvalidOptions' : 'Location40324',
      known
        ? `${name} is not allowed to be used within an update`
        : `Unrecognized pipeline stage name: '${name}'`,
    );
  }
  const stages = compilePatterns(promoted(pipeline)) as Document[];
  const options = { context: operatorContext, variables };
  const [result = document] = new Aggregator(stages, options).run<Document>([promoted(document) as Document]);
  return '_id' in document ? { _id: document['_id'], ...result } : result;
}

/**
 * @param before the document as it was stored, and `old` the same decoded exactly
 * @param exact false for the result of a pipeline, where numbers have lost their type: equal ones keep the old
 * @returns the bytes of `after`, fields in the order they had; what is as it was keeps its bytes
 */
export function encodeUpdated(before: Buffer, old: Document, after: Document, exact: boolean): Buffer {
  const kept = new Map(
    rawFields(before).map((field) => [field.name, before.subarray(field.start, field.end)]),
  );
  const names = new Set([...kept.keys(), ...Object.keys(after)].filter((name) => after[name] !== undefined));
  const isSame = (name: string): boolean => {
    if (old[name] === after[name]) return true;
    if (!exact) return compareValues(old[name], after[name]) === 0;
    return encode({ [name]: old[name] }).equals(encode({ [name]: after[name] }));
  };
  return joinFields(
    [...names].map((name) => {
      const bytes = kept.get(name);
      return bytes !== undefined && isSame(name) ? bytes : fieldsOf(encode({ [name]: after[name] }));
    }),
  );
}

/**
 * The document an upsert begins with: what the filter says must be equal.
 * @throws MongoFault NotSingleValueField when the filter says it twice
 */
export function documentFromFilter(filter: Document): Document {
  const document: Document = {};
  const context = { filter: {}, arrayFilters: [], inserting: true };
  const take = (part: Document): void => {
    for (const [field, condition] of Object.entries(part)) {
      if (field === '$and') for (const inner of condition as Document[]) take(inner);
      else if (field === '$or' && (condition as Document[]).length === 1)
        take((condition as Document[])[0] ?? {});
      else if (!field.startsWith('$')) {
        const operators =
          isPlainObject(condition) && Object.keys(condition)[0]?.startsWith('$')
            ? condition
            : { $eq: condition };
        const one =
          Array.isArray(operators['$in']) && operators['$in'].length === 1 ? operators['$in'][0] : undefined;
        const all =
          Array.isArray(operators['$all']) && operators['$all'].length === 1
            ? operators['$all'][0]
            : undefined;
        const value = '$eq' in operators ? operators['$eq'] : (one ?? all);
        if (value === undefined || value instanceof BSONRegExp) continue;
        if (valueAt(document, field.split('.')) !== undefined) {
          throw new MongoFault(
            'NotSingleValueField',
            `cannot infer query fields to set, path '${field}' is matched twice`,
          );
        }
        Object.assign(document, applyUpdate(document, { $set: { [field]: value } }, context));
      }
    }
  };
  take(filter);
  return document;
}
