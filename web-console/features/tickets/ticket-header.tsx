/** Code, state and deadlines of a ticket, and what may be done with it next. */
import { ActionIcon, Button, Group, Menu, Title } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/icons/IconArrowLeft';
import IconCopy from '@tabler/icons-react/icons/IconCopy';
import IconDots from '@tabler/icons-react/icons/IconDots';
import { useState } from 'react';
import { Link } from 'react-router';
import type { TicketDetail } from '../../../src/contracts/tickets.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { confirmAct } from '../../shell/confirm.tsx';
import { copyText } from '../../shell/copy-field.tsx';
import { sayDone } from '../../shell/notices.ts';
import { CallDialog } from './call-dialog.tsx';
import { copy } from './copy.ts';
import { DeadlineBars } from './deadline-bars.tsx';
import { type NextAct, nextActsOf } from './next-acts.ts';
import { ResolveDialog } from './resolve-dialog.tsx';
import { kindName, PriorityMark, StatusBadge } from './ticket-badges.tsx';
import { MergeDialog, RejectDialog, ReopenDialog } from './ticket-dialogs.tsx';
import { mayWaitFor } from './use-reply-checks.ts';
import { type TicketAct, useTicketAct } from './use-ticket-act.ts';

const words = copy.detail;

interface TicketHeaderProps {
  readonly ticket: TicketDetail;
  readonly backTo: string;
  /** The reply that was being written has been sent from here. */
  readonly draftSent: () => void;
}

export function TicketHeader({ ticket, backTo, draftSent }: TicketHeaderProps) {
  const { may } = useSession();
  const { code } = ticket;
  const copyCode = async (): Promise<void> => {
    if (await copyText(code)) sayDone(words.copied);
  };
  return (
    <header className="ticket-header">
      <div className="ticket-header-line">
        <ActionIcon
          component={Link}
          to={backTo}
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={words.back}
          className="ticket-no-print"
        >
          <IconArrowLeft size={20} aria-hidden />
        </ActionIcon>
        <Title order={1} size="h3" className="ticket-title">
          {code}
        </Title>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={words.copyCode}
          title={words.copyCode}
          onClick={() => void copyCode()}
          className="ticket-no-print"
        >
          <IconCopy size={18} aria-hidden />
        </ActionIcon>
        <span>{kindName(ticket)}</span>
        <StatusBadge row={ticket} />
        <PriorityMark priority={ticket.priority} />
        <Group gap="xs" className="ticket-acts ticket-no-print">
          {may('tickets.handle') ? <Acts ticket={ticket} draftSent={draftSent} /> : <PrintButton />}
        </Group>
      </div>
      <DeadlineBars row={ticket} />
    </header>
  );
}

type Dialog = 'resolve' | 'reject' | 'reopen' | 'merge' | 'call';

function Acts({ ticket, draftSent }: Omit<TicketHeaderProps, 'backTo'>) {
  const { account, may } = useSession();
  const act = useTicketAct();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const { usual, seldom } = nextActsOf(ticket, account.id);
  const perform = async (name: NextAct): Promise<void> => {
    switch (name) {
      case 'resolve':
      case 'reject':
      case 'reopen':
      case 'merge':
      case 'call':
        return setDialog(name);
      case 'take':
        await act.change(ticket.code, { kind: 'assign', to: account.id });
        return;
      case 'wait':
        if (await mayWaitFor(ticket)) await act.change(ticket.code, { kind: 'wait' });
        return;
      default:
        await act.change(ticket.code, { kind: name === 'resume' ? 'start' : name });
    }
  };
  const close = (): void => setDialog(null);
  return (
    <>
      {usual.map((name, place) => (
        <Button
          key={name}
          variant={place === 0 ? 'filled' : 'default'}
          disabled={act.isBusy}
          onClick={() => void perform(name)}
        >
          {copy.act[name]}
        </Button>
      ))}
      <Menu shadow="md" position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.more} title={words.more}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {seldom.map((name) => (
            <Menu.Item key={name} onClick={() => void perform(name)}>
              {copy.act[name]}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => window.print()}>{words.print}</Menu.Item>
          {may('tickets.erase') && ticket.erasedAt === null && (
            <>
              <Menu.Divider />
              <Menu.Item color="red" onClick={() => void eraseContact(ticket.code, act)}>
                {copy.act.erase}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <ResolveDialog ticket={ticket} isOpen={dialog === 'resolve'} close={close} draftSent={draftSent} />
      <RejectDialog ticket={ticket} isOpen={dialog === 'reject'} close={close} />
      <ReopenDialog ticket={ticket} isOpen={dialog === 'reopen'} close={close} />
      <MergeDialog ticket={ticket} isOpen={dialog === 'merge'} close={close} />
      <CallDialog row={dialog === 'call' ? ticket : null} close={close} />
    </>
  );
}

function PrintButton() {
  return (
    <Button variant="default" onClick={() => window.print()}>
      {words.print}
    </Button>
  );
}

async function eraseContact(code: string, act: TicketAct): Promise<void> {
  const { title, text, act: go, done } = copy.erase;
  if (!(await confirmAct({ title: title(code), text, act: go }))) return;
  await act.run(() => api.delete<TicketDetail>(`tickets/${code}/contact-data`), done);
}
