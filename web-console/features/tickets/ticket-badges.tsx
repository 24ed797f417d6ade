/** How state, priority, deadline and assignee look, on every screen of the tickets. */
import { Badge } from '@mantine/core';
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import IconFlame from '@tabler/icons-react/icons/IconFlame';
import type { TicketPriority, TicketRow, TicketStatus } from '../../../src/contracts/tickets.ts';
import { useSession } from '../../session.tsx';
import { formatDayAndTime } from '../conversations/clock.ts';
import { useDeskSettings } from '../conversations/inbox-queries.ts';
import { useNow } from '../conversations/use-now.ts';
import { copy } from './copy.ts';
import { nextDeadline, sayDeadline, workdayOf } from './deadlines.ts';
import { isOver } from './transitions.ts';

const STATUS_COLORS = {
  new: 'sea',
  in_progress: 'grape',
  waiting: 'yellow',
  resolved: 'teal',
  closed: 'gray',
} as const satisfies Record<TicketStatus, string>;

/** The state; of what is over, how it ended. */
export function StatusBadge({ row }: { readonly row: Pick<TicketRow, 'status' | 'outcome'> }) {
  const { status, outcome } = row;
  const ended = outcome !== null && outcome !== 'solved' ? copy.outcomes[outcome] : null;
  return (
    <Badge variant="light" color={ended === null ? STATUS_COLORS[status] : 'gray'} className="console-whole">
      {ended ?? copy.statuses[status]}
    </Badge>
  );
}

const PRIORITY_ICONS = { low: IconArrowDown, normal: null, high: IconArrowUp, urgent: IconFlame } as const;

/** A usual one is said in quiet letters. */
export function PriorityMark({ priority }: { readonly priority: TicketPriority }) {
  const Icon = PRIORITY_ICONS[priority];
  return (
    <span className="ticket-priority" data-priority={priority}>
      {Icon !== null && <Icon size={15} stroke={2.2} aria-hidden />}
      {copy.priorities[priority]}
    </span>
  );
}

/** The deadline that matters now, counted down in words. */
export function DeadlineText({ row }: { readonly row: TicketRow }) {
  const now = useNow();
  const workday = useWorkday();
  const { name, deadline } = nextDeadline(row);
  if (row.outcome === 'merged' || row.outcome === 'erased') return null;
  const { text, tone } = sayDeadline(deadline, now, workday);
  const due = deadline.dueAt === null ? '' : ` · ${copy.deadline.due(formatDayAndTime(deadline.dueAt))}`;
  return (
    <span className="ticket-deadline" data-tone={tone} title={`${copy.deadline.names[name]}${due}`}>
      {!isOver(row) && <span className="ticket-deadline-name">{copy.deadline.shortNames[name]}: </span>}
      {text}
    </span>
  );
}

export function useWorkday(): number {
  return workdayOf(useDeskSettings()?.duty);
}

export function AssigneeName({ assignee }: Pick<TicketRow, 'assignee'>) {
  const { account } = useSession();
  if (assignee === null) return <span className="ticket-quiet">{copy.nobody}</span>;
  return assignee.id === account.id ? copy.me : assignee.name;
}

/** Name, and one way to reach the person, masked. */
export function contactLine({ contact: { name, phone, email } }: Pick<TicketRow, 'contact'>): {
  readonly name: string;
  readonly reach: string;
} {
  const reach = phone ?? email ?? '';
  return { name: name ?? (reach === '' ? copy.anonymous : ''), reach };
}

/** "Khiếu nại"; of other kinds the kind itself. */
export function kindName({ kind, complaintType }: Pick<TicketRow, 'kind' | 'complaintType'>): string {
  return kind === 'complaint' && complaintType !== null
    ? copy.complaintTypes[complaintType]
    : copy.kinds[kind];
}
