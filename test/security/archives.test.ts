/** Tables that unpack to more than the machine has. Each is read in a process of its own, with little memory. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import excel from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPhraseTable } from '../../src/curation/read-phrase-table.ts';
import { unpackArchive } from '../../src/curation/unpack-archive.ts';
import { ROOT } from '../support/corpus.ts';
import { packArchive } from '../support/pack-archive.ts';

const run = promisify(execFile);

let folder: string;
let plain: Uint8Array;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archives-'));
  const book = new excel.Workbook();
  book.addWorksheet('Câu').addRows([
    ['Ý định', 'Câu mẫu'],
    ['card.view', 'coi thẻ ở mô'],
  ]);
  plain = new Uint8Array(await book.xlsx.writeBuffer());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The plain workbook with another sheet. */
async function withSheet(change: (xml: string) => string): Promise<Uint8Array> {
  const files = (await unpackArchive(plain, 24e6))!;
  const name = 'xl/worksheets/sheet1.xml';
  return packArchive(new Map([...files, [name, Buffer.from(change(String(files.get(name))))]]));
}
const zeros = (megabytes: number): string => ' '.repeat(megabytes * 1024 * 1024);

const BOMBS: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'a sheet of 60 MB in an archive of 60 KB': () =>
    withSheet((xml) => xml.replace('<sheetData>', `<sheetData>${zeros(60)}`)),
  'merged cells from one corner to the other': () =>
    withSheet((xml) =>
      xml.replace(
        '</sheetData>',
        '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
      ),
    ),
  'a validation of every cell': () =>
    withSheet((xml) =>
      xml.replace(
        '</sheetData>',
        '</sheetData><dataValidations count="1"><dataValidation type="whole" sqref="A1:XFD1048576"><formula1>1</formula1></dataValidation></dataValidations>',
      ),
    ),
  'a row four billion rows below': () =>
    withSheet((xml) =>
      xml.replace('</sheetData>', '<row r="4294967295"><c r="A4294967295"><v>1</v></c></row></sheetData>'),
    ),
  'columns without end': () =>
    withSheet((xml) =>
      xml.replace('<sheetData>', '<cols><col min="1" max="4294967295" width="9"/></cols><sheetData>'),
    ),
  'fifty thousand rows whose one cell is the last': () =>
    withSheet((xml) => {
      const rows = Array.from(
        { length: 50_000 },
        (_, at) => `<row r="${at + 3}"><c r="XFD${at + 3}"><v>1</v></c></row>`,
      );
      return xml.replace('</sheetData>', `${rows.join('')}</sheetData>`);
    }),
};

describe('a workbook of', () => {
  it('a few bytes that stand for gigabytes harms nobody', async () => {
    const files = await Promise.all(
      Object.values(BOMBS).map(async (make, at) => {
        const file = path.join(folder, `${at}.xlsx`);
        await writeFile(file, await make());
        return file;
      }),
    );
    const room = JSON.stringify(path.join(ROOT, 'src/curation/read-phrase-table.ts'));
    const program = `
      import { readFile } from 'node:fs/promises';
      const { readPhraseTable } = await import(${room});
      for (const file of process.argv.slice(1)) {
        const bytes = new Uint8Array(await readFile(file));
        console.log(await readPhraseTable(bytes).then((rows) => 'read ' + rows.length, (error) => error.code));
      }
      console.log(process.resourceUsage().maxRSS < 1_000_000);`;
    const { stdout } = await run(
      process.execPath,
      ['--max-old-space-size=512', '--import', 'tsx', '--input-type=module', '-e', program, ...files],
      { cwd: ROOT, timeout: 100_000 },
    );
    const said = stdout.trim().split('\n');
    expect(said.pop()).toBe('true');
    // What only names many cells is read without them; the rest is refused.
    expect(Object.fromEntries(Object.keys(BOMBS).map((name, at) => [name, said[at]]))).toEqual(
      Object.fromEntries(
        Object.keys(BOMBS).map((name) => [
          name,
          /^(?:merged|a validation|columns)/.test(name) ? 'read 1' : 'phrase_table_malformed',
        ]),
      ),
    );
  });
});

describe('what an archive says of itself', () => {
  it('is not believed', async () => {
    const bomb = await BOMBS['a sheet of 60 MB in an archive of 60 KB']!();
    const lying = Buffer.from(bomb);
    // The sizes in the directory at its end.
    for (
      let at = lying.indexOf('PK\u0001\u0002', 0, 'latin1');
      at >= 0;
      at = lying.indexOf('PK\u0001\u0002', at + 4, 'latin1')
    )
      lying.writeUInt32LE(10, at + 24);
    expect(await unpackArchive(lying, 24e6)).toBeNull();
    await expect(readPhraseTable(lying)).rejects.toMatchObject({ code: 'phrase_table_malformed' });
  });

  it.each<[string, (file: Buffer) => Buffer]>([
    ['cut off', (file) => file.subarray(0, file.length - 30)],
    ['with something in front', (file) => Buffer.concat([Buffer.from('PK\u0003\u0004 '), file])],
    ['nothing but its end', (file) => file.subarray(file.length - 22)],
  ])('%s it is refused', async (_name, damage) => {
    expect(await unpackArchive(damage(Buffer.from(plain)), 24e6)).toBeNull();
  });

  it('plain, it is unpacked and read', async () => {
    expect([...(await unpackArchive(plain, 24e6))!.keys()]).toContain('xl/worksheets/sheet1.xml');
    expect(await readPhraseTable(plain)).toHaveLength(1);
  });
});
