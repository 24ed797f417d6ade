import { describe, expect, it } from 'vitest';
import { parseSpecialDays } from '../../src/duty/parse-special-days.ts';

describe('a table of special days', () => {
  it('is read with a header, blank lines, marks of a spreadsheet, and dates as people write them', () => {
    const csv =
      '\ufeffngày;loại;tên;như thứ\r\n2027-02-13;working;Làm bù Tết;5\r\n\r\n;;;\r\n 5/2/2027 ; NGHỈ ; Nghỉ Tết\r\n';
    expect(parseSpecialDays(csv)).toEqual({
      days: [
        { day: '2027-02-13', kind: 'working', name: 'Làm bù Tết', like: 5 },
        { day: '2027-02-05', kind: 'off', name: 'Nghỉ Tết' },
      ],
      faults: [],
    });
  });

  it.each([
    ['commas', '2027-02-13,working,Làm bù,6', 'Làm bù'],
    ['tabs', '2027-02-13\tworking\tLàm bù, Tết\t6', 'Làm bù, Tết'],
    ['commas and quotation marks', '2027-02-13,working,"Làm bù, Tết",6', 'Làm bù, Tết'],
  ])('may be separated by %s', (_name, csv, name) => {
    expect(parseSpecialDays(csv)).toEqual({
      days: [{ day: '2027-02-13', kind: 'working', name, like: 6 }],
      faults: [],
    });
  });

  it.each([
    ['2027-02-30;off;x', /^Ngày chưa đúng/],
    ['31/13/2027;off;x', /^Ngày chưa đúng/],
    ['ngày mai;off;x', /^Ngày chưa đúng/],
    ['2027-02-13;holiday;x', /^Loại ngày/],
    ['2027-02-13;working;x;8', /^Cột thứ tư/],
    ['2027-02-13;off;x;1', /^Cột thứ tư/],
    [`2027-02-13;off;${'x'.repeat(101)}`, /100 ký tự/],
    ['2027-02-13;working;x;1;y', /tối đa 4 cột/],
  ])('names what is wrong with %s', (line, message) => {
    const { days, faults } = parseSpecialDays(`2027-01-04;off;trước\n${line}`);
    expect(days).toHaveLength(1);
    expect(faults).toEqual([{ line: 2, text: line, message: expect.stringMatching(message) }]);
  });

  it('names a day that is there twice, and the line of the first', () => {
    const { faults } = parseSpecialDays('\n2027-02-13;off;a\n13/02/2027;working;b');
    expect(faults).toEqual([{ line: 3, text: '13/02/2027;working;b', message: 'Ngày này đã có ở dòng 2.' }]);
  });

  it('takes no more days than the settings do', () => {
    const lines = Array.from(
      { length: 501 },
      (_, at) => `${new Date(Date.UTC(2027, 0, 1 + at)).toISOString().slice(0, 10)};off;`,
    );
    const { days, faults } = parseSpecialDays(lines.join('\n'));
    expect(days).toHaveLength(500);
    expect(faults).toEqual([{ line: 501, text: lines[500], message: 'Nhiều nhất 500 ngày.' }]);
  });
});
