import { Anchor, Badge, Group, Table, Text } from '@mantine/core';
import { Link, useNavigate } from 'react-router';
import type { ArchivedRow } from '../../../src/contracts/archive.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { contactNameOf, listNames } from '../conversations/names.ts';
import { archiveCopy as words } from './copy.ts';

const MOST_TOPICS = 3;

export function ArchiveTable({ conversations }: { readonly conversations: readonly ArchivedRow[] }) {
  const { columns } = words;
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{columns.at}</Table.Th>
          <Table.Th>{columns.contact}</Table.Th>
          <Table.Th visibleFrom="sm">{columns.topics}</Table.Th>
          <Table.Th visibleFrom="sm">{columns.agents}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {conversations.map((one) => (
          <Row key={one.id} one={one} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Row({ one }: { readonly one: ArchivedRow }) {
  const navigate = useNavigate();
  const { id, endedAt, topics, agents, messages, tickets, found } = one;
  const name = contactNameOf(one);
  return (
    // The name is the link; a click anywhere in the line is for the mouse.
    <Table.Tr className="archive-row" onClick={() => navigate(`/archive/${id}`)}>
      <Table.Td className="console-date">{sayDateTime(endedAt)}</Table.Td>
      <Table.Td>
        <Anchor
          component={Link}
          to={`/archive/${id}`}
          fw={600}
          c="inherit"
          aria-label={words.open(name)}
          onClick={(event) => event.stopPropagation()}
        >
          {name}
        </Anchor>
        <Text size="sm" c="dimmed">
          {[words.messages(messages), ...tickets.map(words.ticket)].join(' · ')}
        </Text>
        {found !== null && (
          <Text size="sm" lineClamp={2} className="archive-found">
            {found}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Group gap={4}>
          {topics.slice(0, MOST_TOPICS).map(({ intent, title }) => (
            <Badge key={intent} variant="light" color="gray" tt="none" maw={220}>
              {title}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{agents.length === 0 ? words.byBot : listNames(agents)}</Table.Td>
    </Table.Tr>
  );
}
