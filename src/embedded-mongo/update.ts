/**
 * What an update makes of a document. mingo's updater passes over in silence what MongoDB refuses (adding to a text,
 * setting below a number), so the operators are applied here; filters, order and pipelines are mingo's.
 */
import { Decimal128, Long, Timestamp } from 'bson';
import { Aggregator } from 'mingo/aggregator';
import { isPlainObject, valueAt } from './document-path.ts';
import { MongoFault } from './fault.ts';
import { compileFilter } from './filter.ts';
import { compareValues, tagOf } from './key-encoding.ts';
import { operatorContext } from './operators.ts';
import { type Document, decodeLongs, encode, fieldsOf, joinFields, rawFields } from './raw-bson.ts';
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

const kind = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : value instanceof Date ? 'date' : typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? (Number.isInteger(value) ? 'int' : 'double') : typeof value;
const isNumeric = (value: unknown): boolean => tagOf(value) === tagOf(0);

/** Numbers stay exact beyond 2^53 where one of them is a 64-bit integer. */
function arithmetic(name: string, numbers: (a: number, b: number) => number, integers: (a: bigint, b: bigint) => bigint): Change {
  return (old, operand, where) => {
    if (!isNumeric(operand)) {
      throw new MongoFault('TypeMismatch', `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${where}: ${JSON.stringify(operand)}}`);
    }
    if (old !== undefined && !isNumeric(old)) {
      throw new MongoFault('TypeMismatch', `Cannot apply ${name} to a value of non-numeric type. The field '${where}' is of type ${kind(old)}`);
    }
    const before = old ?? 0;
    if (before instanceof Decimal128 || operand instanceof Decimal128) {
      throw new MongoFault('CommandNotSupported', `${name} of Decimal128 is not supported by the embedded store`);
    }
    if (before instanceof Long || operand instanceof Long) {
      if (!Number.isInteger(Number(before)) || !Number.isInteger(Number(operand))) return numbers(Number(before), Number(operand));
      return Long.fromBigInt(integers(BigInt(String(before)), BigInt(String(operand))));
    }
    const result = numbers(before as number, operand as number);
    const exact = Number.isInteger(before) && Number.isInteger(operand) && !Number.isSafeInteger(result);
    return exact ? Long.fromBigInt(integers(BigInt(before as number), BigInt(operand as number))) : result;
  };
}

function arrayOf(name: string, old: unknown, where: string): unknown[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return [...old];
  if (name === '$pop') throw new MongoFault('TypeMismatch', `Path '${where}' contains an element of non-array type '${kind(old)}'`);
  if (name === '$pull' || name === '$pullAll') throw new MongoFault('BadValue', `Cannot apply ${name} to a non-array value`);
  throw new MongoFault('BadValue', `The field '${where}' must be an array but is of type ${kind(old)}`);
}

const eachOf = (operand: unknown): unknown[] => {
  if (!isPlainObject(operand) || !('$each' in operand)) return [operand];
  if (!Array.isArray(operand['$each'])) throw new MongoFault('BadValue', 'The argument to $each must be an array');
  return operand['$each'];
};

function push(old: unknown, operand: unknown, where: string): unknown[] {
  let array = arrayOf('$push', old, where);
  const items = eachOf(operand);
  const { $position, $slice, $sort } = (isPlainObject(operand) && '$each' in operand ? operand : {}) as Document;
  array.splice($position === undefined ? array.length : Number($position), 0, ...items);
  if (isPlainObject($sort)) array = sortDocuments(array as Document[], $sort);
  else if ($sort !== undefined) array.sort((a, b) => Number($sort) * compareValues(a, b));
  if ($slice !== undefined) array = Number($slice) < 0 ? array.slice(Number($slice)) : array.slice(0, Number($slice));
  return array;
}

function pull(old: unknown, operand: unknown, where: string): unknown {
  if (old === undefined) return UNCHANGED;
  const whole = !isPlainObject(operand) || Object.keys(operand)[0]?.startsWith('$') === true;
  const matches = compileFilter(whole ? { value: operand } : (operand as Document));
  return arrayOf('$pull', old, where).filter((item) => !(whole ? matches({ value: item }) : isPlainObject(item) && matches(item)));
}

