import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem, loadCorpus } from '../../src/corpus/load-corpus.ts';
import { ROOT } from '../support/corpus.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'corpus-'));
  for (const folder of ['intents', 'faq', 'web-widget/public/media']) {
    await cp(path.join(ROOT, folder), path.join(root, folder), { recursive: true });
  }
});
afterEach(() => rm(root, { recursive: true }));

/** Changes one file of the copy and lists what the loader then says. */
async function problemsAfter(file: string, change: (source: string) => string): Promise<string[]> {
  const where = path.join(root, file);
  await writeFile(where, change(await readFile(where, 'utf8')));
  const loaded = await loadCorpus(root);
  return loaded.ok ? [] : loaded.problems.map(formatProblem);
}

function lineOf(source: string, part: string): number {
  return source.slice(0, source.indexOf(part)).split('\n').length;
}

describe('a corpus file that is wrong is named with line and remedy', () => {
  it('accepts the product’s own corpus', async () => {
    expect(await problemsAfter('faq/login.how.md', (source) => source)).toEqual([]);
  });

  it('broken YAML', async () => {
    const [problem] = await problemsAfter('intents/card.yaml', (source) => `${source}- intent: [\n`);
    expect(problem).toMatch(/^intents\/card\.yaml:\d+ .*Remedy: correct the YAML/);
  });

  it('an unknown id', async () => {
    const problems = await problemsAfter('intents/card.yaml', (source) =>
      source.replace('card.view', 'card.vieww'),
    );
    expect(problems).toEqual([
      expect.stringMatching(/^faq\/card\.view\.md:2 no phrase leads to card\.view\. Remedy: /),
      'intents/card.yaml:1 card.vieww has no answer. Remedy: write faq/card.vieww.md or correct the id',
    ]);
  });

  it('a missing answer', async () => {
    await rm(path.join(root, 'faq/login.how.md'));
    const loaded = await loadCorpus(root);
    const messages = loaded.ok ? [] : loaded.problems.map(formatProblem);
    expect(messages).toContainEqual(
      expect.stringMatching(
        /^intents\/login\.yaml:1 login\.how has no answer\. Remedy: write faq\/login\.how\.md/,
      ),
    );
    expect(messages).toContainEqual(expect.stringMatching(/related names no other entry: login\.how/));
  });

  it('a phrase under two intents, also when it differs by accents and punctuation', async () => {
    const [problem] = await problemsAfter('intents/support.yaml', (source) =>
      source.replace('phrases:\n', 'phrases:\n    - quen mat khau!!\n'),
    );
    expect(problem).toMatch(
      /^intents\/support\.yaml:3 the phrase "quen mat khau!!" stands also under password\.forgot \(intents\/password\.yaml:\d+\)\. Remedy: keep it in one place/,
    );
  });

  it('a number where a phrase should be', async () => {
    const [problem] = await problemsAfter('intents/card.yaml', (source) =>
      source.replace('phrases:\n', 'phrases:\n    - 8079\n'),
    );
    expect(problem).toBe(
      'intents/card.yaml:3 0.phrases.0 does not fit. Remedy: write the phrase as text; put it in quotes if it has a colon or is a number',
    );
  });

  it.each([
    ['a bad link', '[cổng](http://x.vn)', /bad link: http:\/\/x\.vn\. Remedy: write the whole address/],
    ['HTML', '<b>đậm</b>', /HTML is not shown/],
    ['a heading', '\n## Bước', /headings are not shown/],
    ['an open bold mark', '**Quên', /a bold mark \*\* is left open/],
  ])('%s in an answer', async (_name, text, said) => {
    const problems = await problemsAfter('faq/card.view.md', (source) => `${source}\n${text}\n`);
    expect(problems).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    ['of the desk', '![Thẻ BHYT](/media/card-last-ten-digits.svg)'],
    ['of another site', '![Thẻ BHYT](https://example.vn/the.png)'],
  ])('accepts an image %s that stands alone', async (_name, image) => {
    const problems = await problemsAfter('faq/card.view.md', (source) => `${source}\n${image}\n\nHết.\n`);
    expect(problems).toEqual([]);
  });

  it.each([
    [
      'an image without words',
      '![ ](/media/card-last-ten-digits.svg)',
      'the image /media/card-last-ten-digits.svg has no words. Remedy: write what it shows between the square brackets',
    ],
    [
      'an image that is not there',
      '![Thẻ](/media/lost.svg)',
      'there is no image /media/lost.svg. Remedy: put lost.svg into web-widget/public/media/ or correct the name',
    ],
    [
      'an image over http',
      '![Thẻ](http://x.vn/a.png)',
      'bad image: http://x.vn/a.png. Remedy: write /media/name.svg, or the whole address, beginning with https://',
    ],
    [
      'an image outside the folder',
      '![Thẻ](/media/../index.html)',
      'bad image: /media/../index.html. Remedy: write /media/name.svg, or the whole address, beginning with https://',
    ],
    ...[
      ['in a sentence', 'Xem ![Thẻ](/media/card-last-ten-digits.svg) nhé.'],
      ['in a step', '1. ![Thẻ](/media/card-last-ten-digits.svg)'],
      ['right under a line', 'Xem hình:\n![Thẻ](/media/card-last-ten-digits.svg)'],
      ['without an address', '![Thẻ]()'],
    ].map(([where = '', text = '']): [string, string, string] => [
      `an image ${where}`,
      text,
      'an image is not a paragraph of its own. Remedy: write ![what it shows](/media/name.svg) between two empty lines',
    ]),
  ])('%s', async (_name, text, said) => {
    const source = await readFile(path.join(root, 'faq/card.view.md'), 'utf8');
    const problems = await problemsAfter('faq/card.view.md', () => `${source}\n${text}\n`);
    expect(problems).toEqual([`faq/card.view.md:${lineOf(source, 'Thẻ BHYT nằm')} ${said}`]);
  });

  it('a dead related id and an unknown document, each on its own line', async () => {
    const source = await readFile(path.join(root, 'faq/card.use.md'), 'utf8');
    const problems = await problemsAfter('faq/card.use.md', () =>
      source.replace(/related: \[/, 'related: [card.lost, ').replace('{doc: D', '{doc: Z'),
    );
    expect(problems).toEqual([
      `faq/card.use.md:${lineOf(source, 'related:')} related names no other entry: card.lost. Remedy: use the id of another file in faq/`,
      `faq/card.use.md:${lineOf(source, '{doc: D')} the document Z is unknown. Remedy: add it to faq/sources.yaml or correct the letter`,
    ]);
  });

  it('front matter that is missing', async () => {
    const problems = await problemsAfter('faq/card.use.md', () => 'Chỉ có chữ.');
    expect(problems[0]).toMatch(/^faq\/card\.use\.md:1 the front matter is missing\. Remedy: /);
  });
});
