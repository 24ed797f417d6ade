/** Order of documents by a sort specification. */
import { someValueAt } from '../bson/document-path.ts';
import { EMPTY_ARRAY, encodeKey } from '../bson/key-encoding.ts';
import type { Document } from '../bson/raw-bson.ts';
import { MongoFault } from '../fault.ts';

export type SortSpec = readonly (readonly [path: string, direction: 1 | -1])[];

/**
 * @param spec as in find and $sort: {field: 1 or -1, …}
 * @throws MongoFault for any other direction; text scores are not supported
 */
export function parseSort(spec: Document | undefined): SortSpec {
  return Object.entries(spec ?? {}).map(([path, direction]) => {
    if (Number(direction) !== 1 && Number(direction) !== -1) {
      throw new MongoFault(
        'Location15975',
        `Illegal key in $sort specification: ${path}: ${JSON.stringify(direction)}`,
      );
    }
    return [path, Number(direction) === 1 ? 1 : -1];
  });
}

/**
 * What a document is ordered by. Of an array the least element counts when ascending and the greatest when
 * descending; an empty array comes before null.
 */
export function sortKey(document: Document, spec: SortSpec): Buffer {
  return Buffer.concat(
    spec.map(([path, direction]) => {
      const keys: Buffer[] = [];
      someValueAt(document, path.split('.'), (value) => {
        if (!Array.isArray(value)) keys.push(encodeKey(value, direction === -1));
        else if (value.length === 0) keys.push(encodeKey(EMPTY_ARRAY, direction === -1));
        return false;
      });
      return keys.reduce(
        (least, key) => (Buffer.compare(key, least) < 0 ? key : least),
        keys[0] ?? encodeKey(null, direction === -1),
      );
    }),
  );
}

/** The documents in order; those that are equal stay as they were. */
export function sortDocuments(documents: readonly Document[], spec: Document): Document[] {
  const parsed = parseSort(spec);
  if (parsed.length === 0) throw new MongoFault('BadValue', '$sort stage must have at least one sort key');
  return documents
    .map((document) => ({ document, key: sortKey(document, parsed) }))
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .map(({ document }) => document);
}
