/** What one version of a thing has that the other has not. */

export interface ChangedPath {
  /** Such as `duty.week`. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** Lists are compared as a whole: their places mean nothing to a reader. */
export function listChangedPaths(from: object, to: object, above = ''): ChangedPath[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) => {
    const [before, after]: unknown[] = [Reflect.get(from, key), Reflect.get(to, key)];
    const path = `${above}${key}`;
    if (isRecord(before) && isRecord(after)) return listChangedPaths(before, after, `${path}.`);
    return isSame(before, after) ? [] : [{ path, from: before ?? null, to: after ?? null }];
  });
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Regardless of the order of the fields, which a store or a form may change. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((entry, at) => isSame(entry, other[at]));
  if (isRecord(one) && isRecord(other)) return listChangedPaths(one, other).length === 0;
  return one === other;
}
