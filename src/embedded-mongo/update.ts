/**
 * What an update makes of a document. mingo's updater passes over in silence what MongoDB refuses (adding to a text,
 * setting below a number), so the operators are applied here; filters, order and pipelines are mingo's.
 */
import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { Aggregator } from 'mingo/aggregator';
import { OpType } from 'mingo/core';
import { isPlainObject, valueAt } from './document-path.ts';
import { MongoFault } from './fault.ts';
import { compileFilter } from './filter.ts';
import { compareValues, tagOf } from './key-encoding.ts';
import { operatorContext } from './operators.ts';
import { type Document, decode, decodeExact, encode, fieldsOf, joinFields, rawFields } from './raw-bson.ts';
import { sortDocuments } from './sort.ts';

export interface UpdateContext {
  /** The command's filter, which the positional $ refers to. */
  readonly filter: Document;
  readonly arrayFilters: readonly Document[];
  /** True when an upsert makes a new document. */
  readonly inserting: boolean;
  readonly variables?: Document | undefined;
}

/** Gives the new value of a field from the old one (undefined: missing); REMOVED takes the field away. */
type Change = (old: unknown, operand: unknown, where: string) => unknown;
const REMOVED = Symbol('removed');
const UNCHANGED = Symbol('unchanged');

/** The BSON type of a value, for messages. */
function kind(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (value instanceof Date) return 'date';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'object' && !isPlainObject(value)
    ? value.constructor.name.toLowerCase()
    : typeof value;
}
const isNumeric = (value: unknown): boolean => tagOf(value) === tagOf(0);
const promoted = (value: unknown): unknown => decode(encode({ value }))['value'];

