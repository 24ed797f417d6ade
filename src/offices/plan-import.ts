/** What a table of offices would do to the directory. */
import { type ImportPlan, newOffice, type OfficeDraft } from '../contracts/office-directory.ts';
import { checkParent, compareOffices, type StoredOffice } from './office.ts';
import { readDegrees, readLevel, readList, readPhones, readYesNo } from './office-columns.ts';
import type { OfficeTable, TableLine } from './parse-office-table.ts';

type PlannedRow = ImportPlan['rows'][number];
type Draft = PlannedRow['office'];

const FAULTS = {
  code: 'Mã cơ quan trống hoặc chưa đúng. Dùng tối đa 20 chữ cái, chữ số, dấu chấm hoặc gạch ngang.',
  zero: (code: string) =>
    `Mã này có phải là ${code}? Excel đã bỏ số 0 ở đầu: hãy định dạng cột Mã là văn bản (Text).`,
  twice: (line: number) => `Mã này đã có ở dòng ${line}. Hãy bỏ bớt một dòng.`,
  level: 'Cấp phải là Trung ương, Tỉnh, Huyện hoặc Cơ sở.',
  active: 'Cột Hoạt động phải là Có hoặc Không.',
  missing: 'Không có cơ quan cấp trên mang mã này, cả trong danh bạ lẫn trong tệp.',
  circle: 'Cơ quan cấp trên lại thuộc chính cơ quan này. Hãy sửa mã cấp trên.',
  parentFaulty: 'Cơ quan cấp trên nằm ở một dòng có lỗi. Hãy sửa dòng đó trước.',
} as const;

const FIELD_FAULTS: Readonly<Record<keyof Draft, string>> = {
  code: FAULTS.code,
  name: 'Thiếu tên cơ quan, hoặc tên dài quá 150 ký tự.',
  level: FAULTS.level,
  province: 'Thiếu tỉnh/thành phố, hoặc tên dài quá 80 ký tự.',
  address: 'Địa chỉ dài quá 300 ký tự.',
  phones:
    'Số điện thoại chưa đúng. Viết như “028 38543385 nội bộ 120-129”, nhiều số cách nhau bằng dấu |, tối đa 10 số.',
  hours: 'Giờ làm việc dài quá 200 ký tự.',
  location:
    'Vị trí chưa đúng. Ghi cả vĩ độ (từ -90 đến 90) và kinh độ (từ -180 đến 180), ví dụ 10.7465 và 106.6354, hoặc để trống cả hai.',
  parent: FAULTS.missing,
  aliases: 'Tên khác: tối đa 30 tên, mỗi tên tối đa 80 ký tự, cách nhau bằng dấu |.',
  active: FAULTS.active,
};

const EMPTY: OfficeDraft = {
  name: '',
  level: 'district',
  province: '',
  address: null,
  phones: [],
  hours: null,
  location: null,
  parent: null,
  aliases: [],
  active: true,
};

/** Compares the table with the directory. A column that the table lacks leaves its field alone. */
export function planImport(table: OfficeTable, directory: readonly StoredOffice[]): ImportPlan {
  const known = new Map(directory.map((office) => [office.code, office]));
  const faults = [...table.faults];
  const blame = ({ line, text }: TableLine, message: string): void => {
    faults.push({ line, text, message });
  };
  const lineOf = new Map<string, number>();
  const read = new Map<string, { readonly at: TableLine; readonly office: Draft }>();
  for (const at of table.lines) {
    const code = at.cells.code ?? '';
    const first = lineOf.get(code);
    const before = known.get(code);
    const padded = ['0', '00'].map((zeros) => zeros + code).find((other) => known.has(other));
    const office = readOffice(at.cells, before);
    if (first !== undefined) blame(at, FAULTS.twice(first));
    else if (before === undefined && padded !== undefined && /^\d+$/.test(code))
      blame(at, FAULTS.zero(padded));
    else if (typeof office === 'string') blame(at, office);
    else read.set(code, { at, office });
    if (first === undefined) lineOf.set(code, at.line);
  }
  const isDropped = dropOrphans(read, known, lineOf, blame);
  const offices = [...read.values()].filter(({ office }) => !isDropped(office.code));
  const rows = offices.flatMap(({ at, office }): PlannedRow[] => {
    const before = known.get(office.code);
    const fields = before === undefined ? [] : compareOffices(before, office);
    if (before !== undefined && fields.length === 0) return [];
    return [{ line: at.line, office, revision: before?.revision ?? null, fields }];
  });
  return {
    rows: putParentsFirst(rows),
    unchanged: offices.length - rows.length,
    faults: faults.sort((one, other) => one.line - other.line),
    unknownColumns: table.unknownColumns,
  };
}

