import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FaqContent } from '../../src/contracts/curation.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { applyChanges, phrasesOf } from '../../src/corpus/corpus-changes.ts';
import { AppError } from '../../src/kernel/app-error.ts';
import { readTinyCorpus, withAnswer } from '../support/tiny-corpus.ts';
import { type CurationRoom, LAN, MINH, NOON, openCurationRoom } from './curation-room.ts';

const CARD = 'card.view';
const FORGOT = 'password.forgot';

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
  draft = (await room.drafts.create('Thẻ BHYT', LAN)).id;
});

const card = async (change: Partial<FaqContent> = {}): Promise<FaqContent> => ({
  ...(await room.entries.get(undefined, CARD)).live!,
  ...change,
});
const save = async (change: Partial<FaqContent>, revision: number, by = LAN, release?: number) =>
  room.entries.save(CARD, { draft, revision, release, entry: await card(change) }, by);
const add = (intent: string, phrases: string[], by = LAN) =>
  room.phrases.change(draft, intent, { add: phrases, remove: [] }, by);
const remove = (intent: string, phrases: string[], by = LAN) =>
  room.phrases.change(draft, intent, { add: [], remove: phrases }, by);
const view = () => room.drafts.view(draft);
const codeOf = (doing: Promise<unknown>): Promise<string> =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );

