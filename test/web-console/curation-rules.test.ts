/** The rules of the screens where the bot is taught. */
import { describe, expect, test } from 'vitest';
import { findTextFaults, sayTextFaults } from '../../src/contracts/answer-text.ts';
import { type FaqContent, type PhraseFeedback, ruleDate } from '../../src/contracts/curation.ts';
import { words } from '../../web-console/features/curation/copy.ts';
import { instantOf, localOf, monthsAfter, sayDayOf } from '../../web-console/features/curation/days.ts';
import { sayScheduled } from '../../web-console/features/curation/draft-rules.ts';
import {
  checkForm,
  differingFields,
  onTop,
  toContent,
  toForm,
} from '../../web-console/features/curation/entry-form.ts';
import {
  isName,
  linesOf,
  nameFor,
  nextLetter,
  offeredRelated,
  reviewAgeOf,
} from '../../web-console/features/curation/entry-rules.ts';
import { insertPicture, markLines, surround } from '../../web-console/features/curation/markdown-marks.ts';
import { checkNewEntry } from '../../web-console/features/curation/new-entry-rules.ts';
import { judgePhrase } from '../../web-console/features/curation/phrase-verdict.ts';
import { words as releaseWords } from '../../web-console/features/curation/release-copy.ts';
import { diffWords, shortened } from '../../web-console/features/curation/word-diff.ts';
import { whereTo } from '../../web-console/features/doctor/phrase-moves.ts';
import { sayDateTime } from '../../web-console/shell/dates.ts';

const ENTRY: FaqContent = {
  id: 'login.otp',
  kind: 'answer',
  title: 'Mã OTP',
  sources: [{ doc: 'A', date: '2021-11' }],
  asOf: '2021-11',
  related: ['login.how'],
  markdown: 'Mã có giá trị 3 phút.',
  variants: { android: 'Trên Android.' },
};

describe('an entry as it is typed', () => {
  test('comes back as it was, and what is not set is left out', () => {
    expect(toContent(ENTRY.id, toForm(ENTRY))).toEqual(ENTRY);
    const whole: FaqContent = {
      ...ENTRY,
      platform: 'ios',
      handover: true,
      archived: true,
      reviewedAt: '2026-11-01',
      reviewBy: '2027-05-01',
    };
    expect(toContent(whole.id, toForm(whole))).toEqual(whole);
  });

  test.each([
    ['an empty title', { title: ' ' }, 'title'],
    ['an empty variant', { ios: '' }, 'ios'],
    ['an answer of 8,001 letters', { markdown: 'a'.repeat(8_001) }, 'markdown'],
    ['a source without its document', { sources: [{ doc: '', date: '2021' }] }, 'sources'],
    ['a source with another kind of date', { sources: [{ doc: 'A', date: '11/2021' }] }, 'sources'],
    ['a rule date that is none', { asOf: 'nay' }, 'asOf'],
    ['a day that no calendar has', { asOf: '2026-02-31' }, 'asOf'],
    ['a month that no calendar has', { sources: [{ doc: 'A', date: '2026-13' }] }, 'sources'],
  ])('is refused with %s', (_what, part, field) => {
    expect(Object.keys(checkForm({ ...toForm(ENTRY), ...part }) ?? {})).toEqual([field]);
  });

  test('of two people keeps what each alone has changed, and mine where both did', () => {
    const base = toForm(ENTRY);
    const theirs = { ...base, markdown: 'Mã có giá trị 5 phút.', asOf: '2026-10', related: [] };
    const mine = { ...base, markdown: 'Mã dùng được 3 phút.', title: 'Mã OTP ở đâu?' };
    const whole = onTop(base, theirs, mine);
    expect(whole).toEqual({
      ...base,
      markdown: mine.markdown,
      title: mine.title,
      asOf: theirs.asOf,
      related: [],
    });
    expect(differingFields(theirs, whole)).toEqual(['title', 'markdown']);
  });
});

describe('a new answer', () => {
  const whole = {
    topic: null,
    topics: [{ id: 'card', title: 'Thẻ' }],
    title: 'Mất thẻ',
    name: 'lost',
    id: 'card.lost',
    markdown: 'Báo ngay.',
  };
  test('is told all that is wrong with it at once', () => {
    expect(checkNewEntry(whole)).toBeNull();
    const empty = { ...whole, topic: { id: '', title: ' ' }, title: '', name: '', id: '.', markdown: ' ' };
    expect(Object.keys(checkNewEntry(empty) ?? {})).toEqual([
      'topicTitle',
      'topicId',
      'entry.title',
      'name',
      'entry.markdown',
    ]);
    expect(checkNewEntry({ ...whole, topic: { id: 'card', title: 'Thẻ' } })).toEqual({
      topicId: words.newEntry.topicExists,
    });
  });
});

