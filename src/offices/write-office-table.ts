/** The directory as a table for spreadsheets, which the import takes back unchanged. */
import { BYTE_ORDER_MARK, writeCsvRow } from '../kernel/csv.ts';
import type { Office } from './office.ts';
import { COLUMNS } from './office-columns.ts';

export function writeOfficeTable(offices: readonly Office[]): string {
  const rows = offices.map((office) => writeCsvRow(COLUMNS.map(({ write }) => write(office))));
  return BYTE_ORDER_MARK + writeCsvRow(COLUMNS.map(({ header }) => header)) + rows.join('');
}

/** What a table looks like, with an office that nobody has. */
export const TEMPLATE = writeOfficeTable([
  {
    code: 'VD001',
    name: 'BHXH huyện Ví Dụ',
    level: 'district',
    province: 'Tên tỉnh hoặc thành phố',
    address: 'Số 1, đường Ví Dụ',
    phones: [{ number: '028 1234 5678', extension: '12' }, { number: '0912 345 678' }],
    hours: 'Thứ Hai đến thứ Sáu, 7:30–11:30 và 13:00–16:30',
    location: { latitude: 10.7769, longitude: 106.7009 },
    parent: null,
    aliases: ['Tên cũ', 'VD'],
    active: true,
  },
]);