describe('an entry in a draft', () => {
  it('is read over what is live, and shows field by field what changes', async () => {
    const saved = await save({ title: 'Xem thẻ ở đâu?', reviewedAt: '2026-11-30' }, 0);
    expect(saved).toMatchObject({ revision: 1, changedBy: 'Lan', conflict: false, release: 1 });
    expect(saved.entry?.title).toBe('Xem thẻ ở đâu?');
    const { list, changes, problems } = await view();
    expect(problems).toEqual([]);
    expect(changes).toBe(1);
    expect(list).toMatchObject([
      {
        unit: `faq:${CARD}`,
        kind: 'faq',
        act: 'changed',
        by: 'Lan',
        fields: [
          { field: 'title', before: saved.live?.title, after: 'Xem thẻ ở đâu?' },
          { field: 'reviewedAt', before: null, after: '2026-11-30' },
        ],
      },
    ]);
  });

  it('of two who save at once is one person’s, and the other is told whose and when', async () => {
    const both = await Promise.allSettled([
      save({ title: 'Của Lan' }, 0),
      save({ title: 'Của Minh' }, 0, MINH),
    ]);
    const [won] = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.entry?.title] : []));
    const [lost] = both.flatMap((one) => (one.status === 'rejected' ? [one.reason as AppError] : []));
    expect(lost).toMatchObject({
      code: 'edited_meanwhile',
      details: [won === 'Của Lan' ? 'Lan' : 'Minh', NOON.toISOString()],
    });
    expect((await room.entries.get(draft, CARD)).entry?.title).toBe(won);
  });

  it('is as it is live again when it is reverted, or saved as it is live', async () => {
    const { revision } = await save({ title: 'Khác' }, 0);
    expect(await codeOf(room.drafts.revert(draft, `faq:${CARD}`, revision + 1, LAN))).toBe(
      'edited_meanwhile',
    );
    expect(await room.drafts.revert(draft, `faq:${CARD}`, revision, LAN)).toMatchObject({
      changes: 0,
      list: [],
    });
    const again = await save({ title: 'Khác nữa' }, 0);
    expect(again.revision).toBeGreaterThan(revision);
    expect((await save({}, again.revision)).revision).toBe(0);
    expect((await view()).changes).toBe(0);
  });

  it('changed live meanwhile is in conflict, until somebody keeps the draft’s side or takes it back', async () => {
    const { revision } = await save({ title: 'Của nháp' }, 0);
    room.goLive(withAnswer(corpus, CARD, 'Câu trả lời mới của bản đang chạy.'));
    expect(await view()).toMatchObject({ conflicts: 1, list: [{ conflict: true }] });
    expect((await room.drafts.corpusOf(draft)).conflicts).toEqual([`faq:${CARD}`]);
    const kept = await room.drafts.keep(draft, `faq:${CARD}`, revision, MINH);
    expect(kept).toMatchObject({ conflicts: 0, changes: 1 });
    expect(kept.list[0]?.fields.map(({ field }) => field)).toEqual(['title', 'markdown']);
    room.goLive(withAnswer(corpus, CARD, 'Và lại mới nữa.'));
    const conflict = (await view()).list[0]!;
    await room.drafts.revert(draft, conflict.unit, conflict.revision, LAN);
    expect((await room.entries.get(draft, CARD)).entry?.markdown).toBe('Và lại mới nữa.');
  });

  it('that was read when another release was live does not put its words back unseen', async () => {
    room.goLive(withAnswer(corpus, CARD, 'Mới.'));
    const old = {
      ...(await card()),
      markdown: corpus.faq.find(({ id }) => id === CARD)!.markdown,
      title: 'T',
    };
    await room.entries.save(CARD, { draft, revision: 0, release: 1, entry: old }, LAN);
    expect(await view()).toMatchObject({ conflicts: 1 });
  });

  it('made by another release as the draft has it is no change any more', async () => {
    await save({ markdown: 'Như nhau.' }, 0);
    room.goLive(withAnswer(corpus, CARD, 'Như nhau.'));
    expect(await view()).toMatchObject({ changes: 0, conflicts: 0 });
  });

  it('that is new needs phrases, a topic and a source, each said in Vietnamese; taken out, it takes its phrases along', async () => {
    const entry = {
      ...(await card()),
      id: 'zalo.link',
      sources: [],
      related: ['no.such'],
      markdown: '# Tiêu đề',
    };
    await room.entries.save('zalo.link', { draft, revision: 0, entry }, LAN);
    const { problems } = await view();
    expect(problems.map(({ unit }) => unit)).toEqual(Array(5).fill('faq:zalo.link'));
    expect(problems[0]).toEqual({
      unit: 'faq:zalo.link',
      message: 'Chưa có chủ đề “zalo”.',
      remedy: 'Thêm chủ đề này hoặc sửa mã câu trả lời.',
    });
    await room.entries.saveUnit(draft, 'topic:zalo', { kind: 'topic', title: 'Zalo' }, MINH);
    const mended = { ...entry, sources: [{ doc: 'A', date: '2021' }], related: [], markdown: 'Được.' };
    await room.entries.save('zalo.link', { draft, revision: 1, entry: mended }, LAN);
    await add('zalo.link', ['liên kết zalo']);
    expect((await view()).problems).toEqual([]);

    await room.entries.save(CARD, { draft, revision: 0, entry: null }, LAN);
    const outcome = await room.drafts.corpusOf(draft);
    expect(phrasesOf(outcome.corpus, CARD)).toEqual([]);
    expect(phrasesOf(outcome.corpus, 'zalo.link')).toEqual(['liên kết zalo']);
    expect(await add('zalo.link', [phrasesOf(corpus, CARD)[0]!])).toHaveLength(2);
  });

  it('tells of other drafts that change it', async () => {
    await save({ title: 'Khác' }, 0);
    const other = (await room.drafts.create('Khác', MINH)).id;
    expect((await room.entries.get(other, CARD)).elsewhere).toEqual([{ draft, name: 'Thẻ BHYT', by: 'Lan' }]);
  });
});