/** @returns the sentence that says what is wrong */
function readOffice(cells: TableLine['cells'], before: StoredOffice | undefined): Draft | string {
  const { code = '', name, province, address, phones, hours, parent, aliases } = cells;
  const base = before ?? EMPTY;
  const level = cells.level ? readLevel(cells.level) : base.level;
  if (level === null) return FAULTS.level;
  const active = cells.active ? readYesNo(cells.active) : base.active;
  if (active === null) return FAULTS.active;
  const location = readLocation(cells, base.location);
  if (location === 'faulty') return FIELD_FAULTS.location;
  const parsed = newOffice.safeParse({
    code,
    name: name ?? base.name,
    level,
    province: province ?? base.province,
    address: address === undefined ? base.address : address || null,
    phones: phones === undefined ? base.phones : readPhones(phones),
    hours: hours === undefined ? base.hours : hours || null,
    location,
    parent: parent === undefined ? base.parent : parent || null,
    aliases: aliases === undefined ? base.aliases : readList(aliases),
    active,
  });
  if (parsed.success) return parsed.data;
  const field = parsed.error.issues[0]?.path[0] as keyof Draft | undefined;
  return FIELD_FAULTS[field ?? 'code'];
}

function readLocation(
  { latitude, longitude }: TableLine['cells'],
  before: Draft['location'],
): Draft['location'] | 'faulty' {
  if (latitude === undefined && longitude === undefined) return before;
  if (!latitude && !longitude) return null;
  const [north, east] = [readDegrees(latitude ?? ''), readDegrees(longitude ?? '')];
  return north === null || east === null ? 'faulty' : { latitude: north, longitude: east };
}

/** Lines whose parents are missing, go round in a circle, or stand in lines that are faulty themselves. */
function dropOrphans(
  read: ReadonlyMap<string, { readonly at: TableLine; readonly office: Draft }>,
  known: ReadonlyMap<string, StoredOffice>,
  lineOf: ReadonlyMap<string, number>,
  blame: (at: TableLine, message: string) => void,
): (code: string) => boolean {
  const dropped = new Set<string>();
  const parentOf = (code: string): string | null | undefined => {
    const inTable = dropped.has(code) ? undefined : read.get(code);
    return inTable === undefined ? known.get(code)?.parent : inTable.office.parent;
  };
  // Whoever is dropped may be the parent of others: until nobody is any more.
  for (let before = -1; before < dropped.size; ) {
    before = dropped.size;
    for (const { at, office } of read.values()) {
      if (dropped.has(office.code)) continue;
      const found = checkParent(office, parentOf);
      if (found === 'fine') continue;
      const isInTable = found === 'missing' && office.parent !== null && lineOf.has(office.parent);
      blame(at, isInTable ? FAULTS.parentFaulty : FAULTS[found]);
      dropped.add(office.code);
    }
  }
  return (code) => dropped.has(code);
}

function putParentsFirst(rows: readonly PlannedRow[]): PlannedRow[] {
  const byCode = new Map(rows.map((row) => [row.office.code, row]));
  const sorted: PlannedRow[] = [];
  const done = new Set<string>();
  const put = (row: PlannedRow): void => {
    if (done.has(row.office.code)) return;
    done.add(row.office.code);
    const above = row.office.parent === null ? undefined : byCode.get(row.office.parent);
    if (above !== undefined) put(above);
    sorted.push(row);
  };
  for (const row of rows) put(row);
  return sorted;
}
