/** Rules of entries on screen. Pure. */

/** A rule that is older should be held against its source again. Half a year and two years: as long as a circular of this field usually stands. */
const AGING_DAYS = 180;
const STALE_DAYS = 730;

export type ReviewAge = 'fresh' | 'aging' | 'stale';

export function reviewAgeOf(days: number): ReviewAge {
  return days >= STALE_DAYS ? 'stale' : days >= AGING_DAYS ? 'aging' : 'fresh';
}

/** As src/dialogue/answers.ts offers them. */
const MOST_RELATED = 3;
export const AGENT = 'support.agent';

/** What the chat offers behind an answer: the first three that there are, and a person last. */
export function offeredRelated<Row extends { readonly id: string; readonly archived: boolean }>(
  related: readonly string[],
  entries: readonly Row[],
): Row[] {
  const found = related.flatMap((id) => entries.find((entry) => entry.id === id && !entry.archived) ?? []);
  return [
    ...found.filter(({ id }) => id !== AGENT).slice(0, MOST_RELATED),
    ...found.filter(({ id }) => id === AGENT),
  ];
}

const LONGEST_NAME = 40;

/** "Đổi số điện thoại đã đăng ký" → `doi-so-dien-thoai-da-dang-ky` */
export function nameFor(title: string): string {
  const words = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    if (name.length + word.length + 1 > LONGEST_NAME) break;
    name += name === '' ? word : `-${word}`;
  }
  return name;
}

export const isName = (name: string): boolean => /^[a-z0-9-]+$/.test(name);
export const isTopicId = (id: string): boolean => /^[a-z]{1,30}$/.test(id);

/** The first letter that no source document has; null: there is none left. */
export function nextLetter(taken: readonly string[]): string | null {
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !taken.includes(letter)) ?? null;
}

/** What was typed or pasted, as phrases: a line each, none twice. */
export function linesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/\r\n?|\n/)
        .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '').trim())
        .filter((line) => line !== ''),
    ),
  ];
}
