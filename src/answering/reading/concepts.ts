/** Words that mean the same to this desk, by the lexicon's groups of synonyms. Accents do not matter here. */
import { tokenise } from '../text/tokens.ts';

/** Rewrites folded words: what belongs to a group of synonyms becomes the mark of that group, such as "§12". */
export type ToConcepts = (folded: readonly string[]) => string[];

const MARK = '§';

/** Prepares the groups. Of two members that fit at the same place the longer counts. */
export function compileConcepts(synonyms: readonly (readonly string[])[]): ToConcepts {
  const byFirst = new Map<string, { key: readonly string[]; mark: string }[]>();
  synonyms.forEach((members, group) => {
    for (const member of members) {
      const key = tokenise(member).map((token) => token.folded);
      const [first] = key;
      if (first === undefined) continue;
      const entries = byFirst.get(first) ?? [];
      entries.push({ key, mark: MARK + group });
      byFirst.set(first, entries);
    }
  });
  for (const entries of byFirst.values()) entries.sort((a, b) => b.key.length - a.key.length);
  return (folded) => {
    const rewritten: string[] = [];
    for (let at = 0; at < folded.length; ) {
      const word = folded[at]!;
      const hit = byFirst
        .get(word)
        ?.find(({ key }) => key.every((part, offset) => folded[at + offset] === part));
      rewritten.push(hit?.mark ?? word);
      at += hit?.key.length ?? 1;
    }
    return rewritten;
  };
}

/** Is this word of a rewritten message a group of synonyms? */
export function isConcept(word: string): boolean {
  return word.startsWith(MARK);
}
