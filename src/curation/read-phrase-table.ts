/** A table of phrases as a spreadsheet saves it, CSV or XLSX, → rows of intent and phrase. */
import { CsvError, parse } from 'csv-parse/sync';
import { AppError } from '../kernel/app-error.ts';
import { decodeTable, findDelimiter, readCsvCell } from '../kernel/csv.ts';
import { searchWords } from '../kernel/search-words.ts';
import { unpackArchive } from './unpack-archive.ts';

export interface PhraseRow {
  /** As the spreadsheet counts: the line of headers is 1. */
  readonly row: number;
  readonly intent: string;
  readonly phrase: string;
}

const HEADERS = {
  intent: ['ý định', 'mã', 'mã ý định', 'câu trả lời', 'intent', 'id'],
  phrase: ['câu', 'câu mẫu', 'câu hỏi', 'phrase', 'text', 'example'],
} as const;
const MOST_ROWS = 50_000;
const MOST_COLUMNS = 104;
/** A table of 50,000 phrases has 15 MB; in memory it takes twenty times as much. */
const MOST_UNPACKED_BYTES = 24 * 1024 * 1024;
/** What names cells by ranges: a few bytes would make a billion of them. */
const NOT_READ = [
  'cols',
  'mergeCells',
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'tableParts',
];
/** A cell or a row so far out that the library makes room for all before it; columns up to CZ are taken. */
const FAR_AWAY = /\sr\s*=\s*(?:"[^"]{0,20}&|'[^']{0,20}&|["'](?:[A-Z]{3,}|[D-Z][A-Z])\d|["'][A-Z]{0,2}\d{8})/;
/** Every XLSX file is a ZIP archive. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** @throws AppError `phrase_table_malformed` with the row it is about, `phrase_table_without_columns` with those it lacks */
export async function readPhraseTable(file: Uint8Array): Promise<PhraseRow[]> {
  const isWorkbook = ZIP.every((byte, at) => file[at] === byte);
  const rows = isWorkbook ? await readWorkbook(file) : readCsv(file);
  const [head, ...body] = rows;
  const columnOf = (names: readonly string[]): number =>
    head?.cells.findIndex((cell) => names.some((name) => fold(name) === fold(cell))) ?? -1;
  const intent = columnOf(HEADERS.intent);
  const phrase = columnOf(HEADERS.phrase);
  const missing = Object.entries({ intent, phrase }).flatMap(([name, at]) => (at < 0 ? [name] : []));
  if (missing.length > 0)
    throw new AppError({ code: 'phrase_table_without_columns', message: 'headers', details: missing });
  if (body.length > MOST_ROWS) throw malformed('too many rows', MOST_ROWS + 2);
  return body.map(({ row, cells }) => ({
    row,
    intent: cells[intent] ?? '',
    phrase: cells[phrase] ?? '',
  }));
}

interface Row {
  readonly row: number;
  readonly cells: readonly string[];
}

function readCsv(file: Uint8Array): Row[] {
  const text = decodeTable(file);
  if (text === null) throw malformed('encoding', 1);
  try {
    const rows = parse(text, {
      bom: true,
      delimiter: findDelimiter(text),
      relax_column_count: true,
      to: MOST_ROWS + 2,
    }) as string[][];
    return withoutEmpty(rows.map((cells, at) => ({ row: at + 1, cells: cells.map(readCsvCell) })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw malformed('quotes', Number(error['lines'] ?? 1), error);
  }
}

/** The first sheet. */
async function readWorkbook(file: Uint8Array): Promise<Row[]> {
  // Half a second and 28 MB that a desk does without until somebody brings a workbook.
  const files = await unpackArchive(file, MOST_UNPACKED_BYTES);
  if (files === null) throw malformed('archive', 1);
  for (const [name, xml] of files)
    if (/\/worksheets\/[^/]*$/.test(name) && FAR_AWAY.test(xml.toString('latin1')))
      throw malformed('far away', 1);
  const { default: excel } = await import('exceljs');
  const book = new excel.Workbook();
  try {
    await book.xlsx.load(
      file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer,
      { ignoreNodes: [...NOT_READ], maxRows: MOST_ROWS + 2 } as object,
    );
  } catch (error) {
    throw malformed('workbook', 1, error);
  }
  const rows: Row[] = [];
  book.worksheets[0]?.eachRow((row, number) => {
    const cells = Array.from({ length: Math.min(row.cellCount, MOST_COLUMNS) }, (_, at) =>
      readCsvCell(row.getCell(at + 1).text),
    );
    if (rows.length < MOST_ROWS + 2) rows.push({ row: number, cells });
  });
  return withoutEmpty(rows);
}

function withoutEmpty(rows: readonly Row[]): Row[] {
  return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
}

function fold(text: string): string {
  return searchWords(text).join(' ');
}

function malformed(what: string, row: number, cause?: unknown): AppError {
  return new AppError({ code: 'phrase_table_malformed', message: what, details: [String(row)], cause });
}
