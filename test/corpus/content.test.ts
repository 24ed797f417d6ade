import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Corpus } from '../../src/corpus/corpus.ts';
import { readCorpus } from '../../src/corpus/load-corpus.ts';
import { ROOT } from '../support/corpus.ts';

interface Required {
  from: string[];
  facts: string[];
  /** A variant for one platform needs one of these, the whole answer all. */
  either?: string[];
}

const required = parse(
  await readFile(path.join(import.meta.dirname, 'required-facts.yaml'), 'utf8'),
) as Record<string, Required>;

let corpus: Corpus;
beforeAll(async () => {
  corpus = await readCorpus(ROOT);
});

describe('the FAQ', () => {
  it('has an entry for each of the 66 intents', () => {
    expect(Object.keys(required)).toHaveLength(66);
    expect(corpus.faq.map(({ id }) => id).sort()).toEqual(Object.keys(required).sort());
  });

  it.each(Object.entries(required))(
    '%s states its facts and names its sources',
    (id, { from, facts, either = [] }) => {
      const entry = corpus.faq.find((other) => other.id === id);
      expect(entry?.sources.map(({ doc }) => doc).sort()).toEqual([...from].sort());
      for (const fact of [...facts, ...either]) expect(entry?.markdown).toMatch(new RegExp(fact, 'i'));
      for (const variant of Object.values(entry?.variants ?? {})) {
        for (const fact of facts) expect(variant).toMatch(new RegExp(fact, 'i'));
        if (either.length > 0) expect(either.some((fact) => new RegExp(fact, 'i').test(variant))).toBe(true);
      }
    },
  );

  it('names the newest source as its date', () => {
    for (const { id, asOf, sources } of corpus.faq) {
      if (sources.length === 0) continue;
      const newest =
        sources
          .map(({ date }) => date)
          .sort()
          .at(-1) ?? '';
      expect({ id, asOf: asOf.slice(0, 4) }).toEqual({ id, asOf: newest.slice(0, 4) });
    }
  });

  it('never copies the sample persons, numbers and addresses of the source documents', () => {
    const text = JSON.stringify([corpus.faq, corpus.intents]).toLowerCase();
    for (const sample of [
      'lương văn minh',
      'abcd@gmail',
      '293132',
      '0912205680',
      '01220607640',
      '3075665798',
      '094005218',
      '332986919',
      'sq0007q',
      'đào anh kiệt',
    ]) {
      expect(text).not.toContain(sample);
    }
  });

  it('speaks as “em” to “Anh/Chị”: never “mình”, never “bạn”', () => {
    const otherVoice = /(?<![\p{L}\p{M}])(?:bạn|mình)(?![\p{L}\p{M}])/iu;
    const said = corpus.faq.flatMap(({ id, markdown, variants }) =>
      [markdown, ...Object.values(variants)].map((text) => `${id}: ${text.normalize('NFC')}`),
    );
    expect(said.filter((text) => otherVoice.test(text))).toEqual([]);
  });

  it('keeps answers short enough for a phone', () => {
    for (const { id, markdown } of corpus.faq) {
      expect({ id, words: markdown.split(/\s+/).length }).toMatchObject({
        words: expect.toSatisfy((n: number) => n <= 200),
      });
    }
  });
});

describe('the phrases', () => {
  it.each([
    ['answer', 80],
    ['flow', 80],
    ['smalltalk', 40],
  ] as const)('are enough for every %s', (kind, least) => {
    const counts = new Map(corpus.intents.map(({ intent, phrases }) => [intent, phrases.length]));
    const thin = corpus.faq.filter((entry) => entry.kind === kind && (counts.get(entry.id) ?? 0) < least);
    expect(thin.map(({ id }) => id)).toEqual([]);
  });

  it('teach what is out of scope', () => {
    const none = corpus.intents.find(({ intent }) => intent === 'none');
    expect(none?.phrases.length).toBeGreaterThanOrEqual(400);
  });
});
