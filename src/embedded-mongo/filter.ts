/** Filters and projections. */
import { Query } from 'mingo/query';
import { isPlainObject } from './document-path.ts';
import { MongoFault } from './fault.ts';
import { operatorContext } from './operators.ts';
import { type Document, decode, encode, joinFields, rawFields } from './raw-bson.ts';

const context = operatorContext();

/**
 * @param filter as in find
 * @param variables what `let` of the command binds, for $expr
 * @returns whether a document matches
 * @throws MongoFault for an operator that is unknown or not supported
 */
export function compileFilter(filter: Document, variables: Document = {}): (document: Document) => boolean {
  for (const [field, condition] of Object.entries(filter)) checkCondition(field, condition);
  const query = new Query(filter, { context, variables });
  return (document) => query.test(document);
}

/** mingo takes a condition that mixes operators and fields for a value; MongoDB refuses it. */
function checkCondition(field: string, condition: unknown): void {
  if (field === '$text' || field.startsWith('$geo') || field.startsWith('$near')) {
    throw new MongoFault('CommandNotSupported', `${field} is not supported by the embedded store`);
  }
  if (['$and', '$or', '$nor'].includes(field)) {
    if (!Array.isArray(condition) || condition.length === 0) {
      throw new MongoFault('BadValue', `${field} must be a nonempty array`);
    }
    for (const part of condition) {
      if (!isPlainObject(part))
        throw new MongoFault('BadValue', `${field} argument's entries must be objects`);
      for (const [inner, value] of Object.entries(part)) checkCondition(inner, value);
    }
    return;
  }
  if (!isPlainObject(condition) || field.startsWith('$')) return;
  const names = Object.keys(condition);
  if (names[0]?.startsWith('$') !== true) return;
  for (const name of names) {
    if (!name.startsWith('$')) throw new MongoFault('BadValue', `unknown operator: ${name}`);
    const operand = condition[name];
    if (
      name === '$not' &&
      !(operand instanceof RegExp) &&
      !(isPlainObject(operand) && Object.keys(operand)[0]?.startsWith('$'))
    ) {
      throw new MongoFault('BadValue', '$not needs a regex or a document');
    }
    if (name === '$size' && !(Number.isInteger(operand) && (operand as number) >= 0)) {
      throw new MongoFault(
        'BadValue',
        `Failed to parse $size. Expected a non-negative integer in: $size: ${operand}`,
      );
    }
  }
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || typeof value === 'number';

/**
 * @param filter the command's filter, which `field.$` refers to
 * @returns a document as the projection shows it, or undefined when the projection shows all
 */
export function compileProjection(
  projection: Document | undefined,
  filter: Document,
): ((raw: Buffer) => Buffer) | undefined {
  const entries = Object.entries(projection ?? {});
  if (projection === undefined || entries.length === 0) return undefined;
  const flags = entries.filter(([name, value]) => isFlag(value) && name !== '_id');
  const included = flags.filter(([, value]) => Boolean(value));
  const [excluded] = flags.filter(([, value]) => !value);
  if (included.length > 0 && excluded !== undefined) {
    throw new MongoFault(
      'ProjectionMixed',
      `Invalid $project :: caused by :: Cannot do exclusion on field ${excluded[0]} in inclusion projection`,
    );
  }
  if (entries.every(([name, value]) => isFlag(value) && !name.includes('.') && !name.startsWith('$'))) {
    return projectFields(
      projection,
      included.length > 0 || (flags.length === 0 && Boolean(projection['_id'])),
    );
  }
  const query = new Query(filter, { context });
  // $slice alone cuts one array and shows the rest of the document.
  const keepsRest =
    included.length === 0 &&
    entries.every(([name, value]) => name === '_id' || (isPlainObject(value) && '$slice' in value));
  return (raw) => {
    const document = decode(raw);
    const rest = keepsRest ? Object.fromEntries(Object.keys(document).map((name) => [name, 1])) : {};
    const shown = query.find<Document>([document], { ...rest, ...projection }).next() ?? {};
    const order = [...new Set(['_id', ...Object.keys(document), ...Object.keys(shown)])];
    return encode(
      Object.fromEntries(order.filter((name) => name in shown).map((name) => [name, shown[name]])),
    );
  };
}

/** Whole fields kept or left out, without decoding them. */
function projectFields(projection: Document, including: boolean): (raw: Buffer) => Buffer {
  const kept = (name: string): boolean => {
    const flag = projection[name];
    if (name === '_id') return flag === undefined || Boolean(flag);
    return including ? Boolean(flag) : flag === undefined;
  };
  return (raw) =>
    joinFields(
      rawFields(raw)
        .filter(({ name }) => kept(name))
        .map(({ start, end }) => raw.subarray(start, end)),
    );
}
