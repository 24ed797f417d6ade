import { Group, Text } from '@mantine/core';
import type { EntryUse } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';
import { ThumbsView } from './entry-health.tsx';

/** What people made of the entry lately. */
export function UseLine({ use }: { readonly use: EntryUse | null }) {
  if (use === null) return null;
  const { entries } = words;
  return (
    <Group gap="md">
      <Text size="sm" fw={600}>
        {words.entry.used}
      </Text>
      <Text size="sm">{`${entries.asked}: ${use.asked.toLocaleString('vi-VN')}`}</Text>
      <ThumbsView use={use} />
      <Text size="sm">{`${entries.wrong}: ${use.wrong.toLocaleString('vi-VN')}`}</Text>
    </Group>
  );
}
