/**
 * Edits of a YAML file that leave everything else in it as it stands, byte for byte: comments, order, line breaks. For files
 * whose lists are written one entry a line or more; the YAML library would write all of them anew.
 */
import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, stringify } from 'yaml';

/** What shall stand in a list or map, by the name of each entry; in the order in which new ones are added. */
export type Wanted = ReadonlyMap<string, unknown>;

interface Item {
  readonly name: string;
  readonly value: Node;
  /** Where its text begins, its dash or key included. */
  readonly start: number;
}

/**
 * Makes the block list or map at a path hold what is wanted.
 * @param nameOf of an entry of a list; the entries of a map have their keys
 * @returns null when it is not written as a block, and has to be written as a whole
 */
export function editYamlList(
  source: string,
  path: readonly string[],
  wanted: Wanted,
  nameOf: (value: unknown) => string,
): string | null {
  const document = parseDocument(source);
  const list = path.length === 0 ? document.contents : document.getIn(path, true);
  if ((!isMap(list) && !isSeq(list)) || list.flow || list.items.length === 0) return null;
  const items = isMap(list)
    ? list.items.map((pair) => itemOfPair(pair as Pair<Node, Node>))
    : list.items.map((node) => itemOfList(source, node as Node, nameOf));
  const lineOf = (at: number): number => source.lastIndexOf('\n', at - 1) + 1;
  const indent = source.slice(lineOf(items[0]!.start), items[0]!.start);
  const missing = new Map(wanted);
  const edits: { start: number; end: number; text: string }[] = [];
  let end = 0;
  for (const { name, value, start } of items) {
    const [from, to] = value.range ?? [0, 0];
    const after = nextLine(source, to);
    end = Math.max(end, after);
    if (!wanted.has(name)) edits.push({ start: lineOf(start), end: after, text: '' });
    else if (!isDeepStrictEqual(value.toJS(document), wanted.get(name)))
      edits.push({ start: from, end: to, text: write(wanted.get(name)) });
    missing.delete(name);
  }
  const added = [...missing].map(([name, value]) => {
    const head = isMap(list) ? `${write(name)}: ` : '- ';
    return `${indent}${head}${write(value)}\n`;
  });
  const gap = source.endsWith('\n', end) ? '' : '\n';
  if (added.length > 0) edits.push({ start: end, end, text: gap + added.join('') });
  return edits.reduceRight(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    source,
  );
}

function itemOfPair({ key, value }: Pair<Node, Node>): Item {
  return { name: String(isScalar(key) ? key.value : key), value: value!, start: key.range![0] };
}

function itemOfList(source: string, value: Node, nameOf: (value: unknown) => string): Item {
  const name = nameOf(value.toJSON());
  return { name, value, start: source.lastIndexOf('-', value.range![0] - 1) };
}

/** Behind the comment that may follow on the same line. */
function nextLine(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end + 1;
}

/** On one line. */
function write(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trimEnd();
}
