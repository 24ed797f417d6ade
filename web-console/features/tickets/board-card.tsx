import { ActionIcon, Menu, Paper, Text } from '@mantine/core';
import IconArrowsMove from '@tabler/icons-react/icons/IconArrowsMove';
import type { TicketRow, TicketStatus } from '../../../src/contracts/tickets.ts';
import { copy } from './copy.ts';
import { AssigneeName, contactLine, DeadlineText, kindName, PriorityMark } from './ticket-badges.tsx';
import { CodeLink } from './ticket-table.tsx';
import { isOver, targetsOf } from './transitions.ts';

const words = copy.board;

export interface BoardCardProps {
  readonly row: TicketRow;
  readonly here: string;
  /** Told which card is in the hand; null: none any more. */
  readonly setDragged: (row: TicketRow | null) => void;
  /** null: this person may not change tickets. */
  readonly move: ((row: TicketRow, to: TicketStatus) => void) | null;
}

/** A ticket on the board: dragged by the mouse, moved by its menu. */
export function BoardCard({ row, setDragged, move, here }: BoardCardProps) {
  const targets = targetsOf(row);
  const isMovable = move !== null && targets.length > 0;
  const { name, reach } = contactLine(row);
  return (
    <Paper
      withBorder
      p="xs"
      component="li"
      className="ticket-card"
      data-code={row.code}
      draggable={isMovable}
      onDragStart={(event) => {
        event.dataTransfer.setData('text/plain', row.code);
        event.dataTransfer.effectAllowed = 'move';
        // In the same moment the browser takes the picture of what is dragged.
        setTimeout(() => setDragged(row));
      }}
      onDragEnd={() => setDragged(null)}
    >
      <div className="ticket-card-head">
        <CodeLink row={row} here={here} />
        {isMovable && (
          <Menu shadow="md" position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                ml="auto"
                aria-label={words.moveOf(row.code)}
                title={words.move}
              >
                <IconArrowsMove size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {targets.map((to) => (
                <Menu.Item key={to} onClick={() => move(row, to)}>
                  {copy.statuses[to]}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <Text size="sm" lineClamp={3} className="console-anywhere">
        {row.unanswered && (
          <span className="ticket-dot" role="img" aria-label={copy.unanswered} title={copy.unanswered} />
        )}
        {row.excerpt}
      </Text>
      <Text size="xs" c="dimmed" truncate>
        {[kindName(row), name || reach].join(' · ')}
      </Text>
      <div className="ticket-card-foot">
        <PriorityMark priority={row.priority} />
        <span className="ticket-card-assignee">
          <AssigneeName assignee={row.assignee} />
        </span>
      </div>
      {!isOver(row) && <DeadlineText row={row} />}
    </Paper>
  );
}
