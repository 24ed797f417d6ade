/** The directory of offices, and finding one by what people type. */

export interface Office {
  readonly code: string;
  readonly name: string;
  readonly address?: string | undefined;
  readonly phones: readonly { readonly number: string; readonly extension?: string | undefined }[];
  readonly province: string;
}

export interface Offices {
  /** Those that the words fit, best first; none for a query that names nothing. */
  readonly find: (query: string) => readonly Office[];
}

/** Words that stand in every office's name, or around a question for one. */
const SAID_OF_ALL = new Set(
  'bhxh bao hiem xa hoi co quan van phong tru so o dau dia chi so dien thoai cua tai cho la gi tim tra cuu em toi minh a ad oi thanh pho tinh huyen quan phuong xa tp q h p'.split(
    ' ',
  ),
);
/** As people write them → as the directory does, folded. */
const SPOKEN_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:tp\s*)?(?:hcm|hcmc)\b|\btphcm\b|\bsai\s?gon\b|\bsg\b/g, 'ho chi minh'],
  [/\b(?:q|quan)\.?\s?(\d{1,2})\b/g, 'quan$1'],
  [/\b(?:p|phuong)\.?\s?(\d{1,2})\b/g, 'phuong$1'],
];
const MOST = 5;

/** Finds by words without accents: each word of the query that an office's name, province or code has counts. */
export function createOffices(directory: readonly Office[]): Offices {
  const indexed = directory.map((office) => ({
    office,
    name: new Set(wordsOf(`${office.name} ${office.code}`)),
    province: new Set(wordsOf(office.province)),
  }));
  return {
    find(query) {
      const wanted = wordsOf(query).filter((word) => !SAID_OF_ALL.has(word));
      if (wanted.length === 0) return [];
      const scored = indexed.flatMap(({ office, name, province }) => {
        const named = wanted.filter((word) => name.has(word)).length;
        const near = wanted.filter((word) => !name.has(word) && province.has(word)).length;
        // Somewhere else in the same province is no answer, but the province's own office is one.
        if (named === 0 || named + near < wanted.length / 2) return [];
        return [{ office, score: named + near / 2 - name.size / 100 }];
      });
      return scored
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST)
        .map(({ office }) => office);
    },
  };
}

function wordsOf(text: string): string[] {
  let folded = text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9]+/g, ' ');
  for (const [spoken, written] of SPOKEN_NAMES) folded = folded.replace(spoken, written);
  return folded.split(' ').filter((word) => word !== '');
}
