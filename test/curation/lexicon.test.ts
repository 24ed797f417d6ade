import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { lexiconSave } from '../../src/contracts/curation.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';
import { type CurationRoom, LAN, MINH, openCurationRoom } from './curation-room.ts';

let room: CurationRoom;
let draft: string;
beforeAll(async () => {
  room = await openCurationRoom(await readTinyCorpus());
});
afterAll(() => room?.close());
beforeEach(async () => {
  await room.empty();
  draft = (await room.drafts.create('Từ điển', LAN)).id;
});

const wish = (change: object) =>
  lexiconSave.parse({
    draft,
    unit: null,
    revision: 0,
    kind: 'abbreviation',
    word: 'xyzt',
    forms: ['xem thẻ'],
    ...change,
  });
const save = (change: object, by = LAN) => room.lexicon.save(wish(change), by);
const list = async (filter: object) =>
  (await room.lexicon.list(draft, { kind: 'abbreviation', q: '', page: 1, ...filter })).rows;

it('adds, changes, renames and takes out words, and says what the draft makes of each', async () => {
  const added = await save({});
  expect(added).toMatchObject({ unit: 'abbreviation:xyzt', forms: ['xem thẻ'], draft: 'added' });
  const renamed = await save({ unit: 'abbreviation:xyzt', revision: added!.revision, word: 'XYZTU' });
  expect(renamed).toMatchObject({ unit: 'abbreviation:xyztu', draft: 'added' });
  expect((await list({ q: 'xyzt' })).map(({ word }) => word)).toEqual(['xyztu']);
  const mk = (await list({ q: 'mật khẩu' })).find(({ word }) => word === 'mk')!;
  expect(mk).toMatchObject({ draft: 'same', revision: 0 });
  const changed = await save({ unit: mk.unit, word: 'mk', forms: ['mật khẩu'] });
  expect(changed).toMatchObject({ draft: 'changed', forms: ['mật khẩu'] });
  const removed = await save({ unit: mk.unit, revision: changed!.revision, word: 'mk', forms: null });
  expect(removed).toMatchObject({ draft: 'removed', word: 'mk' });
  expect((await room.drafts.view(draft)).list.map(({ unit, act }) => [unit, act])).toEqual([
    ['abbreviation:xyztu', 'added'],
    ['abbreviation:mk', 'removed'],
  ]);
});

it.each<[string, object, string]>([
  ['a word that is there', { word: 'mk' }, 'word_exists'],
  ['a word that means nothing', { forms: [] }, 'invalid_request'],
  ['a group of one', { kind: 'synonyms', word: 'thẻ xanh', forms: ['thẻ xanh'] }, 'invalid_request'],
  ['what somebody else has changed since', { unit: 'abbreviation:tk', word: 'tk' }, 'edited_meanwhile'],
  ['another kind of word', { unit: 'misspelling:vssid' }, 'invalid_request'],
])('refuses %s', async (_name, change, code) => {
  await save({ unit: 'abbreviation:tk', word: 'tk', forms: ['tài khoản'] }, MINH);
  await expect(save(change)).rejects.toMatchObject({ code });
});

it('keeps the words of a group together under the first one', async () => {
  const [group] = await list({ kind: 'synonyms', q: 'mật mã' });
  expect(group?.forms[0]).toBe(group?.word);
  const saved = await save({
    kind: 'synonyms',
    unit: group?.unit,
    word: group?.word,
    forms: ['mật mã', 'mã mật'],
  });
  expect(saved?.forms).toEqual([group?.word, 'mật mã', 'mã mật']);
  expect(await save({ kind: 'courtesy', word: 'kính mong quý cơ quan', forms: [] })).toMatchObject({
    unit: 'courtesy:kính mong quý cơ quan',
    forms: [],
  });
});

it('shows beforehand which questions would be read otherwise, and changes nothing', async () => {
  room.asked.push('xyzt o dau', 'quen mat khau');
  const preview = await room.lexicon.preview(wish({ word: 'xyzt', forms: ['mật khẩu'] }));
  expect(preview.changed.map(({ text }) => text)).toEqual(['xyzt o dau']);
  expect(preview.changed[0]?.after).toContain('mật khẩu');
  expect(preview.looked).toBeGreaterThan(50);
  expect((await room.drafts.view(draft)).changes).toBe(0);
});
