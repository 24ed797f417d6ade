/** A table of offices as text, as a spreadsheet saves it: line by line, nothing compared with the directory yet. */
import { CsvError, parse } from 'csv-parse/sync';
import { type ImportPlan, MOST_TABLE_ROWS } from '../contracts/office-directory.ts';
import { decodeTable, findDelimiter, readCsvCell } from '../kernel/csv.ts';
import { COLUMNS, type ColumnName, findColumn } from './office-columns.ts';

/** A line of the table; a column that the table does not have is missing. */
export interface TableLine {
  readonly line: number;
  readonly text: string;
  readonly cells: Readonly<Partial<Record<ColumnName, string>>>;
}
export interface OfficeTable {
  readonly lines: readonly TableLine[];
  readonly faults: ImportPlan['faults'];
  readonly unknownColumns: readonly string[];
}

const FAULTS = {
  encoding:
    'Tệp không phải mã UTF-8 nên chữ có dấu bị hỏng. Trong Excel, chọn Lưu dưới dạng → CSV UTF-8 rồi nhập lại.',
  empty: 'Tệp không có dòng nào. Dòng đầu là tên cột, mỗi dòng sau là một cơ quan.',
  header: 'Dòng đầu chưa có cột “Mã”. Hãy tải tệp mẫu để xem các cột.',
  twice: (header: string) => `Cột “${header}” có hai lần. Hãy bỏ bớt một cột.`,
  quotes: 'Dấu nháy kép mở ra mà chưa đóng, hoặc nằm giữa ô. Hãy sửa dấu nháy ở dòng này.',
  cells: (given: number, expected: number) =>
    `Dòng có ${given} ô nhưng bảng có ${expected} cột. Ô có dấu phân cách phải nằm trong dấu nháy kép.`,
  tooMany: `Mỗi lần nhập nhiều nhất ${MOST_TABLE_ROWS.toLocaleString('vi-VN')} dòng. Hãy chia tệp ra.`,
} as const;
const SHOWN = 80;

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Reads UTF-8, and UTF-16 where the file says so; cells apart by comma, semicolon or tab. */
export function parseOfficeTable(file: Uint8Array): OfficeTable {
  const text = decodeTable(file);
  if (text === null) return failed(1, FAULTS.encoding);
  let rows: Row[];
  try {
    rows = parse(text, {
      delimiter: findDelimiter(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      to: MOST_TABLE_ROWS + 2,
    }) as unknown as Row[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failed(Number(error['lines'] ?? 1), FAULTS.quotes);
  }
  const [head, ...body] = rows;
  if (head === undefined || body.length === 0) return failed(1, FAULTS.empty);
  if (body.length > MOST_TABLE_ROWS) return failed(MOST_TABLE_ROWS + 2, FAULTS.tooMany);
  const columns = head.record.map((header) => findColumn(header));
  const names = columns.map((column) => column?.name ?? null);
  const twice = COLUMNS.find(({ name }) => names.filter((other) => other === name).length > 1);
  if (twice !== undefined) return failed(1, FAULTS.twice(twice.header));
  if (!names.includes('code')) return failed(1, FAULTS.header);
  return {
    ...readRows(body, names),
    unknownColumns: head.record.filter((header, at) => columns[at] === null && header.trim() !== ''),
  };
}

function readRows(
  rows: readonly Row[],
  names: readonly (ColumnName | null)[],
): Pick<OfficeTable, 'lines' | 'faults'> {
  const lines: TableLine[] = [];
  const faults: OfficeTable['faults'][number][] = [];
  for (const { record, info } of rows) {
    const cells = record.map(readCsvCell);
    if (cells.every((cell) => cell === '')) continue;
    // A cell may hold line breaks: the line is where the record begins.
    const breaks = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    const line = info.lines - breaks;
    const text = cells
      .filter((cell) => cell !== '')
      .join(', ')
      .slice(0, SHOWN);
    if (cells.slice(names.length).some((cell) => cell !== ''))
      faults.push({ line, text, message: FAULTS.cells(cells.length, names.length) });
    else lines.push({ line, text, cells: nameCells(cells, names) });
  }
  return { lines, faults };
}

function nameCells(cells: readonly string[], names: readonly (ColumnName | null)[]): TableLine['cells'] {
  return Object.fromEntries(names.flatMap((name, at) => (name === null ? [] : [[name, cells[at] ?? '']])));
}

function failed(line: number, message: string): OfficeTable {
  return { lines: [], faults: [{ line, text: '', message }], unknownColumns: [] };
}
