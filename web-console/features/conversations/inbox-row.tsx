import { Badge } from '@mantine/core';
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp';
import { Link } from 'react-router';
import type { ConversationRow, InboxPage } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { useSession } from '../../session.tsx';
import { formatMoment, formatSpan } from './clock.ts';
import { contactNameOf } from './names.ts';
import { useNow } from './use-now.ts';

const words = copy.conversations;
/** From here on a wait is shown in another colour: half the people have left a queue by then. */
const LONG_WAIT_MS = 3 * 60_000;

interface InboxRowProps {
  readonly row: InboxPage['conversations'][number];
  readonly to: string;
  readonly isSelected: boolean;
}

/** One conversation of a list. */
export function InboxRow({ row, to, isSelected }: InboxRowProps) {
  const { account } = useSession();
  const isMine = row.agent?.id === account.id;
  return (
    <Link
      to={to}
      className="inbox-row"
      aria-current={isSelected ? 'true' : undefined}
      data-waits={row.waitsForAgent}
    >
      <span className="inbox-row-head">
        {row.waitsForAgent && <span className="inbox-dot" role="img" aria-label={words.waitsForAgent} />}
        <span className="inbox-row-name">{contactNameOf(row)}</span>
        <RowTime row={row} />
      </span>
      <span className="inbox-row-text">{row.found ?? lastLine(row, account.id)}</span>
      <span className="inbox-row-marks">
        <PriorityMark priority={row.priority} />
        {row.status === 'closed' && row.closeReason !== null && <Mark color="gray">{row.closeReason}</Mark>}
        {row.status !== 'closed' && row.reason !== null && (
          <Mark color={row.reason === 'anger' ? 'red' : 'sea'}>{words.reasons[row.reason]}</Mark>
        )}
        {row.status === 'bot' && <Mark color="gray">{words.statuses.bot}</Mark>}
        {row.skill !== null && <Mark color="grape">{row.skill}</Mark>}
        {row.agent !== null && <span className="inbox-row-agent">{isMine ? words.you : row.agent.name}</span>}
      </span>
    </Link>
  );
}

export function Mark({ color, children }: { readonly color: string; readonly children: string }) {
  return (
    <Badge
      component="span"
      variant="light"
      color={color}
      size="sm"
      tt="none"
      fw={550}
      radius="sm"
      autoContrast
    >
      {children}
    </Badge>
  );
}

export function PriorityMark({ priority }: { readonly priority: number }) {
  if (priority !== 1 && priority !== 2) return null;
  const label = words.priorities[priority];
  return (
    <span className="inbox-priority" role="img" aria-label={label} title={label}>
      <IconArrowUp size={14} stroke={2.4} aria-hidden />
    </span>
  );
}

function RowTime({ row }: { readonly row: ConversationRow }) {
  const now = useNow();
  if (row.status === 'queued' && row.queuedAt !== null) {
    const waitMs = now - Date.parse(row.queuedAt);
    return (
      <span className="inbox-row-time" data-long={waitMs >= LONG_WAIT_MS}>
        {words.waiting(formatSpan(waitMs))}
      </span>
    );
  }
  return (
    <time className="inbox-row-time" dateTime={row.activeAt}>
      {formatMoment(row.activeAt, now)}
    </time>
  );
}

function lastLine({ lastMessage, agent }: ConversationRow, me: string): string {
  if (lastMessage === null) return '';
  const { author, text } = lastMessage;
  if (author === 'contact' || author === 'system') return text;
  const name =
    author === 'bot'
      ? words.authors.bot
      : agent?.id === me
        ? words.you
        : (agent?.name ?? words.authors.agent);
  return `${name}: ${text}`;
}
