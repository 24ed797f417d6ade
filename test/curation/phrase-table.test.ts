import excel from 'exceljs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CORPUS_RULES } from '../../src/app/curation-desk.ts';
import { createPersonalFinder } from '../../src/app/personal-finder.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { phrasesOf } from '../../src/corpus/corpus-changes.ts';
import { createPhraseTables } from '../../src/curation/phrase-table.ts';
import { readPhraseTable } from '../../src/curation/read-phrase-table.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';
import { type CurationRoom, LAN, openCurationRoom } from './curation-room.ts';

const tables = createPhraseTables(CORPUS_RULES, createPersonalFinder());
let corpus: Corpus;
let room: CurationRoom;
let draft: string;
beforeAll(async () => {
  corpus = await readTinyCorpus();
  room = await openCurationRoom(corpus);
});
afterAll(() => room?.close());
beforeEach(async () => {
  await room.empty();
  draft = (await room.drafts.create('Bảng', LAN)).id;
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
async function workbook(rows: string[][]): Promise<Uint8Array> {
  const book = new excel.Workbook();
  book.addWorksheet('Câu').addRows(rows);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const ROWS = [
  ['Ý định', 'Ghi chú', 'Câu mẫu'],
  ['card.view', 'mới', 'coi thẻ ở mô'],
  ['', '', ''],
  ['none', '', 'giá vàng hôm nay'],
];

describe('a table of phrases', () => {
  it.each<[string, () => Promise<Uint8Array>]>([
    ['with commas', async () => bytes(ROWS.map((row) => row.join(',')).join('\n'))],
    [
      'with semicolons, as Vietnamese Excel saves it',
      async () => bytes(`\ufeff${ROWS.map((row) => row.join(';')).join('\r\n')}`),
    ],
    ['as a workbook', () => workbook(ROWS)],
  ])('is read %s', async (_name, file) => {
    expect(await readPhraseTable(await file())).toEqual([
      { row: 2, intent: 'card.view', phrase: 'coi thẻ ở mô' },
      { row: 4, intent: 'none', phrase: 'giá vàng hôm nay' },
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['in another alphabet', new Uint8Array([0xc3, 0x28, 0x2c, 0xff])],
    ['with an open quote', bytes('intent,phrase\ncard.view,"mở mà không đóng\n')],
    ['that only looks like a workbook', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
  ])('%s is refused', async (_name, file) => {
    await expect(readPhraseTable(file)).rejects.toMatchObject({ code: 'phrase_table_malformed' });
  });

  it.each([
    ['a,b\n1,2\n', ['intent', 'phrase']],
    ['Ý định,Ghi chú\ncard.view,mới\n', ['phrase']],
    ['Câu mẫu\nxem thẻ\n', ['intent']],
  ])('without columns is refused with those it lacks: %j', async (text, details) => {
    const refused = { code: 'phrase_table_without_columns', details };
    await expect(readPhraseTable(bytes(text))).rejects.toMatchObject(refused);
  });

  it('is planned before anything is added, and adds the same however often it is sent', async () => {
    const [known = ''] = phrasesOf(corpus, 'card.view');
    const title = corpus.faq.find(({ id }) => id === 'card.view')!.title;
    const rows = [
      ['card.view', 'coi thẻ ở mô'],
      [title.toUpperCase(), 'Coi the o mo!'],
      ['card.view', known],
      ['password.forgot', known],
      ['password.forgot', 'coi thẻ ở mô?'],
      ['no.such', 'gì đó'],
      ['card.view', '   '],
      ['card.view', 'dài '.repeat(100)],
      ['Ngoài phạm vi', 'giá vàng hôm nay'],
      ['card.view', 'gọi 0912 345 678 giúp tôi'],
    ].map(([intent = '', phrase = ''], at) => ({ row: at + 2, intent, phrase }));
    const plan = tables.plan(await room.edits.read(draft), rows);
    expect(plan).toMatchObject({
      rows: 10,
      known: 2,
      add: [
        { intent: 'card.view', phrase: 'coi thẻ ở mô' },
        { intent: 'none', phrase: 'giá vàng hôm nay' },
      ],
    });
    expect(plan.problems.map(({ row }) => row)).toEqual([5, 6, 7, 8, 9, 11]);
    expect(plan.problems.at(-1)?.message).toBe('Câu có số điện thoại.');
    expect((await room.drafts.view(draft)).changes).toBe(0);
    for (const _ of [1, 2]) await room.phrases.addAll(draft, plan.add, LAN);
    expect(await room.drafts.view(draft)).toMatchObject({ changes: 2, revision: 1 });
    const taken = { intent: 'password.forgot', phrase: 'coi thẻ ở mô' };
    await expect(room.phrases.addAll(draft, [...plan.add, taken], LAN)).rejects.toMatchObject({
      code: 'phrase_taken',
    });
  });

  it('of all phrases can be brought back in without a change', async () => {
    const text = [...tables.write(await room.edits.read(draft))].join('');
    const rows = await readPhraseTable(bytes(text));
    const plan = tables.plan(await room.edits.read(draft), rows);
    const all = corpus.intents.flatMap(({ phrases }) => phrases).length;
    expect(plan).toEqual({ rows: all, add: [], known: all, problems: [] });
  });
});
