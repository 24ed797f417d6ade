/**
 * Projections, of find and of $project, and the fields $addFields and $unset put and take. mingo's mutate the documents
 * they read, stop at plain values and lose the order of fields.
 */
import { isPlainObject } from './document-path.ts';
import { compileExpression, createScope, evaluateVariables, isOperator, type Evaluate, type Names, NO_NAMES, pathOf, put, type Scope, scopeOf } from './expression.ts';
import { MongoFault } from './fault.ts';
import { isNumeric } from './bson-types.ts';
import { type Document, decodeExact, encode, joinFields, rawFields } from './raw-bson.ts';

/** What is asked of a field: to be shown or hidden, computed, changed where it is there, or something of its fields. */
type Wish = 'show' | 'hide' | { readonly compute: Evaluate } | { readonly change: (value: unknown) => unknown } | Wishes;
interface Wishes {
  readonly fields: Map<string, Wish>;
}
/** What becomes of fields of which nothing is said. */
type Rest = 'drop' | 'keep';
export type Project = (document: Document, scope: Scope) => Document;

const isWishes = (wish: Wish): wish is Wishes => typeof wish === 'object' && 'fields' in wish;
const computes = (wish: Wish): boolean => typeof wish === 'object' && ('compute' in wish || (isWishes(wish) && [...wish.fields.values()].some(computes)));

/** Adds a wish to the tree. @throws MongoFault when another is about the same path, one above or one below */
export function addWish(root: Wishes, path: readonly string[], wish: Wish): void {
  let { fields } = root;
  for (const name of path.slice(0, -1)) {
    const next = fields.get(name) ?? { fields: new Map() };
    if (!isWishes(next)) throw new MongoFault('PathCollisionBelow', `Invalid $project :: caused by :: Path collision at ${path.join('.')} remaining portion ${path.at(-1)}`);
    fields.set(name, next);
    fields = next.fields;
  }
  const last = path.at(-1) ?? '';
  if (fields.has(last)) throw new MongoFault('PathCollision', `Invalid $project :: caused by :: Path collision at ${path.join('.')}`);
  fields.set(last, wish);
}

