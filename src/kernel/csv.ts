/** Tables for spreadsheets as text (RFC 4180). */

/** Without it Excel takes the file for another alphabet. */
export const BYTE_ORDER_MARK = '\ufeff';

export function writeCsvRow(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(',')}\r\n`;
}

/** Much less than this, and sending a table costs more than making it: each piece is compressed by itself. */
const PIECE_LENGTH = 64 * 1024;

/** Rows as they come, put together to pieces that are worth sending. */
export async function* gatherRows(rows: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const row of rows) {
    piece += row;
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
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

/** A table as text, in UTF-8, or in UTF-16 where the file says so; null: no text that can be read. */
export function decodeTable(file: Uint8Array): string | null {
  const isUtf16 = file[0] === 0xff && file[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(file).normalize('NFC');
  } catch {
    return null;
  }
}

/** Comma, semicolon or tab: the one that the line of headers has most of. */
export function findDelimiter(text: string): string {
  const head = /[^\r\n]+/.exec(text)?.[0] ?? '';
  const count = (delimiter: string): number => head.split(delimiter).length;
  return ['\t', ';', ','].reduce((best, other) => (count(other) > count(best) ? other : best));
}