describe('phrases in a draft', () => {
  it('of two editors go together, however often they are sent', async () => {
    const [first = ''] = phrasesOf(corpus, CARD);
    const lots = [['câu của Lan'], ['câu của Minh'], ['câu của Lan', 'câu thứ ba']];
    await Promise.all([
      ...lots.map((phrases, at) => add(CARD, phrases, at === 1 ? MINH : LAN)),
      remove(CARD, [first], MINH),
    ]);
    const { phrases } = await room.entries.get(draft, CARD);
    expect(
      phrases
        .filter((one) => one.draft === 'added')
        .map(({ text }) => text)
        .sort(),
    ).toEqual(['câu của Lan', 'câu của Minh', 'câu thứ ba']);
    expect(phrases.filter((one) => one.draft === 'removed').map(({ text }) => text)).toEqual([first]);
    const { revision } = await view();
    await add(CARD, ['Câu của Lan!']);
    await remove(CARD, [first, 'chưa từng có']);
    expect((await view()).revision).toBe(revision);
  });

  it('that another intent has are refused with whose they are, accents or not; moved, they change sides', async () => {
    const [first = '', second = ''] = phrasesOf(corpus, FORGOT);
    await expect(add(CARD, ['câu mới', first.toUpperCase()])).rejects.toMatchObject({
      code: 'phrase_taken',
      details: [FORGOT, first.toUpperCase()],
    });
    expect((await view()).changes).toBe(0);
    await add(FORGOT, ['quên sạch']);
    expect(await codeOf(add(CARD, ['quen sach']))).toBe('phrase_taken');
    for (const _ of [1, 2])
      await room.phrases.move(draft, [first, 'quên sạch', 'ở đâu ra'], FORGOT, CARD, LAN);
    const { corpus: after } = await room.drafts.corpusOf(draft);
    expect(phrasesOf(after, CARD).slice(-2)).toEqual([first, 'quên sạch']);
    expect(phrasesOf(after, FORGOT)[0]).toBe(second);
    expect(phrasesOf(after, FORGOT)).not.toContain('quên sạch');
    await room.phrases.move(draft, [first], CARD, FORGOT, LAN);
    expect((await room.entries.get(draft, FORGOT)).phrases.some((one) => one.draft === 'removed')).toBe(
      false,
    );
  });

  it('can be put right, taken back and taught to what the desk does not answer', async () => {
    const [first = ''] = phrasesOf(corpus, CARD);
    const right = `${first.charAt(0).toUpperCase()}${first.slice(1)}?`;
    await room.phrases.change(draft, CARD, { add: [right], remove: [first] }, LAN);
    expect((await view()).list[0]?.fields).toEqual([
      { field: 'phrase', before: first, after: null },
      { field: 'phrase', before: null, after: right },
    ]);
    await room.phrases.change(draft, CARD, { add: [first], remove: [right] }, LAN);
    expect((await view()).changes).toBe(0);
    await add('none', ['giá vàng hôm nay bao nhiêu']);
    expect((await view()).list[0]?.title).toBe('Ngoài phạm vi');
    expect(await codeOf(add('no.such', ['gì đó']))).toBe('faq_not_found');
  });

  it.each([
    ['phrase_has_phone', 'gọi em số 0912 345 678 với'],
    ['phrase_has_number', 'sổ 0123456789 của tôi đâu'],
    ['phrase_has_secret', 'mật khẩu của tôi là Hoa@1234 sao sai'],
    ['phrase_has_email', 'gửi về hoa.tran@example.com giúp'],
    ['phrase_has_cover', 'số •••••••678 không nhận mã'],
  ])('that are of one person are refused: %s', async (code, phrase) => {
    await expect(add(CARD, ['câu thường', phrase])).rejects.toMatchObject({ code, details: [phrase] });
    expect(await codeOf(room.phrases.addAll(draft, [{ intent: CARD, phrase }], LAN))).toBe(code);
    expect((await view()).changes).toBe(0);
    expect(`phrase_has_${(await room.phrases.feedback(draft, phrase)).personal}`).toBe(code);
  });

  it('that are live already stay, and come back, whatever they hold', async () => {
    const phrase = 'gọi 0912 345 678';
    const intents = corpus.intents.map((one) =>
      one.intent === CARD ? { ...one, phrases: [...one.phrases, phrase] } : one,
    );
    room.goLive({ ...corpus, intents });
    await remove(CARD, [phrase]);
    await add(CARD, [phrase]);
    expect((await view()).changes).toBe(0);
  });

  it('tell before they are taught what they would do', async () => {
    await add(CARD, ['xem thẻ ở mô']);
    expect(await room.phrases.feedback(draft, 'Xem the o mo?')).toEqual({
      decision: 'clarify',
      intent: null,
      confidence: 0.412,
      candidates: [{ intent: CARD, title: (await card()).title, confidence: 0.412 }],
      understood: 'xem thẻ',
      readings: [{ word: 'thẻ', by: 'repaired' }],
      nearest: [
        { text: 'xem thẻ ở mô', intent: CARD, title: (await card()).title, likeness: 1 },
        { text: 'xem thẻ', intent: CARD, title: (await card()).title, likeness: 0.9 },
      ],
      takenBy: CARD,
      isTestQuestion: false,
      personal: null,
    });
    expect((await room.phrases.feedback(undefined, 'câu của bài kiểm tra')).isTestQuestion).toBe(true);
  });
});

