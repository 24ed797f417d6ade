/** What an examination of the desk says. */
export interface Finding {
  /** What was looked at, in a word or two. */
  readonly check: string;
  readonly level: 'ok' | 'warning' | 'problem';
  readonly text: string;
  /** What to do; empty where nothing is to be done. */
  readonly remedy: string;
}

export const ok = (check: string, text: string): Finding => ({ check, level: 'ok', text, remedy: '' });
export const warn = (check: string, text: string, remedy: string): Finding => ({
  check,
  level: 'warning',
  text,
  remedy,
});
export const problem = (check: string, text: string, remedy: string): Finding => ({
  check,
  level: 'problem',
  text,
  remedy,
});

/** A line each, with the sum below. */
export function formatFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const count = (level: Finding['level']) => findings.filter((one) => one.level === level).length;
  return [
    ...findings.map(({ check, level, text, remedy }) =>
      `${level.padEnd(7)}  ${check.padEnd(width)}  ${text}${remedy === '' ? '' : ` → ${remedy}`}`.trimEnd(),
    ),
    `${count('ok')} ok, ${count('warning')} warnings, ${count('problem')} problems`,
  ].join('\n');
}
