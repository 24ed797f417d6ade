import { describe, expect, it } from 'vitest';
import type { ImportPlan } from '../../src/contracts/office-directory.ts';
import type { StoredOffice } from '../../src/offices/office.ts';
import { parseOfficeTable } from '../../src/offices/parse-office-table.ts';
import { planImport } from '../../src/offices/plan-import.ts';
import { TEMPLATE, writeOfficeTable } from '../../src/offices/write-office-table.ts';
import { makeOffice, readTestDirectory } from './office-directory.ts';

const KNOWN: StoredOffice[] = [
  { ...makeOffice({ code: '079', name: 'BHXH TP. Hồ Chí Minh', level: 'province' }), revision: 4 },
  {
    ...makeOffice({
      code: '07916',
      name: 'BHXH Quận 6',
      phones: [{ number: '000 0000 001', extension: '120-129' }],
      hours: '7:30–16:30',
      aliases: ['Q6'],
      parent: '079',
    }),
    revision: 2,
  },
];

const plan = (text: string | Uint8Array, known: readonly StoredOffice[] = KNOWN): ImportPlan =>
  planImport(parseOfficeTable(typeof text === 'string' ? new TextEncoder().encode(text) : text), known);
const faultsOf = (text: string): (readonly [number, string])[] =>
  plan(text).faults.map(({ line, message }) => [line, message]);

describe('a table of offices', () => {
  it('that was exported is taken back unchanged', async () => {
    const all = (await readTestDirectory()).map((office) => ({ ...office, revision: 1 }));
    const odd = {
      ...makeOffice({
        code: 'ODD-1',
        name: 'BHXH "Một, Hai"; Ba',
        address: '=1+1',
        phones: [{ number: '+84 000 0000', extension: '1, 2' }, { number: '(000) 00.000.000' }],
        hours: 'Sáng\nChiều',
        location: { latitude: -1.5, longitude: 106.123456 },
        aliases: ['Tên cũ', "'Tên khác"],
        active: false,
      }),
      revision: 1,
    };
    const directory = [...all, odd];
    expect(plan(writeOfficeTable(directory), directory)).toEqual({
      rows: [],
      unchanged: directory.length,
      faults: [],
      unknownColumns: [],
    });
  });

  it('that shows how it is done can be read', () => {
    const { rows, faults } = plan(TEMPLATE, []);
    expect(faults).toEqual([]);
    expect(rows.map(({ office }) => office.code)).toEqual(['VD001']);
  });

  it.each([
    ['semicolons', 'Mã;Tên;Tỉnh\nT9;BHXH Chín;Huế\n'],
    ['commas', 'Mã,Tên,Tỉnh\r\nT9,BHXH Chín,Huế\r\n'],
    ['tabs', 'Mã\tTên\tTỉnh\nT9\tBHXH Chín\tHuế'],
    ['English headers and a byte order mark', '\ufeffcode,name,province\nT9,BHXH Chín,Huế'],
    ['headers without accents, columns in another order', 'tinh/thanh pho;TEN CO QUAN;ma\nHuế;BHXH Chín;T9'],
    ['letters taken apart', 'Mã;Tên;Tỉnh\nT9;BHXH Chín;Huế'.normalize('NFD')],
  ])('is read with %s', (_name, text) => {
    const { rows, faults } = plan(text);
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([
      {
        office: { code: 'T9', name: 'BHXH Chín', province: 'Huế', active: true },
        revision: null,
        fields: [],
      },
    ]);
  });

  it('is read in the encoding that Excel calls Unicode', () => {
    const text = new Uint8Array(Buffer.from('\ufeffMã\tTên\tTỉnh\nT9\tBHXH Chín\tHuế', 'utf16le'));
    expect(plan(text).rows).toHaveLength(1);
  });

  it('changes the columns that it has, and no others', () => {
    const { rows, unchanged } = plan('Mã;Giờ làm việc;Ghi chú\n07916;8:00–17:00;x\n079;;\n');
    expect(unchanged).toBe(1);
    expect(rows).toMatchObject([
      {
        line: 2,
        revision: 2,
        fields: ['hours'],
        office: { hours: '8:00–17:00', aliases: ['Q6'], parent: '079' },
      },
    ]);
    expect(plan('Mã;Giờ làm việc\n07916;\n').rows[0]?.office.hours).toBeNull();
    expect(plan('Mã;Giờ làm việc;Ghi chú\n07916;8:00;x').unknownColumns).toEqual(['Ghi chú']);
  });

  it.each([
    ['028 3854 nội bộ 120-129', [{ number: '028 3854', extension: '120-129' }]],
    ['(028) 39.979.039', [{ number: '(028) 39.979.039' }]],
    ['028 3854 (12) | 0912 345 678', [{ number: '028 3854', extension: '12' }, { number: '0912 345 678' }]],
    ['028 3854 máy lẻ 7', [{ number: '028 3854', extension: '7' }]],
    ['', []],
  ])('holds the phones “%s”', (cell, phones) => {
    expect(plan(`Mã\tĐiện thoại\n07916\t${cell}`).rows[0]?.office.phones).toEqual(phones);
  });

  it('has parents before those below them, whatever the order of its lines', () => {
    const { rows } = plan('Mã;Tên;Tỉnh;Cấp trên\nC;BHXH C;Huế;B\nB;BHXH B;Huế;A\nA;BHXH A;Huế;\n');
    expect(rows.map(({ office }) => office.code)).toEqual(['A', 'B', 'C']);
  });
});

