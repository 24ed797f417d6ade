/** Special days from a table of text, as an office pastes it from a spreadsheet or an announcement. */
import { type SpecialDay, type SpecialDaysImported, specialDay } from '../contracts/desk-settings.ts';

/** As many as the settings take. */
const MOST_DAYS = 500;

const FAULTS = {
  day: 'Ngày chưa đúng. Viết như 2027-02-13 hoặc 13/02/2027.',
  kind: 'Loại ngày phải là off (nghỉ) hoặc working (làm việc).',
  like: 'Cột thứ tư là thứ trong tuần từ 1 (thứ Hai) đến 7 (Chủ nhật), chỉ dùng cho ngày làm việc.',
  name: 'Tên ngày dài quá 100 ký tự.',
  cells: 'Mỗi dòng có tối đa 4 cột: ngày; loại; tên; thứ.',
  duplicate: 'Ngày này đã có ở dòng',
  tooMany: `Nhiều nhất ${MOST_DAYS} ngày.`,
} as const;

const KINDS: Readonly<Record<string, SpecialDay['kind']>> = {
  off: 'off',
  nghỉ: 'off',
  working: 'working',
  'làm việc': 'working',
  'làm bù': 'working',
};
const HEADERS: ReadonlySet<string> = new Set(['day', 'date', 'ngày']);

/** Reads every line; lines without content and a header are passed over. */
export function parseSpecialDays(csv: string): SpecialDaysImported {
  const days: SpecialDay[] = [];
  const faults: SpecialDaysImported['faults'][number][] = [];
  const lineOf = new Map<string, number>();
  let isFirst = true;
  for (const [at, raw] of csv
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const text = raw.trim();
    const cells = splitCells(text);
    if (cells.every((cell) => cell === '')) continue;
    const isHeader = isFirst && HEADERS.has(cells[0]!.normalize('NFC').toLowerCase());
    isFirst = false;
    if (isHeader) continue;
    const line = at + 1;
    const read = days.length < MOST_DAYS ? readCells(cells) : FAULTS.tooMany;
    const before = typeof read === 'string' ? undefined : lineOf.get(read.day);
    if (typeof read === 'string') faults.push({ line, text, message: read });
    else if (before !== undefined) faults.push({ line, text, message: `${FAULTS.duplicate} ${before}.` });
    else {
      lineOf.set(read.day, line);
      days.push(read);
    }
  }
  return { days, faults };
}

/** @returns the day, or the sentence that says what is wrong */
function readCells([day = '', kind = '', name = '', like = '', ...more]: readonly string[]):
  | SpecialDay
  | string {
  const written = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(day);
  const iso = written ? `${written[3]}-${written[2]!.padStart(2, '0')}-${written[1]!.padStart(2, '0')}` : day;
  if (!specialDay.shape.day.safeParse(iso).success) return FAULTS.day;
  const known = KINDS[kind.normalize('NFC').toLowerCase()];
  if (known === undefined) return FAULTS.kind;
  if (name.length > 100) return FAULTS.name;
  if (more.some((cell) => cell !== '')) return FAULTS.cells;
  if (like === '') return { day: iso, kind: known, name };
  if (known !== 'working' || !/^[1-7]$/.test(like)) return FAULTS.like;
  return { day: iso, kind: known, name, like: Number(like) };
}

/** Spreadsheets put cells that hold the separator in quotation marks. */
function splitCells(text: string): string[] {
  const separator = ['\t', ';', ','].find((one) => text.includes(one)) ?? ';';
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += character;
  }
  cells.push(cell.trim());
  return cells;
}
