import { ActionIcon, Code, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/icons/IconChevronDown';
import IconChevronRight from '@tabler/icons-react/icons/IconChevronRight';
import { Fragment, useState } from 'react';
import type { AuditEntryView } from '../../../src/contracts/audit.ts';
import { copy } from '../../copy.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { describeDetails } from './describe-details.ts';

const words = copy.audit;
const SHORT_HASH = 10;
const COLUMNS = 7;

export function AuditTable({ entries }: { readonly entries: readonly AuditEntryView[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w={44}>
            <VisuallyHidden>{words.details}</VisuallyHidden>
          </Table.Th>
          <Table.Th visibleFrom="sm">{words.number}</Table.Th>
          <Table.Th>{words.at}</Table.Th>
          <Table.Th>{words.action}</Table.Th>
          <Table.Th visibleFrom="xs">{words.actor}</Table.Th>
          <Table.Th visibleFrom="md">{words.subject}</Table.Th>
          <Table.Th visibleFrom="lg">{words.hash}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => (
          <AuditRow key={entry.number} entry={entry} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntryView }) {
  const [isOpen, setOpen] = useState(false);
  const { number, at, actor, action, subject, hash } = entry;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Fragment>
      <Table.Tr>
        <Table.Td>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words.detailsOf(number)}
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            <Chevron size={18} aria-hidden />
          </ActionIcon>
        </Table.Td>
        <Table.Td visibleFrom="sm">{number}</Table.Td>
        <Table.Td className="console-date">{sayDateTime(at)}</Table.Td>
        <Table.Td>
          <Text fw={600} size="sm">
            {words.actions[action]}
          </Text>
          <Text size="sm" c="dimmed" hiddenFrom="xs">
            {actor?.name ?? words.nobody}
          </Text>
        </Table.Td>
        <Table.Td visibleFrom="xs">{actor?.name ?? words.nobody}</Table.Td>
        <Table.Td visibleFrom="md" className="console-anywhere">
          {subject}
        </Table.Td>
        <Table.Td visibleFrom="lg">
          <Code title={hash}>{hash.slice(0, SHORT_HASH)}</Code>
        </Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={COLUMNS}>
            <Details entry={entry} />
          </Table.Td>
        </Table.Tr>
      )}
    </Fragment>
  );
}

function Details({ entry }: { readonly entry: AuditEntryView }) {
  const { number, subject, address, hash, details } = entry;
  const facts: readonly (readonly [string, string])[] = [
    [words.number, String(number)],
    [words.subject, subject],
    [words.address, address ?? words.nobody],
    ...describeDetails(details),
    [words.hash, hash],
  ];
  return (
    <Stack gap={6} component="dl" className="console-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </Stack>
  );
}
