/** The details of an entry as lines that can be read: what stood there, and what stands there now. */
export type DetailLine = readonly [name: string, text: string];

/** Pairs of names under which rooms write what was before and after. */
const PAIRS = [
  ['from', 'to'],
  ['before', 'after'],
] as const;

export function describeDetails(details: Readonly<Record<string, unknown>>): DetailLine[] {
  const pair = PAIRS.find(([old, next]) => old in details && next in details);
  if (pair !== undefined) {
    const [old, next] = pair;
    const { [old]: before, [next]: after, ...others } = details;
    return [...compare(before, after), ...describeDetails(others)];
  }
  return Object.entries(details).flatMap(([name, value]): DetailLine[] =>
    isListOfChanges(value)
      ? value.map(({ path, from, to }) => [path, `${say(from)} → ${say(to)}`])
      : [[name, say(value)]],
  );
}

/** Field by field; of something new or gone, all its fields. */
function compare(before: unknown, after: unknown): DetailLine[] {
  const [old, next] = [toRecord(before), toRecord(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])]
    .filter((name) => say(old[name]) !== say(next[name]))
    .map((name) => [name, `${say(old[name])} → ${say(next[name])}`]);
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isListOfChanges(
  value: unknown,
): value is readonly { readonly path: string; readonly from: unknown; readonly to: unknown }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((entry) => typeof entry === 'object' && entry !== null && 'path' in entry && 'to' in entry)
  );
}

function say(value: unknown): string {
  if (value === null || value === undefined) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
