/** Filters: checked in MongoDB's words, then compiled by mingo. */
import { BSONRegExp } from 'bson';
import { Query } from 'mingo/query';
import { isPlainObject } from '../bson/document-path.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { operatorContext } from './operators.ts';

/**
 * @param filter as in find
 * @param variables what `let` of the command binds, for $expr
 * @returns whether a document matches
 * @throws MongoFault for an operator that is unknown or not supported
 */
export function compileFilter(filter: Document, variables: Document = {}): (document: Document) => boolean {
  const query = new Query(prepareFilter(filter), { context: operatorContext, variables });
  return (document) => query.test(document);
}

/**
 * The filter without comments, its patterns compiled.
 * @throws MongoFault BadValue for what is malformed, CommandNotSupported
 */
export function prepareFilter(filter: Document, depth = 0): Document {
  return Object.fromEntries(
    Object.entries(filter)
      .filter(([field]) => field !== '$comment')
      .map(([field, condition]) => [field, prepareCondition(field, condition, depth)]),
  );
}

/** As mongod. */
const DEEPEST = 100;

function prepareCondition(field: string, condition: unknown, depth: number): unknown {
  if (depth > DEEPEST) throw new MongoFault('Overflow', 'exceeded depth limit of a filter');
  if (['$and', '$or', '$nor'].includes(field)) {
    if (!Array.isArray(condition) || condition.length === 0) {
      throw new MongoFault('BadValue', `${field} must be a nonempty array`);
    }
    if (!condition.every(isPlainObject)) {
      throw new MongoFault('BadValue', `${field} argument's entries must be objects`);
    }
    return condition.map((part) => prepareFilter(part, depth + 1));
  }
  if (field.startsWith('$')) {
    if (field === '$expr') return condition;
    const known = ['$where', '$jsonSchema', '$text'].includes(field);
    throw new MongoFault(
      known ? 'CommandNotSupported' : 'BadValue',
      known ? `${field} is not supported by the embedded store` : `unknown top level operator: ${field}`,
    );
  }
  if (condition instanceof BSONRegExp) return compilePattern(condition);
  if (!isPlainObject(condition) || Object.keys(condition)[0]?.startsWith('$') !== true) return condition;
  const { $regex, $options, ...given } = condition;
  const operators = Object.fromEntries(
    Object.entries(given).map(([name, operand]) => [name, withPatterns(name, operand)]),
  );
  for (const [name, operand] of Object.entries(operators)) checkOperator(name, operand);
  if ($regex === undefined) {
    if ($options !== undefined) throw new MongoFault('BadValue', '$options needs a $regex');
    return isPlainObject(operators['$not'])
      ? { ...operators, $not: prepareCondition(field, operators['$not'], depth + 1) }
      : operators;
  }
  return { ...operators, $regex: compilePattern($regex, $options) };
}

function checkOperator(name: string, operand: unknown): void {
  if (!name.startsWith('$')) throw new MongoFault('BadValue', `unknown operator: ${name}`);
  const isCondition = isPlainObject(operand) && Object.keys(operand)[0]?.startsWith('$') === true;
  if (name === '$not' && !(operand instanceof RegExp) && !isCondition) {
    throw new MongoFault('BadValue', '$not needs a regex or a document');
  }
  if (name === '$size' && !(Number.isInteger(Number(operand)) && Number(operand) >= 0)) {
    throw new MongoFault(
      'BadValue',
      `Failed to parse $size. Expected a non-negative integer in: $size: ${operand}`,
    );
  }
}

/** The operands that hold patterns, compiled; after $eq and the like a pattern is a value. */
function withPatterns(name: string, operand: unknown): unknown {
  const compile = (value: unknown): unknown => (value instanceof BSONRegExp ? compilePattern(value) : value);
  if (name === '$not') return compile(operand);
  return ['$in', '$nin', '$all'].includes(name) && Array.isArray(operand) ? operand.map(compile) : operand;
}

/** What PCRE knows and JavaScript reads as something else. */
const NOT_JAVASCRIPT = /\\[AzZQEhHRGK]|\\p\{|\[\[:|\(\?[imsx-]+[:)]|[*+?}]\+/;

/**
 * The pattern as JavaScript's. It has no option x: blanks and comments outside of classes are taken out.
 * @throws MongoFault CommandNotSupported where it would match something else than in MongoDB
 */
export function compilePattern(regex: unknown, options?: unknown): RegExp {
  if (regex instanceof RegExp && options === undefined) return regex;
  const own = regex instanceof BSONRegExp ? regex.options : regex instanceof RegExp ? regex.flags : '';
  const flags = String(options ?? own);
  const unknown = /[^imsxu]/.exec(flags)?.[0];
  if (unknown !== undefined)
    throw new MongoFault('Location51108', `invalid flag in regex options: ${unknown}`);
  const source =
    regex instanceof BSONRegExp ? regex.pattern : regex instanceof RegExp ? regex.source : String(regex);
  if (NOT_JAVASCRIPT.test(source)) {
    throw new MongoFault(
      'CommandNotSupported',
      `the pattern ${source} means something else to the embedded store`,
    );
  }
  const dense = flags.includes('x')
    ? source.replace(/(\\.|\[(?:\\.|[^\]])*\])|\s+|#.*$/gm, (_found, kept: string | undefined) => kept ?? '')
    : source;
  try {
    return new RegExp(dense, flags.replace(/[xu]/g, ''));
  } catch (error) {
    throw new MongoFault('Location51091', `Regular expression is invalid: ${(error as Error).message}`);
  }
}

/** A pipeline with its patterns compiled. */
export function compilePatterns(value: unknown): unknown {
  if (value instanceof BSONRegExp) return compilePattern(value);
  if (Array.isArray(value)) return value.map(compilePatterns);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, compilePatterns(inner)]));
}
