/**
 * Aggregation expressions, compiled once and then computed for each document.
 *
 * mingo's own evaluator is not used: it looks into arrays by number and reads paths through plain values, takes 0n,
 * Long and NaN for what they are not, checks names and numbers of arguments only when a document comes by, and its
 * operators pass over 64-bit integers.
 */
import { isPlainObject } from './document-path.ts';
import { MongoFault } from './fault.ts';
import type { Document } from './raw-bson.ts';

/** The variables: ROOT, CURRENT, NOW and those that `let`, $map and the like bind. */
export type Scope = Readonly<Record<string, unknown>>;
/** Computes a value; undefined stands for missing. @throws MongoFault */
export type Evaluate = (scope: Scope) => unknown;
/** Names of the variables that may be used besides the built-in ones. */
export type Names = ReadonlySet<string>;
/** Makes an operator's operand into what computes it. */
export type Operator = (operand: unknown, names: Names, name: string) => Evaluate;

const BUILT_IN: Names = new Set(['ROOT', 'CURRENT', 'NOW', 'REMOVE']);
export const NO_NAMES: Names = new Set();

const OPERATORS = new Map<string, Operator>();

/** Makes operators known; to be called once for each table, when the program starts. */
export function registerOperators(table: Readonly<Record<string, Operator>>): void {
  for (const [name, operator] of Object.entries(table)) OPERATORS.set(name, operator);
}

/** What all documents of one command share. */
export function createScope(variables: Document = {}, now = new Date()): Scope {
  return Object.assign(Object.create(null), variables, { NOW: now }) as Scope;
}

/** The scope of one document. */
export function scopeOf(document: unknown, shared: Scope): Scope {
  return bind(shared, { ROOT: document, CURRENT: document });
}

/** More variables over those that are there. */
export const bind = (scope: Scope, more: Document): Scope => Object.assign(Object.create(scope), more) as Scope;

/** Gives a document a field, also one called __proto__. */
export function put(document: Document, name: string, value: unknown): void {
  if (name !== '__proto__') document[name] = value;
  else Object.defineProperty(document, name, { value, enumerable: true, configurable: true, writable: true });
}

/** @throws MongoFault when the expression names what does not exist, or gives an operator what it does not take */
export function compileExpression(expression: unknown, names: Names = NO_NAMES): Evaluate {
  if (typeof expression === 'string') return expression.startsWith('$') ? compilePath(expression, names) : () => expression;
  if (Array.isArray(expression)) {
    const items = expression.map((item) => compileExpression(item, names));
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isPlainObject(expression)) return () => expression;
  const fields = Object.entries(expression);
  const [first] = fields;
  if (first?.[0].startsWith('$') === true) {
    if (fields.length > 1) {
      throw new MongoFault('Location15983', `An object representing an expression must have exactly one field: ${fields.map(([name]) => name).join(', ')}`);
    }
    return operatorOf(first[0])(first[1], names, first[0]);
  }
  return compileFields(fields, names);
}

function compileFields(fields: readonly [string, unknown][], names: Names): Evaluate {
  const compiled = fields.map(([name, value]): [string, Evaluate] => {
    if (name.includes('.')) throw new MongoFault('Location16412', `FieldPath field names may not contain '.'. Consider using $getField or $setField: ${name}`);
    if (name.startsWith('$')) throw new MongoFault('Location16410', `FieldPath field names may not start with '$': ${name}`);
    return [name, compileExpression(value, names)];
  });
  return (scope) => {
    const document: Document = {};
    for (const [name, evaluate] of compiled) {
      const value = evaluate(scope);
      if (value !== undefined) put(document, name, value);
    }
    return document;
  };
}

