import { afterAll, beforeAll, expect, it } from 'vitest';
import { openEngine, trainImage } from '../../src/answering/engine.ts';
import { doAtOnce } from '../../src/answering/pieces.ts';
import { isWorse, type RegressionQuestion } from '../../src/corpus/check-release.ts';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { unpackEngine } from '../../src/corpus/engine-image.ts';
import { toTrainingSet } from '../../src/corpus/train-corpus.ts';
import { createWorkshop, type Workshop } from '../../src/corpus/workshop.ts';
import type { Progress } from '../../src/corpus/workshop-jobs.ts';
import { readTinyCorpus } from '../support/tiny-corpus.ts';

const ask = (
  text: string,
  intent: string,
  source: RegressionQuestion['source'] = 'measure',
): RegressionQuestion => ({ text, intent, source, way: 'clean' });

const QUESTIONS = [
  ask('toi quen mat khau roi', 'password.forgot'),
  ask('lam sao lay lai mat khau', 'password.forgot', 'staff'),
  ask('mật khẩu của tôi bị mất rồi', 'password.forgot'),
  ask('xem thẻ bảo hiểm y tế ở đâu', 'card.view'),
  ask('xem the bhyt tren app', 'card.view'),
  ask('xin chào', 'smalltalk.greeting'),
];

let corpus: Corpus;
let workshop: Workshop;
beforeAll(async () => {
  corpus = await readTinyCorpus();
  workshop = createWorkshop();
});
afterAll(() => workshop.stop());

const check = (candidate: Corpus, questions = QUESTIONS, calibrate = false) =>
  workshop.run('check', { live: corpus, liveImage: null, candidate, questions, calibrate });

/** What an editor may do by mistake: the wordings of one intent under another. */
function misteach(from: string, to: string): Corpus {
  const moved = corpus.intents.find(({ intent }) => intent === from)!.phrases.slice(2);
  return {
    ...corpus,
    intents: corpus.intents.map(({ intent, phrases }) => {
      if (intent === from) return { intent, phrases: phrases.slice(0, 2) };
      return { intent, phrases: intent === to ? [...phrases, ...moved] : phrases };
    }),
  };
}

it('finds nothing to say about the same corpus', async () => {
  const seen: Progress[] = [];
  const checked = await workshop.run(
    'check',
    { live: corpus, liveImage: null, candidate: corpus, questions: QUESTIONS, calibrate: false },
    (progress) => seen.push(progress),
  );
  expect(checked).toMatchObject({ moves: [], leftOut: 0, measured: null, isWorse: false });
  expect(checked.totals.after).toEqual(checked.totals.before);
  expect(checked.totals.after.n).toBe(QUESTIONS.length);
  expect(seen.map(({ step }) => step)).toEqual(['training', 'training', 'asking', 'asking']);
  expect(seen.at(-1)?.share).toBe(1);
});

it('names every question that a harmful change loses, and calls it worse', async () => {
  const { moves, isWorse: worse, totals } = await check(misteach('password.forgot', 'card.view'));
  expect(worse).toBe(true);
  expect(totals.after.right).toBeLessThan(totals.before.right);
  const lost = moves.filter(({ move }) => move === 'lost');
  expect(lost.map(({ expected }) => expected)).toContain('password.forgot');
  for (const { before, after } of lost)
    expect([before.outcome, after.outcome]).not.toEqual(['right', 'right']);
});

it('counts what is taught anew as gained', async () => {
  const questions = [...QUESTIONS, ask('photo ra giay ngoai tiem', 'card.view')];
  const taught: Corpus = {
    ...corpus,
    intents: corpus.intents.map((one) =>
      one.intent === 'card.view'
        ? {
            ...one,
            phrases: [
              ...one.phrases,
              'photo ra giấy ngoài tiệm có được không',
              'ra ngoài tiệm photo',
              'photo ra giấy',
            ],
          }
        : one,
    ),
  };
  const { moves, isWorse: worse } = await check(taught, questions);
  expect(moves).toContainEqual(expect.objectContaining({ text: 'photo ra giay ngoai tiem', move: 'gained' }));
  expect(worse).toBe(false);
});

it('leaves out what nobody is to answer any more', async () => {
  const without: Corpus = {
    ...corpus,
    intents: corpus.intents.filter(({ intent }) => intent !== 'smalltalk.greeting'),
    faq: corpus.faq.filter(({ id }) => id !== 'smalltalk.greeting'),
  };
  expect(await check(without)).toMatchObject({ leftOut: 1, totals: { after: { n: QUESTIONS.length - 1 } } });
});

it('measures anew what scores are worth when many phrases are other ones, and when it is asked to', async () => {
  expect((await check(misteach('password.forgot', 'none'))).measured).not.toBeNull();
  expect((await check(corpus, QUESTIONS, true)).measured?.gates.answer).toBeGreaterThan(0);
});

it('hands over the engine that was checked: it answers as one trained here', async () => {
  const { image } = await check(corpus);
  const engine = await unpackEngine(image, corpus);
  const own = doAtOnce(openEngine(trainImage(toTrainingSet(corpus)), toTrainingSet(corpus)));
  for (const { text } of QUESTIONS)
    expect(engine.decide(text, { explain: true })).toEqual(own.decide(text, { explain: true }));
});

it('says what went wrong in the thread', async () => {
  const broken = { ...corpus, lexicon: null } as unknown as Corpus;
  await expect(check(broken)).rejects.toThrow();
});

const totals = (right: number, offered: number, missed: number, wrong: number) => ({
  n: right + offered + missed + wrong,
  right,
  offered,
  missed,
  wrong,
});
const lost = (source: RegressionQuestion['source']) => ({
  text: '…',
  expected: 'card.view',
  move: 'lost' as const,
  before: { outcome: 'right' as const, intent: 'card.view', confidence: 0.9 },
  after: { outcome: 'offered' as const, intent: 'card.view', confidence: 0.4 },
  source,
});

it.each([
  ['as before', totals(90, 5, 3, 2), [], false],
  ['one more right', totals(91, 4, 3, 2), [], false],
  ['one right less', totals(89, 6, 3, 2), [], true],
  ['one more wrong, though another is right', totals(91, 4, 2, 3), [], true],
  ['fewer right or offered', totals(90, 4, 4, 2), [], true],
  ['one lost, another gained, of the measure', totals(90, 5, 3, 2), [lost('measure')], false],
  ['one lost that staff confirmed', totals(92, 3, 3, 2), [lost('staff')], true],
])('judges the whole: %s', (_, after, moves, worse) => {
  expect(isWorse({ totals: { before: totals(90, 5, 3, 2), after }, moves })).toBe(worse);
});

it('judges by a kept engine as by one trained for the check', async () => {
  const liveImage = await workshop.run('train', { corpus });
  const candidate = misteach('password.forgot', 'card.view');
  const kept = await workshop.run('check', {
    live: corpus,
    liveImage,
    candidate,
    questions: QUESTIONS,
    calibrate: false,
  });
  const { moves, totals } = await check(candidate);
  expect([kept.moves, kept.totals]).toEqual([moves, totals]);
});
