import { Progress, Text } from '@mantine/core';
import type { DeadlineView, TicketRow } from '../../../src/contracts/tickets.ts';
import { formatDayAndTime } from '../conversations/clock.ts';
import { useNow } from '../conversations/use-now.ts';
import { copy } from './copy.ts';
import { sayAmount, sayDeadline, shareOf } from './deadlines.ts';
import { useWorkday } from './ticket-badges.tsx';

const words = copy.deadline;
const COLORS = { calm: 'sea', soon: 'yellow', late: 'red', still: 'gray' } as const;

/** Both deadlines: how much of each limit is used, and what that means. */
export function DeadlineBars({ row }: { readonly row: TicketRow }) {
  return (
    <div className="ticket-bars">
      <Bar name="firstResponse" deadline={row.firstResponse} />
      <Bar name="resolution" deadline={row.resolution} />
    </div>
  );
}

function Bar({
  name,
  deadline,
}: {
  readonly name: keyof typeof words.names;
  readonly deadline: DeadlineView;
}) {
  const now = useNow();
  const workday = useWorkday();
  const { text, tone } = sayDeadline(deadline, now, workday);
  const used = words.used(sayAmount(deadline.usedMinutes), sayAmount(deadline.limitMinutes));
  return (
    <div className="ticket-bar">
      <div className="ticket-bar-head">
        <Text size="sm" component="span">
          {words.names[name]}
        </Text>
        <span className="ticket-deadline" data-tone={tone}>
          {deadline.state === 'paused' ? words.pausedLong : text}
        </span>
      </div>
      <Progress
        value={shareOf(deadline) * 100}
        color={COLORS[tone]}
        size="sm"
        aria-label={`${words.names[name]}: ${used}`}
      />
      <Text size="xs" c="dimmed">
        {[used, deadline.dueAt === null ? null : words.due(formatDayAndTime(deadline.dueAt))]
          .filter((part) => part !== null)
          .join(' · ')}
      </Text>
    </div>
  );
}
