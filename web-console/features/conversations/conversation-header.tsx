import { ActionIcon, Button, Group, Text } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/icons/IconArrowLeft';
import IconLayoutSidebarRight from '@tabler/icons-react/icons/IconLayoutSidebarRight';
import { Link } from 'react-router';
import type { ConversationRow } from '../../../src/contracts/console.ts';
import { copy } from '../../copy.ts';
import { formatDayAndTime, formatSpan } from './clock.ts';
import type { DialogName } from './dialog-props.ts';
import { Mark, PriorityMark } from './inbox-row.tsx';
import { contactNameOf, listNames } from './names.ts';
import type { Standing } from './standing.ts';
import { useNow } from './use-now.ts';

const words = copy.conversations;

interface ConversationHeaderProps {
  readonly row: ConversationRow;
  readonly isOnline: boolean;
  readonly standing: Standing;
  readonly isBusy: boolean;
  readonly backTo: string;
  readonly claim: () => void;
  readonly join: () => void;
  readonly open: (dialog: DialogName) => void;
  readonly isPanelOpen: boolean;
  readonly togglePanel: () => void;
}

/** Whose conversation it is, how it stands, and what can be done with it. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const { row, isOnline, standing, isBusy, backTo, claim, join, open, isPanelOpen, togglePanel } = props;
  const online = isOnline ? words.contactOnline : words.contactOffline;
  return (
    <header className="conversation-header">
      <ActionIcon
        component={Link}
        to={backTo}
        variant="subtle"
        color="gray"
        size="lg"
        className="conversation-back"
        aria-label={words.backToList}
      >
        <IconArrowLeft size={20} aria-hidden />
      </ActionIcon>
      <div className="conversation-who">
        <Group gap={8} wrap="nowrap">
          <span
            className="presence-dot"
            data-online={isOnline}
            role="img"
            aria-label={online}
            title={online}
          />
          <h2 className="conversation-name">{contactNameOf(row)}</h2>
          <PriorityMark priority={row.priority} />
          {row.skill !== null && <Mark color="grape">{row.skill}</Mark>}
        </Group>
        <Text size="xs" c="dimmed" className="conversation-standing">
          <StandingLine row={row} isMine={standing.isMine} />
        </Text>
      </div>
      <Group gap={6} justify="flex-end" className="conversation-acts">
        {standing.canClaim && (
          <Button onClick={claim} loading={isBusy}>
            {words.act.claim}
          </Button>
        )}
        {standing.canJoin && (
          <Button variant="default" onClick={join} disabled={isBusy}>
            {words.act.join}
          </Button>
        )}
        {standing.canTakeOver && (
          <Button variant="default" onClick={() => open('takeOver')} disabled={isBusy}>
            {words.act.takeOver}
          </Button>
        )}
        {standing.canTransfer && (
          <Button variant="default" onClick={() => open('transfer')} disabled={isBusy}>
            {words.act.transfer}
          </Button>
        )}
        {standing.canClose && (
          <Button variant="default" onClick={() => open('close')} disabled={isBusy}>
            {words.act.close}
          </Button>
        )}
        <ActionIcon
          variant={isPanelOpen ? 'light' : 'subtle'}
          color={isPanelOpen ? 'sea' : 'gray'}
          size="lg"
          aria-label={words.panel}
          title={words.panel}
          aria-expanded={isPanelOpen}
          onClick={togglePanel}
        >
          <IconLayoutSidebarRight size={20} aria-hidden />
        </ActionIcon>
      </Group>
    </header>
  );
}

function StandingLine({ row, isMine }: { readonly row: ConversationRow; readonly isMine: boolean }) {
  const parts = [
    row.status === 'closed' && row.closedAt !== null
      ? words.closedAt(formatDayAndTime(row.closedAt))
      : words.statuses[row.status],
    row.status === 'closed' ? row.closeReason : null,
    row.satisfaction && words.satisfaction(row.satisfaction.score),
    row.agent && (isMine ? words.mine : words.keptBy(row.agent.name)),
    row.joined.length > 0 ? words.joinedBy(listNames(row.joined)) : null,
  ].filter((part) => part !== null && part !== '');
  return (
    <>
      {parts.join(' · ')}
      {row.status === 'queued' && row.queuedAt !== null && <WaitingSince at={row.queuedAt} />}
    </>
  );
}

function WaitingSince({ at }: { readonly at: string }) {
  return ` · ${words.waiting(formatSpan(useNow() - Date.parse(at)))}`;
}