function bits(old: unknown, operand: unknown, where: string): number {
  const [[name, mask] = []] = Object.entries(operand as Document);
  if (!Number.isInteger(mask) || (old !== undefined && !Number.isInteger(old))) {
    throw new MongoFault('BadValue', `Cannot apply $bit to '${where}': both must be integers`);
  }
  const a = (old ?? 0) as number;
  if (name === 'and') return a & (mask as number);
  if (name === 'or') return a | (mask as number);
  if (name === 'xor') return a ^ (mask as number);
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
  $inc: arithmetic('$inc', (a, b) => a + b, (a, b) => a + b),
  $mul: arithmetic('$mul', (a, b) => a * b, (a, b) => a * b),
  $min: (old, operand) => (old === undefined || compareValues(operand, old) < 0 ? operand : UNCHANGED),
  $max: (old, operand) => (old === undefined || compareValues(operand, old) > 0 ? operand : UNCHANGED),
  $currentDate: (_old, operand) => today(operand),
  $push: push,
  $addToSet: (old, operand, where) => {
    const array = arrayOf('$addToSet', old, where);
    for (const item of eachOf(operand)) if (!array.some((known) => compareValues(known, item) === 0)) array.push(item);
    return array;
  },
  $pull: pull,
  $pullAll: (old, operand, where) => (old === undefined ? UNCHANGED : pull(old, { $in: operand }, where)),
  $pop: (old, operand, where) => {
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
export function applyUpdate(document: Document, update: Document | readonly Document[], context: UpdateContext): Document {
  if (Array.isArray(update)) return applyPipeline(document, update, context);
  const changed = structured(document);
  const touched: string[] = [];
  for (const [name, fields] of Object.entries(update as Document)) {
    if (name !== '$rename' && OPERATORS[name] === undefined) {
      throw new MongoFault('FailedToParse', `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`);
    }
    if (!isPlainObject(fields)) {
      throw new MongoFault('FailedToParse', `Modifiers operate on fields but we found type ${kind(fields)} instead. For example: {$mod: {<field>: ...}} not {${name}: ${JSON.stringify(fields)}}`);
    }
    for (const [path, operand] of Object.entries(fields)) {
      checkPath(path);
      noteTouched(touched, path);
      if (name === '$rename') noteTouched(touched, String(operand));
    }
  }
  for (const [name, fields] of Object.entries(update as Document)) {
    if (name === '$setOnInsert' && !context.inserting) continue;
    for (const [path, operand] of Object.entries(fields as Document)) {
      if (name === '$rename') rename(changed, path, String(operand));
      else for (const concrete of concretePaths(changed, path, context)) change(changed, concrete, name, operand);
    }
  }
  return changed;
}

function checkPath(path: string): void {
  if (path === '' || path.split('.').includes('')) {
    throw new MongoFault('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  }
  if (path.startsWith('$')) {
    throw new MongoFault('DollarPrefixedFieldName', `The dollar ($) prefixed field '${path}' in '${path}' is not valid for storage.`);
  }
}

function noteTouched(touched: string[], path: string): void {
  const other = touched.find((known) => known === path || known.startsWith(`${path}.`) || path.startsWith(`${known}.`));
  if (other !== undefined) {
    throw new MongoFault('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${other.length < path.length ? other : path}'`);
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
      throw new MongoFault('PathNotViable', `Cannot create field '${path[depth + 1]}' in element {${step}: ${JSON.stringify(next)}}`);
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

function checkStep(parent: Document | unknown[], step: string, path: readonly string[], depth: number, name: string): void {
  if (!Array.isArray(parent) || /^\d+$/.test(step) || NEVER_MAKE.has(name)) return;
  throw new MongoFault('PathNotViable', `Cannot create field '${step}' in element {${path[depth - 1]}: ${JSON.stringify(parent)}}`);
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
  checkPath(to);
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
        throw new MongoFault('BadValue', `The path '${known.join('.')}' must exist in the document in order to apply array updates.`);
      }
      return positions(array, known.join('.'), step, context).map((at) => [...known, String(at)]);
    });
  }
  return paths;
}

function positions(array: readonly unknown[], path: string, step: string, { filter, arrayFilters }: UpdateContext): number[] {
  const all = [...array.keys()];
  if (step === '$[]') return all;
  if (step === '$') {
    const found = positionalMatch(array, path, filter);
    if (found === -1) throw new MongoFault('BadValue', 'The positional operator did not find the match needed from the query.');
    return [found];
  }
  const name = step.slice(2, -1);
  const conditions = arrayFilters.filter((one) => mentions(one, name));
  if (conditions.length === 0) throw new MongoFault('BadValue', `No array filter found for identifier '${name}' in path '${path}.${step}'`);
  const tests = conditions.map((condition) => compileFilter(condition));
  return all.filter((at) => tests.every((matches) => matches({ [name]: array[at] })));
}

/** Whether an array filter is about this name; it may stand below $and and $or. */
function mentions(condition: Document, name: string): boolean {
  return Object.entries(condition).some(([field, value]) =>
    field.startsWith('$') ? (value as Document[]).some((inner) => mentions(inner, name)) : field.split('.')[0] === name,
  );
}

/** The first element that meets what the filter says of the array: all of it where there is one, else any part. */
function positionalMatch(array: readonly unknown[], path: string, filter: Document): number {
  const tests: ((document: Document) => boolean)[] = [];
  const collect = (part: Document): void => {
    for (const [field, condition] of Object.entries(part)) {
      if (field === '$and' || field === '$or') for (const inner of condition as Document[]) collect(inner);
      else if (field === path || field.startsWith(`${path}.`)) tests.push(compileFilter({ [`v${field.slice(path.length)}`]: condition }));
    }
  };
  collect(filter);
  if (tests.length === 0) return -1;
  const whole = array.findIndex((item) => tests.every((matches) => matches({ v: [item] })));
  return whole !== -1 ? whole : array.findIndex((item) => tests.some((matches) => matches({ v: [item] })));
}

const PIPELINE_STAGES = new Set(['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith']);
const pipelineContext = operatorContext();

function applyPipeline(document: Document, pipeline: readonly Document[], { variables = {} }: UpdateContext): Document {
  for (const stage of pipeline) {
    const [name = ''] = Object.keys(stage);
    if (!PIPELINE_STAGES.has(name)) throw new MongoFault('InvalidOptions', `${name} is not allowed to be used within an update`);
  }
  const [result = document] = new Aggregator([...pipeline], { context: pipelineContext, variables }).run<Document>([structured(document)]);
  return result;
}

/**
 * @param before the document as it was stored
 * @returns the bytes of `after`; fields that are as they were keep theirs, and with them the very type of number
 */
export function encodeUpdated(before: Buffer, after: Document): Buffer {
  const old = decodeLongs(before);
  const kept = new Map(rawFields(before).map((field) => [field.name, before.subarray(field.start, field.end)]));
  const parts = Object.entries(after).map(([name, value]) => {
    const bytes = kept.get(name);
    return bytes !== undefined && compareValues(old[name], value) === 0 ? bytes : fieldsOf(encode({ [name]: value }));
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
      else if (field === '$or' && (condition as Document[]).length === 1) take((condition as Document[])[0] ?? {});
      else if (!field.startsWith('$')) {
        const operators = isPlainObject(condition) && Object.keys(condition)[0]?.startsWith('$') ? condition : { $eq: condition };
        const one = Array.isArray(operators['$in']) && operators['$in'].length === 1 ? operators['$in'][0] : undefined;
        const all = Array.isArray(operators['$all']) && operators['$all'].length === 1 ? operators['$all'][0] : undefined;
        const value = '$eq' in operators ? operators['$eq'] : (one ?? all);
        if (value === undefined || value instanceof RegExp) continue;
        Object.assign(document, applyUpdate(document, { $set: { [field]: value } }, context));
      }
    }
  };
  take(filter);
  return document;
}
