import { beforeAll, describe, expect, it } from 'vitest';
import { createAnswerBook } from '../../src/corpus/answer-book.ts';
import { findFaults } from '../../src/corpus/check-corpus.ts';
import type { Corpus, FaqEntry } from '../../src/corpus/corpus.ts';
import {
  applyChanges,
  type CorpusChange,
  changesOver,
  diffCorpora,
  phrasesOf,
  standingOf,
} from '../../src/corpus/corpus-changes.ts';
import { type UnitValue, unitsOf } from '../../src/corpus/corpus-units.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { checksumOf } from '../../src/corpus/release.ts';
import { toTrainingSet, trainCorpus } from '../../src/corpus/train-corpus.ts';
import { ROOT } from '../support/corpus.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';

let corpus: Corpus;
let card: FaqEntry;
beforeAll(async () => {
  corpus = await readTinyCorpus();
  card = corpus.faq.find(({ id }) => id === 'card.view') ?? expect.fail('no card.view');
});

const liveValue = (unit: string): UnitValue | null => unitsOf(corpus).get(unit) ?? null;
const put = (unit: string, after: UnitValue | null): CorpusChange => ({
  unit,
  before: liveValue(unit),
  after,
});
const entry = (id: string, change: Partial<FaqEntry> = {}): CorpusChange =>
  put(`faq:${id}`, { kind: 'faq', entry: { ...card, related: [], ...change, id } });
const phrases = (intent: string, add: string[], remove: string[] = []): CorpusChange => ({
  unit: `phrases:${intent}`,
  add,
  remove,
});

describe('applying changes', () => {
  it('leaves a corpus that nothing changes as it is, to the byte, when it is taken apart and put together', async () => {
    const whole = await readCorpus(ROOT);
    const title = put('topic:card', { kind: 'topic', title: whole.topics.get('card')! });
    expect(checksumOf(applyChanges(whole, [title]))).toBe(checksumOf(whole));
  });

  it('puts a new entry where its file will stand, and its intent behind the last of its topic', () => {
    const after = applyChanges(corpus, [
      entry('card.a-new'),
      phrases('card.a-new', ['thẻ mới ở đâu']),
      entry('password.forgot-all'),
      phrases('password.forgot-all', ['quên hết rồi']),
      entry('zalo.link'),
      phrases('zalo.link', ['liên kết zalo']),
    ]);
    expect(after.faq.map(({ id }) => id)).toEqual([
      'card.a-new',
      'card.view',
      'password.forgot-all',
      'password.forgot',
      'smalltalk.greeting',
      'zalo.link',
    ]);
    expect(after.intents.map(({ intent }) => intent)).toEqual([
      'card.view',
      'card.a-new',
      'none',
      'password.forgot',
      'password.forgot-all',
      'smalltalk.greeting',
      'zalo.link',
    ]);
  });

  it('takes the phrases of an entry out with it', () => {
    const after = applyChanges(corpus, [put('faq:card.view', null), phrases('card.view', ['xem thẻ nào'])]);
    expect(after.faq.map(({ id }) => id)).not.toContain('card.view');
    expect(phrasesOf(after, 'card.view')).toEqual([]);
  });

  it.each<[string, CorpusChange, (after: Corpus) => unknown, unknown]>([
    [
      'a new word stands at the end',
      { unit: 'abbreviation:abcx', before: null, after: { kind: 'abbreviation', forms: ['thẻ bhyt'] } },
      ({ lexicon }) => Object.entries(lexicon.abbreviations).at(-1),
      ['abcx', ['thẻ bhyt']],
    ],
    [
      'a courtesy goes',
      { unit: 'courtesy:cháu cảm ơn', before: { kind: 'courtesy' }, after: null },
      ({ lexicon }) => lexicon.courtesies.includes('cháu cảm ơn'),
      false,
    ],
    [
      'a topic is renamed in its place',
      {
        unit: 'topic:login',
        before: { kind: 'topic', title: 'Đăng nhập' },
        after: { kind: 'topic', title: 'Vào' },
      },
      ({ topics }) => [...topics.values()].slice(0, 3),
      ['Mật khẩu', 'Vào', 'Đăng ký tài khoản'],
    ],
    [
      'a synonym group is another one',
      { unit: 'synonyms:tài khoản', before: null, after: { kind: 'synonyms', words: ['tài khoản', 'nick'] } },
      ({ lexicon }) => lexicon.synonyms[1],
      ['tài khoản', 'nick'],
    ],
  ])('%s', (_name, change, read, expected) => {
    expect(read(applyChanges(corpus, [change]))).toEqual(expected);
  });

  it('adds what is not there but for accents, and takes out what is', () => {
    const [first = '', second = ''] = phrasesOf(corpus, 'card.view');
    const after = applyChanges(corpus, [
      phrases('card.view', [second.toUpperCase(), 'một câu mới', 'Một câu mới?'.normalize('NFC')], [first]),
    ]);
    const said = phrasesOf(after, 'card.view');
    expect(said).not.toContain(first);
    expect(said.slice(-2)).toEqual(['một câu mới', 'Một câu mới?']);
    expect(said).toHaveLength(phrasesOf(corpus, 'card.view').length + 1);
  });
});