describe('the text of an answer', () => {
  test.each([
    ['# Cách làm', ['heading']],
    ['<b>đậm</b>', ['html']],
    ['| a | b |', ['code']],
    ['Bấm **Lưu', ['bold-open']],
    ['[xem](http://x.vn) và [bấm](javascript:x)', ['bad-link', 'bad-link']],
    ['![thẻ](/media/none.svg)', ['image-missing']],
    ['Xem **thẻ** ở [cổng](https://x.vn).', []],
  ])('%j is faulted for what the chat cannot show', (markdown, kinds) => {
    expect(findTextFaults(markdown, new Set(['card.svg'])).map(({ kind }) => kind)).toEqual(kinds);
  });

  test('its faults are said as sentences, each once', () => {
    expect(sayTextFaults('[a](http://x.vn) [b](http://x.vn)', new Set())).toEqual([
      'Liên kết chưa đúng: http://x.vn. Viết cả địa chỉ, bắt đầu bằng https://.',
    ]);
  });

  test('is followed by the first three of its related answers, and a person last', () => {
    const row = (id: string, archived = false) => ({ id, archived });
    const rows = ['a.a', 'b.b', 'c.c', 'd.d', 'support.agent'].map((id) => row(id));
    const related = ['support.agent', 'gone.x', 'old.x', 'a.a', 'b.b', 'c.c', 'd.d'];
    expect(offeredRelated(related, [...rows, row('old.x', true)]).map(({ id }) => id)).toEqual([
      'a.a',
      'b.b',
      'c.c',
      'support.agent',
    ]);
  });
});

describe('what changed in a text', () => {
  const say = (before: string, after: string): string =>
    diffWords(before, after)
      .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `[+${text}]` : `[-${text}]`))
      .join('');

  test.each([
    ['giá trị 3 phút', 'giá trị 5 phút', 'giá trị [-3][+5] phút'],
    ['một hai', 'một hai', 'một hai'],
    ['', 'mới', '[+mới]'],
    ['cũ', '', '[-cũ]'],
    ['a\nb', 'a\n\nb', 'a\n[+\n]b'],
    ['gửi về email', 'gửi về hộp thư email', 'gửi về [+hộp thư ]email'],
  ])('%j → %j', (before, after, said) => {
    expect(say(before, after)).toBe(said);
  });

  test('is the same text again without what was taken out, whatever it was', () => {
    const before = 'Mở mục Tài khoản, chọn Quên mật khẩu rồi nhập mã.\n\n1. Chờ mã.';
    const after = 'Mở Tài khoản rồi chọn Đổi mật khẩu, nhập mã mới.\n1. Chờ.';
    const pieces = diffWords(before, after);
    const without = (left: string): string =>
      pieces.map(({ kind, text }) => (kind === left ? '' : text)).join('');
    expect([without('added'), without('removed')]).toEqual([before, after]);
  });

  test('keeps little of what stays the same', () => {
    const long = 'chữ '.repeat(400);
    const [head, , , tail] = shortened(diffWords(`${long}cũ ${long}`, `${long}mới ${long}`));
    expect(head?.text.length).toBeLessThan(150);
    expect(tail?.text).toMatch(/^.{100,130} … $/s);
  });
});

describe('marks around the caret', () => {
  test('go around what is selected, or what is to be typed', () => {
    expect(surround({ text: 'gặp ai', from: 4, to: 6 }, '**', '**', '')).toEqual({
      text: 'gặp **ai**',
      from: 6,
      to: 8,
    });
    expect(surround({ text: '', from: 0, to: 0 }, '[', '](https://)', 'chữ')).toEqual({
      text: '[chữ](https://)',
      from: 1,
      to: 4,
    });
  });

  test('make lines a list, another list, and plain again', () => {
    const all = (text: string) => ({ text, from: 0, to: text.length });
    const steps = markLines(all('Mở máy\n\nChờ'), 'steps').text;
    expect(steps).toBe('1. Mở máy\n\n2. Chờ');
    expect(markLines(all(steps), 'bullets').text).toBe('- Mở máy\n\n- Chờ');
    expect(markLines(all(steps), 'steps').text).toBe('Mở máy\n\nChờ');
  });

  test('put a picture in a paragraph of its own, its description selected', () => {
    const put = insertPicture({ text: 'Trước. Sau.', from: 6, to: 6 }, '/media/a.svg', 'mô tả');
    expect(put.text).toBe('Trước.\n\n![mô tả](/media/a.svg)\n\nSau.');
    expect(put.text.slice(put.from, put.to)).toBe('mô tả');
  });
});

