/** The rows of a list: a table where there is room, cards where there is not. */
import { Checkbox, Paper, Table, Text } from '@mantine/core';
import type { MouseEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import type { TicketRow } from '../../../src/contracts/tickets.ts';
import { useNow } from '../conversations/use-now.ts';
import { copy } from './copy.ts';
import type { TicketSort } from './ticket-address.ts';
import {
  AssigneeName,
  contactLine,
  DeadlineText,
  kindName,
  PriorityMark,
  StatusBadge,
} from './ticket-badges.tsx';
import { sayRowAge } from './ticket-times.ts';

const words = copy.columns;

export interface RowsProps {
  readonly rows: readonly TicketRow[];
  readonly selected: ReadonlySet<string>;
  /** null: this person may not change tickets. */
  readonly toggle: ((code: string) => void) | null;
  readonly toggleAll: () => void;
  /** The address of the list, for the way back. */
  readonly here: string;
  readonly sort: TicketSort;
}

export function TicketTable({ rows, selected, toggle, toggleAll, here, sort }: RowsProps) {
  const isAll = rows.every(({ code }) => selected.has(code));
  return (
    <Table highlightOnHover layout="fixed" className="ticket-table">
      <Table.Thead>
        <Table.Tr>
          {toggle !== null && (
            <Table.Th w={40}>
              <Checkbox
                aria-label={copy.selectAll}
                checked={isAll}
                indeterminate={!isAll && rows.some(({ code }) => selected.has(code))}
                onChange={toggleAll}
              />
            </Table.Th>
          )}
          <Table.Th w={130}>{words.code}</Table.Th>
          <Table.Th>{words.about}</Table.Th>
          <Table.Th w={160}>{words.contact}</Table.Th>
          <Table.Th w={160}>{words.status}</Table.Th>
          <Table.Th w={130} visibleFrom="md">
            {words.assignee}
          </Table.Th>
          <Table.Th w={160}>{words.deadline}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <TableRow
            key={row.code}
            row={row}
            here={here}
            sort={sort}
            isSelected={selected.has(row.code)}
            toggle={toggle}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface OneRowProps extends Pick<RowsProps, 'toggle' | 'here' | 'sort'> {
  readonly row: TicketRow;
  readonly isSelected: boolean;
}

function TableRow({ row, here, sort, isSelected, toggle }: OneRowProps) {
  const navigate = useNavigate();
  const now = useNow();
  const { name, reach } = contactLine(row);
  const open = (event: MouseEvent): void => {
    if ((event.target as Element).closest('a, button, input, label') === null)
      void navigate(`/tickets/${row.code}`, { state: { from: here } });
  };
  return (
    <Table.Tr onClick={open} className="console-clickable" data-selected={isSelected || undefined}>
      {toggle !== null && (
        <Table.Td>
          <Checkbox
            aria-label={copy.selectOne(row.code)}
            checked={isSelected}
            onChange={() => toggle(row.code)}
          />
        </Table.Td>
      )}
      <Table.Td>
        <CodeLink row={row} here={here} />
        <Text size="xs" c="dimmed">
          {sayRowAge(row, sort, now)}
        </Text>
      </Table.Td>
      <Table.Td>
        <About row={row} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" truncate>
          {name}
        </Text>
        <Text size="sm" c="dimmed" truncate>
          {reach}
        </Text>
      </Table.Td>
      <Table.Td>
        <div className="ticket-standing">
          <StatusBadge row={row} />
          <PriorityMark priority={row.priority} />
        </div>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <AssigneeName assignee={row.assignee} />
      </Table.Td>
      <Table.Td>
        <DeadlineText row={row} />
      </Table.Td>
    </Table.Tr>
  );
}

/** The code; `data-ticket` is what j, k and x walk along. */
export function CodeLink({ row, here }: { readonly row: TicketRow; readonly here: string }) {
  return (
    <Link to={`/tickets/${row.code}`} state={{ from: here }} className="ticket-code" data-ticket={row.code}>
      {row.code}
    </Link>
  );
}

export function About({ row }: { readonly row: TicketRow }) {
  return (
    <>
      <Text size="sm" lineClamp={2} className="console-anywhere">
        {row.unanswered && (
          <span className="ticket-dot" role="img" aria-label={copy.unanswered} title={copy.unanswered} />
        )}
        {row.excerpt}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {[kindName(row), row.category, row.office, ...row.tags.map((tag) => `#${tag}`)]
          .filter((part) => part !== null)
          .join(' · ')}
      </Text>
    </>
  );
}

export function TicketCards({ rows, selected, toggle, here, sort }: RowsProps) {
  return (
    <ul className="console-plain-list ticket-cards">
      {rows.map((row) => (
        <TicketCard
          key={row.code}
          row={row}
          here={here}
          sort={sort}
          isSelected={selected.has(row.code)}
          toggle={toggle}
        />
      ))}
    </ul>
  );
}

function TicketCard({ row, here, sort, isSelected, toggle }: OneRowProps) {
  const now = useNow();
  const { name, reach } = contactLine(row);
  return (
    <Paper withBorder p="sm" component="li" className="ticket-card" data-selected={isSelected || undefined}>
      <div className="ticket-card-head">
        {toggle !== null && (
          <Checkbox
            aria-label={copy.selectOne(row.code)}
            checked={isSelected}
            onChange={() => toggle(row.code)}
          />
        )}
        <CodeLink row={row} here={here} />
        <StatusBadge row={row} />
        <Text size="xs" c="dimmed" ml="auto">
          {sayRowAge(row, sort, now)}
        </Text>
      </div>
      <About row={row} />
      <div className="ticket-card-foot">
        <Text size="sm" c="dimmed">
          {[name, reach].filter((part) => part !== '').join(' · ')}
        </Text>
        <span className="ticket-card-assignee">
          <AssigneeName assignee={row.assignee} />
        </span>
      </div>
      <div className="ticket-card-foot">
        <PriorityMark priority={row.priority} />
        <DeadlineText row={row} />
      </div>
    </Paper>
  );
}
