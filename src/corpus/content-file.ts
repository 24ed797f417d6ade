/** Reading one YAML or Markdown file so that whatever is wrong with it has a line. */
import { isCollection, isMap, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { ContentProblem } from './corpus.ts';

export interface ParsedFile<T> {
  /** null when the file does not fit its schema; `problems` then says why. */
  readonly value: T | null;
  readonly problems: readonly ContentProblem[];
  /** The line (from 1) on which the value at a path stands. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/**
 * Parses YAML and holds it against a schema.
 * @param firstLine line of the file on which `source` begins (1 for a whole file)
 */
export function parseYaml<T>(
  file: string,
  source: string,
  schema: z.ZodType<T>,
  firstLine = 1,
): ParsedFile<T> {
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, keepSourceTokens: false });
  const toLine = (offset: number): number => lineCounter.linePos(offset).line + firstLine - 1;
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      const range = (node as { range?: [number, number, number] | null } | undefined)?.range;
      if (range != null) return toLine(keyStart(document.contents, path.slice(0, length)) ?? range[0]);
    }
    return firstLine;
  };
  const broken = document.errors.map((error) => ({
    file,
    line: toLine(error.pos[0]),
    message: error.message.split('\n')[0] ?? error.message,
    remedy: 'correct the YAML: mind indentation, colons and quotes',
  }));
  if (broken.length > 0) return { value: null, problems: broken, lineOf };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, problems: [], lineOf };
  const problems = parsed.error.issues.map((issue) => ({
    file,
    line: lineOf(issue.path),
    message: `${issue.path.map(String).join('.') || 'the file'} does not fit`,
    remedy: issue.message,
  }));
  return { value: null, problems, lineOf };
}

/** In a map the key's place is what an editor looks for, not the value's. */
function keyStart(contents: unknown, path: readonly PropertyKey[]): number | undefined {
  const name = path.at(-1);
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((node, key) => (isCollection(node) ? node.get(key, true) : undefined), contents);
  if (!isMap(parent) || typeof name !== 'string') return undefined;
  const pair = parent.items.find((item) => String(item.key) === name);
  return (pair?.key as { range?: [number, number, number] | null } | undefined)?.range?.[0];
}

export interface FrontMatterFile<T> extends ParsedFile<T> {
  readonly body: string;
  /** Line on which the body begins. */
  readonly bodyLine: number;
}

/** Parses a Markdown file that begins with YAML between two lines of three dashes. */
export function parseFrontMatter<T>(file: string, source: string, schema: z.ZodType<T>): FrontMatterFile<T> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(source);
  if (match === null) {
    const problem = {
      file,
      line: 1,
      message: 'the front matter is missing',
      remedy: 'begin the file with ---, the fields (id, kind, title, sources, asOf, related), and ---',
    };
    return { value: null, problems: [problem], lineOf: () => 1, body: source, bodyLine: 1 };
  }
  const head = parseYaml(file, match[1] ?? '', schema, 2);
  return {
    ...head,
    body: source.slice(match[0].length).trim(),
    bodyLine: match[0].split('\n').length,
  };
}