describe('the difference between two corpora', () => {
  it('made to the one makes it the other, in both directions', () => {
    const other = applyChanges(corpus, [
      entry('card.view', { title: 'Khác' }),
      entry('card.lost'),
      phrases('card.lost', ['mất thẻ rồi']),
      phrases('card.view', ['coi thẻ'], [phrasesOf(corpus, 'card.view')[3]!]),
      put('faq:smalltalk.greeting', null),
      put('courtesy:cháu cảm ơn', null),
      {
        unit: 'document:Z',
        before: null,
        after: { kind: 'document', document: { title: 'T', publisher: 'P', date: '2026' } },
      },
    ]);
    const forth = diffCorpora(corpus, other);
    expect(forth.map(({ unit }) => unit).sort()).toEqual([
      'courtesy:cháu cảm ơn',
      'document:Z',
      'faq:card.lost',
      'faq:card.view',
      'faq:smalltalk.greeting',
      'phrases:card.lost',
      'phrases:card.view',
      'phrases:smalltalk.greeting',
    ]);
    expect(diffCorpora(applyChanges(corpus, forth), other)).toEqual([]);
    expect(diffCorpora(applyChanges(other, diffCorpora(other, corpus)), corpus)).toEqual([]);
  });
});

describe('a change towards what is live', () => {
  const titled = (title: string) => applyChanges(corpus, [entry('card.view', { title })]);
  it.each<[string, () => Corpus, string]>([
    ['is pending while nobody else touched it', () => corpus, 'pending'],
    ['is done when a release says the same', () => titled('Mới'), 'done'],
    ['is in conflict when a release says something else', () => titled('Khác nữa'), 'conflict'],
    [
      'is in conflict when a release took the entry out',
      () => applyChanges(corpus, [put('faq:card.view', null)]),
      'conflict',
    ],
  ])('%s', (_name, live, standing) => {
    expect(standingOf(entry('card.view', { title: 'Mới' }), live())).toBe(standing);
  });

  it('of phrases never is in conflict: what is so already is done', () => {
    const change = phrases('card.view', ['một câu mới']);
    expect(standingOf(change, corpus)).toBe('pending');
    expect(standingOf(change, applyChanges(corpus, [phrases('card.view', ['Mot cau moi!'])]))).toBe('done');
  });

  it('that comes from files leaves alone what others did since the files were written', () => {
    const base = corpus;
    const live = applyChanges(base, [
      entry('card.view', { title: 'Của bàn' }),
      phrases('card.view', ['câu của bàn']),
    ]);
    expect(changesOver(base, base, live)).toEqual([]);
    const files = applyChanges(base, [
      phrases('card.view', ['câu của tệp']),
      entry('card.view', { title: 'Của tệp' }),
    ]);
    const changes = changesOver(base, files, live);
    expect(changes.map((change) => [change.unit, standingOf(change, live)])).toEqual([
      ['faq:card.view', 'conflict'],
      ['phrases:card.view', 'pending'],
    ]);
    expect(phrasesOf(applyChanges(live, changes), 'card.view').slice(-2)).toEqual([
      'câu của bàn',
      'câu của tệp',
    ]);
  });
});

describe('an archived entry', () => {
  it('is neither taught nor shown, but keeps its title and its phrases', () => {
    const greeting = corpus.faq.find(({ id }) => id === 'smalltalk.greeting')!;
    const after = applyChanges(corpus, [
      entry('card.view', { archived: true }),
      put('faq:smalltalk.greeting', { kind: 'faq', entry: { ...greeting, related: ['card.view'] } }),
    ]);
    expect(findFaults(after, new Set())).toEqual([]);
    expect(phrasesOf(after, 'card.view')).not.toEqual([]);
    expect(toTrainingSet(after).phrases.map(({ intent }) => intent)).not.toContain('card.view');
    const book = createAnswerBook(after, trainCorpus(after));
    expect(book.find('card.view')).toBeNull();
    expect(book.faq.find('smalltalk.greeting', null)?.related).toEqual([]);
    expect(book.topics().flatMap(({ entries }) => entries.map(({ id }) => id))).not.toContain('card.view');
    expect(book.titleOf('card.view')).toBe(card.title);
    expect(checksumOf(after)).not.toBe(checksumOf(corpus));
  });
});
