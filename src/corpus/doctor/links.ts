/** Where answers lead: images, pages, related entries. Pure but for `checkPages`, which asks what it is handed. */
import type { FaqEntry } from '../corpus.ts';

export interface EntryLink {
  readonly entry: FaqEntry;
  readonly target: string;
}
export interface BrokenLink extends EntryLink {
  readonly kind: 'image' | 'page' | 'related';
  readonly problem: 'missing' | 'unreachable' | 'refused';
  readonly status: number | null;
}

const LOCAL_IMAGE = /!\[[^\]]*\]\(\/media\/([^()\s]+)\)/g;
const PAGE = /\]\((https:\/\/[^()\s]+)\)/g;

/** @param pictures names of the images that there are */
export function findMissing(entries: readonly FaqEntry[], pictures: ReadonlySet<string>): BrokenLink[] {
  const ids = new Set(entries.map(({ id }) => id));
  return entries.flatMap((entry) => {
    const images = textsOf(entry).flatMap((text) =>
      [...text.matchAll(LOCAL_IMAGE)].map(([, name = '']) => name),
    );
    const gone = { entry, problem: 'missing', status: null } as const;
    return [
      ...[...new Set(images)]
        .filter((name) => !pictures.has(name))
        .map((name) => ({ ...gone, kind: 'image' as const, target: `/media/${name}` })),
      ...entry.related
        .filter((id) => !ids.has(id))
        .map((id) => ({ ...gone, kind: 'related' as const, target: id })),
    ];
  });
}

export function findPages(entries: readonly FaqEntry[]): EntryLink[] {
  return entries.flatMap((entry) => {
    const targets = textsOf(entry).flatMap((text) =>
      [...text.matchAll(PAGE)].map(([, target = '']) => target),
    );
    return [...new Set(targets)].map((target) => ({ entry, target }));
  });
}

/** What a site answers: a status, or null where nothing came in time. */
export type AskPage = (address: string) => Promise<number | null>;

/** Sites that let no programs in say so with these; for people the page may well be there. */
const CLOSED_TO_PROGRAMS: ReadonlySet<number> = new Set([401, 403, 405, 429]);
const AT_ONCE = 4;

/** Each page once, a few at a time. */
export async function checkPages(
  links: readonly EntryLink[],
  ask: AskPage,
  onProgress: (share: number) => void = () => {},
): Promise<BrokenLink[]> {
  const targets = [...new Set(links.map(({ target }) => target))];
  const answers = new Map<string, number | null>();
  for (let at = 0; at < targets.length; at += AT_ONCE) {
    const some = targets.slice(at, at + AT_ONCE);
    const said = await Promise.all(some.map(ask));
    some.forEach((target, place) => {
      answers.set(target, said[place] ?? null);
    });
    onProgress(answers.size / targets.length);
  }
  return links.flatMap(({ entry, target }) => {
    const status = answers.get(target) ?? null;
    if (status !== null && (status < 400 || CLOSED_TO_PROGRAMS.has(status))) return [];
    return [
      { entry, target, kind: 'page' as const, problem: status === null ? 'unreachable' : 'refused', status },
    ];
  });
}

function textsOf({ markdown, variants }: FaqEntry): string[] {
  return [markdown, ...Object.values(variants)];
}
