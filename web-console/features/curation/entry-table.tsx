import { Badge, Group, Stack, Table, Text } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import type { EntryList, EntryRow } from '../../../src/contracts/curation.ts';
import { words } from './copy.ts';
import { DraftChip, ReviewAgeView, ThumbsView } from './entry-health.tsx';

const { entries: copy } = words;

export function EntryTable(props: {
  readonly entries: readonly EntryRow[];
  readonly topics: EntryList['topics'];
}) {
  const titles = new Map(props.topics.map(({ id, title }) => [id, title]));
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{copy.entry}</Table.Th>
          <Table.Th visibleFrom="sm" ta="right">
            {copy.phrases}
          </Table.Th>
          <Table.Th visibleFrom="sm" ta="right" title={copy.askedHint}>
            {copy.asked}
          </Table.Th>
          <Table.Th visibleFrom="md">{copy.thumbs}</Table.Th>
          <Table.Th visibleFrom="md" ta="right">
            {copy.wrong}
          </Table.Th>
          <Table.Th visibleFrom="sm">{copy.review}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.entries.map((entry) => (
          <Row key={entry.id} entry={entry} topic={titles.get(entry.topic) ?? entry.topic} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ entry, topic }: { readonly entry: EntryRow; readonly topic: string }) {
  const { id, title, kind, phrases, use, archived, draft } = entry;
  const { search } = useLocation();
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={2}>
          <Group gap="xs">
            <Link to={`/curation/entries/${id}`} state={{ list: search }} className="curation-link">
              {title}
            </Link>
            <DraftChip draft={draft} />
            {archived && (
              <Badge variant="light" color="gray" size="sm">
                {copy.archived}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" className="console-anywhere">
            {[topic, id, ...(kind === 'answer' ? [] : [words.kinds[kind]])].join(' · ')}
          </Text>
          <Group gap="sm" hiddenFrom="sm">
            <Text size="sm">{`${copy.phrases}: ${phrases}`}</Text>
            {use !== null && <Text size="sm">{`${copy.asked}: ${use.asked}`}</Text>}
            <ReviewAgeView entry={entry} />
          </Group>
        </Stack>
      </Table.Td>
      <Table.Td visibleFrom="sm" ta="right">
        {phrases}
      </Table.Td>
      <Table.Td visibleFrom="sm" ta="right">
        {use === null ? words.none : use.asked.toLocaleString('vi-VN')}
      </Table.Td>
      <Table.Td visibleFrom="md">
        <ThumbsView use={use} />
      </Table.Td>
      <Table.Td visibleFrom="md" ta="right">
        {use === null || use.wrong === 0 ? (
          words.none
        ) : (
          <Badge color="red" variant="light" aria-label={copy.wrongOf(use.wrong)}>
            {use.wrong}
          </Badge>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <ReviewAgeView entry={entry} />
      </Table.Td>
    </Table.Tr>
  );
}
