import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parse } from 'yaml';
import {
  createEntityExtractor,
  type Entity,
  type Place,
} from '../../../src/answering/entities/extract-entities.ts';

const readYaml = (path: string): unknown => parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

interface Case {
  readonly say: string;
  readonly find: readonly string[];
}
const { nothing, ...found } = readYaml('./entities.yaml') as { nothing: string[] } & Record<string, Case[]>;
const places = readYaml('../../../intents/places.yaml') as Place[];
const extract = createEntityExtractor({ places });

/** "date=2021-06-01 «01/6/2021»", as the data file writes an entity. */
function describeEntity({ type, value, text }: Entity): string {
  return text === value ? `${type}=${value}` : `${type}=${value} «${text}»`;
}

function expectSound(text: string, entities: readonly Entity[]): void {
  let end = 0;
  for (const entity of entities) {
    expect(entity.start).toBeGreaterThanOrEqual(end);
    expect(entity.end).toBeGreaterThan(entity.start);
    expect(text.slice(entity.start, entity.end)).toBe(entity.text);
    end = entity.end;
  }
  expect(end).toBeLessThanOrEqual(text.length);
}

describe.each(Object.entries(found))('finds %s', (_topic, cases) => {
  test.each(cases)('$say', ({ say, find }) => {
    const entities = extract(say);
    expect(entities.map(describeEntity)).toEqual(find);
    expectSound(say, entities);
  });
});

describe('finds nothing', () => {
  test.each(nothing)('%s', (say) => {
    expect(extract(say).map(describeEntity)).toEqual([]);
  });
});

describe('text as people send it', () => {
  it('finds the same in decomposed text, at offsets of that text', () => {
    for (const { say, find } of Object.values(found).flat()) {
      const decomposed = say.normalize('NFD');
      const entities = extract(decomposed);
      expectSound(decomposed, entities);
      const composed = entities.map((entity) => ({ ...entity, text: entity.text.normalize('NFC') }));
      expect(composed.map(describeEntity)).toEqual(find);
    }
  });

  it('finds the same between other words, on another line and in a long message', () => {
    const filler = 'em chào anh chị, '.repeat(40);
    for (const { say, find } of Object.values(found).flat()) {
      const text = `${filler}\n${say}\n`;
      const entities = extract(text).filter(({ start }) => start >= filler.length);
      expectSound(text, entities);
      const values = new Set(entities.map(describeEntity));
      // "cu chi" is a place only because it is all that was said.
      const [alone] = extract(say);
      if (alone?.type === 'place' && alone.text === say) continue;
      expect(find.filter((expected) => !values.has(expected))).toEqual([]);
    }
  });

  it('agrees with accents that were typed and does without those that were not', () => {
    const at = createEntityExtractor({ places: [{ name: 'Đà Nẵng', aliases: ['đnẵng'], kind: 'city' }] });
    expect(at('ra Da nang').map(describeEntity)).toEqual(['place=Đà Nẵng «Da nang»']);
    expect(at('ra đà nang').map(describeEntity)).toEqual(['place=Đà Nẵng «đà nang»']);
    expect(at('ra đá nắng').map(describeEntity)).toEqual([]);
    expect(at('ra đà nẵngg').map(describeEntity)).toEqual([]);
  });

  it('keeps the places of one extractor out of another', () => {
    const none = createEntityExtractor({ places: [] });
    expect(none('bhxh quận 6')).toEqual([]);
    expect(extract('bhxh quận 6')).toHaveLength(1);
  });
});

describe('overlaps', () => {
  it.each([
    ['a secret wins over all', 'mật khẩu là 0912345678', ['password=0912345678']],
    [
      'an address wins over what is in it',
      'vào https://iphone.vn/0912345678',
      ['url=https://iphone.vn/0912345678'],
    ],
    ['the longer number wins', 'GD 4 79 7912345678', ['bhytCard=GD4797912345678 «GD 4 79 7912345678»']],
    ['a date wins over the span in it', 'tháng 6 năm 2021', ['date=2021-06 «tháng 6 năm 2021»']],
    ['the more specific place wins', 'điện biên phủ', ['place=Điện Biên Phủ «điện biên phủ»']],
  ])('%s', (_rule, text, expected) => {
    expect(extract(text).map(describeEntity)).toEqual(expected);
  });
});

const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));
const fragments = Object.values(found)
  .flat()
  .flatMap(({ say }) => say.split(' '));
const likelyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...fragments),
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom('\u0323', ':', '@', '.', '\n', '"'),
    ),
    {
      maxLength: 25,
    },
  )
  .chain((parts) => fc.constantFrom(' ', '', '  ', '\u00a0').map((glue) => parts.join(glue)));

describe('any text', () => {
  it('gives entities that slice back, in order and apart, and the same again', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, likelyText), (text) => {
        const entities = extract(text);
        expectSound(text, entities);
        expect(extract(text)).toEqual(entities);
      }),
      { numRuns: 3000 },
    );
  });

  // A pattern that backtracks would not come back from ten times the longest message.
  it('comes to an end on hostile text of 20,000 characters', () => {
    const units =
      'a|0|0 |09 |0.|1/|1/6 |1-|@|a@|a@a.|a.|www.|http://|.|(0|+84 |ip |mk |mk:|mk/|mk là |mật khẩu là a |otp |otp 1|hai |không |năm |tháng |ngay 1 thang |cao bằng |q 1|pa-|ch 2a|GD 4 |b1234567 |0912345678 |mã số |e\u0323\u0302|\u0301|"|mk "| a cong | cham |a@gmail.com |3 phút |không chín 1 |!|a!|mk_|mk_là_|mk: 0 |mk: 0 0|mk là a b |mk "a |mk từ a sang |otp 0 |0 là otp '
        .split('|')
        .concat('|');
    for (const unit of units) {
      for (const tail of ['', ' @gmail.com', '0912345678']) {
        const text = unit.repeat(20_000 / unit.length).slice(0, 20_000) + tail;
        expectSound(text, extract(text).slice(0, 50));
      }
    }
  });
});

describe('places', () => {
  it('lists each name and alias once', () => {
    const forms = places.flatMap(({ name, aliases }) => [name, ...aliases].map((form) => form.toLowerCase()));
    expect(forms.filter((form, at) => forms.indexOf(form) !== at)).toEqual([]);
  });

  it('finds every place by its name behind "ở"', () => {
    for (const { name } of places) {
      expect(extract(`tôi ở ${name}`).map(describeEntity)).toEqual([`place=${name}`]);
    }
  });
});
