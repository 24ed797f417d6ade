/** How an entry stands: small marks for the list and the entry's own page. Never by colour alone. */
import { Badge, Group, Stack, Text } from '@mantine/core';
import type { EntryRow, EntryUse } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';
import { daysUntil, sayDayOf, today } from './days.ts';
import { reviewAgeOf } from './entry-rules.ts';

const { entries: copy } = words;
const DRAFT_COLORS = { added: 'teal', changed: 'blue', removed: 'red' } as const;
const AGE_COLORS = { fresh: 'teal', aging: 'yellow', stale: 'orange' } as const;

export function DraftChip({ draft }: Pick<EntryRow, 'draft'>) {
  return draft === 'same' ? null : (
    <Badge variant="light" color={DRAFT_COLORS[draft]} size="sm">
      {words.inDraft[draft]}
    </Badge>
  );
}

export function ThumbsView({ use }: { readonly use: EntryUse | null }) {
  const all = use === null ? 0 : use.helpful + use.unhelpful;
  if (use === null || all === 0)
    return (
      <Text size="sm" c="dimmed" title={copy.noThumbs}>
        {words.none}
      </Text>
    );
  const says = copy.thumbsOf(use.helpful, use.unhelpful);
  return (
    <span className="curation-thumbs" role="img" aria-label={says} title={says}>
      <span className="curation-thumbs-bar">
        <span style={{ width: `${(use.helpful / all) * 100}%` }} />
      </span>
      <span aria-hidden>{`${use.helpful}/${all}`}</span>
    </span>
  );
}

export function ReviewAgeView({
  entry: { reviewAgeDays, reviewBy },
}: {
  readonly entry: Pick<EntryRow, 'reviewAgeDays' | 'reviewBy'>;
}) {
  const age = reviewAgeOf(reviewAgeDays);
  const left = reviewBy === null ? null : daysUntil(reviewBy, today());
  return (
    <Stack gap={2} align="flex-start">
      <Group gap={6}>
        <Badge variant="light" color={AGE_COLORS[age]} size="sm">
          {copy.ages[age]}
        </Badge>
        <Text size="xs" c="dimmed">
          {copy.age(reviewAgeDays)}
        </Text>
      </Group>
      {reviewBy !== null && left !== null && (
        <Text size="xs" {...(left < 0 ? { c: 'var(--mantine-color-error)', fw: 600 } : { c: 'dimmed' })}>
          {left < 0 ? copy.overdue(sayDayOf(reviewBy)) : copy.due(sayDayOf(reviewBy))}
        </Text>
      )}
    </Stack>
  );
}