function operatorOf(name: string): Operator {
  const operator = OPERATORS.get(name);
  if (operator === undefined) throw new MongoFault('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return operator;
}

/** Whether this is the name of an expression's operator. */
export const isOperator = (name: string): boolean => OPERATORS.has(name);

/** @throws MongoFault when a part is empty or begins with a dollar */
export function pathOf(text: string): string[] {
  const path = text.split('.');
  if (text.endsWith('.')) throw new MongoFault('Location40353', `FieldPath must not end with a '.': ${text}`);
  if (path.includes('')) throw new MongoFault('Location15998', `FieldPath field names may not be empty strings: ${text}`);
  const odd = path.find((name) => name.startsWith('$'));
  if (odd !== undefined) throw new MongoFault('Location16410', `FieldPath field names may not start with '$'. Consider using $getField or $setField: ${odd}`);
  return path;
}

function compilePath(text: string, names: Names): Evaluate {
  if (text === '$') throw new MongoFault('Location16872', "'$' by itself is not a valid FieldPath");
  if (!text.startsWith('$$')) {
    const path = pathOf(text.slice(1));
    return (scope) => read(scope['CURRENT'], path, 0);
  }
  const [variable = '', ...rest] = text.slice(2).split('.');
  if (variable === '') throw new MongoFault('FailedToParse', 'empty variable names are not allowed');
  if (!BUILT_IN.has(variable) && !names.has(variable)) {
    throw new MongoFault('UndefinedVariable', `Use of undefined variable: ${variable}`);
  }
  if (rest.length === 0) return (scope) => scope[variable];
  const path = pathOf(rest.join('.'));
  return (scope) => read(scope[variable], path, 0);
}

/** A path goes into each document of an array, but not into arrays within arrays, and not by number. */
function read(value: unknown, path: readonly string[], depth: number): unknown {
  if (depth === path.length) return value;
  const name = path[depth] ?? '';
  if (isPlainObject(value)) return Object.hasOwn(value, name) ? read(value[name], path, depth + 1) : undefined;
  if (!Array.isArray(value)) return undefined;
  const found: unknown[] = [];
  for (const item of value) {
    const inner = isPlainObject(item) ? read(item, path, depth) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}

/** What conditions take for true: all but false, null, missing and zero. */
export function isTrue(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (value === undefined || value === null) return false;
  // Number(NaN) is not equal to 0: not-a-number counts as true.
  if (typeof value === 'number') return value !== 0;
  return typeof value !== 'object' || !('_bsontype' in value) || Number(value.valueOf()) !== 0 || String(value) === '';
}

/** The operands of an operator written as a list, or alone. @throws MongoFault when they are too many or too few */
function operandsOf(operand: unknown, least: number, most: number, name: string): unknown[] {
  const operands = Array.isArray(operand) ? operand : [operand];
  if (operands.length >= least && operands.length <= most) return operands;
  const wanted = least === most ? `exactly ${least} arguments` : `at least ${least} arguments, and at most ${most}`;
  const fault = least === most ? 'Location16020' : 'Location28667';
  throw new MongoFault(fault, `Expression ${name} takes ${wanted}. ${operands.length} were passed in.`);
}

/** An operator of `least` to `most` operands, all of which are computed. */
export const listed =
  (least: number, most: number, compute: (operands: readonly unknown[], name: string) => unknown): Operator =>
  (operand, names, name) => {
    const operands = operandsOf(operand, least, most, name).map((one) => compileExpression(one, names));
    return (scope) => compute(operands.map((evaluate) => evaluate(scope)), name);
  };

const isNothing = (value: unknown): boolean => value === null || value === undefined;

/** An operator that is null where an operand is null or missing. */
export const strict = (least: number, most: number, compute: (operands: readonly unknown[], name: string) => unknown): Operator =>
  listed(least, most, (operands, name) => (operands.some(isNothing) ? null : compute(operands, name)));

/** An operator of one operand, null where that is null or missing. */
export const unary = (compute: (operand: unknown, name: string) => unknown): Operator =>
  strict(1, 1, ([operand], name) => compute(operand, name));

/** The operand of an operator written with names. @throws MongoFault when one is unknown or lacking */
export function namedOperands(operand: unknown, required: readonly string[], optional: readonly string[], name: string): Document {
  if (!isPlainObject(operand)) throw new MongoFault('FailedToParse', `${name} only supports an object as its argument`);
  const unknown = Object.keys(operand).find((key) => !required.includes(key) && !optional.includes(key));
  if (unknown !== undefined) throw new MongoFault('FailedToParse', `Unrecognized argument to ${name}: ${unknown}`);
  const lacking = required.find((key) => operand[key] === undefined);
  if (lacking !== undefined) throw new MongoFault('FailedToParse', `Missing '${lacking}' parameter to ${name}`);
  return operand;
}

/** An operator whose operands have names, all of which are computed. */
export const named =
  (required: readonly string[], optional: readonly string[], compute: (operands: Document, name: string) => unknown): Operator =>
  (operand, names, name) => {
    const fields = Object.entries(namedOperands(operand, required, optional, name)).map(
      ([key, value]): [string, Evaluate] => [key, compileExpression(value, names)],
    );
    return (scope) => compute(Object.fromEntries(fields.map(([key, evaluate]) => [key, evaluate(scope)])), name);
  };

/** An operator that a real MongoDB has and this server has not. */
export const refused: Operator = (_operand, _names, name) => {
  throw new MongoFault('CommandNotSupported', `${name} is not supported by the embedded store; a MongoDB server has it`);
};