describe('a faulty line', () => {
  const HEAD = 'Mã;Tên;Tỉnh;Cấp;Điện thoại;Vĩ độ;Kinh độ;Cấp trên;Hoạt động';
  it.each([
    ['without a name', 'T1;;Huế', /tên/],
    ['without a code', ';BHXH A;Huế', /Mã cơ quan trống/],
    ['with an unknown level', 'T1;BHXH A;Huế;phường', /Cấp phải/],
    ['with letters for a phone', 'T1;BHXH A;Huế;Huyện;gọi sau', /Số điện thoại/],
    ['with half a position', 'T1;BHXH A;Huế;Huyện;;10.5;', /Vị trí/],
    ['with a position that is nowhere', 'T1;BHXH A;Huế;Huyện;;105;10', /Vị trí/],
    ['with a parent that nobody knows', 'T1;BHXH A;Huế;Huyện;;;;XX', /cấp trên/],
    ['that is its own parent', 'T1;BHXH A;Huế;Huyện;;;;T1', /chính cơ quan này/],
    ['neither active nor not', 'T1;BHXH A;Huế;Huyện;;;;;có lẽ', /Có hoặc Không/],
    ['whose code lost its zero', '79;BHXH TP;HCM', /079/],
    ['with too many cells', 'T1;BHXH A;Huế;Huyện;;;;;Có;thừa', /10 ô/],
  ])('%s is named with its line, and the others are read', (_name, line, message) => {
    const { rows, faults } = plan(`${HEAD}\nOK;BHXH Tốt;Huế\n\n${line}\n`);
    expect(rows.map(({ office }) => office.code)).toEqual(['OK']);
    expect(faults).toEqual([{ line: 4, text: expect.any(String), message: expect.stringMatching(message) }]);
  });

  it('is found behind a cell of several lines', () => {
    expect(faultsOf('Mã;Tên;Tỉnh\nA;"BHXH\nA";Huế\nB;;Huế\n').map(([line]) => line)).toEqual([4]);
  });

  it('takes those below it along', () => {
    expect(faultsOf('Mã;Tên;Tỉnh;Cấp trên\nA;;Huế;\nB;BHXH B;Huế;A\nC;BHXH C;Huế;B\n')).toEqual([
      [2, expect.stringContaining('tên')],
      [3, expect.stringContaining('dòng có lỗi')],
      [4, expect.stringContaining('dòng có lỗi')],
    ]);
  });

  it('has the code of a line above', () => {
    expect(faultsOf('Mã;Tên;Tỉnh\nA;BHXH A;Huế\nA;BHXH B;Huế')).toEqual([
      [3, expect.stringContaining('dòng 2')],
    ]);
  });
});

it.each([
  ['nothing', '', /không có dòng/],
  ['headers alone', 'Mã;Tên', /không có dòng/],
  ['no codes', 'Tên;Tỉnh\nA;B', /chưa có cột “Mã”/],
  ['two columns of codes', 'Mã;code\nA;B', /hai lần/],
  ['a quotation mark that is left open', 'Mã;Tên\nA;"B', /nháy/],
])('a file with %s is refused as a whole', (_name, text, message) => {
  expect(plan(text)).toMatchObject({ rows: [], faults: [{ message: expect.stringMatching(message) }] });
});

it('a file in another encoding is refused as a whole', () => {
  expect(plan(new Uint8Array([0x4d, 0xe3, 0x3b, 0x54, 0xea, 0x6e])).faults[0]?.message).toContain('UTF-8');
});
