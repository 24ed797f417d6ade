/** Words that mean the same to this desk, by the lexicon's groups of synonyms. Accents do not matter here. */
import { groupBy } from '../../kernel/group-by.ts';
import { tokenise } from '../text/tokens.ts';

/** Rewrites folded words: what belongs to a group of synonyms becomes the mark of that group, such as "§12". */
export type ToConcepts = (folded: readonly string[]) => string[];

const MARK = '§';

/** Prepares the groups. Of two members that fit at the same place the longer counts. */
export function compileConcepts(synonyms: readonly (readonly string[])[]): ToConcepts {
  const members = synonyms.flatMap((group, number) =>
    group.map((member) => ({ key: tokenise(member).map((token) => token.folded), mark: MARK + number })),
  );
  const byFirst = groupBy(
    members.sort((a, b) => b.key.length - a.key.length),
    ({ key }) => key[0],
  );
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