describe('what the engine says of a phrase', () => {
  const HEARD: PhraseFeedback = {
    decision: 'answer',
    intent: 'login.otp',
    confidence: 0.9,
    candidates: [],
    understood: '',
    readings: [],
    nearest: [],
    takenBy: null,
    isTestQuestion: false,
    personal: null,
  };
  const judge = (part: Partial<PhraseFeedback>) =>
    judgePhrase('mã đâu rồi', { ...HEARD, ...part }, 'login.otp', (id) => `“${id}”`);

  test.each([
    ['is known already', {}, 'teal', true],
    ['is taken for another', { intent: 'card.use' }, 'orange', true],
    ['is asked back', { decision: 'clarify' }, 'blue', true],
    ['is not understood', { decision: 'unknown', intent: null }, 'blue', true],
    ['is a question that releases are judged by', { isTestQuestion: true }, 'orange', false],
    ['belongs to another', { takenBy: 'card.use' }, 'red', false],
    ['is there already', { takenBy: 'login.otp' }, 'gray', false],
    ['holds a number of a person', { personal: 'phone' }, 'red', false],
    ['is another’s beyond doubt', { intent: 'card.use', confidence: 0.99 }, 'orange', false],
    [
      'is most like what the desk does not answer',
      {
        decision: 'unknown',
        intent: null,
        nearest: [{ text: 'mã của grab', intent: 'none', title: 'Ngoài phạm vi', likeness: 0.6 }],
      },
      'blue',
      false,
    ],
  ] as const)('it %s', (_what, part, tone, isAdvised) => {
    const verdict = judge(part);
    expect(verdict.marks[0]?.tone).toBe(tone);
    expect(verdict.isAdvised).toBe(isAdvised);
    expect(verdict.isRefused).toBe('takenBy' in part || 'personal' in part);
  });

  test('one word that is not understood is no phrase to be advised', () => {
    const verdict = judgePhrase('sổ', { ...HEARD, decision: 'unknown', intent: null }, 'login.otp', String);
    expect(verdict).toMatchObject({ isAdvised: false, marks: [{ says: words.phrases.unknownWord }] });
  });

  test('names who else pulls', () => {
    const candidates = [
      { intent: 'login.otp', title: 'Mã OTP', confidence: 0.7 },
      { intent: 'card.use', title: 'Dùng thẻ', confidence: 0.2 },
    ];
    expect(judge({ candidates }).marks.map(({ says }) => says)).toContain(
      words.phrases.pullsTowards('Dùng thẻ', 0.2),
    );
  });
});

describe('a draft that is to be published by itself', () => {
  const publishAt = '2026-11-29T05:00:00.000Z';
  const [before, at, later] = [-1, 0, 61_000].map((ms) => Date.parse(publishAt) + ms) as [
    number,
    number,
    number,
  ];
  const when = sayDateTime(publishAt);
  test.each([
    ['says when, and by whom', false, before, releaseWords.drafts.publishAtBy(when, 'Lan'), false],
    ['is about to be checked', false, at, releaseWords.drafts.dueNow(when), false],
    ['is being checked', true, later, releaseWords.drafts.checkingNow(when), false],
    ['is late', false, later, releaseWords.drafts.late(when), true],
  ] as const)('%s', (_what, isChecking, now, text, isLate) => {
    const lan = { scheduledBy: { id: 'a', name: 'Lan' } };
    expect(sayScheduled(lan, publishAt, isChecking, now)).toEqual({ text, isLate });
  });
});

describe('small rules', () => {
  test('does not propose to move what is out of scope on purpose into an answer, but the other way', () => {
    const [outside, answer] = [{ intent: 'none' }, { intent: 'login.otp' }];
    expect(whereTo(outside, answer)).toBeNull();
    expect(whereTo(answer, outside)).toBe(outside);
    expect(whereTo(answer, { intent: 'card.view' })).toEqual({ intent: 'card.view' });
  });

  test.each([
    ['2021', true],
    ['2024-02-29', true],
    ['2026-02-31', false],
    ['2026-13', false],
    ['0000-00-00', false],
  ])('the desk takes %j for the date of a rule: %j', (date, isTaken) => {
    expect(ruleDate.safeParse(date).success).toBe(isTaken);
  });

  test.each([
    ['Đổi số điện thoại đã đăng ký?', 'doi-so-dien-thoai-da-dang-ky'],
    ['  Thẻ BHYT (mới) ', 'the-bhyt-moi'],
    ['???', ''],
  ])('the id for %j is %j', (title, name) => {
    expect(nameFor(title)).toBe(name);
    expect(isName(name)).toBe(name !== '');
  });

  test('a long title makes an id that ends with a whole word', () => {
    expect(nameFor('Không đăng nhập được vì mật khẩu bị khóa sau nhiều lần nhập sai')).toBe(
      'khong-dang-nhap-duoc-vi-mat-khau-bi-khoa',
    );
  });

  test('pasted lines lose their bullets, blanks and twins', () => {
    expect(linesOf('- ko vào được\r\n2) quên mk\n\n quên mk \n• 1 tháng')).toEqual([
      'ko vào được',
      'quên mk',
      '1 tháng',
    ]);
  });

  test('the next letter is the first that is free', () => {
    expect([nextLetter(['A', 'C']), nextLetter([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'])]).toEqual(['B', null]);
  });

  test('days are said as people read them, and months end where they end', () => {
    expect(['2021', '2021-11', '2021-11-09'].map(sayDayOf)).toEqual(['2021', '11/2021', '09/11/2021']);
    expect(monthsAfter('2026-08-31', 6)).toBe('2027-02-28');
    expect(monthsAfter('2026-11-29', 12)).toBe('2027-11-29');
    expect(instantOf('2026-11-29T07:30')).toBe('2026-11-29T00:30:00.000Z');
    expect(localOf('2026-11-29T00:30:00.000Z')).toBe('2026-11-29T07:30');
    expect([0, 180, 730].map(reviewAgeOf)).toEqual(['fresh', 'aging', 'stale']);
  });
});