/** @param rest 'keep' also makes documents of plain values that computed fields are to be in */
export function applyWishes(root: Wishes, rest: Rest): Project {
  const computing = new Set<Wish>();
  const note = (wish: Wish): void => {
    if (computes(wish)) computing.add(wish);
    if (isWishes(wish)) for (const inner of wish.fields.values()) note(inner);
  };
  note(root);
  const ofValue = (wishes: Wishes, value: unknown, scope: Scope): unknown => {
    if (isPlainObject(value)) return ofDocument(wishes, value, scope);
    if (Array.isArray(value)) return value.map((item) => ofValue(wishes, item, scope)).filter((item) => item !== undefined);
    if (computing.has(wishes)) return ofDocument(wishes, {}, scope);
    return rest === 'keep' ? value : undefined;
  };
  const ofField = (wish: Wish | undefined, value: unknown, scope: Scope): unknown => {
    if (wish === undefined) return rest === 'keep' ? value : undefined;
    if (wish === 'show') return value;
    if (wish === 'hide') return undefined;
    if ('change' in wish) return wish.change(value);
    // Overwritten at its place below, where it stays.
    if ('compute' in wish) return rest === 'keep' ? value : undefined;
    return ofValue(wish, value, scope);
  };
  const ofDocument = (wishes: Wishes, document: Document, scope: Scope): Document => {
    const shown: Document = {};
    for (const [name, value] of Object.entries(document)) {
      const seen = ofField(wishes.fields.get(name), value, scope);
      if (seen !== undefined) put(shown, name, seen);
    }
    if (!computing.has(wishes)) return shown;
    for (const [name, wish] of wishes.fields) {
      if (typeof wish !== 'object' || !computing.has(wish)) continue;
      if ('compute' in wish) {
        const value = wish.compute(scope);
        if (value === undefined) delete shown[name];
        else put(shown, name, value);
      } else if (isWishes(wish) && !Object.hasOwn(shown, name)) put(shown, name, ofDocument(wish, {}, scope));
    }
    return shown;
  };
  return (document, scope) => ofDocument(root, document, scope);
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isNumeric(value);

/** What find has and $project has not, by name of its operator or path. */
type Special = (name: string, value: unknown) => { wish: Wish; path: string; rest?: Rest } | undefined;

/**
 * @param special projections beyond those of $project
 * @throws MongoFault when fields to show and to hide are mixed, paths collide, or an expression is wrong
 */
export function parseProjection(spec: Document, names: Names, special: Special = () => undefined): Project {
  const root: Wishes = { fields: new Map() };
  let rest: Rest | undefined;
  const settle = (wanted: Rest, what: string): void => {
    rest ??= wanted;
    if (rest === wanted) return;
    if (what === 'expression') throw new MongoFault('ExpressionInExclusion', 'Invalid $project :: caused by :: Cannot use an expression in an exclusion projection');
    if (wanted === 'keep') throw new MongoFault('ProjectionMixed', `Invalid $project :: caused by :: Cannot do exclusion on field ${what} in inclusion projection`);
    throw new MongoFault('ProjectionMixedTheOtherWay', `Invalid $project :: caused by :: Cannot do inclusion on field ${what} in exclusion projection`);
  };
  const read = (fields: Document, above: readonly string[]): void => {
    for (const [name, value] of Object.entries(fields)) {
      const found = special(name, value);
      if (found !== undefined) {
        if (found.rest !== undefined) settle(found.rest, name);
        addWish(root, [...above, ...found.path.split('.')], found.wish);
        continue;
      }
      const path = [...above, ...pathOf(name)];
      const isId = path.length === 1 && name === '_id';
      const [first] = Object.keys(isPlainObject(value) ? value : {});
      if (isFlag(value)) {
        const shows = Boolean(value === true || (value !== false && Number(value) !== 0));
        if (!isId) settle(shows ? 'drop' : 'keep', path.join('.'));
        addWish(root, path, shows ? 'show' : 'hide');
      } else if (isPlainObject(value) && first?.startsWith('$') !== true) {
        if (first === undefined) throw new MongoFault('EmptySubProjection', 'Invalid $project :: caused by :: An empty sub-projection is not a valid value. Found empty object at path');
        read(value, path);
      } else {
        if (first !== undefined && !isOperator(first)) throw new MongoFault('UnknownProjection', `Invalid $project :: caused by :: Unknown expression ${first}`);
        settle('drop', 'expression');
        addWish(root, path, { compute: compileExpression(value, names) });
      }
    }
  };
  read(spec, []);
  const id = root.fields.get('_id');
  rest ??= id === undefined || id === 'hide' ? 'keep' : 'drop';
  if (rest === 'drop' && id === undefined) root.fields.set('_id', 'show');
  return applyWishes(root, rest);
}

function slice(operand: unknown): (value: unknown) => unknown {
  const [skip, limit] = Array.isArray(operand) ? operand.map(Number) : [undefined, Number(operand)];
  if (limit === undefined || Number.isNaN(limit)) throw new MongoFault('Location28724', 'First argument to $slice must be an array');
  if (skip !== undefined && limit <= 0) throw new MongoFault('Location28729', '$slice limit must be positive');
  return (value) => {
    if (!Array.isArray(value)) return value;
    if (skip === undefined) return limit < 0 ? value.slice(limit) : value.slice(0, limit);
    const from = skip < 0 ? Math.max(value.length + skip, 0) : skip;
    return value.slice(from, from + limit);
  };
}

type Compile = (filter: Document) => (document: Document) => boolean;
type Matching = (array: readonly unknown[], path: string, filter: Document) => number;

/** The projections only find has: {$slice}, {$elemMatch} and `path.$`. */
function findSpecials(filter: Document, compile: Compile, matching: Matching): Special {
  const elemMatch = (name: string, operand: unknown): Wish => {
    if (!isPlainObject(operand)) throw new MongoFault('Location31274', 'elemMatch: Invalid argument, object required');
    const matches = compile({ v: { $elemMatch: operand } });
    return {
      compute(scope) {
        const value = (scope['ROOT'] as Document)[name];
        const found = Array.isArray(value) ? value.filter((item) => matches({ v: [item] })).slice(0, 1) : [];
        return found.length === 0 ? undefined : found;
      },
    };
  };
  return (name, value) => {
    if (name.endsWith('.$')) {
      const path = name.slice(0, -2);
      const change = (array: unknown): unknown => {
        if (!Array.isArray(array)) return array;
        const at = matching(array, path, filter);
        if (at === -1) throw new MongoFault('PositionNotFound', "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array");
        return [array[at]];
      };
      return { wish: { change }, path, rest: 'drop' };
    }
    if (!isPlainObject(value)) return undefined;
    const operand = value['$slice'];
    if (isNumeric(operand) || (Array.isArray(operand) && operand.length === 2 && operand.every(isNumeric))) {
      return { wish: { change: slice(operand) }, path: name };
    }
    if ('$elemMatch' in value) {
      if (name.includes('.')) throw new MongoFault('Location31275', 'Cannot use $elemMatch projection on a nested field.');
      return { wish: elemMatch(name, value['$elemMatch']), path: name, rest: 'drop' };
    }
    return undefined;
  };
}

/**
 * @param filter the command's filter, which `field.$` refers to
 * @param variables what `let` of the command binds
 * @returns a document as the projection shows it, or undefined when the projection shows all
 * @throws MongoFault as parseProjection
 */
export function createFindProjection(compile: Compile, matching: Matching) {
  return (projection: Document | undefined, filter: Document, variables: Document = {}): ((raw: Buffer) => Buffer) | undefined => {
    const entries = Object.entries(projection ?? {});
    if (projection === undefined || entries.length === 0) return undefined;
    const shared = createScope(evaluateVariables(variables));
    const project = parseProjection(projection, new Set([...NO_NAMES, ...Object.keys(variables)]), findSpecials(filter, compile, matching));
    const wanted = entries.find(([name]) => name !== '_id') ?? entries[0];
    if (entries.every(([name, value]) => isFlag(value) && !name.includes('.'))) return projectFields(projection, Boolean(Number(wanted?.[1])));
    return (raw) => {
      const document = decodeExact(raw);
      return encode(project(document, scopeOf(document, shared)));
    };
  };
}

/** Whole fields kept or left out, without decoding them. */
function projectFields(projection: Document, including: boolean): (raw: Buffer) => Buffer {
  const kept = (name: string): boolean => {
    const flag = Object.hasOwn(projection, name) ? Boolean(Number(projection[name])) : undefined;
    if (name === '_id') return flag ?? true;
    return flag ?? !including;
  };
  return (raw) =>
    joinFields(
      rawFields(raw)
        .filter(({ name }) => kept(name))
        .map(({ start, end }) => raw.subarray(start, end)),
    );
}