describe('a draft', () => {
  const patch = (change: object, by = LAN, revision?: number) =>
    view().then((now) => room.drafts.change(draft, { revision: revision ?? now.revision, ...change }, by));

  it('is approved by somebody else than who changed it last, and what changes later falls back', async () => {
    await add(CARD, ['một câu']);
    await patch({ review: 'ask' });
    expect(await codeOf(patch({ review: 'approve' }))).toBe('own_changes');
    const approved = await patch({ review: 'approve' }, MINH);
    expect(approved).toMatchObject({ status: 'approved', approvedBy: { name: 'Minh' } });
    expect((await room.drafts.corpusOf(draft)).revision).toBe(approved.revision);
    expect(room.audited).toMatchObject([{ action: 'draft.approved', actor: { name: 'Minh' } }]);
    await add(CARD, ['hai câu'], MINH);
    expect(await view()).toMatchObject({ status: 'inReview', approvedBy: null });
    expect(await codeOf(patch({ review: 'approve' }, LAN, approved.revision))).toBe('edited_meanwhile');
    expect(await patch({ review: 'approve' })).toMatchObject({ status: 'approved' });
    expect(await patch({ review: 'back' })).toMatchObject({ status: 'open', approvedBy: null });
  });

  it('keeps what was said about it, and is found again after it was discarded by mistake', async () => {
    await add(CARD, ['một câu']);
    await room.drafts.comment(draft, `phrases:${CARD}`, 'Câu này nên để ở thẻ mới?', MINH);
    for (const _ of [1, 2]) await room.drafts.discard(draft, LAN);
    expect(await room.drafts.list('open')).toEqual([]);
    expect(await room.drafts.list('all')).toMatchObject([{ status: 'discarded', changes: 1, comments: 1 }]);
    expect(await codeOf(add(CARD, ['hai câu']))).toBe('draft_closed');
    for (const _ of [1, 2]) await room.drafts.restore(draft);
    expect((await view()).remarks).toMatchObject([{ unit: `phrases:${CARD}`, by: { name: 'Minh' } }]);
    expect((await view()).list).toHaveLength(1);
  });

  it('becomes a release only as it was checked, and stays readable', async () => {
    await add(CARD, ['một câu']);
    const { revision } = await view();
    await add(CARD, ['hai câu']);
    expect(await room.drafts.markPublished(draft, revision, 2)).toBe(false);
    const { corpus: after, ...outcome } = await room.drafts.corpusOf(draft);
    room.goLive(after);
    for (const _ of [1, 2]) expect(await room.drafts.markPublished(draft, outcome.revision, 2)).toBe(true);
    expect(await room.drafts.markPublished(draft, outcome.revision, 3)).toBe(false);
    const published = await view();
    expect(published).toMatchObject({ status: 'published', release: 2, changes: 1, conflicts: 0 });
    expect(published.list[0]?.fields.map((one) => one.after)).toEqual(['một câu', 'hai câu']);
    expect(await codeOf(room.drafts.discard(draft, LAN))).toBe('draft_closed');
    expect(await room.drafts.list('open')).toEqual([]);
  });

  it('is due at its time, and not again after it was held back until it is given another', async () => {
    expect(await patch({ publishAt: NOON, name: 'Chủ nhật' })).toMatchObject({
      scheduledBy: { name: 'Lan' },
    });
    expect(await room.drafts.listDue(new Date(NOON.getTime() - 1))).toEqual([]);
    expect(await room.drafts.listDue(NOON)).toEqual([{ id: draft, name: 'Chủ nhật', revision: 0 }]);
    await room.drafts.hold(draft, 'Chưa kiểm tra.');
    expect(await room.drafts.listDue(NOON)).toEqual([]);
    expect(await view()).toMatchObject({ held: 'Chưa kiểm tra.', publishAt: null });
    expect(await patch({ publishAt: NOON }, MINH)).toMatchObject({
      held: null,
      scheduledBy: { name: 'Minh' },
    });
    await room.drafts.discard(draft, LAN);
    expect(await room.drafts.listDue(NOON)).toEqual([]);
  });
});

