/** Projections of find and findAndModify. */
import { Query } from 'mingo/query';
import { isPlainObject } from '../bson/document-path.ts';
import { type Document, decode, encode, joinFields, rawFields } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';
import { prepareFilter } from './filter.ts';
import { operatorContext } from './operators.ts';

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || typeof value === 'number';
const isSlice = (value: unknown): boolean => isPlainObject(value) && '$slice' in value;

/**
 * @param filter the command's filter, which `field.$` refers to
 * @returns a document as the projection shows it, or undefined when the projection shows all
 * @throws MongoFault in MongoDB's codes
 */
export function compileProjection(
  projection: Document | undefined,
  filter: Document,
): ((raw: Buffer) => Buffer) | undefined {
  const entries = Object.entries(projection ?? {});
  if (projection === undefined || entries.length === 0) return undefined;
  const flags = entries.filter(([name, value]) => isFlag(value) && name !== '_id');
  checkProjection(entries, flags, filter);
  const including = flags.some(([, value]) => Boolean(value));
  if (entries.every(([name, value]) => isFlag(value) && !name.includes('.') && !name.startsWith('$'))) {
    return projectFields(projection, including || (flags.length === 0 && Boolean(projection['_id'])));
  }
  const query = new Query(prepareFilter(filter), { context: operatorContext });
  // $slice alone cuts one array and shows the rest of the document.
  const slices = entries.filter(([, value]) => isSlice(value));
  const keepsRest =
    !including && slices.length > 0 && entries.every(([, value]) => isFlag(value) || isSlice(value));
  return (raw) => {
    const document = decode(raw);
    const rest = Object.keys(document).filter(
      (name) => projection[name] === undefined || Boolean(projection[name]),
    );
    const wanted = keepsRest
      ? {
          ...Object.fromEntries(rest.map((name) => [name, 1])),
          ...Object.fromEntries(slices),
          ...(projection['_id'] === 0 ? { _id: 0 } : {}),
        }
      : projection;
    const shown = query.find<Document>([document], wanted as Document).next() ?? {};
    const order = [...new Set(['_id', ...Object.keys(document), ...Object.keys(shown)])];
    return encode(
      Object.fromEntries(order.filter((name) => name in shown).map((name) => [name, shown[name]])),
    );
  };
}

function checkProjection(
  entries: readonly [string, unknown][],
  flags: readonly [string, unknown][],
  filter: Document,
): void {
  const [first] = flags;
  const other = flags.find(([, value]) => Boolean(value) !== Boolean(first?.[1]));
  if (other !== undefined) {
    throw new MongoFault(
      other[1] ? 'Location31253' : 'Location31254',
      `Cannot do ${other[1] ? 'inclusion' : 'exclusion'} on field ${other[0]} in ${other[1] ? 'exclusion' : 'inclusion'} projection`,
    );
  }
  for (const [at, [name]] of entries.entries()) {
    for (const [before] of entries.slice(0, at)) {
      if (name.startsWith(`${before}.`)) throw new MongoFault('Location31249', `Path collision at ${name}`);
      if (before.startsWith(`${name}.`)) throw new MongoFault('Location31250', `Path collision at ${name}`);
    }
    if (name.endsWith('.$') && !mentions(filter, name.slice(0, -2))) {
      throw new MongoFault(
        'Location51246',
        `Executor error: positional operator '${name}' couldn't find a matching element in the array`,
      );
    }
  }
}

/** Whether a filter says anything of this field, or of what is in it. */
function mentions(filter: Document, path: string): boolean {
  return Object.entries(filter).some(([field, condition]) =>
    field.startsWith('$')
      ? Array.isArray(condition) && condition.some((part: Document) => mentions(part, path))
      : field === path || field.startsWith(`${path}.`),
  );
}

/** Whole fields kept or left out, without decoding them. */
function projectFields(projection: Document, including: boolean): (raw: Buffer) => Buffer {
  const isKept = (name: string): boolean => {
    const flag = projection[name];
    if (name === '_id') return flag === undefined || Boolean(flag);
    return including ? Boolean(flag) : flag === undefined;
  };
  return (raw) =>
    joinFields(
      rawFields(raw)
        .filter(({ name }) => isKept(name))
        .map(({ start, end }) => raw.subarray(start, end)),
    );
}
