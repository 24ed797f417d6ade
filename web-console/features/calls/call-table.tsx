import { Badge, Button, Group, Table, Text } from '@mantine/core';
import IconPhoneCall from '@tabler/icons-react/icons/IconPhoneCall';
import type { CallRow } from '../../../src/contracts/calls.ts';
import { sayDateTime } from '../../shell/dates.ts';
import { nameOfCaller, STATUS_COLORS, sayClock } from './call-words.ts';
import { callCopy as words } from './copy.ts';

interface CallTableProps {
  readonly calls: readonly CallRow[];
  readonly open: (id: string) => void;
  readonly callBack: (call: CallRow) => void;
}

export function CallTable({ calls, open, callBack }: CallTableProps) {
  const { columns } = words;
  return (
    <Table highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{columns.at}</Table.Th>
          <Table.Th>{columns.caller}</Table.Th>
          <Table.Th>{columns.status}</Table.Th>
          <Table.Th visibleFrom="sm">{columns.agent}</Table.Th>
          <Table.Th visibleFrom="sm">{columns.duration}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {calls.map((call) => (
          <Row key={call.id} call={call} open={() => open(call.id)} callBack={() => callBack(call)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface RowProps {
  readonly call: CallRow;
  readonly open: () => void;
  readonly callBack: () => void;
}

function Row({ call, open, callBack }: RowProps) {
  const { kind, direction, status, agent, ringingAt, durationMs, outcome, calledBackAt } = call;
  const who = nameOfCaller(call);
  return (
    // The name is the button; a click anywhere in the line is for the mouse.
    <Table.Tr className="call-row" onClick={open}>
      <Table.Td className="console-date">{sayDateTime(ringingAt)}</Table.Td>
      <Table.Td>
        <button
          type="button"
          className="call-row-link"
          aria-label={words.open(who)}
          onClick={(event) => {
            event.stopPropagation();
            open();
          }}
        >
          {who}
        </button>
        <Text size="sm" c="dimmed">
          {kind === 'voice' ? words.kinds.voice : words.directions[direction]}
        </Text>
      </Table.Td>
      <Table.Td>
        <Group gap="xs">
          <Badge variant="light" color={STATUS_COLORS[status]} tt="none">
            {words.statuses[status]}
          </Badge>
          {status === 'missed' && calledBackAt === null && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPhoneCall size={14} aria-hidden />}
              onClick={(event) => {
                event.stopPropagation();
                callBack();
              }}
            >
              {words.callBack}
            </Button>
          )}
        </Group>
        {outcome !== null && <Text size="sm">{words.outcomes[outcome]}</Text>}
        {calledBackAt !== null && (
          <Text size="sm" c="dimmed">
            {words.calledBack(sayDateTime(calledBackAt))}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm">{agent?.name ?? '–'}</Table.Td>
      <Table.Td visibleFrom="sm" className="call-clock">
        {durationMs === null ? '–' : sayClock(durationMs)}
      </Table.Td>
    </Table.Tr>
  );
}