/** Adds or multiplies as MongoDB does: the result has the wider of the two types, an int grows into a long. */
function arithmetic(
  name: string,
  numbers: (a: number, b: number) => number,
  integers: (a: bigint, b: bigint) => bigint,
): Change {
  return (old, operand, where) => {
    if (!isNumeric(operand)) {
      throw new MongoFault(
        'TypeMismatch',
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${where}: ${JSON.stringify(operand)}}`,
      );
    }
    if (old !== undefined && !isNumeric(old)) {
      throw new MongoFault(
        'TypeMismatch',
        `Cannot apply ${name} to a value of non-numeric type. The field '${where}' is of type ${kind(old)}`,
      );
    }
    const before = old ?? new Int32(0);
    const both = [before, operand];
    if (both.some((value) => value instanceof Decimal128)) return decimal(name, before, operand);
    if (both.some((value) => value instanceof Double || typeof value === 'number'))
      return new Double(numbers(Number(before), Number(operand)));
    const result = integers(BigInt(String(before)), BigInt(String(operand)));
    if (BigInt.asIntN(32, result) === result && both.every((value) => value instanceof Int32))
      return new Int32(Number(result));
    if (BigInt.asIntN(64, result) === result) return Long.fromBigInt(result);
    throw new MongoFault(
      'BadValue',
      `Failed to apply ${name} operations to current value ((NumberLong)${before}) of field '${where}'`,
    );
  };
}

/** Exact decimal arithmetic by whole numbers of the smallest unit. */
function decimal(name: string, a: unknown, b: unknown): Decimal128 {
  const parts = [a, b].map((value) => /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/.exec(String(value)));
  const [x, y] = parts.map((part) => ({
    digits: BigInt(`${part?.[1] ?? ''}${part?.[2] ?? 0}${part?.[3] ?? ''}`),
    scale: (part?.[3]?.length ?? 0) - Number(part?.[4] ?? 0),
  }));
  if (
    parts.includes(null) ||
    x === undefined ||
    y === undefined ||
    Math.abs(x.scale) + Math.abs(y.scale) > 100
  ) {
    throw new MongoFault(
      'CommandNotSupported',
      `${name} of ${a} and ${b} is not supported by the embedded store`,
    );
  }
  if (name === '$mul') return Decimal128.fromString(`${x.digits * y.digits}E${-(x.scale + y.scale)}`);
  const scale = Math.max(x.scale, y.scale);
  const sum = x.digits * 10n ** BigInt(scale - x.scale) + y.digits * 10n ** BigInt(scale - y.scale);
  return Decimal128.fromString(`${sum}E${-scale}`);
}

function arrayOf(name: string, old: unknown, where: string): unknown[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return [...old];
  if (name === '$pop')
    throw new MongoFault(
      'TypeMismatch',
      `Path '${where}' contains an element of non-array type '${kind(old)}'`,
    );
  if (name === '$pull' || name === '$pullAll')
    throw new MongoFault('BadValue', `Cannot apply ${name} to a non-array value`);
  throw new MongoFault('BadValue', `The field '${where}' must be an array but is of type ${kind(old)}`);
}

const eachOf = (operand: unknown): unknown[] => {
  if (!isPlainObject(operand) || !('$each' in operand)) return [operand];
  if (!Array.isArray(operand['$each']))
    throw new MongoFault('BadValue', 'The argument to $each must be an array');
  return operand['$each'];
};

const CLAUSES = new Set(['$each', '$position', '$slice', '$sort']);

function push(old: unknown, operand: unknown, where: string): unknown[] {
  let array = arrayOf('$push', old, where);
  const items = eachOf(operand);
  const clauses = (isPlainObject(operand) && '$each' in operand ? operand : {}) as Document;
  for (const name of Object.keys(clauses)) {
    if (!CLAUSES.has(name)) throw new MongoFault('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  const integer = (name: string): number | undefined => {
    const value = clauses[name];
    if (value === undefined) return undefined;
    if (!isNumeric(value) || !Number.isInteger(Number(value)))
      throw new MongoFault('BadValue', `The value for ${name} must be an integer value`);
    return Number(value);
  };
  array.splice(integer('$position') ?? array.length, 0, ...items);
  const sort = clauses['$sort'];
  if (isPlainObject(sort)) array = sortDocuments(array as Document[], sort);
  else if (sort !== undefined) {
    if (Math.abs(Number(sort)) !== 1)
      throw new MongoFault('BadValue', 'The $sort element value must be either 1 or -1');
    array.sort((a, b) => Number(sort) * compareValues(a, b));
  }
  const slice = integer('$slice');
  if (slice === undefined) return array;
  return slice < 0 ? array.slice(slice) : array.slice(0, slice);
}

function pull(old: unknown, operand: unknown, where: string): unknown {
  if (old === undefined) return UNCHANGED;
  const condition = promoted(operand);
  const whole = !isPlainObject(condition) || Object.keys(condition)[0]?.startsWith('$') === true;
  const matches = compileFilter(whole ? { value: condition } : (condition as Document));
  return arrayOf('$pull', old, where).filter((item) => {
    const value = promoted(item);
    return !(whole ? matches({ value }) : isPlainObject(value) && matches(value));
  });
}

function bits(old: unknown, operand: unknown, where: string): Int32 {
  const [[name, mask] = []] = Object.entries(operand as Document);
  if (!(mask instanceof Int32) || (old !== undefined && !(old instanceof Int32))) {
    throw new MongoFault('BadValue', `Cannot apply $bit to '${where}': both must be 32-bit integers here`);
  }
  const a = Number(old ?? 0);
  if (name === 'and') return new Int32(a & mask.value);
  if (name === 'or') return new Int32(a | mask.value);
  if (name === 'xor') return new Int32(a ^ mask.value);
  throw new MongoFault('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
}

function today(operand: unknown): unknown {
  const type = isPlainObject(operand) ? operand['$type'] : operand;
  if (type === 'timestamp') return new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 });
  if (type === 'date' || typeof type === 'boolean') return new Date();
  throw new MongoFault('BadValue', `${JSON.stringify(operand)} is not valid type for $currentDate`);
}

const OPERATORS: Record<string, Change> = {
  $set: (_old, operand) => operand,
  $setOnInsert: (_old, operand) => operand,
  $unset: () => REMOVED,
  $inc: arithmetic(
    '$inc',
    (a, b) => a + b,
    (a, b) => a + b,
  ),
  $mul: arithmetic(
    '$mul',
    (a, b) => a * b,
    (a, b) => a * b,
  ),
  $min: (old, operand) => (old === undefined || compareValues(operand, old) < 0 ? operand : UNCHANGED),
  $max: (old, operand) => (old === undefined || compareValues(operand, old) > 0 ? operand : UNCHANGED),
  $currentDate: (_old, operand) => today(operand),
  $push: push,
  $addToSet: (old, operand, where) => {
    const array = arrayOf('$addToSet', old, where);
    for (const item of eachOf(operand))
      if (!array.some((known) => compareValues(known, item) === 0)) array.push(item);
    return array;
  },
  $pull: pull,
  $pullAll: (old, operand, where) => {
    if (!Array.isArray(operand)) throw new MongoFault('BadValue', '$pullAll requires an array argument');
    return old === undefined ? UNCHANGED : pull(old, { $in: operand }, where);
  },
  $pop: (old, operand, where) => {
    if (Math.abs(Number(operand)) !== 1)
      throw new MongoFault('FailedToParse', `$pop expects 1 or -1, found: ${operand}`);
    if (old === undefined) return UNCHANGED;
    const array = arrayOf('$pop', old, where);
    return Number(operand) === -1 ? array.slice(1) : array.slice(0, -1);
  },
  $bit: bits,
};
/** These leave a path alone that does not exist. */
const NEVER_MAKE = new Set(['$unset', '$pull', '$pullAll', '$pop']);

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

function checkArrayFilters(paths: readonly string[], filters: readonly Document[]): void {
  const names = filters.map((filter) => [...namesIn(filter)]);
  for (const [at, [name, ...others]] of names.entries()) {
    if (name === undefined) continue;
    if (others.length > 0) {
      throw new MongoFault(
        'FailedToParse',
        `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${name}' and '${others[0]}'`,
      );
    }
    if (names.slice(0, at).some(([other]) => other === name)) {
      throw new MongoFault(
        'FailedToParse',
        `Found multiple array filters with the same top-level field name ${name}`,
      );
    }
    if (!paths.some((path) => path.split('.').includes(`$[${name}]`))) {
      throw new MongoFault(
        'FailedToParse',
        `The array filter for identifier '${name}' was not used in the update`,
      );
    }
  }
}

