/** Operators that compare, choose and bind; those that compute only what they need. */
import { isPlainObject } from './document-path.ts';
import {
  bind,
  compileExpression,
  type Evaluate,
  isTrue,
  listed,
  type Names,
  namedOperands,
  type Operator,
  refused,
  registerOperators,
} from './expression.ts';
import { MongoFault } from './fault.ts';
import { compareValues } from './key-encoding.ts';
import type { Document } from './raw-bson.ts';

/** Any kind with any kind; missing is below null. */
function compareComputed(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(b === undefined) - Number(a === undefined);
  return Math.sign(compareValues(a, b));
}
const comparison = (result: (order: number) => unknown): Operator =>
  listed(2, 2, ([a, b]) => result(compareComputed(a, b)));

const $cond: Operator = (operand, names, name) => {
  if (!Array.isArray(operand)) namedOperands(operand, ['if', 'then', 'else'], [], name);
  const parts = Array.isArray(operand) ? operand : [(operand as Document)['if'], (operand as Document)['then'], (operand as Document)['else']];
  if (parts.length !== 3) {
    throw new MongoFault('Location16020', `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
  }
  const [condition, yes, no] = parts.map((part) => compileExpression(part, names)) as [Evaluate, Evaluate, Evaluate];
  return (scope) => (isTrue(condition(scope)) ? yes(scope) : no(scope));
};

const $ifNull: Operator = (operand, names) => {
  if (!Array.isArray(operand) || operand.length < 2) throw new MongoFault('Location1257300', '$ifNull needs at least two arguments');
  const parts = operand.map((part) => compileExpression(part, names));
  return (scope) => {
    let value: unknown;
    for (const part of parts) {
      value = part(scope);
      if (value !== null && value !== undefined) break;
    }
    return value;
  };
};

const $switch: Operator = (operand, names, name) => {
  const { branches, default: otherwise } = namedOperands(operand, ['branches'], ['default'], name);
  if (!Array.isArray(branches) || branches.length === 0) throw new MongoFault('Location40068', '$switch requires at least one branch.');
  const cases = branches.map((branch) => {
    const { case: condition, then: value } = namedOperands(branch, ['case', 'then'], [], name);
    return { condition: compileExpression(condition, names), value: compileExpression(value, names) };
  });
  const last = otherwise === undefined ? undefined : compileExpression(otherwise, names);
  return (scope) => {
    for (const { condition, value } of cases) if (isTrue(condition(scope))) return value(scope);
    if (last !== undefined) return last(scope);
    throw new MongoFault('Location40066', '$switch could not find a matching branch for an input, and no default was specified.');
  };
};

const connective =
  (until: boolean): Operator =>
  (operand, names) => {
    const parts = [operand].flat().map((part) => compileExpression(part, names));
    return (scope) => (parts.some((part) => isTrue(part(scope)) === until) ? until : !until);
  };

/** @throws MongoFault when users may not give a variable this name */
function checkVariable(name: unknown): string {
  if (typeof name !== 'string' || !(name === 'CURRENT' || /^[a-z\u0080-\uffff]\w*$/u.test(name))) {
    throw new MongoFault('FailedToParse', `'${String(name)}' starts with an invalid character for a user variable name`);
  }
  return name;
}

const $let: Operator = (operand, names, name) => {
  const { vars, in: body } = namedOperands(operand, ['vars', 'in'], [], name);
  if (!isPlainObject(vars)) throw new MongoFault('Location10065', "invalid parameter: expected an object (vars)");
  const bound = Object.entries(vars).map(([key, value]): [string, Evaluate] => [checkVariable(key), compileExpression(value, names)]);
  const compute = compileExpression(body, new Set([...names, ...bound.map(([key]) => key)]));
  return (scope) => compute(bind(scope, Object.fromEntries(bound.map(([key, evaluate]) => [key, evaluate(scope)]))));
};

function arrayInput(name: string, input: unknown, fault: 'Location16883' | 'Location28651' | 'Location40080'): unknown[] {
  if (!Array.isArray(input)) throw new MongoFault(fault, `input to ${name} must be an array`);
  return input;
}

/** The name of the variable for each item, and the names known with it. */
function itemNames(as: unknown, names: Names): { item: string; inner: Names } {
  const item = as === undefined ? 'this' : checkVariable(as);
  return { item, inner: new Set([...names, item]) };
}

const $map: Operator = (operand, names, name) => {
  const { input, as, in: body } = namedOperands(operand, ['input', 'in'], ['as'], name);
  const { item, inner } = itemNames(as, names);
  const list = compileExpression(input, names);
  const compute = compileExpression(body, inner);
  return (scope) => {
    const items = list(scope) ?? null;
    return items && arrayInput(name, items, 'Location16883').map((one) => compute(bind(scope, { [item]: one })) ?? null);
  };
};

const $filter: Operator = (operand, names, name) => {
  const { input, as, cond, limit } = namedOperands(operand, ['input', 'cond'], ['as', 'limit'], name);
  const { item, inner } = itemNames(as, names);
  const list = compileExpression(input, names);
  const holds = compileExpression(cond, inner);
  const most = limit === undefined ? () => null : compileExpression(limit, names);
  return (scope) => {
    const items = list(scope) ?? null;
    if (items === null) return null;
    const kept = arrayInput(name, items, 'Location28651').filter((one) => isTrue(holds(bind(scope, { [item]: one }))));
    const wanted = most(scope) ?? null;
    if (wanted === null) return kept;
    if (!(Number.isInteger(Number(wanted)) && Number(wanted) > 0)) throw new MongoFault('Location327392', `$filter: limit must be a positive integer: ${String(wanted)}`);
    return kept.slice(0, Number(wanted));
  };
};

const $reduce: Operator = (operand, names, name) => {
  const { input, initialValue, in: body } = namedOperands(operand, ['input', 'initialValue', 'in'], [], name);
  const list = compileExpression(input, names);
  const initial = compileExpression(initialValue, names);
  const compute = compileExpression(body, new Set([...names, 'this', 'value']));
  return (scope) => {
    const items = list(scope) ?? null;
    if (items === null) return null;
    return arrayInput(name, items, 'Location40080').reduce(
      (value: unknown, one) => compute(bind(scope, { this: one, value })),
      initial(scope),
    );
  };
};

const $literal: Operator = (operand) => () => operand;

registerOperators({
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: comparison((order) => order),
  $and: connective(false),
  $or: connective(true),
  $not: listed(1, 1, ([value]) => !isTrue(value)),
  $cond,
  $ifNull,
  $switch,
  $let,
  $map,
  $filter,
  $reduce,
  $literal,
  $const: $literal,
  $expr: (operand, names) => compileExpression(operand, names),
  $rand: () => () => Math.random(),
  $function: refused,
  $accumulator: refused,
  $meta: refused,
  $toHashedIndexKey: refused,
  $sampleRate: refused,
});
