/** The columns of a table of offices: what their headers may say, how a cell is read and how it is written. */
import type { OfficeLevel } from '../contracts/office-directory.ts';
import { searchWords } from '../kernel/search-words.ts';
import type { Office, Phone } from './office.ts';

export interface Column {
  readonly name: ColumnName;
  /** As it is exported. */
  readonly header: string;
  /** What else it may be called. */
  readonly others: readonly string[];
  readonly write: (office: Office) => string;
}

export type ColumnName =
  | 'code'
  | 'name'
  | 'level'
  | 'province'
  | 'address'
  | 'phones'
  | 'hours'
  | 'latitude'
  | 'longitude'
  | 'parent'
  | 'aliases'
  | 'active';

const LEVELS: Readonly<Record<OfficeLevel, readonly string[]>> = {
  central: ['Trung ương', 'central'],
  province: ['Tỉnh', 'Thành phố', 'Tỉnh/Thành phố', 'province'],
  district: ['Huyện', 'Quận', 'Quận/Huyện', 'Thị xã', 'district'],
  basic: ['Cơ sở', 'basic'],
};
const YES = ['Có', 'yes', 'true', '1', 'x', 'Đang hoạt động', 'active'];
const NO = ['Không', 'no', 'false', '0', 'Ngừng', 'Ngừng hoạt động', 'inactive'];
const BETWEEN = ' | ';

export const COLUMNS: readonly Column[] = [
  { name: 'code', header: 'Mã', others: ['mã cơ quan', 'code'], write: ({ code }) => code },
  { name: 'name', header: 'Tên', others: ['tên cơ quan', 'name'], write: ({ name }) => name },
  { name: 'level', header: 'Cấp', others: ['level'], write: ({ level }) => LEVELS[level][0]! },
  {
    name: 'province',
    header: 'Tỉnh/Thành phố',
    others: ['tỉnh', 'thành phố', 'province', 'city'],
    write: ({ province }) => province,
  },
  { name: 'address', header: 'Địa chỉ', others: ['address'], write: ({ address }) => address ?? '' },
  {
    name: 'phones',
    header: 'Điện thoại',
    others: ['số điện thoại', 'phone', 'phones', 'sđt'],
    write: ({ phones }) => phones.map(writePhone).join(BETWEEN),
  },
  {
    name: 'hours',
    header: 'Giờ làm việc',
    others: ['giờ', 'hours', 'opening hours'],
    write: ({ hours }) => hours ?? '',
  },
  {
    name: 'latitude',
    header: 'Vĩ độ',
    others: ['latitude', 'lat'],
    write: ({ location }) => (location === null ? '' : String(location.latitude)),
  },
  {
    name: 'longitude',
    header: 'Kinh độ',
    others: ['longitude', 'lng', 'lon', 'long'],
    write: ({ location }) => (location === null ? '' : String(location.longitude)),
  },
  {
    name: 'parent',
    header: 'Mã cơ quan cấp trên',
    others: ['cấp trên', 'mã cấp trên', 'trực thuộc', 'parent'],
    write: ({ parent }) => parent ?? '',
  },
  {
    name: 'aliases',
    header: 'Tên khác',
    others: ['tên gọi khác', 'tên cũ', 'aliases', 'other names'],
    write: ({ aliases }) => aliases.join(BETWEEN),
  },
  {
    name: 'active',
    header: 'Hoạt động',
    others: ['đang hoạt động', 'active'],
    write: ({ active }) => (active ? YES[0]! : NO[0]!),
  },
];

const fold = (text: string): string => searchWords(text).join(' ');
const isOneOf = (cell: string, words: readonly string[]): boolean =>
  words.some((word) => fold(word) === fold(cell));

export function findColumn(header: string): Column | null {
  return COLUMNS.find((column) => isOneOf(header, [column.header, ...column.others])) ?? null;
}

/** null: no such level. */
export function readLevel(cell: string): OfficeLevel | null {
  const levels = Object.entries(LEVELS) as [OfficeLevel, readonly string[]][];
  return levels.find(([, words]) => isOneOf(cell, words))?.[0] ?? null;
}

/** null: neither yes nor no. */
export function readYesNo(cell: string): boolean | null {
  if (isOneOf(cell, YES)) return true;
  return isOneOf(cell, NO) ? false : null;
}

export function readList(cell: string): string[] {
  return cell
    .split(/[|;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** "02838543385 nội bộ 120-129", "(028) 39.979.039", "028 38543385 (120)". */
export function readPhones(cell: string): Phone[] {
  return readList(cell).map((text) => {
    const [number = '', ...extension] = text.split(/nội bộ|máy lẻ|máy nhánh|số lẻ|lẻ|nhánh|ext\.?|,/iu);
    if (extension.length > 0) return { number: number.trim(), extension: extension.join(',').trim() };
    const open = text.lastIndexOf('(');
    const isBehind = open > 0 && text.endsWith(')');
    return isBehind
      ? { number: text.slice(0, open).trim(), extension: text.slice(open + 1, -1).trim() }
      : { number: text };
  });
}

function writePhone({ number, extension }: Phone): string {
  return extension === undefined ? number : `${number} nội bộ ${extension}`;
}

/** "10.75", "10,75"; null: no number. */
export function readDegrees(cell: string): number | null {
  return /^-?\d{1,3}(?:[.,]\d{1,15})?$/.test(cell) ? Number(cell.replace(',', '.')) : null;
}