/** The names an array filter is about; they may stand below $and and $or. */
function namesIn(filter: Document): Set<string> {
  return new Set(
    Object.entries(filter).flatMap(([field, value]) =>
      field.startsWith('$')
        ? (value as Document[]).flatMap((inner) => [...namesIn(inner)])
        : (field.split('.')[0] ?? ''),
    ),
  );
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

function put(holder: Document | unknown[], step: string, value: unknown): void {
  if (Array.isArray(holder)) {
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

/** The places `path` means, its $, $[] and $[name] resolved in this document. */
function concretePaths(document: Document, path: string, context: UpdateContext): string[][] {
  let paths: string[][] = [[]];
  for (const step of path.split('.')) {
    if (!/^\$(\[.*\])?$/.test(step)) {
      paths = paths.map((known) => [...known, step]);
      continue;
    }
    paths = paths.flatMap((known) => {
      const array = valueAt(document, known);
      if (!Array.isArray(array)) {
        throw new MongoFault(
          'BadValue',
          `The path '${known.join('.')}' must exist in the document in order to apply array updates.`,
        );
      }
      return positions(array, known.join('.'), step, context).map((at) => [...known, String(at)]);
    });
  }
  return paths;
}

function positions(
  array: readonly unknown[],
  path: string,
  step: string,
  { filter, arrayFilters }: UpdateContext,
): number[] {
  const all = [...array.keys()];
  if (step === '$[]') return all;
  if (step === '$') {
    const found = positionalMatch(array, path, filter);
    if (found === -1)
      throw new MongoFault(
        'BadValue',
        'The positional operator did not find the match needed from the query.',
      );
    return [found];
  }
  const name = step.slice(2, -1);
  const condition = arrayFilters.find((one) => namesIn(one).has(name));
  if (condition === undefined)
    throw new MongoFault(
      'BadValue',
      `No array filter found for identifier '${name}' in path '${path}.${step}'`,
    );
  const matches = compileFilter(promoted(condition) as Document);
  return all.filter((at) => matches({ [name]: promoted(array[at]) }));
}

/** The first element that meets what the filter says of the array: all of it where there is one, else any part. */
function positionalMatch(array: readonly unknown[], path: string, filter: Document): number {
  const tests: ((document: Document) => boolean)[] = [];
  const collect = (part: Document): void => {
    for (const [field, condition] of Object.entries(part)) {
      if (field === '$and' || field === '$or') for (const inner of condition as Document[]) collect(inner);
      else if (field === path || field.startsWith(`${path}.`))
        tests.push(compileFilter(promoted({ [`v${field.slice(path.length)}`]: condition }) as Document));
    }
  };
  collect(filter);
  if (tests.length === 0) return -1;
  const items = array.map((item) => ({ v: [promoted(item)] }));
  const whole = items.findIndex((item) => tests.every((matches) => matches(item)));
  return whole !== -1 ? whole : items.findIndex((item) => tests.some((matches) => matches(item)));
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);
const pipelineContext = operatorContext();

function applyPipeline(
  document: Document,
  pipeline: readonly Document[],
  { variables = {} }: UpdateContext,
): Document {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (PIPELINE_STAGES.has(name)) continue;
    const known = pipelineContext.getOperator(OpType.PIPELINE, name) !== null;
    throw new MongoFault(
      known ? 'InvalidOptions' : 'UnrecognizedStage',
      known
        ? `${name} is not allowed to be used within an update`
        : `Unrecognized pipeline stage name: '${name}'`,
    );
  }
  const stages = promoted(pipeline) as Document[];
  const options = { context: pipelineContext, variables };
  const [result = document] = new Aggregator(stages, options).run<Document>([promoted(document) as Document]);
  return '_id' in document ? { _id: document['_id'], ...result } : result;
}

/**
 * @param before the document as it was stored
 * @returns the bytes of `after`; fields that are as they were keep theirs, and with them the very type of number
 */
export function encodeUpdated(before: Buffer, after: Document): Buffer {
  const old = decodeExact(before);
  const kept = new Map(
    rawFields(before).map((field) => [field.name, before.subarray(field.start, field.end)]),
  );
  const parts = Object.entries(after).map(([name, value]) => {
    const bytes = kept.get(name);
    return bytes !== undefined && compareValues(old[name], value) === 0
      ? bytes
      : fieldsOf(encode({ [name]: value }));
  });
  return joinFields(parts);
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
        if (value === undefined || value instanceof RegExp) continue;
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
