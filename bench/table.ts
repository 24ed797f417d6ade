/** Results as Markdown. */

export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the reader must know to read it rightly. */
  readonly notes: readonly string[];
}

/** The first column is text, all others are figures. */
export function formatTable({ title, head, rows, notes }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '---:'));
  const table = [line(head), line(rule), ...rows.map(line)].join('\n');
  const list = notes.map((note) => `- ${note}`).join('\n');
  return [`## ${title}`, table, list].filter((part) => part !== '').join('\n\n');
}

/** A figure with as many digits as it deserves. */
export function figure(value: number | undefined): string {
  if (value === undefined) return '–';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(value >= 10 ? 1 : 2);
}

export function percent(share: number): string {
  return (share * 100).toFixed(1);
}
