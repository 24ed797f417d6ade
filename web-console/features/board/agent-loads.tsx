import { Group, Progress, Table, Text } from '@mantine/core';
import type { AgentOnDuty, Board } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { PRESENCE_COLORS } from '../conversations/presence-switch.tsx';

const words = copy.board;
/** It scrolls on a phone, so the keyboard must get there. */
const REACHABLE = { tabIndex: 0 };
const ORDER: readonly AgentOnDuty['state'][] = ['online', 'away', 'offline'];

/** Who is there, how much each holds of what each can hold, and what was closed today. */
export function AgentLoads({ agents }: Pick<Board, 'agents'>) {
  if (agents.length === 0) return <Text c="dimmed">{words.noAgents}</Text>;
  const sorted = [...agents].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name, 'vi'),
  );
  return (
    <section className="board-scroll" aria-label={words.agents} {...REACHABLE}>
      <Table miw={460}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{words.name}</Table.Th>
            <Table.Th scope="col">{words.state}</Table.Th>
            <Table.Th scope="col" w="40%">
              {words.load}
            </Table.Th>
            <Table.Th scope="col">{words.closedToday}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sorted.map(({ id, name, state, load, capacity, closedToday }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row" fw={550}>
                {name}
              </Table.Th>
              <Table.Td>
                <Group gap={8} wrap="nowrap">
                  <span
                    className="presence-dot"
                    style={{ background: `var(--mantine-color-${PRESENCE_COLORS[state].replace('.', '-')})` }}
                  />
                  {copy.conversations.presence[state]}
                </Group>
              </Table.Td>
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  <Progress
                    flex={1}
                    value={Math.min(100, (load / Math.max(1, capacity)) * 100)}
                    color={load >= capacity ? 'orange.8' : 'sea'}
                    aria-label={words.loadOf(load, capacity)}
                  />
                  <Text size="sm">{words.loadOf(load, capacity)}</Text>
                </Group>
              </Table.Td>
              <Table.Td>{closedToday}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
