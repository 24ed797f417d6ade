/** Filters: checked in MongoDB's words, then compiled by mingo. */
import { Query } from 'mingo/query';
import { isPlainObject } from '../bson/document-path.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { operatorContext } from './operators.ts';

export const filterContext = operatorContext();

/**
 * @param filter as in find
 * @param variables what `let` of the command binds, for $expr
 * @returns whether a document matches
 * @throws MongoFault for an operator that is unknown or not supported
 */
export function compileFilter(filter: Document, variables: Document = {}): (document: Document) => boolean {
  const query = new Query(prepareFilter(filter), { context: filterContext, variables });
  return (document) => query.test(document);
}

/**
 * The filter without comments, its patterns compiled.
 * @throws MongoFault BadValue for what is malformed, CommandNotSupported
 */
export function prepareFilter(filter: Document): Document {
  return Object.fromEntries(
    Object.entries(filter)
      .filter(([field]) => field !== '$comment')
      .map(([field, condition]) => [field, prepareCondition(field, condition)]),
  );
}

function prepareCondition(field: string, condition: unknown): unknown {
  if (['$and', '$or', '$nor'].includes(field)) {
    if (!Array.isArray(condition) || condition.length === 0) {
      throw new MongoFault('BadValue', `${field} must be a nonempty array`);
    }
    if (!condition.every(isPlainObject)) {
      throw new MongoFault('BadValue', `${field} argument's entries must be objects`);
    }
    return condition.map(prepareFilter);
  }
  if (field.startsWith('$')) {
    if (field === '$expr') return condition;
    const known = ['$where', '$jsonSchema', '$text'].includes(field);
    throw new MongoFault(
      known ? 'CommandNotSupported' : 'BadValue',
      known ? `${field} is not supported by the embedded store` : `unknown top level operator: ${field}`,
    );
  }
  if (!isPlainObject(condition) || Object.keys(condition)[0]?.startsWith('$') !== true) return condition;
  const { $regex, $options, ...operators } = condition;
  for (const [name, operand] of Object.entries(operators)) checkOperator(name, operand);
  if ($regex === undefined) {
    if ($options !== undefined) throw new MongoFault('BadValue', '$options needs a $regex');
    return isPlainObject(operators['$not'])
      ? { ...operators, $not: prepareCondition(field, operators['$not']) }
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

/** JavaScript has no option x: blanks and comments outside of classes are taken out. */
function compilePattern(regex: unknown, options: unknown): RegExp {
  const flags = String(options ?? (regex instanceof RegExp ? regex.flags : ''));
  const unknown = /[^imsxu]/.exec(flags)?.[0];
  if (unknown !== undefined)
    throw new MongoFault('Location51108', `invalid flag in regex options: ${unknown}`);
  const source = regex instanceof RegExp ? regex.source : String(regex);
  const dense = flags.includes('x')
    ? source.replace(/(\\.|\[(?:\\.|[^\]])*\])|\s+|#.*$/gm, (_found, kept: string | undefined) => kept ?? '')
    : source;
  try {
    return new RegExp(dense, flags.replace(/[xu]/g, ''));
  } catch (error) {
    throw new MongoFault('Location51091', `Regular expression is invalid: ${(error as Error).message}`);
  }
}