describe('the list of entries', () => {
  const list = async (filter: object) =>
    (await room.entries.list(draft, { q: '', show: 'active', topic: undefined, ...filter })).entries;

  it.each<[string, object, string[]]>([
    ['all that are in use, by topic', {}, [FORGOT, CARD, 'smalltalk.greeting']],
    ['words of a title without accents', { q: 'hinh anh THE' }, [CARD]],
    ['words of a phrase of the draft', { q: 'coi the o mo' }, [CARD]],
    ['a topic', { topic: 'smalltalk' }, ['smalltalk.greeting']],
    ['what the draft changes', { show: 'changed' }, [CARD, 'smalltalk.greeting']],
    ['what is archived', { show: 'archived' }, []],
    ['what was not looked at for a year', { show: 'due' }, [FORGOT]],
    ['what people did not like', { show: 'unhelpful' }, [CARD]],
    ['what has few phrases', { show: 'thin' }, [FORGOT, CARD]],
  ])('finds %s', async (_name, filter, expected) => {
    await save({ title: 'Xem hình ảnh thẻ', reviewedAt: '2026-11-01', reviewBy: '2027-01-01' }, 0);
    await add(CARD, ['coi thẻ ở mô']);
    const greeting = (await room.entries.get(draft, 'smalltalk.greeting')).live!;
    await add(
      'smalltalk.greeting',
      Array.from({ length: 20 }, (_, at) => `lời chào thứ ${at}`),
    );
    expect(greeting.kind).toBe('smalltalk');
    expect((await list(filter)).map(({ id }) => id)).toEqual(expected);
  });

  it('shows how each of them fares', async () => {
    await save({ reviewedAt: '2026-11-01' }, 0);
    expect((await list({ q: CARD }))[0]).toEqual({
      id: CARD,
      topic: 'card',
      title: (await card()).title,
      kind: 'answer',
      phrases: 25,
      use: { asked: 9, helpful: 2, unhelpful: 4, wrong: 1 },
      reviewAgeDays: 29,
      reviewBy: null,
      archived: false,
      draft: 'changed',
    });
  });
});

describe('a draft made of files', () => {
  it('holds what they change, under the name of the files', async () => {
    const changes = [{ unit: `phrases:${CARD}`, add: ['câu từ tệp'], remove: [] }];
    const row = await room.drafts.bringIn('Từ tệp', changes, { id: 'files', name: 'Tệp' });
    const outcome = await room.drafts.corpusOf(row.id);
    expect(outcome.corpus).toEqual(applyChanges(corpus, changes));
    expect(row).toMatchObject({ changes: 1, createdBy: { name: 'Tệp' } });
  });
});
