import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { words } from './release-copy.ts';
import { diffWords, shortened } from './word-diff.ts';

/**
 * One text, with what was taken out struck through and what came marked.
 * @param side `after`: only what stands now, marked where it differs
 */
export function WordDiff(props: {
  readonly before: string;
  readonly after: string;
  readonly side?: 'both' | 'after';
  readonly isWhole?: boolean;
}) {
  const { before, after, side = 'both', isWhole = side === 'after' } = props;
  const pieces = useMemo(() => {
    const all = diffWords(before, after);
    return isWhole ? all : shortened(all);
  }, [before, after, isWhole]);
  return pieces.map((piece, at) => {
    const key = `${at} ${piece.kind}`;
    if (piece.kind === 'same') return <span key={key}>{piece.text}</span>;
    if (piece.kind === 'removed')
      return side === 'after' ? null : (
        <del key={key}>
          <VisuallyHidden>{words.draft.removed}: </VisuallyHidden>
          {piece.text}
        </del>
      );
    return (
      <ins key={key}>
        {side === 'both' && <VisuallyHidden>{words.draft.added}: </VisuallyHidden>}
        {piece.text}
      </ins>
    );
  });
}
