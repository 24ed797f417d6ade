import { Badge } from '@mantine/core';
import type { DraftRow } from '../../../src/contracts/curation.ts';
import { words } from './release-copy.ts';

const COLORS: Readonly<Record<string, string>> = {
  open: 'blue',
  inReview: 'yellow',
  approved: 'teal',
  published: 'gray',
  discarded: 'gray',
};

export function DraftStatusBadge({ draft: { status, release } }: { readonly draft: DraftRow }) {
  return (
    <Badge variant="light" color={COLORS[status] ?? 'gray'}>
      {status === 'published' && release !== null ? words.drafts.release(release) : words.statuses[status]}
    </Badge>
  );
}
