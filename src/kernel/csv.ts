/** Tables for spreadsheets as text (RFC 4180). */

/** Without it Excel takes the file for another alphabet. */
export const BYTE_ORDER_MARK = '\ufeff';

export function writeCsvRow(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

/** Spreadsheets run what looks like a formula (OWASP, CSV injection): the apostrophe makes it text. */
export function defuse(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function writeCell(text: string): string {
  const cell = defuse(text);
  return /[",\r\n']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A cell as it was before it was written. */
export function readCsvCell(cell: string): string {
  const text = cell.trim();
  const rest = text.slice(1);
  return text.startsWith("'") && defuse(rest) !== rest ? rest : text;
}
